"""The outbox: carries what SQL has committed over to the derived stores.

A row of `index_work` names an edition whose units may be wrong there, one of `card_work` a record
whose cards may be. It is removed after both stores have committed, so a crash in between only
repeats work that changes nothing.
"""

from collections.abc import Iterable, Sequence, Set
from typing import Final

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from kb.indexes import Indexes
from kb.records.indexing import cards_of
from kb.store import Store, advance, chunks, state
from kb.tables import CardWork, Document, Edition, IndexWork
from kb.units import batches, indexed, units_of

_RECORDS_AT_ONCE: Final = 250  # up to 1,500 cards: about a second, which a document may wait


def pending(session: Session) -> list[IndexWork]:
    """Work not done yet, oldest first."""
    return list(session.exec(select(IndexWork).order_by(col(IndexWork.id))))


def delete_work(session: Session, work: Iterable[IndexWork]) -> None:
    """Strikes these rows off; one that came in meanwhile stays."""
    for ids in chunks(row.id for row in work):
        session.execute(delete(IndexWork).where(col(IndexWork.id).in_(ids)))


def drain(store: Store, indexes: Indexes) -> int:
    """Does all pending work and returns how many editions it concerned.

    Whoever calls holds the write lock of the home.
    """
    with store.reading() as session:
        work = pending(session)
        if not work:
            return 0
        editions = _editions(session, work)
        held = _to_be_held(session, editions)
        for batch in batches(session, editions):
            _apply(session, indexes, batch, held)
    with store.writing() as session:
        delete_work(session, work)
        state(session).units = indexes.lexical.count()
        advance(session)
    return len(editions)


def waiting_cards(session: Session) -> int:
    """How many changes to records are not in the indexes yet."""
    return session.execute(select(func.count()).select_from(CardWork)).scalar() or 0


def drain_cards(store: Store, indexes: Indexes) -> int:
    """Indexes the cards of some records that wait, and returns how many changes still do.

    Whoever calls holds the write lock of the home.
    """
    with store.reading() as session:
        work = session.exec(
            select(CardWork).order_by(col(CardWork.id)).limit(_RECORDS_AT_ONCE)
        ).all()
        if not work:
            return 0
        cards = cards_of(session, (row.record for row in work))
    indexes.apply_cards(cards)
    with store.writing() as session:
        session.execute(delete(CardWork).where(col(CardWork.id).in_([row.id for row in work])))
        state(session).card_units = indexes.cards.count()
        advance(session)
        return waiting_cards(session)


def _apply(
    session: Session, indexes: Indexes, batch: Sequence[Edition], held: Set[int | None]
) -> None:
    units = list(zip(batch, units_of(session, batch), strict=True))
    indexes.apply(
        [of_one for edition, of_one in units if edition.id in held],
        [of_one for edition, of_one in units if edition.id not in held],
    )


def _editions(session: Session, work: Iterable[IndexWork]) -> list[Edition]:
    """The editions that `work` names, each once."""
    return [
        edition
        for ids in chunks(dict.fromkeys(row.edition_id for row in work))
        for edition in session.exec(
            select(Edition).where(col(Edition.id).in_(ids)).order_by(col(Edition.id))
        )
    ]


def _to_be_held(session: Session, editions: Iterable[Edition]) -> set[int | None]:
    """The ids of those that the indexes should hold; the others are taken out."""
    return {
        edition_id
        for ids in chunks(edition.id for edition in editions)
        for edition_id in session.exec(
            select(Edition.id)
            .join(Document, col(Document.id) == col(Edition.document_id))
            .where(col(Edition.id).in_(ids), *indexed())
        )
    }
