"""Decisions and who is asked what, and what is planned next."""

from typing import Final

from assistant.brief.dossier import Dossier
from assistant.brief.drafting import DraftSection, Line, Point, Remark, Voice
from assistant.brief.sections.progress import is_ahead
from assistant.record_claims import RecordClaim
from kb.records.kinds import Target
from kb.records.record import Record

LINES: Final = 5
_PLANNED: Final = 3
_AHEAD: Final = ("planned", "expected", "proposed")


def decisions(dossier: Dossier, voice: Voice) -> tuple[DraftSection | None, int]:
    """The section; how many further decisions there are."""
    lines: list[Line] = []
    found = dossier.records("decisions")
    for record in found:
        draft = voice.said(RecordClaim((record,))) if len(lines) < LINES else None
        if draft is not None:
            lines.append(Point(draft))
    for record in planned(dossier)[:_PLANNED]:
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            lines.append(Point(draft, "planned"))
    if not found:
        lines += no_decision(dossier)
    section = DraftSection("decisions", tuple(lines)) if lines else None
    return section, max(0, len(found) - LINES)


def no_decision(dossier: Dossier) -> list[Remark]:
    """Says of a named topic that nothing was found, where that is so."""
    if not dossier.topic.subjects or dossier.records("decisions"):
        return []
    return [Remark("no_decision", (("name", dossier.name),), dossier.topic.subjects)]


def planned(dossier: Dossier) -> list[Record]:
    """Relevant targets that are planned or expected, and events that lie ahead."""
    return [one for one in dossier.records("targets", "events") if is_planned(one, dossier)]


def is_planned(record: Record, dossier: Dossier) -> bool:
    """Whether the record itself says that it is still to come."""
    statement = record.statement
    if isinstance(statement, Target):
        return statement.state in _AHEAD
    return is_ahead(record, dossier)
