"""Two rows of one table that a question compares, each said whole."""

from dataclasses import replace
from typing import Final

from assistant.alternatives import is_compared, own_part, sides_of
from assistant.drafts import Draft, DraftStatement, Message, note
from assistant.evidence import Evidence, Finding, top_label
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Vocabulary
from assistant.question_reader import read_question
from assistant.rankings import Rankings
from assistant.speaker import Speaker
from assistant.table_checks import row_of_each
from assistant.tables import table_label
from kb.wording import Wording

_ROOM: Final = (54.0, 0.0)
_FIRST: Final = 2  # paragraphs found, one of which is a row, where nothing answers


def with_rows_compared(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence]:
    """The draft with the row of either side; as it was where it is of no table, or quotes more
    than one row of it."""
    question = plan.question
    if draft.reason not in (None, "not_in_documents") or not is_compared(question):
        return draft, evidence
    table = _table(draft, rankings)
    if table is None:
        return draft, evidence
    texts = sides_of(question, rankings.reading.read(question.text, question.language))
    if texts is None:
        return draft, evidence
    sides = [
        replace(
            read_question(own_part(one, other), vocabulary, question.reader),
            language=question.language,
        )
        for one, other in (texts, texts[::-1])
    ]
    if any(side.is_empty for side in sides):
        return draft, evidence
    rows = row_of_each(sides, table, rankings, kb)
    if not rows:
        return draft, evidence
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    statements: dict[DraftStatement, None] = {
        note(Message("both_say"), speaker.wording): None,
    }
    for row in rows:
        statements |= dict.fromkeys(speaker.said(row, _ROOM, [row.sentence]))
    known = {source.key for source in evidence.sources}
    more = tuple(s for row in rows for s in row.finding.sources if s.key not in known)
    said = replace(
        draft,
        statements=tuple(statements),
        abstained=False,
        reason=None,
        subjects=frozenset(),
    )
    return said, replace(evidence, record_texts=(*evidence.record_texts, *more))


def _table(draft: Draft, rankings: Rankings) -> Finding | None:
    """The finding of the one row that the draft rests on; of a refusal, one of the first found."""
    if draft.abstained:
        first = rankings.findings[:_FIRST]
        return next((f for f in first if table_label(f.label) is not None), None)
    cited = [(c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations]
    if not cited or table_label(cited[0][1]) is None:
        return None
    tables = [place for place in dict.fromkeys(cited) if table_label(place[1]) is not None]
    if len(tables) > 1:
        return None
    return next((f for f in rankings.findings if (f.document_id, f.label) == tables[0]), None)
