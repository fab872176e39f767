"""Writes records to SQL. Whoever calls commits; an id stands in one table only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from kb.errors import IdentityConflict
from kb.languages import LANGUAGES, Language
from kb.records.card_work import queue, queue_where
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.record import Record
from kb.records.tables import ROWS, NameRow, RecordSource
from kb.store import advance, chunks


def replace_batch(session: Session, batch: str, records: Iterable[Record]) -> int:
    """Makes `records` all that `batch` holds; how many they are.

    Raises IdentityConflict when an id is taken by another batch or stands twice.
    """
    drop_batch(session, batch)
    return insert_records(session, batch, records)


def upsert(session: Session, batch: str, records: Sequence[Record]) -> int:
    """Adds `records`, in place of those of `batch` that have the same ids; how many they are."""
    _delete(session, [record.id for record in records], batch)
    return insert_records(session, batch, records)


def take_over(session: Session, batch: str, records: Sequence[Record]) -> int:
    """Adds `records` to `batch` in place of whatever has their ids; how many they are."""
    _delete(session, [record.id for record in records], None)
    return insert_records(session, batch, records)


def drop_made(session: Session, batch: str, prefix: str) -> None:
    """Takes out those of `batch` whose ids begin with `prefix`: made from what a row says."""
    for kind in RECORD_KINDS:
        table = ROWS[kind].__table__  # type: ignore[attr-defined]
        made = (table.c.batch == batch, table.c.id.startswith(prefix, autoescape=True))
        queue_where(session, kind, *made)
        ids = select(table.c.id).where(*made)
        session.execute(delete(RecordSource).where(col(RecordSource.record).in_(ids)))
        session.execute(delete(table).where(*made))


def insert_records(session: Session, batch: str, records: Iterable[Record]) -> int:
    """Adds `records` to `batch`. Raises IdentityConflict for an id that is taken."""
    count = 0
    for some in chunks(records, 5_000):
        _refuse_taken(session, some)
        by_kind: dict[RecordKind, list[dict[str, object]]] = {}
        for record in some:
            by_kind.setdefault(record.kind, []).append(
                {
                    **record.statement.model_dump(),
                    "status": record.status,
                    "visibility": record.visibility,
                    "extracted_by": record.extracted_by,
                    "batch": batch,
                }
            )
        for kind, rows in by_kind.items():
            session.execute(insert(ROWS[kind]), rows)
        sources = [
            {
                "record": record.id,
                "nth": nth,
                "document_id": source.document_id,
                "paragraph": source.paragraph,
                "anchor": source.text,
            }
            for record in some
            for nth, source in enumerate(record.sources, start=1)
        ]
        if sources:
            session.execute(insert(RecordSource), sources)
        queue(session, (record.id for record in some))
        count += len(some)
    advance(session)
    return count


def drop_batch(session: Session, batch: str) -> None:
    """Takes out everything that `batch` holds."""
    for kind in RECORD_KINDS:
        row = ROWS[kind]
        queue_where(session, kind, row.batch == batch)  # type: ignore[attr-defined]
        ids = select(row.id).where(row.batch == batch)  # type: ignore[attr-defined]
        session.execute(delete(RecordSource).where(col(RecordSource.record).in_(ids)))
        session.execute(delete(row).where(row.batch == batch))  # type: ignore[attr-defined]


def write_names(session: Session, names: Mapping[str, Mapping[Language, Sequence[str]]]) -> None:
    """Makes `names` (of concepts and phrases) all that the table of names holds."""
    session.execute(delete(NameRow))
    rows = [
        {"owner": owner, "language": language, "nth": nth, "name": name}
        for owner, texts in names.items()
        for language in LANGUAGES
        for nth, name in enumerate(texts.get(language, ()), start=1)
    ]
    if rows:
        session.execute(insert(NameRow), rows)


def _delete(session: Session, ids: Sequence[str], batch: str | None) -> None:
    for kind in RECORD_KINDS:
        row = ROWS[kind]
        own = [] if batch is None else [row.batch == batch]  # type: ignore[attr-defined]
        for some in chunks(ids):
            held = session.exec(select(row.id).where(col(row.id).in_(some), *own)).all()
            if held:
                queue(session, held)
                session.execute(delete(RecordSource).where(col(RecordSource.record).in_(held)))
                session.execute(delete(row).where(col(row.id).in_(held)))


def _refuse_taken(session: Session, records: Sequence[Record]) -> None:
    ids = [record.id for record in records]
    if len(set(ids)) != len(ids):
        twice = next(one for one, count in Counter(ids).items() if count > 1)
        raise IdentityConflict(f'the record id "{twice}" stands twice')
    for kind in RECORD_KINDS:
        for some in chunks(ids):
            taken = session.exec(select(ROWS[kind].id).where(col(ROWS[kind].id).in_(some))).first()
            if taken is not None:
                raise IdentityConflict(f'the record id "{taken}" is taken by another record')
