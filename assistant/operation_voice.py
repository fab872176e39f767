"""Computations that a question asks for over the figures of one text, said with their sentences."""

from collections.abc import Iterator
from typing import Final

from assistant.drafts import Draft, DraftStatement, cited, joined
from assistant.figure_claims import FigureClaim, FigureTerm, figures_in_words, result_of
from assistant.operations import Operation, operation_asked, operation_of
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.record_claims import computed
from assistant.speaker import Speaker
from kb.records.naming import shipped_names
from kb.sentences import Span, word_count
from kb.wording import Wording

_AMONG: Final = 2  # best paragraphs looked at
_QUOTED: Final = 70.0  # words of the sentences that hold the figures


def computed_statements(
    question: Question, rankings: Rankings, draft: Draft
) -> tuple[DraftStatement, ...]:
    """What is computed, then the words that it rests on; empty where nothing is, or where the draft
    says that result already."""
    if operation_asked(question) is None:
        return ()
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    for candidate in _paragraphs(rankings.of(question)):
        passage = candidate.source.passage
        text = rankings.reading.read(passage.text, passage.language)
        found = operation_of(question, text, rankings.reading)
        if found is None:
            continue
        statements = _said(found, candidate, speaker)
        if statements and not _is_said(statements[0], draft):
            return statements
        return ()
    return ()


def _paragraphs(ranked: list[Candidate]) -> Iterator[Candidate]:
    """The best candidate of each of the best paragraphs."""
    seen = {id(c.finding): c for c in reversed(ranked)}
    best = sorted(seen.values(), key=ranked.index)
    yield from best[:_AMONG]


def _said(found: Operation, candidate: Candidate, speaker: Speaker) -> tuple[DraftStatement, ...]:
    source, reader = candidate.source, speaker.question.reader
    terms = tuple(
        FigureTerm(
            cited(source, o.sentence.span),
            o.quantity.value,
            o.quantity.unit,
            o.quantity.start,
            qualifier=o.quantity.qualifier,
        )
        for o in found.terms
    )
    claim = FigureClaim(terms, found.operation)
    try:
        text = figures_in_words(claim, reader, shipped_names())
    except ValueError:
        return ()
    citations = tuple(dict.fromkeys(term.citation for term in terms))
    statement = DraftStatement(text, "computed", citations, figures=claim)
    spans = sorted({o.sentence.span for o in found.terms}, key=lambda s: s.start)
    if sum(word_count(s.of(source.passage.text)) for s in spans) > _QUOTED:
        spans = sorted({_trimmed(o.piece, source.passage.text) for o in found.terms},
                       key=lambda s: s.start)  # fmt: skip
    whole = Span(spans[0].start, spans[-1].end)
    shown = joined(source, spans, whole, speaker.wording, reader)
    beside = (*speaker.language_note(candidate.finding), *speaker.marks(candidate.finding))
    return (statement, shown, *beside)


def _trimmed(piece: Span, text: str) -> Span:
    return Span(piece.start, piece.start + len(piece.of(text).rstrip(" ,;:，；：،؛")))


def _is_said(statement: DraftStatement, draft: Draft) -> bool:
    """Whether a record of the draft gives the same result."""
    claim = statement.figures
    if claim is None:
        return False
    for other in draft.statements:
        if other.claim is not None and other.claim.operation == claim.operation:
            try:
                if computed(other.claim) == result_of(claim):
                    return True
            except ValueError:
                continue
    return False
