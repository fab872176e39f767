"""Small records of invented facts, and a room that holds them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kb.records.kinds import STATEMENTS, RecordKind
from kb.records.record import Anchor, Record
from kb.records.room import Records
from kb.records.writing import insert_records
from kb.store import Store, open_store
from kb.tables import Document

FIRST, SECOND = "ICCD/COP(98)/7", "ICCD/CRIC(99)/2"


def record(
    kind: RecordKind,
    record_id: str,
    *,
    source: tuple[str, str] | Iterable[tuple[str, str]] = (FIRST, "1"),
    anchor: str = "x",
    status: str = "reviewed",
    visibility: str = "public",
    **fields: Any,
) -> Record:
    statement = STATEMENTS[kind].model_validate({"id": record_id, **fields})
    places = [source] if isinstance(source, tuple) and isinstance(source[0], str) else source
    anchors = tuple(Anchor(document, paragraph, anchor) for document, paragraph in places)  # type: ignore[misc]
    return Record(statement, anchors, status, visibility)  # type: ignore[arg-type]


def pledge(record_id: str, provider: str, amount: int | str, **more: Any) -> Record:
    fields = {
        "initiative": "initiative:rgdrp",
        "purpose": "name:wells",
        "currency": "USD",
        "stage": "pledged",
        **more,
    }
    return record("funding", record_id, provider=provider, amount=amount, **fields)


def member(record_id: str, partner: str, initiative: str, role: str = "member") -> Record:
    return record("partnerships", record_id, partner=partner, initiative=initiative, role=role)


def observation(record_id: str, subject: str, value: int | str, **more: Any) -> Record:
    fields = {"measure": "name:members", "unit": "term:country", **more}
    return record("observations", record_id, subject=subject, value=value, **fields)


class Room(Records):
    """The records of a store of their own, without any search index."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(folder)
        super().__init__(self.store, self.store.writing)

    def hold(self, *records: Record, batch: str = "tests") -> None:
        with self.store.writing() as session:
            insert_records(session, batch, records)

    def document(self, document_id: str, **facts: Any) -> None:
        with self.store.writing() as session:
            session.merge(Document(id=document_id, **facts))

    def session(self) -> Session:
        return Session(self.store.engine)
