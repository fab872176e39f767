"""What a writer who may not see everything may put records in place of."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session

from kb.documents import Visibility
from kb.errors import IdentityConflict
from kb.records.conditions import conditions, table_of
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.query import STATUSES, RecordQuery
from kb.store import chunks


def check_replaced(
    session: Session, batch: str, ids: Sequence[str], sees: frozenset[Visibility]
) -> None:
    """Raise IdentityConflict where a record of `batch`, or one of `ids`, is hidden from `sees`.

    The error tells nothing of it.
    """
    for kind in RECORD_KINDS:
        table = table_of(kind)
        held = set(session.execute(select(table.c.id).where(table.c.batch == batch)).scalars())
        for some in chunks(ids):
            held |= set(session.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
        seen: set[str] = set()
        for some in chunks(sorted(held)):
            seen |= set(_visible(session, kind, some, sees))
        if held - seen:
            raise IdentityConflict("its name or a record id in it is taken: give another")


def _visible(
    session: Session, kind: RecordKind, ids: Iterable[str], sees: frozenset[Visibility]
) -> Iterable[str]:
    query = RecordQuery(kind=kind, ids=tuple(ids), status=STATUSES, visibility=sees)
    statement = select(table_of(kind).c.id).where(*conditions(session, query))
    return session.execute(statement).scalars()
