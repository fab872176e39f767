"""The sentence of one text that says what a sentence of another language's text says."""

from collections.abc import Iterable
from typing import Final

from assistant.reading import ReadSentence, ReadText
from kb.quantities import Quantity, agrees

_ANSWER: Final = 3.0  # the figure that answers stands in it
_CONCEPT: Final = 1.0
_FIGURE: Final = 0.7
_PLACE: Final = 0.5


def counterpart(
    sentence: ReadSentence, index: int, total: int, text: ReadText, quantity: Quantity | None
) -> tuple[ReadSentence, Quantity | None] | None:
    """The sentence of `text` that is closest to `sentence`, the `index`th of `total`, and the
    figure in it that agrees with `quantity`. None if `text` is empty.

    By shared figures and names; where those do not tell, by place.
    """
    best: tuple[float, int, ReadSentence, Quantity | None] | None = None
    for place, other in enumerate(text.sentences):
        same = _agreeing(quantity, other.quantities)
        shared = len(sentence.concepts & other.concepts)
        score = _ANSWER if same else 0.0
        score += _CONCEPT * shared / (1 + min(len(sentence.concepts), len(other.concepts)))
        score += _FIGURE * sum(
            _agreeing(q, other.quantities) is not None for q in sentence.quantities
        )
        score -= _PLACE * abs(index / max(1, total) - place / len(text.sentences))
        if best is None or score > best[0]:
            best = (score, place, other, same)
    return None if best is None else (best[2], best[3])


def _agreeing(quantity: Quantity | None, others: Iterable[Quantity]) -> Quantity | None:
    if quantity is None:
        return None
    return next((o for o in others if agrees(quantity, o) or agrees(o, quantity)), None)
