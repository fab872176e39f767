"""The sentence of one text that says what a sentence of another language's text says."""

from collections.abc import Iterable, Sequence
from typing import Final

from assistant.reading import ReadSentence, ReadText
from kb.quantities import TIME_KINDS, Quantity, agrees

_ANSWER: Final = 3.0  # the figure that answers stands in it
_CONCEPT: Final = 1.0
_FIGURE: Final = 0.7
_PLACE: Final = 0.5


def counterpart(
    sentence: ReadSentence,
    index: int,
    total: int,
    text: ReadText,
    quantity: Quantity | None,
    shown: Sequence[Quantity] = (),
) -> tuple[ReadSentence, Quantity | None] | None:
    """The sentence of `text` that is closest to `sentence`, the `index`th of `total`, and the
    figure in it that is the same as `quantity`.

    By shared figures and names; where those do not tell, by place. None if `text` is empty, if
    none has `quantity`, or if there are figures `shown` and it has none of them.
    """
    best: tuple[float, int, ReadSentence, Quantity | None] | None = None
    for place, other in enumerate(text.sentences):
        same = _same(quantity, other.quantities)
        if quantity is not None and same is None:
            continue
        if shown and not any(_same(q, other.quantities) for q in shown):
            continue
        shared = len(sentence.concepts & other.concepts)
        score = _ANSWER if same else 0.0
        score += _CONCEPT * shared / (1 + min(len(sentence.concepts), len(other.concepts)))
        score += _FIGURE * sum(_same(q, other.quantities) is not None for q in sentence.quantities)
        score -= _PLACE * abs(index / max(1, total) - place / len(text.sentences))
        if best is None or score > best[0]:
            best = (score, place, other, same)
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
