"""What a reviewer corrects in a record. Whoever calls commits."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import Session

from kb.errors import InvalidQuery
from kb.records.card_work import queue
from kb.records.columns import columns_of
from kb.records.conditions import table_of
from kb.records.queries import find
from kb.records.query import EVERYONE
from kb.store import advance

_FIXED = frozenset({"id", "part_of", "perhaps_part_of"})


def correct(session: Session, record_id: str, values: Mapping[str, Any]) -> bool:
    """Gives columns of a record other values, as they are stored; whether any was another.

    None empties a column. Raises NotFound for an unknown id, InvalidQuery for a column that cannot
    be corrected or a value that it cannot hold.
    """
    record = find(session, record_id, EVERYONE)
    open_columns = [name for name in columns_of(record.kind) if name not in _FIXED]
    for name in values:
        if name not in open_columns:
            raise InvalidQuery(
                f'{record.kind} have no "{name}" to correct; they have {", ".join(open_columns)}'
            )
    held = record.statement.model_dump()
    try:
        corrected = type(record.statement).model_validate({**held, **values}).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        cause = first["msg"].removeprefix("Value error, ")
        raise InvalidQuery(f"{where}: {cause}" if where else cause) from error
    changed = {name: corrected[name] for name in values if corrected[name] != held[name]}
    if not changed:
        return False
    table = table_of(record.kind)
    queue(session, [record_id])
    session.execute(update(table).where(table.c.id == record_id).values(**changed))
    advance(session)
    return True
