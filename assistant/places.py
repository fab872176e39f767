"""Places in a question: what lies inside what."""

from collections.abc import Iterable
from typing import TypeVar

from assistant.question_words import Asking
from kb.terms import Mention

_T = TypeVar("_T")


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with blanks at the `spans`, so that all else keeps its place."""
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    return "".join(left)


def inside(
    start: int, end: int, places: Iterable[Mention | Asking], *, strictly: bool = False
) -> bool:
    """Whether `start` to `end` lies in one of `places`; with `strictly`, in a longer one."""
    return any(
        p.start <= start and end <= p.end and not (strictly and p.end - p.start == end - start)
        for p in places
    )


def unique(values: Iterable[_T]) -> tuple[_T, ...]:
    """`values` in order, each once."""
    return tuple(dict.fromkeys(values))
