"""What a rule proposes, before it is a record with an id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingestion.extraction.excerpts import MOST_OF_NAME, excerpt, name_of
from ingestion.extraction.reading import Passage, Sentence
from kb.quantities import Quantity
from kb.records.kinds import RecordKind
from kb.sentences import Span, word_count

_WHOLE = 9  # words that say enough, even leaning on what stands before
_FEWEST_WORDS = 4  # beside the figure's own, for words that say what it is of


@dataclass(frozen=True, slots=True)
class Proposal:
    """The columns of a record of `kind`; `focus` is where its figure, date or name stands in the
    text of `passage`, and `sentence` what says it.
    """

    kind: RecordKind
    fields: Mapping[str, Any]
    passage: Passage
    focus: Span
    sentence: Span


def span_of(quantity: Quantity) -> Span:
    """Where a figure stands."""
    return Span(quantity.start, quantity.end)


def about(sentence: Sentence, focus: Span, fewest: int = _FEWEST_WORDS) -> str | None:
    """What is said of the figure or date at `focus`, as a name."""
    return told(sentence, clause_of(sentence, focus, fewest), focus)


def told(sentence: Sentence, clause: Span, focus: Span) -> str | None:
    """`clause` with the clauses before it and then behind it, as long as they fit into a name.

    A clause alone often says something wider than its sentence: "at least 70 per cent by 2037".
    """
    text, span = sentence.passage.text, clause
    for one in reversed([c for c in sentence.clauses if c.end <= clause.start]):
        if word_count(text[one.start : span.end]) > MOST_OF_NAME:
            break
        span = Span(one.start, span.end)
    for one in [c for c in sentence.clauses if c.start >= clause.end]:
        if word_count(text[span.start : one.end]) > MOST_OF_NAME:
            break
        span = Span(span.start, one.end)
    return name_of(excerpt(text, span, focus, MOST_OF_NAME))


def clause_of(sentence: Sentence, focus: Span, fewest: int = _FEWEST_WORDS) -> Span:
    """The clause of `focus`, with the clauses before it, or else behind it, where it is short or
    leans on them ("which is a rate of 74 per cent").
    """
    span = sentence.clause_at(focus.start)
    span = Span(span.start, max(span.end, focus.end))
    while _is_short(sentence, span, focus, fewest):
        before = [clause for clause in sentence.clauses if clause.end <= span.start]
        after = [clause for clause in sentence.clauses if clause.start >= span.end]
        if before:
            span = Span(before[-1].start, span.end)
        elif after:
            span = Span(span.start, after[0].end)
        else:
            break
    return span


def _is_short(sentence: Sentence, span: Span, focus: Span, fewest: int) -> bool:
    text = sentence.passage.text
    own = word_count(span.of(text)) - word_count(focus.of(text))
    if own < fewest:
        return True
    if own >= _WHOLE:
        return False
    return sentence.passage.words.at("leaning", text, span.start) is not None


def is_pointer(sentence: Sentence) -> bool:
    """Whether the sentence only says where something is shown: "Table 1 sets out how far …"."""
    return (
        sentence.passage.words.at("pointer", sentence.passage.text, sentence.span.start) is not None
    )
