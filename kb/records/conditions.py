"""A question as SQL conditions: the columns, the readers, and what has become of the documents."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, exists, func, literal, not_, or_, select
from sqlmodel import Session, col

from kb.errors import InvalidQuery
from kb.records.columns import (
    MEMBERS,
    Column,
    amount_column,
    column_of,
    columns_naming,
    date_columns,
)
from kb.records.kinds import RecordKind
from kb.records.query import EVERYONE, RecordQuery, Standing
from kb.records.tables import ROWS, RecordJudgement, RecordSource
from kb.records.values import dates_of
from kb.tables import Document

Condition = ColumnElement[bool]
# Where it says who stands in what: kind, who, in what.
STANDINGS: Final[tuple[tuple[RecordKind, str, str], ...]] = (
    ("partnerships", "partner", "initiative"),
    ("participations", "party", "programme"),
)
_JUDGEMENT: Final[Any] = RecordJudgement.__table__  # type: ignore[attr-defined]
_SOURCE: Final[Any] = RecordSource.__table__  # type: ignore[attr-defined]


def table_of(kind: RecordKind) -> Table:
    """The table of a kind."""
    return ROWS[kind].__table__  # type: ignore[attr-defined, no-any-return]


def conditions(session: Session, query: RecordQuery) -> list[Condition]:
    """All that must hold of a row. Raises InvalidQuery naming what is allowed."""
    table = table_of(query.kind)
    return [
        *custody(session, query.kind, query),
        *([table.c.id.in_(query.ids)] if query.ids else ()),
        *([table.c.id.in_(select(_JUDGEMENT.c.record))] if query.judged else ()),
        *(_where(query.kind, name, values) for name, values in query.where.items()),
        *(_named(query.kind, names) for names in query.named),
        *_ranges(query),
        *_dates(query),
        *_documents(query),
        *(_stands(session, query, standing) for standing in query.standing),
        *(not_(_stands(session, query, standing)) for standing in query.not_standing),
    ]


def custody(session: Session, kind: RecordKind, query: RecordQuery) -> Iterator[Condition]:
    """What the reader may see at all: of the status asked for, not hidden, not withdrawn.

    A record is hidden with any document that it rests on, and withdrawn with all of them.
    """
    table = table_of(kind)
    yield table.c.status.in_(query.status)
    if query.visibility != EVERYONE:
        yield table.c.visibility.in_(query.visibility)
        hidden = _ids(session, col(Document.visibility).not_in(query.visibility))
        if hidden:
            yield table.c.id.not_in(
                select(_SOURCE.c.record).where(_SOURCE.c.document_id.in_(hidden))
            )
    gone = _ids(session, col(Document.withdrawn).is_(True))
    if gone:
        other = _SOURCE.alias()
        yield table.c.id.not_in(
            select(_SOURCE.c.record).where(
                _SOURCE.c.document_id.in_(gone),
                not_(
                    exists().where(
                        other.c.record == _SOURCE.c.record, other.c.document_id.not_in(gone)
                    )
                ),
            )
        )


def year_of(kind: RecordKind) -> ColumnElement[str]:
    """The year of the first day that a record speaks of."""
    dates = date_columns(kind)
    if dates is None:
        raise InvalidQuery(f"{kind} have no date")
    return func.substr(_first(table_of(kind), dates[0]), 1, 4)


def _ids(session: Session, condition: Condition) -> list[str]:
    return list(session.execute(select(col(Document.id)).where(condition)).scalars())


def _where(kind: RecordKind, name: str, values: tuple[str, ...]) -> Condition:
    if name == "year":
        return year_of(kind).in_(values)
    column = column_of(kind, name)
    here = table_of(kind).c[name]
    match column.type:
        case "word":
            unknown = [value for value in values if value not in column.words]
            if unknown:
                known = ", ".join(column.words)
                raise InvalidQuery(f'{name} is never "{unknown[0]}"; it is one of {known}')
            return here.in_(values)
        case "exact":
            return here.in_([_number(name, value) for value in values])
        case "date":
            for value in values:
                _checked_date(name, value)
            return or_(here.in_(values), *(here.like(f"{value}-%") for value in values))
        case "names":
            return or_(*(_holds(here, value) for value in values))
        case _:
            return here.in_(values)


def _named(kind: RecordKind, names: tuple[str, ...]) -> Condition:
    table = table_of(kind)
    by_column: dict[Column, list[str]] = {}
    for name in names:
        for column in columns_naming(kind, name):
            by_column.setdefault(column, []).append(name)
    if not by_column:
        raise InvalidQuery(f'{kind} name nobody: no column can hold "{names[0]}"')
    return or_(
        *(
            or_(*(_holds(table.c[column.name], one) for one in some))
            if column.type == "names"
            else table.c[column.name].in_(some)
            for column, some in by_column.items()
        )
    )


def _holds(column: ColumnElement[str], name: str) -> Condition:
    """Whether `name` is one of the several that stand between spaces in `column`."""
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    spaced = literal(" ").concat(column).concat(" ")
    several = and_(not_(column.startswith("name:")), spaced.like(f"% {escaped} %", escape="\\"))
    return or_(column == name, several)


def _ranges(query: RecordQuery) -> Iterator[Condition]:
    if query.least is None and query.most is None:
        return
    name = amount_column(query.kind)
    if name is None:
        raise InvalidQuery(f"{query.kind} have no amount or value")
    column = table_of(query.kind).c[name]
    if query.least is not None:
        yield column >= query.least
    if query.most is not None:
        yield column <= query.most


def _dates(query: RecordQuery) -> Iterator[Condition]:
    if query.since is None and query.until is None:
        return
    dates = date_columns(query.kind)
    if dates is None:
        raise InvalidQuery(f"{query.kind} have no date")
    table = table_of(query.kind)
    if query.since is not None:
        _checked_date("since", query.since)
        last = _first(table, dates[1])
        # A year that holds the day asked for sorts before it as text.
        parts = query.since.split("-")
        holding = ["-".join(parts[:count]) for count in range(1, len(parts))]
        yield or_(last >= query.since, last.in_(holding)) if holding else last >= query.since
    if query.until is not None:
        _checked_date("until", query.until)
        yield _first(table, dates[0]) <= f"{query.until}~"  # behind every day within it


def _first(table: Table, names: tuple[str, ...]) -> Any:
    columns = [table.c[name] for name in names]
    return columns[0] if len(columns) == 1 else func.coalesce(*columns)


def _documents(query: RecordQuery) -> Iterator[Condition]:
    if query.documents:
        yield table_of(query.kind).c.id.in_(
            select(_SOURCE.c.record).where(_SOURCE.c.document_id.in_(query.documents))
        )


def _stands(session: Session, query: RecordQuery, standing: Standing) -> Condition:
    """Whether the row's partner, Party or provider stands in one of the programmes."""
    member = MEMBERS.get(query.kind)
    if member is None:
        allowed = ", ".join(MEMBERS)
        raise InvalidQuery(f"membership can be asked of {allowed}, not of {query.kind}")
    here = table_of(query.kind).c[member]
    found = []
    for kind, whom, programme in STANDINGS:
        table = table_of(kind)
        other = table.alias()
        wanted = [
            other.c.id.in_(select(table.c.id).where(*custody(session, kind, query))),
            other.c[programme].in_(standing.programmes),
            *([other.c.role.in_(standing.roles)] if standing.roles else ()),
        ]
        found.append(here.in_(select(other.c[whom]).where(and_(*wanted))))
    # A row without a partner, Party or provider stands in nothing, instead of being unknown.
    return and_(here.is_not(None), or_(*found))


def _number(name: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidQuery(f'{name}: "{text}" is no number') from None


def _checked_date(name: str, text: str) -> None:
    try:
        dates_of(text)
    except ValueError as error:
        raise InvalidQuery(f"{name}: {error}") from error
