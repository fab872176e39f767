"""What the latest session's documents say beside what those of the session before said."""

from collections.abc import Iterator
from typing import Final, Protocol

from assistant.brief.dossier import ENOUGH, Dossier
from assistant.brief.drafting import DraftSection, Line, Point, Remark, Together, Voice
from assistant.record_claims import RecordClaim
from kb.errors import InvalidQuery
from kb.records.changes import Change
from kb.records.findings import StoredFinding
from kb.records.kinds import RecordKind
from kb.records.query import RecordQuery
from kb.records.record import Record

LINES: Final = 5
_KINDS: Final[tuple[RecordKind, ...]] = ("milestones", "observations", "targets", "funding")
_APART: Final = ("different_measures", "different_units", "different_scopes")


class Comparing(Protocol):
    """The part of `kb.records.Records` that tells changes."""

    def changes(self, query: RecordQuery, first: str, second: str) -> tuple[Change, ...]:
        """What two sessions or documents say of the same things."""

    def findings(self) -> tuple[StoredFinding, ...]:
        """Figures that do not agree, unless a reviewer has judged that they do."""


def changes(dossier: Dossier, voice: Voice, records: Comparing) -> DraftSection | None:
    """The section; none where no two figures of the topic can be set beside each other."""
    found = [*compared(dossier, records), *_over_time(dossier, records)]
    lines: dict[tuple[str, str], Line] = {}
    for before, after, note in found:
        if len(lines) == LINES:
            break
        line = _line(before, after, note, voice)
        if line is not None:
            lines.setdefault((before.id, after.id), line)
    if lines:
        return DraftSection("changes", tuple(lines.values()))
    remarks = no_change(dossier)
    return DraftSection("changes", tuple(remarks)) if remarks and not found else None


def no_change(dossier: Dossier) -> list[Remark]:
    """Says of a named topic that the two latest sessions' documents speak of it, and give no
    figures that can be compared; whoever says so has looked for such."""
    spoken = {one.session for one in dossier.documents}
    if (
        not dossier.topic.subjects
        or dossier.topic.is_broad
        or not set(_sessions(dossier)) <= spoken
        or len(spoken) < 2
    ):
        return []
    return [Remark("no_change", (("name", dossier.name),), dossier.topic.subjects)]


def _sessions(dossier: Dossier) -> list[str]:
    """The latest two."""
    return list(dict.fromkeys(one.session for one in dossier.held if one.session))[:2]


def compared(dossier: Dossier, records: Comparing) -> Iterator[tuple[Record, Record, str]]:
    """Figures of the topic that the two latest sessions give, with what is to be said of them."""
    sessions = _sessions(dossier)
    if len(sessions) < 2:
        return
    later, earlier = sessions
    changed: list[Change] = []
    for kind in _KINDS:
        try:
            changed += records.changes(RecordQuery(kind=kind), earlier, later)
        except InvalidQuery:
            continue

    def weight(one: Change) -> float:
        return min(dossier.weights.get(r.id, 0.0) for r in (one.before, one.after))

    for one in sorted(changed, key=lambda one: (-weight(one), one.before.id, one.after.id)):
        if weight(one) >= ENOUGH:
            apart = next((note for note in _APART if note in one.notes), None)
            yield one.before, one.after, apart or one.direction or "then_and_now"


def _over_time(dossier: Dossier, records: Comparing) -> Iterator[tuple[Record, Record, str]]:
    """Figures of one measure at two dates, in whatever document."""
    by_id = dossier.index.by_id
    for one in records.findings():
        if one.kind != "change" or not set(one.records) <= by_id.keys():
            continue
        if max(dossier.weights.get(key, 0.0) for key in one.records) < ENOUGH:
            continue
        before, after = (by_id[key] for key in one.records[:2])
        yield before, after, "then_and_now"


def _line(before: Record, after: Record, note: str, voice: Voice) -> Line | None:
    qualifiers = {getattr(one.statement, "qualifier", "exact") for one in (before, after)}
    if note in ("rise", "fall") and qualifiers == {"exact"}:
        greater = (after, before) if note == "rise" else (before, after)
        draft = voice.said(RecordClaim(greater, operation="difference"))
        if draft is not None:
            return Point(draft, f"change_{note}")
    drafts = [voice.said(RecordClaim((one,))) for one in (before, after)]
    said = tuple(Point(one) for one in drafts if one is not None)
    if len(said) < len(drafts):
        return None
    if note == "same":
        return Point(said[1].draft, "change_same")
    key = note if note in _APART else "then_and_now"
    return Together(said, Remark(key, (), (before.id, after.id)))
