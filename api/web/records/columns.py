"""The columns of the grid of each kind: chosen for people, not those of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from api.web.records.cells import Cell, Reading
from kb.records.kinds import RecordKind

Part = Literal["main", "figure", "key", "more"]
"""On a narrow card: its title, its figure, what is said beside it, what is left out."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: `label` is a key of `words/records.csv`; `order` the column to sort by, if any.

    `starts_high` sorts the largest or latest first at the first press.
    """

    label: str
    part: Part
    cell: Callable[[Reading], Cell]
    order: str | None = None
    starts_high: bool = False


def _name(label: str, column: str, part: Part = "key") -> GridColumn:
    return GridColumn(label, part, lambda one: Cell(one.name(column)))


def _word(label: str, column: str, part: Part = "key") -> GridColumn:
    return GridColumn(label, part, lambda one: Cell(one.word(column)), column)


def _figure() -> GridColumn:
    return GridColumn("records.figure", "figure", Reading.figure, "value", starts_high=True)


def _date(label: str, column: str) -> GridColumn:
    return GridColumn(label, "key", lambda one: Cell(one.date(column)), column, starts_high=True)


def _target(one: Reading) -> Cell:
    return Cell(one.name("measure"), note=one.name("indicator"))


def _purpose(one: Reading) -> Cell:
    return Cell(one.name("purpose"), note=one.names("initiative", "recipient"))


def _stage(one: Reading) -> Cell:
    same = one.said("instrument") == one.said("stage")
    return Cell(one.word("stage"), note="" if same else one.word("instrument"))


def _place(one: Reading) -> Cell:
    return Cell(one.names("place", "country"))


def _asked(one: Reading) -> Cell:
    return Cell(one.name("addressee"), note=one.word("verb"))


COLUMNS: Final[Mapping[RecordKind, tuple[GridColumn, ...]]] = {
    "targets": (
        GridColumn("records.who", "main", lambda one: Cell(one.names("subject", "party"))),
        GridColumn("records.measure", "key", _target),
        _figure(),
        _date("records.deadline", "deadline"),
        _word("records.state", "state"),
    ),
    "milestones": (
        _name("records.activity", "activity", "main"),
        _name("records.programme", "programme", "more"),
        _word("records.progress", "progress"),
        GridColumn("records.figure", "figure", Reading.part, "value", starts_high=True),
        _date("records.as_of", "as_of"),
    ),
    "observations": (
        _name("records.subject", "subject", "main"),
        _name("records.measure", "measure"),
        _figure(),
        _date("records.as_of", "as_of"),
    ),
    "partnerships": (
        _name("records.partner", "partner", "main"),
        _word("records.role", "role"),
        _name("records.initiative", "initiative"),
        _name("records.activity", "activity", "more"),
        GridColumn(
            "records.period", "more", lambda one: Cell(one.period("since", "until")), "since"
        ),
    ),
    "participations": (
        _name("records.party", "party", "main"),
        _word("records.role", "role"),
        _name("records.programme", "programme"),
        _name("records.activity", "activity", "more"),
        _name("records.supported_by", "supported_by", "more"),
        _date("records.since", "since"),
    ),
    "funding": (
        GridColumn("records.purpose", "main", _purpose),
        _name("records.provider", "provider"),
        GridColumn("records.amount", "figure", Reading.money, "amount", starts_high=True),
        GridColumn("records.stage", "key", _stage, "stage"),
        GridColumn(
            "records.period",
            "key",
            lambda one: Cell(one.period("period_start", "period_end", "as_of")),
            "period_start",
            starts_high=True,
        ),
    ),
    "events": (
        GridColumn(
            "records.date",
            "key",
            lambda one: Cell(one.period("start", "end") if one.said("end") else one.date("start")),
            "start",
            starts_high=True,
        ),
        _name("records.event", "name", "main"),
        GridColumn("records.place", "key", _place),
        _name("records.organizers", "organizers", "more"),
        _name("records.outcome", "outcome", "more"),
    ),
    "decisions": (
        GridColumn(
            "records.decision", "key", lambda one: Cell(one.said("decision") or ""), "decision"
        ),
        GridColumn("records.addressee", "key", _asked),
        _name("records.what", "what", "main"),
    ),
}
