"""What a sentence is worth to a question by the names of the kind asked for that it holds."""

from collections.abc import Callable
from typing import Final

from assistant.question import Question
from assistant.reading import ReadSentence, ReadText
from assistant.segments import parts
from kb.sentences import Span
from kb.terms import Mention

_NAMES: Final = 0.15  # it holds names of the kind asked for
_NEAR: Final = 0.45  # what is asked about stands in one part with a name
_ITEM: Final = 0.05  # each further name, where a list is asked for
_ITEMS: Final = 0.4
_ALL_ITEMS: Final = 0.5  # there are as many of them as the question says
_SMALL: Final = 2


def names_asked(question: Question, sentence: ReadSentence) -> list[Mention]:
    """The names of the kind asked for in the sentence, without those that the question has."""
    return [
        m
        for m in sentence.mentions
        if m.kind in question.wants_name and m.concept_id not in question.concepts
    ]


def worth_of_names(
    question: Question,
    text: ReadText,
    sentence: ReadSentence,
    near: Callable[[Span, ReadSentence], float],
) -> float:
    """What the names are worth: more where one stands in a part with what is asked about, by the
    share that `near` gives, and where a list is asked for and they are as many as it has.
    """
    asked = names_asked(question, sentence)
    if not asked:
        return 0.0
    pieces = parts(text.text, sentence.span)
    nearest = max(
        near(p, sentence)
        for p in pieces
        if any(p.start <= m.start < p.end for m in asked) or len(pieces) == 1
    )
    worth = _NAMES + _NEAR * nearest
    if question.wants_items:
        listed = len({m.concept_id for m in asked})
        worth += min(_ITEMS, _ITEM * (listed - 1))
        worth += _ALL_ITEMS if any(_SMALL < q.value == listed for q in question.numbers) else 0.0
    return worth
