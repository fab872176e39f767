"""Lists as texts print them: "(a) …; (b) …; (c) …", inside a paragraph or line by line."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from kb.sentences import Span

_SERIES: Final[tuple[Sequence[str], ...]] = (
    tuple("abcdefghijklmnopqrstuvwxyz"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
    tuple(str(n) for n in range(1, 30)),
    tuple("абвгдежзиклмнопрст"),
    tuple("أبجدهوزحطيكلمن"),
)
_FEWEST: Final = 2


def listed_items(text: str) -> tuple[Span, ...]:
    """The items of the list that begins first in `text`, each from its mark on; none where there
    are not two. Items of a list inside an item are a part of it."""
    found = [marks for series in _SERIES if len(marks := _marks(text, series)) >= _FEWEST]
    if not found:
        return ()
    starts = min(found, key=lambda marks: (marks[0], -len(marks)))
    return tuple(
        Span(a, a + len(text[a:b].rstrip())) for a, b in pairwise((*starts, _end(text, starts[-1])))
    )


def _marks(text: str, series: Sequence[str]) -> list[int]:
    """Where the marks of the series stand, one after the other from its first."""
    places: list[int] = []
    at = 0
    for mark in series:
        match = _mark(mark).search(text, at)
        if match is None:
            break
        places.append(match.start())
        at = match.end()
    return places


@cache
def _mark(mark: str) -> re.Pattern[str]:
    """In brackets, before a closing bracket, or before a full stop where a line begins."""
    own = re.escape(mark)
    return re.compile(
        rf"(?<![\w\d])(?<!\d\s)[(（]{own}[)）]|(?<=[\s:：;；])(?<![(（]){own}[)）]\s"
        rf"|^{own}(?:\.|[)）])\s",
        re.MULTILINE,
    )


def _end(text: str, last: int) -> int:
    """Where the last item ends: with its line."""
    line = text.find("\n", last)
    return len(text) if line < 0 else line
