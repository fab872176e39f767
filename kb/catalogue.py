"""Writes documents to SQL: editions and their versions, withdrawal, and the outbox entry of each.

Everything that one call changes is one transaction, its pending index work included.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import insert
from sqlmodel import Session, col, select

from kb.corrections import corrections_in
from kb.documents import EditionKind, ParsedDocument, Visibility
from kb.errors import IdentityConflict, NotFound, UnreadableFile, Withdrawn
from kb.identities import identity_of
from kb.languages import Language
from kb.registry import Identity
from kb.relations import relate
from kb.revisions import base_and_revision, corrected_symbol
from kb.rows import Row, add_rows, insert_rows, no_rows, with_unique_labels
from kb.store import advance, chunks
from kb.tables import Correction, Document, DocumentSymbol, Edition, IndexWork
from kb.views import Added, Origin, Removed


@dataclass(frozen=True, slots=True)
class Draft:
    """One edition on its way into the store."""

    parsed: ParsedDocument
    origin: Origin
    identity: Identity
    sources: Mapping[str, str] | None = None  # of each label, where several files make an edition


@dataclass(slots=True)
class _Shelf:
    """What the store holds of the documents at hand."""

    documents: dict[str, Document]
    editions: dict[str, list[Edition]]
    symbols: set[tuple[str, str]]


def add_parsed(
    session: Session,
    parsed: ParsedDocument,
    origin: Origin,
    sees: frozenset[Visibility] | None = None,
) -> Added:
    """Adds one parsed file under the identity that its masthead and `origin` give it.

    Raises UnreadableFile for text that cannot be stored, and as `add` does.
    """
    return add(session, [Draft(parsed, origin, identity_of(session, parsed, origin))], sees)[0]


def add(
    session: Session, drafts: Sequence[Draft], sees: frozenset[Visibility] | None = None
) -> list[Added]:
    """Adds editions; at most one of each (document, language, kind). One result for each draft.

    Raises IdentityConflict where a document is hidden from who `sees` not everything.
    """
    shelf = _shelf(session, [draft.identity.document_id for draft in drafts])
    if sees is not None and any(one.visibility not in sees for one in shelf.documents.values()):
        # The id is not told: it may be known here alone.
        raise IdentityConflict("its document id is taken: give another one")
    results: list[Added] = []
    fresh: list[tuple[Draft, Row]] = []
    changed = False
    for draft in drafts:
        facts_changed = _describe(session, shelf, draft)
        current = _current(shelf, draft)
        if current is not None and _same_file(current, draft):
            status: Literal["updated", "unchanged"] = "updated" if facts_changed else "unchanged"
            changed = changed or facts_changed
            results.append(_added(shelf, draft, current.version, status))
            continue
        row = _edition_row(shelf, draft)
        version = row["version"]
        results.append(_added(shelf, draft, version, "updated" if version > 1 else "added"))
        if current is not None:
            current.status = "superseded"
            session.add(current)
            _enqueue(session, [current])
        fresh.append((draft, row))
    if fresh:
        _write(session, fresh)
    if fresh or changed:
        relate(session, {draft.identity.document_id for draft in drafts})
        advance(session)
    return results


def remove(
    session: Session,
    document_id: str,
    *,
    version: int | None = None,
    language: Language | None = None,
    kind: EditionKind | None = None,
) -> Removed:
    """Withdraws a document, or those of its editions that the other arguments name.

    A version alone means that version of the originals, where there is one, else of the digests.
    Raises NotFound when nothing is held under that name, Withdrawn when it already is.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(f'no document "{document_id}"')
    editions = list(session.exec(select(Edition).where(Edition.document_id == document_id)))
    named = [
        edition
        for edition in editions
        if version in (None, edition.version)
        and language in (None, edition.language)
        and kind in (None, edition.kind)
    ]
    if version is not None and kind is None:
        named = [e for e in named if e.kind == "original"] or named
    if not named:
        raise NotFound(f"{document_id} has no such version: {_versions(editions)}")
    held = [edition for edition in named if edition.status != "withdrawn"]
    if not held:
        raise Withdrawn(f"{document_id} was already withdrawn")
    for edition in held:
        edition.status = "withdrawn"
        session.add(edition)
    _enqueue(session, held)
    document.withdrawn = all(edition.status != "current" for edition in editions)
    session.add(document)
    session.flush()
    relate(session, {document_id})
    advance(session)
    return Removed(document_id, len(held))


def _shelf(session: Session, document_ids: Iterable[str]) -> _Shelf:
    shelf = _Shelf({}, {}, set())
    for ids in chunks(dict.fromkeys(document_ids)):
        for document in session.exec(select(Document).where(col(Document.id).in_(ids))):
            shelf.documents[document.id] = document
        for edition in session.exec(select(Edition).where(col(Edition.document_id).in_(ids))):
            shelf.editions.setdefault(edition.document_id, []).append(edition)
        for symbol in session.exec(
            select(DocumentSymbol).where(col(DocumentSymbol.document_id).in_(ids))
        ):
            shelf.symbols.add((symbol.symbol, symbol.document_id))
    return shelf


def _describe(session: Session, shelf: _Shelf, draft: Draft) -> bool:
    """Makes the document's row, or adds to it what was not known; whether anything changed."""
    identity = draft.identity
    document = shelf.documents.get(identity.document_id)
    facts = _facts(draft, document)
    changed = document is None
    if document is None:
        document = shelf.documents[identity.document_id] = Document(
            id=identity.document_id, **facts
        )
        session.add(document)
    for name, value in facts.items():
        if getattr(document, name) != value:
            setattr(document, name, value)
            changed = True
    for symbol in identity.symbols:
        if (symbol, document.id) not in shelf.symbols:
            base, revision = base_and_revision(symbol)
            shelf.symbols.add((symbol, document.id))
            session.add(
                DocumentSymbol(symbol=symbol, document_id=document.id, base=base, revision=revision)
            )
            changed = True
    title = draft.origin.title
    current = _current(shelf, draft)
    if current is not None and title and current.title != title:
        current.title = title
        changed = True
    return changed


def _facts(draft: Draft, known: Document | None) -> Row:
    """What the document's row should say: what it says, then the registry, then the masthead.

    A title and a visibility that the user gives stand over all.
    """
    identity, origin = draft.identity, draft.origin
    masthead, row = draft.parsed.masthead, identity.row
    corrects = (corrected_symbol(symbol) for symbol in identity.symbols)
    said = {
        "symbol": identity.symbol,
        "session": (row and row.session) or masthead.session,
        "agenda_item": (row and row.agenda_item) or masthead.agenda_item,
        "body": (row and row.body) or masthead.body,
        "issuer": (row and row.issuer) or masthead.issuer,
        "title": (row and row.title("en")) or masthead.title,
        "corrects": next((symbol for symbol in corrects if symbol), None),
    }
    kept = {name: (known and getattr(known, name)) or value for name, value in said.items()}
    visibility = origin.visibility or (known.visibility if known else "public")
    return {
        **kept,
        "title": origin.title or kept["title"],
        "visibility": visibility,
        "withdrawn": False,
    }


def _current(shelf: _Shelf, draft: Draft) -> Edition | None:
    return next((e for e in _same_text(shelf, draft) if e.status == "current"), None)


def _same_text(shelf: _Shelf, draft: Draft) -> list[Edition]:
    return [
        edition
        for edition in shelf.editions.get(draft.identity.document_id, [])
        if edition.language == draft.parsed.masthead.language and edition.kind == draft.origin.kind
    ]


def _same_file(edition: Edition, draft: Draft) -> bool:
    return (edition.file_hash, edition.parser) == (draft.origin.sha256, draft.origin.parser)


def _edition_row(shelf: _Shelf, draft: Draft) -> Row:
    masthead, origin = draft.parsed.masthead, draft.origin
    return {
        "document_id": draft.identity.document_id,
        "language": masthead.language,
        "kind": origin.kind,
        "version": max((e.version for e in _same_text(shelf, draft)), default=0) + 1,
        "status": "current",
        "file_hash": origin.sha256,
        "parser": origin.parser,
        "source": origin.source,
        "title": origin.title or masthead.title,
        "masthead": asdict(masthead),
        "numbered": len(draft.parsed.numbered),
        "created_at": datetime.now(UTC),
    }


def _write(session: Session, fresh: Sequence[tuple[Draft, Row]]) -> None:
    session.flush()
    ids = session.execute(
        insert(Edition).returning(col(Edition.id), sort_by_parameter_order=True),
        [row for _, row in fresh],
    ).scalars()
    rows = no_rows()
    for (draft, _), edition_id in zip(fresh, ids, strict=True):
        parsed = with_unique_labels(draft.parsed)
        _refuse_unstorable(parsed)
        add_rows(rows, edition_id, parsed, draft.sources)
        rows[Correction].extend(corrections_in(parsed, draft.identity.symbols, edition_id))
        rows[IndexWork].append({"edition_id": edition_id})
    insert_rows(session, rows)


def _enqueue(session: Session, editions: Iterable[Edition]) -> None:
    session.add_all(IndexWork(edition_id=edition.id) for edition in editions if edition.id)


def _added(
    shelf: _Shelf, draft: Draft, version: int, status: Literal["added", "updated", "unchanged"]
) -> Added:
    document = shelf.documents[draft.identity.document_id]
    return Added(
        status,
        document.id,
        document.symbol,
        document.session,
        draft.parsed.masthead.language,
        draft.origin.kind,
        version,
    )


def _refuse_unstorable(parsed: ParsedDocument) -> None:
    for passage in parsed.passages():
        try:
            passage.text.encode()
        except UnicodeEncodeError as error:
            raise UnreadableFile(f"the text of {passage.label} is not valid Unicode") from error


def _versions(editions: Iterable[Edition]) -> str:
    held = sorted({f"{e.language} {e.kind} {e.version}" for e in editions})
    return f"it has {', '.join(held)}" if held else "nothing is held of it"
