"""Computations over figures of the texts, put before what a draft quotes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assistant.alternative_voice import compared
from assistant.average_voice import average_statements
from assistant.claim_words import has_role
from assistant.drafts import Draft, DraftStatement, Message, cited, note, verbatim
from assistant.elapsed_voice import with_elapsed
from assistant.evidence import Evidence, Source
from assistant.figure_claims import FigureClaim, FigureOperation, FigureTerm, figures_in_words
from assistant.item_sums import sum_of_items
from assistant.knowledge import Knowledge
from assistant.operation_voice import computed_statements
from assistant.part_whole import part_of_whole
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.question_words import hints
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.row_conditions import condition_of
from assistant.table_answers import FromTable, TableReader
from assistant.tables import Table, read_table, table_label
from kb.records.naming import shipped_names
from kb.sentences import Span, word_count
from kb.wording import Wording

_BRIEF: Final = 54.0
_OPEN: Final = 120.0
_TABLES: Final = 3
_AMONG: Final = 12  # paragraphs found of which a table may be


def with_figures(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence]:
    """The draft with what is computed of cells or of a sentence's figures said first, and the
    evidence with the rows that it rests on; as they were where nothing is."""
    question = plan.question
    if not question.foreign:
        spans = with_elapsed(plan, evidence, rankings, draft, kb, vocabulary)
        if spans is not None:
            return spans
    if draft.reason not in ("off_topic", "unclear_question") and not question.foreign:
        asked = computed_statements(question, rankings, draft)
        asked = asked or average_statements(question, rankings, draft)
        if asked:
            return replace(draft, statements=asked, abstained=False, reason=None), evidence
        sides = compared(plan, draft, evidence, rankings.reading, kb, vocabulary)
        if sides is not None:
            return sides
    said = any(s.kind in ("computed", "record") for s in draft.statements)
    if said or not _may_compute(question) or draft.reason in ("off_topic", "unclear_question"):
        return draft, evidence
    found = None if draft.abstained else _of_sentence(question, rankings.of(question), draft)
    if found is not None:
        try:
            return _before(draft, [_statement(found, draft)], question), evidence
        except ValueError:
            return draft, evidence
    for table in _tables(evidence, kb, TableReader(question, vocabulary)):
        answer = TableReader(question, vocabulary).answer(table)
        if answer is None:
            continue
        statements = _said(answer, draft, question)
        if statements:
            known = {source.key for source in evidence.sources}
            rows = (row.source for row in table.rows)
            texts = (*evidence.record_texts, *(s for s in rows if s.key not in known))
            return _before(draft, statements, question), replace(evidence, record_texts=texts)
    return draft, evidence


def _may_compute(question: Question) -> bool:
    if question.is_empty or question.foreign or question.kind == "paragraph":
        return False
    share = question.wants_quantity == frozenset(("share",))
    rest = question.negated and "how_many" in question.kinds
    falls = "reduce" in question.actions
    text, language = question.text, question.language
    if hints(text, language, "greatest") or hints(text, language, "smallest"):
        return True
    if condition_of(question) is not None:
        return True
    return question.adds or question.weighs or share or rest or falls or "sum" in question.kinds


def _of_sentence(
    question: Question, candidates: Sequence[Candidate], draft: Draft
) -> FigureClaim | None:
    """How many have not, or which share it is, where the best sentence counts a part of a whole."""
    if not candidates or question.weighs:
        return None
    best = candidates[0]
    if question.adds:
        return sum_of_items(question, best.source)
    passage = best.source.passage
    if passage.kind == "table_row" or not _is_cited(best, draft):
        return None
    span = best.sentence.span
    found = part_of_whole(passage.text, span, best.sentence.quantities, passage.language)
    if found is None:
        return None
    rest = "how_many" in question.kinds and question.negated
    share = question.wants_quantity == frozenset(("share",)) and not question.negated
    if has_role(best.sentence.text, passage.language, "negation"):
        return None
    if rest and found.part.value not in {n.value for n in question.numbers}:
        operation: FigureOperation = "difference"
        pair = (found.whole, found.part)
    elif share and found.share is None:
        operation, pair = "share", (found.part, found.whole)
    else:
        return None
    citation = cited(best.source, span)
    terms = tuple(FigureTerm(citation, q.value, q.unit, q.start) for q in pair)
    return FigureClaim(terms, operation)


def _is_cited(candidate: Candidate, draft: Draft) -> bool:
    document_id, _, language, _, _ = candidate.source.key
    span = candidate.sentence.span
    return any(
        (c.document_id, c.language) == (document_id, language)
        and span.start <= c.start < span.end
        and c.quote in candidate.source.passage.text
        for s in draft.statements
        for c in s.citations
    )


def _tables(evidence: Evidence, kb: Knowledge, reader: TableReader) -> Iterable[Table]:
    """The tables among what was found, those that speak most of the question first."""
    held: dict[tuple[str, str], Table] = {}
    for finding in evidence.findings[:_AMONG]:
        for source in finding.sources:
            table = _table(kb, source)
            if table is not None:
                held.setdefault((table.document_id, table.label), table)
    return sorted(held.values(), key=lambda table: -reader.fits(table))[:_TABLES]


def _table(kb: Knowledge, source: Source) -> Table | None:
    passage = source.passage
    if passage.edition != "original" or passage.kind not in ("table", "table_row"):
        return None
    label = table_label(passage.label) or passage.label
    return read_table(kb, replace(passage, label=f"{label}, row 1"))


def _said(answer: FromTable, draft: Draft, question: Question) -> list[DraftStatement]:
    statements = []
    for claim in answer.claims:
        try:
            statements.append(_statement(claim, draft))
        except ValueError:
            continue
    if answer.claims and not statements and not answer.rows:
        return []
    wording = Wording(draft.language)
    if answer.of is not None:
        counts = (("n", str(len(answer.rows))), ("total", str(answer.of)))
        statements.append(note(Message("met_by", counts), wording))
    for row in answer.rows:
        whole = Span(0, len(row.source.passage.text))
        statements.append(verbatim(row.source, whole, whole, wording, question.reader))
    return statements


def _statement(claim: FigureClaim, draft: Draft) -> DraftStatement:
    """Raises ValueError for what cannot be computed."""
    text = figures_in_words(claim, draft.language, shipped_names())
    citations = tuple(dict.fromkeys(term.citation for term in claim.terms))
    return DraftStatement(text, "computed", citations, figures=claim)


def _before(draft: Draft, first: Sequence[DraftStatement], question: Question) -> Draft:
    """`first`, then of the draft what there is room for."""
    room = (_BRIEF if question.is_pointed else _OPEN) - sum(word_count(s.text) for s in first)
    kept: list[DraftStatement] = []
    for statement in draft.statements if not draft.abstained else ():
        length = word_count(statement.text)
        if length <= room and statement not in first:
            kept.append(statement)
            room -= length
    return replace(draft, statements=(*first, *kept), abstained=False, reason=None)
