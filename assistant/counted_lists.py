"""How many items a list has that the text itself does not number: counted, and shown beside."""

from collections.abc import Sequence
from typing import Final

from assistant.drafts import DraftStatement, Message
from assistant.enumerations import listed_items
from assistant.question import Question, denies
from assistant.ranking import Candidate
from assistant.reading import ReadSentence
from kb.quantities import TIME_KINDS
from kb.sentences import Span

_AMONG: Final = 3  # best sentences looked at
_CLOSE: Final = 0.8
_MONEY: Final = "money"
_SMALL: Final = 2


def counted_list(question: Question, good: Sequence[Candidate]) -> tuple[Candidate, Span] | None:
    """The list whose items are asked to be counted, as the span from its announcement to its last
    item; None where the text says a number itself, or no list is announced with what is asked."""
    if "how_many" not in question.kinds or denies(question) or question.weighs:
        return None
    for candidate in good[:_AMONG]:
        if candidate.score < _CLOSE * good[0].score:
            break
        text = candidate.source.passage.text
        items = listed_items(text)
        sentence = candidate.sentence
        if not items or not sentence.span.start <= items[0].start or _counts(question, sentence):
            continue
        if items[0].start > sentence.span.end + _SMALL:
            continue
        if candidate.finding.named or _announces(question, sentence, items[0].start):
            return candidate, Span(sentence.span.start, items[-1].end)
    return None


def count_note(span: Span, text: str) -> Message:
    """The message that says how many items the span shows."""
    return Message("listed_count", (("n", str(len(listed_items(span.of(text))))),))


def items_shown(statement: DraftStatement) -> int:
    """How many items a statement shows: records of a list, or marked items of what it quotes."""
    if statement.claim is not None:
        return len(statement.claim.records) if statement.claim.listed else 0
    if len(statement.citations) != 1:
        return 0
    return len(listed_items(statement.citations[0].quote))


def _counts(question: Question, sentence: ReadSentence) -> bool:
    """Whether the sentence gives a number of its own."""
    asked = {n.value for n in question.numbers}
    return any(
        q.kind not in TIME_KINDS and q.kind != _MONEY and q.value not in asked
        for q in sentence.quantities
        if q.end <= _first_mark(sentence)
    )


def _first_mark(sentence: ReadSentence) -> int:
    items = listed_items(sentence.text)
    return sentence.span.start + items[0].start if items else sentence.span.end


def _announces(question: Question, sentence: ReadSentence, first: int) -> bool:
    """Whether what is to be counted is named before the first item."""
    before = [m for m in sentence.marks if m.end <= first]
    counted = {*question.focus, *question.units, *question.nouns}
    if any(m.kind in ("word", "noun") and m.key in counted for m in before):
        return True
    names = {m.concept_id for m in question.names if m.kind == "term"}
    return any(m.kind == "concept" and m.key in names for m in before)
