"""What two sessions or documents say of the same thing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlmodel import Session, col

from kb.errors import InvalidQuery
from kb.records.columns import amount_column
from kb.records.kinds import RecordKind
from kb.records.queries import every
from kb.records.query import RecordQuery
from kb.records.record import Record
from kb.records.values import plain
from kb.tables import Document

Note = Literal[
    "different_measures",  # what is counted is not the same
    "different_units",
    "different_scopes",  # of another whole, or of another period
    "different_qualifiers",  # "nearly" beside an exact figure
    "several_figures",  # a side has several; the latest is taken
    "same_date",  # both figures are of one date: a correction, or a disagreement
]
Direction = Literal["rise", "fall", "same"]

# What must agree for two figures to be of one thing, and what tells its measure.
_THING: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("subject",),
    "targets": ("subject", "party", "indicator"),
    "milestones": ("programme", "activity", "progress"),
    "funding": ("provider", "recipient", "initiative", "stage"),
}
_MEASURE: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("measure",),
    "targets": ("measure",),
    "milestones": (),
    "funding": ("purpose",),
}
_UNIT: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": ("unit",),
    "targets": ("unit",),
    "milestones": ("unit",),
    "funding": ("currency", "per"),
}
# Of another whole or another period, figures differ without anything having changed.
_SCOPE: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "observations": (),
    "targets": ("baseline", "deadline"),
    "milestones": ("of",),
    "funding": ("period_start", "period_end"),
}

_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Two records of the same thing. `difference` and `direction` are None where the measures,
    units or scopes are not the same: such a difference is neither a rise nor a fall."""

    before: Record
    after: Record
    difference: Decimal | None
    direction: Direction | None
    notes: tuple[Note, ...]


def changes(session: Session, query: RecordQuery, first: str, second: str) -> tuple[Change, ...]:
    """What `second` says beside what `first` said; each names a session, a document or a symbol.

    Only things that both speak of. Raises InvalidQuery for a kind without figures, or when no
    document is held of one of the two.
    """
    if query.kind not in _THING:
        raise InvalidQuery(f"{query.kind} cannot be compared; {', '.join(_THING)} can")
    before = _side(session, query, first)
    after = _side(session, query, second)
    return tuple(_compared(query.kind, before, after))


def documents_of(session: Session, name: str) -> tuple[str, ...]:
    """The documents of a session, or the one document of that id or symbol."""
    found = session.execute(
        select(col(Document.id))
        .where(
            (col(Document.session) == name)
            | (col(Document.id) == name)
            | (col(Document.symbol) == name)
        )
        .order_by(col(Document.id))
    ).scalars()
    return tuple(found)


def _side(session: Session, query: RecordQuery, name: str) -> list[Record]:
    documents = documents_of(session, name)
    if not documents:
        held = session.execute(select(col(Document.session)).distinct()).scalars()
        known = ", ".join(sorted(one for one in held if one))
        raise InvalidQuery(f'no document is held of "{name}"; the sessions are {known or "none"}')
    return every(session, replace(query, documents=documents))


def _compared(
    kind: RecordKind, before: Sequence[Record], after: Sequence[Record]
) -> Iterator[Change]:
    earlier, later = _by(kind, before, _THING), _by(kind, after, _THING)
    for thing in earlier.keys() & later.keys():
        yield from _of_one_thing(kind, earlier[thing], later[thing])


def _of_one_thing(
    kind: RecordKind, before: Sequence[Record], after: Sequence[Record]
) -> Iterator[Change]:
    full = {kind: (*_MEASURE[kind], *_UNIT[kind])}
    old, new = _by(kind, before, full), _by(kind, after, full)
    shared = [key for key in old if key in new]
    for key in shared:
        yield _change(kind, old[key], new[key], ())
    # Figures that only one side has are shown beside each other where they may be mistaken for
    # one another: in one unit, or under one measure.
    for key in old:
        for other in new:
            if key in shared or other in shared:
                continue
            size = len(_MEASURE[kind])
            if key[size:] == other[size:]:
                yield _change(kind, old[key], new[other], ("different_measures",))
            elif size and key[:size] == other[:size]:
                yield _change(kind, old[key], new[other], ("different_units",))


def _change(
    kind: RecordKind, before: Sequence[Record], after: Sequence[Record], notes: tuple[Note, ...]
) -> Change:
    found: list[Note] = list(notes)
    old, new = _latest(before), _latest(after)
    if len(before) > 1 or len(after) > 1:
        found.append("several_figures")
    if any(_get(old, name) != _get(new, name) for name in _SCOPE[kind]):
        found.append("different_scopes")
    if _get(old, "qualifier") != _get(new, "qualifier"):
        found.append("different_qualifiers")
    amount = amount_column(kind) or "value"
    first, second = _get(old, amount), _get(new, amount)
    dates = _get(old, "as_of"), _get(new, "as_of")
    if first != second and dates[0] is not None and dates[0] == dates[1]:
        found.append("same_date")
    if {"different_measures", "different_units", "different_scopes"} & set(found):
        return Change(old, new, None, None, tuple(found))
    direction: Direction = "same" if first == second else "rise" if second > first else "fall"
    return Change(old, new, plain(second - first), direction, tuple(found))


def _latest(records: Sequence[Record]) -> Record:
    return max(records, key=lambda record: (_get(record, "as_of") or "", record.id))


def _by(
    kind: RecordKind, records: Sequence[Record], names: Mapping[RecordKind, tuple[str, ...]]
) -> dict[_Key, list[Record]]:
    found: dict[_Key, list[Record]] = defaultdict(list)
    for record in records:
        found[tuple(_get(record, name) for name in names[kind])].append(record)
    return found


def _get(record: Record, name: str) -> Any:
    return getattr(record.statement, name, None)
