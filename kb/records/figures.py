"""The figures that records give, as the checks of consistency read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import not_, or_, select
from sqlmodel import Session

from kb.records.conditions import Condition, conditions, table_of
from kb.records.indexing import FILE
from kb.records.kinds import RecordKind
from kb.records.query import EVERYONE, RecordQuery

# What a figure is of, what is measured, in what, of which whole or period, and when.
_SUBJECT: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("subject",),
    "targets": ("subject", "party", "indicator"),
    "milestones": ("programme", "progress"),
    "funding": ("provider", "recipient", "initiative", "stage", "instrument"),
}
_MEASURE: Final[Mapping[RecordKind, str]] = {
    "observations": "measure",
    "targets": "measure",
    "milestones": "activity",
    "funding": "purpose",
}
_UNIT: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("unit",),
    "targets": ("unit",),
    "milestones": ("unit",),
    "funding": ("currency", "per"),
}
_SCOPE: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": (),
    "targets": ("baseline", "deadline", "state"),
    "milestones": ("of",),
    "funding": ("period_start", "period_end"),
}
_LOOSE: Final = Decimal("0.1")  # how far "about" and "nearly" may be from the figure they go with


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `row` holds all columns of a milestone, and nothing of other records."""

    record: str
    kind: RecordKind
    subject: tuple[Any, ...]
    measure: str
    value: Decimal
    unit: tuple[Any, ...]
    scope: tuple[Any, ...]
    as_of: str | None
    qualifier: str
    part_of: str | None
    row: Mapping[str, Any]

    @property
    def least(self) -> Decimal:
        """The least that it can mean."""
        match self.qualifier:
            case "about" | "nearly":
                return self.value * (1 - _LOOSE)
            case "up_to":
                return Decimal(0)
        return self.value

    @property
    def most(self) -> Decimal:
        """The most that it can mean."""
        match self.qualifier:
            case "about":
                return self.value * (1 + _LOOSE)
            case "more_than" | "at_least":
                return Decimal("Infinity")
        return self.value

    def agrees_with(self, other: "Figure") -> bool:
        """Whether both can be true of one thing."""
        return self.least <= other.most and other.least <= self.most


def figures(session: Session) -> Iterator[Figure]:
    """Those of all reviewed records that are not withdrawn, by kind and id."""
    for kind in _SUBJECT:
        table = table_of(kind)
        query = RecordQuery(kind=kind, visibility=EVERYONE)
        rows = session.execute(
            select(*table.c)
            .where(*conditions(session, query), *_comparable(kind))
            .order_by(table.c.id)
        )
        for one in rows:
            row = one._mapping
            yield Figure(
                row["id"],
                kind,
                tuple(row[name] for name in _SUBJECT[kind]),
                row[_MEASURE[kind]],
                row["amount" if kind == "funding" else "value"],
                tuple(row[name] for name in _UNIT[kind]),
                tuple(row[name] for name in _SCOPE[kind]),
                row.get("as_of"),
                row.get("qualifier", "exact"),
                row["part_of"],
                dict(row) if kind == "milestones" else {},
            )


def _comparable(kind: RecordKind) -> Iterator[Condition]:
    """Leaves out rows of files that no other figure can be held to: there may be 100,000."""
    if kind not in ("observations", "targets"):
        return
    table = table_of(kind)
    subject = table.c[_SUBJECT[kind][0]]
    is_row = table.c.batch.startswith(FILE)
    other = table.alias()
    stated = select(other.c[subject.name]).where(not_(other.c.batch.startswith(FILE)))
    wholes = select(other.c.part_of).where(other.c.part_of.is_not(None))
    yield or_(
        not_(is_row), subject.in_(stated), table.c.part_of.is_not(None), table.c.id.in_(wholes)
    )
