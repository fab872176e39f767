"""How far activities have come: bars of a chart, and what has happened."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from assistant.brief.dossier import Dossier, place_order
from assistant.brief.drafting import DraftBar, DraftChart, DraftSection, Line, Point, Voice
from assistant.record_claims import RecordClaim
from kb.records.kinds import Event, Milestone
from kb.records.naming import sentence_case, shipped_names
from kb.records.record import Record
from kb.records.values import Progress, dates_of

STATES: Final[tuple[Progress, ...]] = ("completed", "in_progress", "not_started")
_EVENTS: Final = 5
_OTHERS: Final = 3


def progress(dossier: Dossier, voice: Voice) -> DraftSection | None:
    """The section."""
    milestones = dossier.records("milestones")
    chart = _chart(milestones, dossier, voice)
    shown = {one.id for bar in chart.bars for one in bar.records} if chart else set()
    rest = [one for one in milestones if one.id not in shown and not _is_of(one)][:_OTHERS]
    lines: list[Line] = list(_said(rest, voice))
    lines += _said(sorted(past(dossier)[:_EVENTS], key=_start), voice)
    if not lines and chart is None:
        return None
    return DraftSection("progress", tuple(lines), chart=chart)


def past(dossier: Dossier) -> list[Record]:
    """The relevant events that do not lie ahead."""
    return [one for one in dossier.records("events") if not is_ahead(one, dossier)]


def is_ahead(record: Record, dossier: Dossier) -> bool:
    """Whether an event begins after all that is known of."""
    statement = record.statement
    if not isinstance(statement, Event) or dossier.now is None:
        return False
    return dates_of(statement.start)[0] > dossier.now


def _said(records: Sequence[Record], voice: Voice) -> Iterator[Point]:
    for record in records:
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            yield Point(draft)


def _start(record: Record) -> str:
    return str(getattr(record.statement, "start", ""))


def _is_of(record: Record) -> bool:
    return isinstance(record.statement, Milestone) and record.statement.of is not None


def _chart(records: Sequence[Record], dossier: Dossier, voice: Voice) -> DraftChart | None:
    """The activities of the one programme that has most of them."""
    by_programme: dict[str, dict[str, dict[Progress, Record]]] = defaultdict(dict)
    for record in sorted(records, key=place_order):
        one = record.statement
        if isinstance(one, Milestone) and one.of is not None and one.value == int(one.value):
            states = by_programme[one.programme].setdefault(one.activity, {})
            states.setdefault(one.progress, record)
    if not by_programme:
        return None
    programme, activities = max(by_programme.items(), key=lambda item: (len(item[1]), item[0]))
    bars = tuple(_bars(activities, dossier, voice))
    if not bars:
        return None
    return DraftChart(shipped_names().name(programme, dossier.topic.language), bars)


def _bars(
    activities: Mapping[str, Mapping[Progress, Record]], dossier: Dossier, voice: Voice
) -> Iterator[DraftBar]:
    """Those of which every state is told and can be said."""
    for activity, states in activities.items():
        if set(states) != set(STATES):
            continue
        records = tuple(states[state] for state in STATES)
        drafts = [voice.said(RecordClaim((one,))) for one in records]
        said = tuple(one for one in drafts if one is not None)
        if len(said) == len(records):
            label = sentence_case(shipped_names().name(activity, dossier.topic.language))
            yield DraftBar(label, records, said)
