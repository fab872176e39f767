"""What a delegate may ask: each question stands behind the statement that raises it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from assistant.brief.dossier import Dossier
from assistant.brief.drafting import DraftSection, Point, Voice
from assistant.brief.sections.decisions import planned
from assistant.brief.sections.gaps import PROMISED, contradictions
from assistant.brief.sections.room import room
from assistant.record_claims import RecordClaim
from kb.records.kinds import Decision, Funding, Milestone, Observation, Target
from kb.records.record import Record
from kb.records.values import dates_of

LINES: Final = 5
_EACH: Final = 2  # of one sort
_ASKED: Final = ("requests", "invites", "urges", "encourages", "recommends")


def questions(dossier: Dossier, voice: Voice) -> DraftSection | None:
    """One question of each sort in turn, the sort that presses most first."""
    sorts = [iter(list(one)[:_EACH]) for one in _sorts(dossier)]
    points: list[Point] = []
    asked: set[str] = set()
    most = room(dossier, LINES)
    while sorts and len(points) < most:
        for one in list(sorts):
            found = next(one, None)
            if found is None:
                sorts.remove(one)
                continue
            claim, frame = found
            draft = voice.said(claim)
            if draft is not None and draft.text not in asked and len(points) < most:
                asked.add(draft.text)
                points.append(Point(draft, frame))
    return DraftSection("questions", tuple(points)) if points else None


def _sorts(dossier: Dossier) -> Iterator[list[tuple[RecordClaim, str]]]:
    yield [(claim, "q_contradiction") for claim in contradictions(dossier)]
    funding = dossier.records("funding")
    for frame in ("q_disbursed", "q_needed"):
        yield _asking(frame, [one for one in funding if RAISES[frame](one)])
    behind = [one for one in dossier.records("milestones") if RAISES["q_progress"](one)]
    behind.sort(key=lambda one: -getattr(one.statement, "value", 0))
    yield _asking("q_progress", behind)
    ahead = planned(dossier)
    yield _asking("q_planned", [one for one in ahead if not is_over(one, dossier)])
    for frame, kind in (("q_target", "targets"), ("q_decision", "decisions")):
        still = {one.id for one in ahead if not is_over(one, dossier)}
        found = dossier.records("targets" if kind == "targets" else "decisions")
        yield _asking(frame, [o for o in found if RAISES[frame](o) and o.id not in still])
    yield _asking("q_figure", [o for o in dossier.records("observations") if RAISES["q_figure"](o)])


def is_over(record: Record, dossier: Dossier) -> bool:
    """Whether what was planned should have been reached by now."""
    deadline = getattr(record.statement, "deadline", None)
    return deadline is not None and dossier.now is not None and dates_of(deadline)[1] < dossier.now


def _asking(frame: str, records: list[Record]) -> list[tuple[RecordClaim, str]]:
    return [(RecordClaim((one,)), frame) for one in records]


def _is_promised(record: Record) -> bool:
    return isinstance(record.statement, Funding) and record.statement.stage in PROMISED


def _is_needed(record: Record) -> bool:
    return isinstance(record.statement, Funding) and record.statement.stage == "needed"


def _is_behind(record: Record) -> bool:
    one = record.statement
    return isinstance(one, Milestone) and one.progress == "not_started" and one.value > 0


def _is_target(record: Record) -> bool:
    return isinstance(record.statement, Target)


def _is_asked(record: Record) -> bool:
    return isinstance(record.statement, Decision) and record.statement.verb in _ASKED


def _is_dated(record: Record) -> bool:
    return isinstance(record.statement, Observation) and record.statement.as_of is not None


RAISES: Final[Mapping[str, Callable[[Record], bool]]] = {
    "q_disbursed": _is_promised,
    "q_needed": _is_needed,
    "q_progress": _is_behind,
    "q_target": _is_target,
    "q_decision": _is_asked,
    "q_figure": _is_dated,
}
"""Which record raises which question: the composer and the gate ask the same."""
