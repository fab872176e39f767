"""Corrigenda: which paragraphs they name, and which corrigenda name a paragraph."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from kb.documents import ParsedDocument
from kb.mentions import find_paragraph_references
from kb.revisions import corrected_symbol
from kb.store import chunks
from kb.tables import Correction, Document, DocumentSymbol, Edition
from kb.units import indexed

Corrections = Mapping[str, Sequence[tuple[str, str]]]
"""For each document that is corrected: the labels that are, and by what, as "ID para. 2"."""


def corrections_in(
    parsed: ParsedDocument, symbols: Sequence[str], edition_id: int
) -> Iterator[dict[str, Any]]:
    """The rows of `correction` that an edition of a document with these symbols gives.

    None for a document that is no corrigendum. A paragraph of another document or of a decision
    is not corrected by being named.
    """
    targets = [target for symbol in symbols if (target := corrected_symbol(symbol))]
    for target in targets[:1]:
        seen: set[tuple[str, str]] = set()
        for passage in parsed.passages():
            named = "\n".join((*passage.heading_path, passage.text))
            for reference in find_paragraph_references(named):
                elsewhere = reference.elsewhere or reference.symbol not in (None, target, *symbols)
                if elsewhere or (reference.label, passage.label) in seen:
                    continue
                seen.add((reference.label, passage.label))
                yield {
                    "edition_id": edition_id,
                    "symbol": target,
                    "label": reference.label,
                    "by": passage.label,
                }


def corrected_by(corrections: Corrections, document_id: str, label: str) -> tuple[str, ...]:
    """The corrigenda that name this place, as "ID para. 2".

    Whole and part answer for each other: what corrects 8(b) also corrects 8 and 8(b)(i).
    """
    sources = (
        source
        for corrected, source in corrections.get(document_id, ())
        if _overlap(label, corrected)
    )
    return tuple(dict.fromkeys(sources))


def corrections_to(session: Session, documents: Collection[str] | None = None) -> Corrections:
    """What the corrigenda in force correct in these documents, or in all."""
    if documents is not None:
        return {
            document_id: places
            for ids in chunks(documents)
            for document_id, places in _corrections(session, col(_corrected.id).in_(ids)).items()
        }
    return _corrections(session)


_corrected = aliased(Document)


def _corrections(session: Session, *among: ColumnElement[bool]) -> Corrections:
    found: dict[str, list[tuple[str, str]]] = {}
    rows = session.execute(
        select_columns(
            col(_corrected.id),
            col(Correction.label),
            col(Correction.by),
            col(Edition.document_id),
        )
        .join(DocumentSymbol, col(DocumentSymbol.document_id) == col(_corrected.id))
        .join(Correction, col(Correction.symbol) == col(DocumentSymbol.symbol))
        .join(Edition, col(Edition.id) == col(Correction.edition_id))
        .join(Document, col(Document.id) == col(Edition.document_id))
        .where(*among, *indexed(), _known_to_readers_of(_corrected))
        .order_by(col(Edition.document_id), col(Edition.id), col(Correction.by))
    )
    for document_id, label, by, corrigendum in rows:
        found.setdefault(document_id, []).append((label, f"{corrigendum} {_named(by)}"))
    return found


def _known_to_readers_of(base: type[Document]) -> ColumnElement[bool]:
    """An internal corrigendum is unknown to the readers of a public document."""
    return or_(col(Document.visibility) == "public", col(base.visibility) == "internal")


def corrigenda_of(session: Session, documents: Collection[str]) -> dict[str, list[str]]:
    """For each document that has any: ids of the corrigenda in force to it."""
    found: dict[str, list[str]] = {}
    base = aliased(Document)
    for ids in chunks(documents):
        rows = session.exec(
            select(base.id, Document.id)
            .join(DocumentSymbol, col(DocumentSymbol.document_id) == base.id)
            .join(Document, col(Document.corrects) == col(DocumentSymbol.symbol))
            .where(
                col(base.id).in_(ids),
                col(Document.withdrawn).is_(False),
                col(Document.superseded_by).is_(None),
                _known_to_readers_of(base),
            )
            .order_by(col(Document.id))
        )
        for document_id, corrigendum in rows:
            found.setdefault(document_id, []).append(corrigendum)
    return found


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}(") or other.startswith(f"{one}(")


def _named(label: str) -> str:
    return f"para. {label}" if label[0].isdigit() else label
