"""Which document in SQL stands in force where a symbol has revisions.

Worked out anew from the symbols held, so that the order of ingestion does not matter.
"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from kb.store import chunks
from kb.tables import Document, DocumentSymbol, Edition, IndexWork


def relate(session: Session, document_ids: Iterable[str]) -> None:
    """Sets `superseded_by` of every document tied to these by a symbol's revisions.

    A document that is superseded, or no longer is, gets index work. Only a document with a
    current text, and none that is internal where this one is public, supersedes another.
    """
    family = _family(session, document_ids)
    if not family:
        return
    documents = _documents(session, {symbol.document_id for symbol in family})
    for document in documents.values():
        latest = _in_force(document, family, documents)
        if latest == document.superseded_by:
            continue
        document.superseded_by = latest
        session.add(document)
        editions = session.exec(
            select(Edition.id).where(
                Edition.document_id == document.id, Edition.status == "current"
            )
        )
        session.add_all(IndexWork(edition_id=edition) for edition in editions if edition)


def _in_force(
    document: Document, family: list[DocumentSymbol], documents: dict[str, Document]
) -> str | None:
    own = {s.base: s.revision for s in family if s.document_id == document.id}
    later = [
        (other.revision, other.document_id)
        for other in family
        if other.base in own
        and other.revision > own[other.base]
        and other.document_id != document.id
        and _counts_for(documents[other.document_id], document)
    ]
    return max(later)[1] if later else None


def _counts_for(revision: Document, base: Document) -> bool:
    """An internal revision is unknown to the readers of a public document."""
    seen = revision.visibility == "public" or base.visibility == "internal"
    return seen and not revision.withdrawn


def _family(session: Session, document_ids: Iterable[str]) -> list[DocumentSymbol]:
    """Every symbol of every document that shares a base with one of these, where any is revised."""
    session.flush()
    bases: set[str] = set()
    for ids in chunks(dict.fromkeys(document_ids)):
        bases.update(
            session.exec(
                select(DocumentSymbol.base).where(col(DocumentSymbol.document_id).in_(ids))
            )
        )
    members: set[str] = set()
    revised: set[str] = set()
    for some in chunks(bases):
        for symbol in session.exec(
            select(DocumentSymbol).where(col(DocumentSymbol.base).in_(some))
        ):
            members.add(symbol.document_id)
            if symbol.revision:
                revised.add(symbol.base)
    if not revised:
        return []
    symbols: list[DocumentSymbol] = []
    for ids in chunks(members):
        symbols += session.exec(
            select(DocumentSymbol).where(col(DocumentSymbol.document_id).in_(ids))
        )
    return symbols


def _documents(session: Session, document_ids: Iterable[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for ids in chunks(document_ids):
        for document in session.exec(select(Document).where(col(Document.id).in_(ids))):
            found[document.id] = document
    return found
