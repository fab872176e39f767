"""Sums that add only what may be added, and say what they took and what they left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from sqlalchemy import RowMapping, select
from sqlmodel import Session

from kb.errors import InvalidQuery
from kb.records.columns import amount_column, columns_of
from kb.records.conditions import conditions, table_of
from kb.records.kinds import RecordKind
from kb.records.queries import anchors_of, grouping
from kb.records.query import RecordQuery
from kb.records.values import Qualifier, plain
from kb.store import chunks

Note = Literal[
    "parts_left_out",  # records whose figure another one already includes
    "unclear_left_out",  # records whose figure another one may include: no text says
    "repeats_left_out",  # the same pledge or figure from another document
    "earlier_left_out",  # an older figure of the same thing
    "mixed_qualifiers",  # exact ones beside "nearly" or "more than"
    "mixed_measures",  # different things are counted in one unit
    "possible_repeats",  # one provider, one initiative and stage, two documents, two amounts
]

# Figures that differ in one of these are never added to one another.
_APART: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "funding": ("currency", "stage", "per"),
    "targets": ("unit",),
    "observations": ("unit", "measure"),
    "milestones": ("unit", "activity", "progress"),
}
# Records of two documents that agree in all of these say the same thing twice.
_SAME: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "funding": (
        *("provider", "recipient", "initiative", "amount"),
        *("currency", "stage", "per", "period_start", "period_end"),
    ),
    "targets": ("subject", "measure", "value", "unit", "deadline", "indicator", "party"),
    "observations": ("subject", "measure", "value", "unit", "as_of"),
    "milestones": ("programme", "activity", "progress", "value", "unit", "of", "as_of"),
}
# The same thing at another time: only the latest counts.
_SERIES: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("subject", "measure", "unit"),
    "milestones": ("programme", "activity", "progress", "unit"),
}

Row = RowMapping


@dataclass(frozen=True, slots=True)
class Total:
    """One sum. `of` is what its figures share: currency, stage and `per`, or the unit.

    `records` are those that it adds; `left_out` those that it must not, each with the record that
    holds it already; `unclear` those that it leaves out because another may hold them.
    `qualifiers` counts how its figures are meant.
    """

    key: tuple[str | None, ...]  # the values grouped by
    of: Mapping[str, str | None]
    value: Decimal
    records: tuple[str, ...]
    left_out: Mapping[str, str]
    unclear: Mapping[str, str]
    qualifiers: Mapping[Qualifier, int]
    notes: tuple[Note, ...]

    @property
    def count(self) -> int:
        """How many figures were added."""
        return len(self.records)


def totals(session: Session, query: RecordQuery, by: Sequence[str] = ()) -> tuple[Total, ...]:
    """The sums of the records asked for, largest first within a group.

    One for each group and each combination of currency, stage and period (or unit). A record is
    not added beside the one that includes it, and a pledge that two documents report counts once.
    Raises InvalidQuery for a kind without figures and for candidates.
    """
    if query.kind not in _APART:
        raise InvalidQuery(f"{query.kind} cannot be summed; {', '.join(_APART)} can")
    if set(query.status) != {"reviewed"}:
        raise InvalidQuery("a candidate never enters a sum")
    keys: dict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    for key, row in _rows(session, query, by):
        keys[(*key, *(row[name] for name in _APART[query.kind]))].append(row)
    parents = _Parents(session, query.kind)
    found = [
        _total(session, query.kind, key[: len(by)], rows, parents) for key, rows in keys.items()
    ]
    return tuple(sorted(found, key=lambda one: ([part or "" for part in one.key], -one.value)))


def _rows(
    session: Session, query: RecordQuery, by: Sequence[str]
) -> list[tuple[tuple[str | None, ...], Row]]:
    table = table_of(query.kind)
    wanted = [table.c[name] for name in columns_of(query.kind)]
    keys = grouping(query.kind, by) if by else []
    grouped = [column.label(f"key_{nth}") for nth, column in enumerate(keys)]
    rows = session.execute(
        select(*wanted, table.c.batch, *grouped)
        .where(*conditions(session, query))
        .order_by(table.c.id)
    ).all()
    first = len(wanted) + 1
    return [
        (tuple(None if value is None else str(value) for value in row[first:]), row._mapping)
        for row in rows
    ]


def _total(
    session: Session,
    kind: RecordKind,
    key: tuple[str | None, ...],
    rows: Sequence[Row],
    parents: "_Parents",
) -> Total:
    amount = amount_column(kind) or "value"
    left_out: dict[str, str] = {}
    unclear: dict[str, str] = {}
    notes: list[Note] = []

    def leave(found: Mapping[str, str], note: Note) -> list[Row]:
        if found:
            (unclear if note == "unclear_left_out" else left_out).update(found)
            notes.append(note)
        return [row for row in rows if row["id"] not in left_out.keys() | unclear.keys()]

    rest = leave(parents.within(rows), "parts_left_out")
    rest = leave(_perhaps_within(rest), "unclear_left_out")
    rest = leave(_repeats(session, kind, rest), "repeats_left_out")
    rest = leave(_earlier(kind, rest), "earlier_left_out")
    qualifiers = Counter(row.get("qualifier", "exact") for row in rest)
    if len(qualifiers) > 1:
        notes.append("mixed_qualifiers")
    if "measure" in columns_of(kind) and len({row["measure"] for row in rest}) > 1:
        notes.append("mixed_measures")
    if kind == "funding" and _possible_repeats(session, rest):
        notes.append("possible_repeats")
    return Total(
        key,
        {name: rows[0][name] for name in _APART[kind]},
        plain(sum((row[amount] for row in rest), Decimal(0))),
        tuple(row["id"] for row in rest),
        left_out,
        unclear,
        dict(qualifiers),
        tuple(notes),
    )


class _Parents:
    """Which record's figure already includes which one's, up the whole line."""

    def __init__(self, session: Session, kind: RecordKind) -> None:
        self._session = session
        self._table = table_of(kind)
        self._known: dict[str, str | None] = {}

    def within(self, rows: Sequence[Row]) -> dict[str, str]:
        """Those of `rows` that another of them includes, with that one."""
        own = {row["id"] for row in rows}
        self._known.update({row["id"]: row["part_of"] for row in rows})
        found = {}
        for row in rows:
            above = row["part_of"]
            seen = {row["id"]}
            while above is not None and above not in seen:
                if above in own:
                    found[row["id"]] = above
                    break
                seen.add(above)
                above = self._above(above)
        return found

    def _above(self, record: str) -> str | None:
        if record not in self._known:
            self._known[record] = self._session.execute(
                select(self._table.c.part_of).where(self._table.c.id == record)
            ).scalar()
        return self._known[record]


def _perhaps_within(rows: Sequence[Row]) -> dict[str, str]:
    """Those of `rows` that another of them may include, with that one."""
    own = {row["id"] for row in rows}
    wholes = ((row["id"], row.get("perhaps_part_of")) for row in rows)
    return {part: whole for part, whole in wholes if whole and whole in own and whole != part}


def _repeats(session: Session, kind: RecordKind, rows: Sequence[Row]) -> dict[str, str]:
    """Those that say again what another one says from another document or batch."""
    alike = _alike(rows, _SAME[kind])
    places = _places(session, [row for some in alike for row in some])
    found: dict[str, str] = {}
    for some in alike:
        kept: list[Row] = []
        for row in some:
            twin = next((one for one in kept if places[one["id"]] != places[row["id"]]), None)
            if twin is None:
                kept.append(row)
            else:
                found[row["id"]] = twin["id"]
    return found


def _earlier(kind: RecordKind, rows: Sequence[Row]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _alike(rows, _SERIES[kind]) if kind in _SERIES else ():
        latest = max(some, key=lambda row: row["as_of"] or "")
        found.update(
            {
                row["id"]: latest["id"]
                for row in some
                if (row["as_of"] or "") < (latest["as_of"] or "")
            }
        )
    return found


def _possible_repeats(session: Session, rows: Sequence[Row]) -> bool:
    same = ("provider", "recipient", "initiative", "currency", "stage", "per")
    alike = [some for some in _alike(rows, same) if some[0]["provider"] is not None]
    places = _places(session, [row for some in alike for row in some])
    return any(len({places[row["id"]] for row in some}) > 1 for some in alike)


def _alike(rows: Sequence[Row], names: Sequence[str]) -> list[list[Row]]:
    """`rows` that agree in all of `names`, where there are several."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return [some for some in found.values() if len(some) > 1]


def _places(session: Session, rows: Sequence[Row]) -> dict[str, tuple[str, frozenset[str]]]:
    """The batch and the documents that each of `rows` comes from."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for some in chunks(rows):
        anchors = anchors_of(session, [row["id"] for row in some])
        for row in some:
            documents = frozenset(one.document_id for one in anchors.get(row["id"], ()))
            found[row["id"]] = (row["batch"], documents)
    return found
