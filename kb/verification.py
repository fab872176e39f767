"""Whether SQL, the vectors and the full text say the same, id by id."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from kb.errors import StoreDamaged
from kb.indexes import Indexes
from kb.outbox import waiting_cards
from kb.records.indexing import all_ids, cards_of
from kb.records.indexing import waiting as waiting_records
from kb.records.provenance import record_problems
from kb.store import chunks
from kb.tables import Edition, IndexWork
from kb.units import UnitKind, indexed_editions, record_of, units_of

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
    problems += record_problems(session)
    waiting = len(session.exec(select(IndexWork.id)).all())
    if waiting:
        problems.append(f"outbox: {waiting} editions wait to be indexed")
    records = waiting_cards(session)
    if records:
        problems.append(
            f"outbox: the cards of {records} records wait to be indexed: "
            'they follow while a server runs, or run "landbrief reindex"'
        )
    return problems


def index_problems(session: Session, indexes: Indexes) -> list[str]:
    """Where the derived stores differ from what SQL says they should hold; a line for each."""
    try:
        return list(_differences(session, indexes))
    except StoreDamaged as error:
        return [str(error)]


def _differences(session: Session, indexes: Indexes) -> Iterator[str]:
    expected: dict[str, tuple[UnitKind, str]] = {}
    editions = indexed_editions(session)
    for some in chunks(editions):
        for units in units_of(session, some):
            expected.update((str(unit.key), (unit.key.kind, unit.text)) for unit in units)
    vectors = indexes.vectors.units()
    yield from _compared("vectors", expected, vectors)
    yield from _compared_once("full text", expected, indexes.lexical.units())
    yield from _wrong_vectors(indexes, expected, vectors)
    yield from _different_cards(session, indexes)


def _different_cards(session: Session, indexes: Indexes) -> Iterator[str]:
    waiting = waiting_records(session)
    expected: dict[str, tuple[UnitKind, str]] = {}
    for some in chunks(one for one in all_ids(session) if one not in waiting):
        for cards in cards_of(session, some).values():
            expected.update((str(one.key), ("card", one.text)) for one in cards)
    vectors = {one for one in indexes.vectors.units(("card",)) if record_of(one) not in waiting}
    yield from _compared("vectors of cards", expected, vectors)
    texts = [one for one in indexes.cards.units() if record_of(one) not in waiting]
    yield from _compared_once("full text of cards", expected, texts)
    yield from _wrong_vectors(indexes, expected, vectors)


def _compared_once(name: str, expected: Collection[str], held: Iterable[str]) -> Iterator[str]:
    counts = Counter(held)
    yield from _compared(name, expected, counts.keys())
    doubled = [unit for unit, count in counts.items() if count > 1]
    if doubled:
        yield f"{name}: {_some(doubled)} held more than once"


def _compared(name: str, expected: Collection[str], held: Collection[str]) -> Iterator[str]:
    missing = sorted(set(expected) - set(held))
    if missing:
        yield f"{name}: {_some(missing)} missing"
    unknown = sorted(set(held) - set(expected))
    if unknown:
        yield f"{name}: {_some(unknown)} held that SQL does not know as current"


def _wrong_vectors(
    indexes: Indexes, expected: Mapping[str, tuple[UnitKind, str]], held: Collection[str]
) -> Iterator[str]:
    units = [(unit, kind, text) for unit, (kind, text) in expected.items() if unit in held]
    sample = units[:: max(1, len(units) // _COMPARED_VECTORS)]
    stored = {
        unit: vector
        for one in dict.fromkeys(kind for _, kind, _ in sample)
        for unit, vector in indexes.vectors.stored(
            one, [unit for unit, kind, _ in sample if kind == one]
        ).items()
    }
    fresh = indexes.maker.embedder.embed_passages([text for _, _, text in sample])
    wrong = [
        unit
        for (unit, _, _), vector in zip(sample, fresh, strict=True)
        if unit not in stored or not np.allclose(stored[unit], vector, atol=_TOLERANCE)
    ]
    if wrong:
        yield f"vectors: {_some(wrong)} not those of its text"


def _some(units: Sequence[str]) -> str:
    named = ", ".join(units[:_NAMED])
    more = f" and {len(units) - _NAMED} more" if len(units) > _NAMED else ""
    return f"{len(units)} units ({named}{more})"
