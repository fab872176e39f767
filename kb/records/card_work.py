"""Queues the records whose cards the index must make anew. Whoever calls commits."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import delete, insert, literal_column, select
from sqlmodel import Session

from kb.records.conditions import Condition, table_of
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.store import chunks
from kb.tables import CardWork

_ROWS_AT_ONCE: Final = 5_000


def queue(session: Session, ids: Iterable[str]) -> None:
    """Queues records of these ids, also those that are gone."""
    for some in chunks(ids, _ROWS_AT_ONCE):
        session.execute(insert(CardWork), [{"record": one} for one in some])


def queue_where(session: Session, kind: RecordKind, *conditions: Condition) -> None:
    """Queues the records of a kind for which all `conditions` hold now."""
    table = table_of(kind)
    session.execute(insert(CardWork).from_select(["record"], select(table.c.id).where(*conditions)))


def queue_all(session: Session) -> None:
    """Queues every record, in place of what waited."""
    session.execute(delete(CardWork))
    for kind in RECORD_KINDS:
        queue_where(session, kind, literal_column("1") == 1)
