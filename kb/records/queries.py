"""Reads records from SQL: pages, counts, groups."""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, and_, func, literal, or_, select
from sqlmodel import Session, col

from kb.documents import Visibility
from kb.errors import InvalidQuery, NotFound
from kb.records.columns import Column, column_of, columns_of
from kb.records.conditions import conditions, table_of, year_of
from kb.records.kinds import RECORD_KINDS, STATEMENTS, RecordKind
from kb.records.query import PUBLIC, STATUSES, Group, RecordPage, RecordQuery
from kb.records.record import Anchor, Judgement, Record
from kb.records.tables import RecordJudgement, RecordSource
from kb.store import chunks
from kb.tables import Document

_MOST_GROUPING: Final = 2


def page(session: Session, query: RecordQuery) -> RecordPage:
    """The records of `query.limit` after its cursor, in order. Raises InvalidQuery."""
    table = table_of(query.kind)
    ordering = _Order(query)
    statement = select(*table.c).where(*conditions(session, query))
    if query.cursor is not None:
        statement = statement.where(ordering.after(query.cursor))
    rows = session.execute(statement.order_by(*ordering.columns).limit(query.limit + 1)).all()
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return RecordPage(
        tuple(records(session, query.kind, [row._mapping for row in shown])),
        ordering.cursor(shown[-1]._mapping) if more and shown else None,
    )


def every(session: Session, query: RecordQuery) -> list[Record]:
    """All the records asked for, by id, whatever the limit and cursor."""
    table = table_of(query.kind)
    rows = session.execute(
        select(*table.c).where(*conditions(session, query)).order_by(table.c.id)
    ).all()
    return records(session, query.kind, [row._mapping for row in rows])


def count(session: Session, query: RecordQuery) -> int:
    """How many records there are."""
    table = table_of(query.kind)
    found = select(func.count()).select_from(table).where(*conditions(session, query))
    return session.execute(found).scalar() or 0


def groups(session: Session, query: RecordQuery, by: Sequence[str]) -> tuple[Group, ...]:
    """How many records have each value of one or two columns (`year` is one too), most first."""
    columns = grouping(query.kind, by)
    table = table_of(query.kind)
    rows = session.execute(
        select(*columns, func.count().label("n"))
        .select_from(table)
        .where(*conditions(session, query))
        .group_by(*columns)
    )
    found = [Group(tuple(_text(value) for value in row[:-1]), row[-1]) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.count, [part or "" for part in one.key])))


def grouping(kind: RecordKind, by: Sequence[str]) -> list[ColumnElement[Any]]:
    """The columns to group by. Raises InvalidQuery unless they are one or two of the kind's."""
    if not 1 <= len(by) <= _MOST_GROUPING:
        raise InvalidQuery("group by one column or by two")
    table = table_of(kind)
    return [year_of(kind) if one == "year" else table.c[column_of(kind, one).name] for one in by]


def find(session: Session, record_id: str, visibility: frozenset[Visibility] = PUBLIC) -> Record:
    """The record of that id, of whatever kind and status. Raises NotFound."""
    for kind in RECORD_KINDS:
        found = every(
            session,
            RecordQuery(kind=kind, ids=(record_id,), status=STATUSES, visibility=visibility),
        )
        if found:
            return found[0]
    raise NotFound(f'no record "{record_id}"')


def records(session: Session, kind: RecordKind, rows: Sequence[RowMapping]) -> list[Record]:
    """The rows as records, each with its sources; internal where one of its documents is."""
    ids = [row["id"] for row in rows]
    sources = anchors_of(session, ids)
    judged = judgements_of(session, ids)
    held = {anchor.document_id for anchors in sources.values() for anchor in anchors}
    internal: set[str] = set()
    for some in chunks(held):
        internal.update(
            session.execute(
                select(col(Document.id)).where(
                    col(Document.id).in_(some), col(Document.visibility) == "internal"
                )
            ).scalars()
        )
    names = list(columns_of(kind))
    found = []
    for row in rows:
        anchors = sources.get(row["id"], ())
        hidden = any(anchor.document_id in internal for anchor in anchors)
        found.append(
            Record(
                STATEMENTS[kind].model_construct(**{name: row[name] for name in names}),
                anchors,
                row["status"],
                "internal" if hidden else row["visibility"],
                row["extracted_by"],
                judged.get(row["id"]),
            )
        )
    return found


def anchors_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[Anchor, ...]]:
    """What each of these records rests on."""
    found: dict[str, list[Anchor]] = {}
    for some in chunks(ids):
        rows = session.execute(
            select(
                col(RecordSource.record),
                col(RecordSource.document_id),
                col(RecordSource.paragraph),
                col(RecordSource.anchor),
            )
            .where(col(RecordSource.record).in_(some))
            .order_by(col(RecordSource.record), col(RecordSource.nth))
        )
        for record, document_id, paragraph, anchor in rows:
            found.setdefault(record, []).append(Anchor(document_id, paragraph, anchor))
    return {record: tuple(anchors) for record, anchors in found.items()}


def judgements_of(session: Session, ids: Iterable[str]) -> dict[str, Judgement]:
    """What reviewers last made of those of these records that were judged."""
    found: dict[str, Judgement] = {}
    for some in chunks(ids):
        rows = session.execute(
            select(
                col(RecordJudgement.record),
                col(RecordJudgement.status),
                col(RecordJudgement.judged_by),
                col(RecordJudgement.judged_at),
            ).where(col(RecordJudgement.record).in_(some))
        )
        for record, status, by, at in rows:
            # SQLite keeps no zone; all moments are stored in UTC.
            found[record] = Judgement(status, by, at.replace(tzinfo=at.tzinfo or UTC))
    return found


class _Order:
    """The order of a page, and the cursor that says where in it one ended."""

    def __init__(self, query: RecordQuery) -> None:
        name = query.order.removeprefix("-")
        self._column: Column = column_of(query.kind, name)
        self._falling = query.order.startswith("-")
        table = table_of(query.kind)
        self._id = table.c.id
        empty: Any = Decimal(-1) if self._column.type == "exact" else ""
        # Databases do not agree on where NULL sorts.
        self._value: Any = (
            table.c[name]
            if self._column.required
            else func.coalesce(table.c[name], literal(empty, table.c[name].type))
        )
        self._empty = empty

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What to sort by; the id settles equal values."""
        if self._column.name == "id":
            return [self._id.desc() if self._falling else self._id]
        return [self._value.desc() if self._falling else self._value, self._id]

    def cursor(self, row: RowMapping) -> str:
        """The cursor behind `row`."""
        value = row[self._column.name]
        key = [self._sign, str(self._empty if value is None else value), row["id"]]
        return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()

    def after(self, cursor: str) -> ColumnElement[bool]:
        """What stands behind `cursor`. Raises InvalidQuery for one of another order."""
        try:
            sign, text, last = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
            if sign != self._sign or not isinstance(last, str):
                raise InvalidQuery("the cursor was given out for another order")
            value: Any = Decimal(text) if self._column.type == "exact" else str(text)
        except (binascii.Error, ArithmeticError, ValueError, TypeError) as error:
            raise InvalidQuery("the cursor is not one that was given out") from error
        if self._column.name == "id":
            return self._id < last if self._falling else self._id > last
        further = self._value < value if self._falling else self._value > value
        return or_(further, and_(self._value == value, self._id > last))

    @property
    def _sign(self) -> str:
        return ("-" if self._falling else "") + self._column.name


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
