"""The sentence of one text that says what a sentence of another language's text says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assistant.reading import ReadSentence, ReadText
from kb.quantities import TIME_KINDS, Quantity, agrees

_ANSWER: Final = 3.0  # the figure that answers stands in it
_CONCEPT: Final = 1.0
_FIGURE: Final = 0.7
_PLACE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a sentence is shown: its concepts and figures, the figure among them that answers,
    and those of which the other text must have one: `figures` where a figure is asked for,
    `names` where names are.
    """

    concepts: frozenset[str]
    quantities: tuple[Quantity, ...]
    answer: Quantity | None = None
    figures: tuple[Quantity, ...] = ()
    names: frozenset[str] = frozenset()


def counterpart(
    shown: Shown, place: float, text: ReadText
) -> tuple[ReadSentence, Quantity | None] | None:
    """The sentence of `text` that is closest to what is `shown`, and the figure in it that is the
    same as the one that answers.

    By shared figures and names; where those do not tell, by `place`, the share of its own text
    before it, in [0, 1]. None if no sentence has what the other text must have.
    """
    best: tuple[float, int, ReadSentence, Quantity | None] | None = None
    for index, other in enumerate(text.sentences):
        same = _same(shown.answer, other.quantities)
        if shown.answer is not None and same is None:
            continue
        if shown.figures and not any(_same(q, other.quantities) for q in shown.figures):
            continue
        if shown.names and not shown.names & other.concepts:
            continue
        shared = len(shown.concepts & other.concepts)
        score = _ANSWER if same else 0.0
        score += _CONCEPT * shared / (1 + min(len(shown.concepts), len(other.concepts)))
        score += _FIGURE * sum(_same(q, other.quantities) is not None for q in shown.quantities)
        score -= _PLACE * abs(place - index / len(text.sentences))
        if best is None or score > best[0]:
            best = (score, index, other, same)
    return None if best is None else (best[2], best[3])


def _same(quantity: Quantity | None, others: Iterable[Quantity]) -> Quantity | None:
    """The first of `others` with the same figure: "up to" may be said in words not known here."""
    if quantity is None:
        return None
    return next((o for o in others if _is_same(quantity, o)), None)


def _is_same(one: Quantity, other: Quantity) -> bool:
    if agrees(one, other) or agrees(other, one):
        return True
    if one.kind in TIME_KINDS or other.kind in TIME_KINDS or one.value != other.value:
        return False
    units = {one.unit, other.unit}
    return len(units) == 1 or None in units
