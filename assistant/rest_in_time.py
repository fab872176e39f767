"""What was before something, or after it, where the text tells all and those of the other time."""

from itertools import pairwise
from typing import Final

from assistant.claim_words import places_of
from assistant.items import items_of
from assistant.operands import TELLING, Operand, may_combine, operands
from assistant.pairs_of_figures import weight_of
from assistant.question import Question, denies
from assistant.question_words import Hint, hints
from assistant.reading import Reading, ReadText
from kb.mentions import find_sessions

_BEHIND: Final = 16  # code points behind a figure in which "of them" stands
_HALF: Final = 0.5  # of what is asked about, said by a whole and its part
_OPPOSITE: Final[dict[Hint, Hint]] = {"is_before": "is_after", "is_after": "is_before"}


def order_of(question: Question) -> Hint | None:
    """Whether what was before something is asked for, or what was after it."""
    said = {one for one in _OPPOSITE if hints(question.text, question.language, one)}
    return said.pop() if len(said) == 1 else None


def rest_in_time(question: Question, text: ReadText, reading: Reading) -> tuple[Operand, ...]:
    """How many there were before something: all, and those of them that came after it; or the
    other way round. Empty where the text does not tell that part of a whole, or a part more."""
    order = order_of(question)
    if order is None or "how_many" not in question.kinds or denies(question) or _compares(question):
        return ()
    items = [i for i in items_of(question) if i.kind in TELLING]
    found = []
    for group in operands(items, text, reading):
        for whole, part in pairwise(group):
            said = part.piece.of(text.text)
            turned = hints(said, text.language, _OPPOSITE[order])
            straight = hints(said, text.language, order)
            if (
                _is_inside(part, text)
                and whole.sentence is part.sentence
                and whole.quantity.value > part.quantity.value
                and may_combine((whole, part))
                and turned
                and not straight
                and _is_of_event(question, part, said)
                and weight_of(whole.hits | whole.led | part.hits) >= _HALF * weight_of(items)
                and sum(_is_inside(o, text) for o in group if o.sentence is part.sentence) == 1
            ):
                found.append((whole, part))
    places = {(w.quantity.start, p.quantity.start): (w, p) for w, p in found}
    return next(iter(places.values())) if len(places) == 1 else ()


def _compares(question: Question) -> bool:
    """Whether two things are held against one another: "before" alone does not do that."""
    either = hints(question.text, question.language, "either")
    return "compare" in question.kinds or bool(either)


def _is_inside(part: Operand, text: ReadText) -> bool:
    """ "Of which 40", or "40 of them"."""
    end = part.quantity.end
    behind = text.text[end : min(end + _BEHIND, part.piece.end)]
    return part.inside or bool(places_of(behind, text.language, "of_them"))


def _is_of_event(question: Question, part: Operand, said: str) -> bool:
    """Whether the part is told by the meeting that the question names, or by something of it."""
    if question.sessions:
        return set(question.sessions) <= set(find_sessions(said))
    return bool(part.hits)
