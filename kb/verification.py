"""Whether SQL, the vectors and the full text say the same, id by id."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import numpy as np
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from kb.errors import StoreDamaged
from kb.indexes import Indexes
from kb.store import chunks
from kb.tables import Edition, IndexWork
from kb.units import Unit, indexed_editions, units_of

_NAMED: Final = 3  # ids in one line
_COMPARED_VECTORS: Final = 5_000  # beyond, an even sample of that many
_TOLERANCE: Final = 1e-3  # Chroma keeps single precision and its own normalization


def store_problems(session: Session) -> list[str]:
    """What is wrong in SQL itself, and the index work not done yet; a line for each."""
    problems = []
    if session.get_bind().dialect.name == "sqlite":
        for row in session.execute(text("PRAGMA quick_check")).scalars():
            if row != "ok":
                problems.append(f"SQL: {row}")
        broken = session.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            problems.append(
                f"SQL: {len(broken)} rows point to nothing, the first in {broken[0][0]}"
            )
    doubled = session.exec(
        select(Edition.document_id, Edition.language, Edition.kind)
        .where(Edition.status == "current")
        .group_by(col(Edition.document_id), col(Edition.language), col(Edition.kind))
        .having(func.count() > 1)
    ).all()
    problems += [f"SQL: {one[0]} has several current {one[1]} {one[2]}s" for one in doubled]
    waiting = len(session.exec(select(IndexWork.id)).all())
    if waiting:
        problems.append(f"outbox: {waiting} editions wait to be indexed")
    return problems


def index_problems(session: Session, indexes: Indexes) -> list[str]:
    """Where the derived stores differ from what SQL says they should hold; a line for each."""
    try:
        return list(_differences(session, indexes))
    except StoreDamaged as error:
        return [str(error)]


def _differences(session: Session, indexes: Indexes) -> Iterator[str]:
    expected: dict[str, Unit] = {}
    editions = indexed_editions(session)
    for some in chunks(editions):
        for units in units_of(session, some):
            expected.update((str(unit.key), unit) for unit in units)
    vectors = indexes.vectors.units()
    yield from _compared("vectors", expected, vectors)
    held = Counter(indexes.lexical.units())
    yield from _compared("full text", expected, held.keys())
    doubled = [unit for unit, count in held.items() if count > 1]
    if doubled:
        yield f"full text: {_some(doubled)} held more than once"
    yield from _wrong_vectors(indexes, [u for unit, u in expected.items() if unit in vectors])


def _compared(name: str, expected: Collection[str], held: Collection[str]) -> Iterator[str]:
    missing = sorted(set(expected) - set(held))
    if missing:
        yield f"{name}: {_some(missing)} missing"
    unknown = sorted(set(held) - set(expected))
    if unknown:
        yield f"{name}: {_some(unknown)} held that SQL does not know as current"


def _wrong_vectors(indexes: Indexes, units: Sequence[Unit]) -> Iterator[str]:
    step = max(1, len(units) // _COMPARED_VECTORS)
    sample = units[::step]
    stored = {
        unit: vector
        for kind in ("original", "digest")
        for unit, vector in indexes.vectors.stored(
            kind, [str(unit.key) for unit in sample if unit.key.kind == kind]
        ).items()
    }
    fresh = indexes.maker.embedder.embed_passages([unit.text for unit in sample])
    wrong = [
        str(unit.key)
        for unit, vector in zip(sample, fresh, strict=True)
        if str(unit.key) not in stored
        or not np.allclose(stored[str(unit.key)], vector, atol=_TOLERANCE)
    ]
    if wrong:
        yield f"vectors: {_some(wrong)} not those of its text"


def _some(units: Sequence[str]) -> str:
    named = ", ".join(units[:_NAMED])
    more = f" and {len(units) - _NAMED} more" if len(units) > _NAMED else ""
    return f"{len(units)} units ({named}{more})"
