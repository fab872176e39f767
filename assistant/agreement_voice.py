"""Puts the sentences that hold the figures of a question side by side, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.arithmetic import Quoted, workings
from assistant.consistency import Held, asks_consistency, held_figures
from assistant.cutting import cut
from assistant.drafts import Draft, DraftStatement, Message, note, verbatim
from assistant.evidence import Evidence, Finding, Source, top_label
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.rankings import Rankings
from assistant.second_places import other_rate, same_figure, two_statements, unit_asked
from assistant.speaker import Speaker
from assistant.table_checks import beside, rows_asked, rows_total, table_asked, whole_table
from kb.languages import Language
from kb.quantities import find_quantities
from kb.records.amounts import amount_in_words, number_in_words
from kb.records.naming import shipped_names
from kb.sentences import Span, word_count
from kb.wording import Wording

_ROOM: Final = 60.0  # words of one sentence
_PLACE: Final = (54.0, 0.0)  # of each place that is held against another
_SETTLED: Final = frozenset(("same_thing", "sum_is", "not_among", "listed_count"))


def with_agreement(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence]:
    """The draft with a sentence for each figure that the question holds against another, and what
    the figures come to; as it was where not all are found, or it quotes them already."""
    question = plan.question
    if not asks_consistency(question) or _is_settled(draft):
        return draft, evidence
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    table = table_asked(question, rankings)
    if table is not None:
        told = _of_table(speaker, table, rankings, draft, kb)
        if told is not None:
            said, sources = told
            return with_workings(question, said), _with_texts(evidence, sources)
    found = held_figures(plan, rankings, kb, vocabulary)
    rate = other_rate(plan, found, rankings, kb)
    if found and (rate is not None or not _are_quoted(found, draft)):
        every = (*found, rate) if rate is not None else found
        draft = _side_by_side(speaker, every, draft)
        sources = [s for h in every for s in h.candidate.finding.sources]
        evidence = _with_texts(evidence, sources)
    elif not found:
        draft = _with_second(speaker, rankings, draft)
    return with_workings(question, draft), evidence


def _with_second(speaker: Speaker, rankings: Rankings, draft: Draft) -> Draft:
    """The draft with what another place says, where it quotes one alone; two places in place of a
    refusal."""
    cited = {(c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations}
    told = any(s.kind in ("record", "computed") for s in draft.statements)
    computes = any(_computes(s) for s in draft.statements)
    if draft.reason == "off_topic" or computes or (len(cited) > 1 and not draft.abstained):
        return draft
    found = two_statements(speaker.question, rankings)
    if not found:
        return draft
    unit = unit_asked(speaker.question)
    kept = () if draft.abstained or unit else draft.statements
    others = [
        c
        for c in found
        if not kept or told or (c.finding.document_id, c.finding.label) not in cited
    ]
    further = [
        s
        for c in (others if told else others[: len(found) - bool(kept)])
        for s in speaker.said(c, _PLACE)
    ]
    statements = [*kept, *(s for s in dict.fromkeys(further) if s not in kept)]
    if len({(c.document_id, top_label(c.paragraph)) for s in statements for c in s.citations}) > 1:
        statements.insert(0, note(Message("both_say"), speaker.wording))
    said = _instead(draft, statements)
    same = same_message(speaker.question, quotes_of(said))
    if same is None:
        return said
    return replace(said, statements=(note(same, speaker.wording), *said.statements[1:]))


def same_message(question: Question, quotes: Sequence[Quoted]) -> Message | None:
    """The message that each place quoted has one and the same figure, if they do."""
    figure, unit = same_figure(question, quotes), unit_asked(question)
    if figure is None or unit is None:
        return None
    words = amount_in_words(figure, unit, question.reader, shipped_names())
    return Message("same_figure", (("figure", words),))


def _with_texts(evidence: Evidence, sources: Iterable[Source]) -> Evidence:
    known = {source.key for source in evidence.sources}
    more = {s.key: s for s in sources if s.key not in known}
    return replace(evidence, record_texts=(*evidence.record_texts, *more.values()))


def _of_table(
    speaker: Speaker, table: Finding, rankings: Rankings, draft: Draft, kb: Knowledge
) -> tuple[Draft, list[Source]] | None:
    """The rows that the question speaks of with what they are held against; or the whole table,
    where every row of it is to add up to one number."""
    question = speaker.question
    asked = rows_asked(question, table, rankings, kb)
    if asked is None:
        return _every_row(speaker, table, draft, kb) if question.adds else None
    others = [] if asked.by_figure else beside(question, table, rankings)
    places = [*others, *asked.rows]
    statements: dict[DraftStatement, None] = {}
    if len(places) > 1:
        statements[note(Message("both_say"), speaker.wording)] = None
    for candidate in places:
        run = [candidate.sentence] if candidate in asked.rows else []
        statements |= dict.fromkeys(speaker.said(candidate, _PLACE, run))
    return _instead(draft, statements), [s for c in places for s in c.finding.sources]


def _every_row(
    speaker: Speaker, table: Finding, draft: Draft, kb: Knowledge
) -> tuple[Draft, list[Source]] | None:
    source = whole_table(table, kb)
    if source is None:
        return None
    passage = source.passage
    found = rows_total(passage.text, passage.language)
    if found is None:
        return None
    whole = Span(0, len(passage.text.rstrip()))
    message = rows_message(found, speaker.question.reader)
    quoted = verbatim(source, whole, whole, speaker.wording, speaker.question.reader)
    beside = [*speaker.language_note(table), *speaker.marks(table)]
    return _instead(draft, (note(message, speaker.wording), quoted, *beside)), [source]


def rows_message(found: tuple[int, Decimal], language: Language) -> Message:
    """The message that every row comes to the same."""
    total = number_in_words(found[1], language)
    return Message("rows_add_up", (("rows", str(found[0])), ("total", total)))


def _instead(draft: Draft, statements: Iterable[DraftStatement]) -> Draft:
    return replace(
        draft,
        statements=tuple(statements),
        abstained=False,
        reason=None,
        subjects=frozenset(),
    )


def with_workings(question: Question, draft: Draft) -> Draft:
    """The draft with what the figures that it quotes come to; a sum said already stands alone."""
    if draft.abstained or any(_computes(s) for s in draft.statements):
        return draft
    lines = workings(question, quotes_of(draft))
    if not lines:
        return draft
    said = note(_message(lines), Wording(draft.language))
    return replace(draft, statements=(*draft.statements, said))


def quotes_of(draft: Draft) -> list[Quoted]:
    """The words that a draft cites, with their places."""
    return [
        Quoted(f"{c.document_id} {c.paragraph}", c.quote, c.language)
        for s in draft.statements
        for c in s.citations
    ]


def is_worked_out(message: Message, question: Question, quotes: Sequence[Quoted]) -> bool:
    """Whether the figures of the words quoted come to what the message says."""
    lines = workings(question, quotes)
    return bool(lines) and message == _message(lines)


def _message(lines: Sequence[str]) -> Message:
    return Message("worked_out", (("working", "; ".join(lines)),))


def _computes(statement: DraftStatement) -> bool:
    return statement.kind == "computed"


def _is_settled(draft: Draft) -> bool:
    first = draft.statements[0].message if draft.statements else None
    if draft.reason == "unclear_question":
        return True
    return first is not None and first.key in _SETTLED


def _are_quoted(found: Sequence[Held], draft: Draft) -> bool:
    """Whether what the draft cites of each place holds the figures found there."""
    if draft.abstained:
        return False
    return all(_is_quoted(held, draft) for held in found)


def _is_quoted(held: Held, draft: Draft) -> bool:
    passage = held.candidate.source.passage
    values = {f.value for f in held.figures}
    said = set()
    for statement in draft.statements:
        for c in statement.citations:
            if (c.document_id, top_label(c.paragraph)) != (passage.document_id, passage.label):
                continue
            if statement.kind in ("record", "computed"):  # it says one figure of what it cites
                said |= {q.value for q in find_quantities(statement.text, draft.language)}
            else:
                said |= {q.value for q in find_quantities(c.quote, c.language)}
    return values <= said


def _side_by_side(speaker: Speaker, found: Sequence[Held], draft: Draft) -> Draft:
    statements: dict[DraftStatement, None] = {}
    if len(found) > 1:
        statements[note(Message("both_say"), speaker.wording)] = None
    for held in found:
        statements |= dict.fromkeys(_said(speaker, held))
    return _instead(draft, statements)


def _said(speaker: Speaker, held: Held) -> list[DraftStatement]:
    """The sentence, or of a long one the clauses from the first figure to the last."""
    candidate = held.candidate
    text, language = candidate.source.passage.text, candidate.source.passage.language
    whole = candidate.sentence.span
    span = whole
    if word_count(whole.of(text)) > _ROOM:
        places = [
            Span(q.start, q.end)
            for q in candidate.sentence.quantities
            if any(q.value == f.value for f in held.figures)
        ]
        cuts = [
            cut(text, language, candidate.sentence, speaker.question, place, _ROOM)
            for place in places
        ]
        span = Span(min(c.start for c in cuts), max(c.end for c in cuts))
    said = verbatim(candidate.source, span, whole, speaker.wording, speaker.question.reader)
    finding = candidate.finding
    return [said, *speaker.language_note(finding), *speaker.marks(finding)]
