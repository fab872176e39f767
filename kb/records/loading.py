"""Loads what ships: records, and the names that records use. Whoever calls commits."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select
from sqlmodel import Session, SQLModel, col

from kb.records.kinds import RECORD_KINDS
from kb.records.record import Record
from kb.records.shipped import BATCH, shipped_phrases, shipped_records, shipped_version
from kb.records.tables import ROWS, Initiative, NameRow, Organization, Party, RecordBatch
from kb.records.values import Status
from kb.records.writing import replace_batch, write_names
from kb.store import chunks
from kb.terms import Concept, load_terms, plain_name, terms_version


def load_shipped(session: Session) -> bool:
    """Makes the shipped records and names what the files say; whether anything had to be done.

    A record that the user has put in place of a shipped one, or has judged, stays as she left it.
    """
    version = f"{shipped_version()} {terms_version()}"
    held = session.get(RecordBatch, BATCH)
    if held is not None and held.fingerprint == version:
        return False
    concepts = load_terms().all
    _write_vocabulary(session, concepts)
    write_names(
        session,
        {
            **{one.id: {ln: _plain(names) for ln, names in one.names.items()} for one in concepts},
            **{
                owner: {language: (text,) for language, text in texts.items()}
                for owner, texts in shipped_phrases().items()
            },
        },
    )
    load_records(session, shipped_records())
    note_batch(session, BATCH, version)
    return True


def load_records(session: Session, records: Iterable[Record]) -> int:
    """Makes `records` what ships, save those that another batch holds; how many were loaded."""
    shipped = list(records)
    ids = [record.id for record in shipped]
    judged = _judged(session)
    elsewhere = set(_held_elsewhere(session, ids))
    return replace_batch(
        session,
        BATCH,
        (
            Record(
                one.statement,
                one.sources,
                judged.get(one.id, one.status),
                one.visibility,
                one.extracted_by,
            )
            for one in shipped
            if one.id not in elsewhere
        ),
    )


def note_batch(session: Session, name: str, fingerprint: str | None) -> None:
    """Notes what a batch was loaded from; None has it loaded anew next time."""
    row = session.get(RecordBatch, name)
    if row is None:
        row = RecordBatch(name=name, loaded_at=datetime.now(UTC))
    row.fingerprint = fingerprint
    row.loaded_at = datetime.now(UTC)
    session.add(row)
    session.flush()


def _judged(session: Session) -> dict[str, Status]:
    """The shipped records that a reviewer has not left as `reviewed`."""
    found: dict[str, Status] = {}
    for kind in RECORD_KINDS:
        table = ROWS[kind].__table__  # type: ignore[attr-defined]
        rows = session.execute(
            select(table.c.id, table.c.status).where(
                table.c.batch == BATCH, table.c.status != "reviewed"
            )
        )
        found.update((row.id, row.status) for row in rows)
    return found


def _held_elsewhere(session: Session, ids: Sequence[str]) -> Iterable[str]:
    for kind in RECORD_KINDS:
        table = ROWS[kind].__table__  # type: ignore[attr-defined]
        for some in chunks(ids):
            yield from session.execute(
                select(table.c.id).where(table.c.id.in_(some), table.c.batch != BATCH)
            ).scalars()


def _write_vocabulary(session: Session, concepts: Sequence[Concept]) -> None:
    tables: tuple[tuple[str, type[SQLModel]], ...] = (
        ("party", Party),
        ("organization", Organization),
        ("initiative", Initiative),
    )
    for kind, table in tables:
        session.execute(delete(table))
        rows = [
            {"id": one.key, "alpha2": one.alpha2} if kind == "party" else {"id": one.key}
            for one in concepts
            if one.kind == kind
        ]
        if rows:
            session.execute(insert(table), rows)


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_name(name) for name in names)


def names_in(session: Session, owner: str, language: str) -> tuple[str, ...]:
    """The names of a concept or phrase in a language, the usual one first."""
    return tuple(
        session.execute(
            select(col(NameRow.name))
            .where(col(NameRow.owner) == owner, col(NameRow.language) == language)
            .order_by(col(NameRow.nth))
        ).scalars()
    )
