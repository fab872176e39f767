"""Reads documents from SQL, and chooses the text that a reader wants of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlmodel import Session, col, select

from kb.corrections import corrections_to, corrigenda_of
from kb.current_texts import text_of
from kb.documents import EditionKind, Visibility
from kb.errors import NotFound, Withdrawn
from kb.languages import Language
from kb.passage_rows import normalized, passages
from kb.passages import EditionInfo, EditionStatus, Passage
from kb.registry import registry
from kb.rows import read_document
from kb.store import chunks
from kb.tables import Document, DocumentSymbol, Edition, ParagraphRow
from kb.views import DocumentSummary, DocumentView

_BESIDE_THE_TEXT = frozenset({"table", "table_row", "footnote", "figure"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which text of a document is wanted. A language is a wish; the other two are conditions."""

    language: Language | None = None
    edition: EditionKind | None = None
    version: int | None = None


def find_document(session: Session, name: str) -> Document:
    """The document whose id or symbol is `name`. Raises NotFound."""
    document = session.get(Document, name)
    if document is None:
        document = session.exec(
            select(Document)
            .join(DocumentSymbol, col(DocumentSymbol.document_id) == col(Document.id))
            .where(DocumentSymbol.symbol == name)
        ).first()
    if document is None:
        raise NotFound(f'no document "{name}"')
    return document


def read_passage(session: Session, name: str, label: str, choice: Choice) -> Passage:
    """The passage `label` of a document.

    In the wished language if an edition has it there, else the current original, else the digest.
    A version that is asked for is shown whatever has become of it; without one, withdrawn text
    raises Withdrawn. Raises NotFound.
    """
    document = find_document(session, name)
    edition = _with_label(session, document, label, choice)
    return _passages(session, document, edition, [normalized(label)])[0]


def read_passages(
    session: Session, name: str, labels: Iterable[str], choice: Choice
) -> dict[str, Passage]:
    """Those of the passages `labels` that can be shown, each chosen as `read_passage` does.

    By the label as it was given. Raises NotFound for an unknown document.
    """
    document = find_document(session, name)
    spelled = {label: normalized(label) for label in labels}
    allowed = {edition.id: edition for edition in _allowed(session, document, choice)}
    holders: dict[str, list[Edition]] = {}
    for some in chunks(dict.fromkeys(spelled.values())):
        for edition_id, label in session.exec(
            select(ParagraphRow.edition_id, ParagraphRow.label).where(
                col(ParagraphRow.edition_id).in_(allowed), col(ParagraphRow.label).in_(some)
            )
        ):
            holders.setdefault(label, []).append(allowed[edition_id])
    chosen = {
        given: (edition, label)
        for given, label in spelled.items()
        if (edition := _best(holders.get(label, ()), choice)) is not None
    }
    wanted = [(text_of(document, edition), label) for edition, label in chosen.values()]
    found = passages(session, wanted, corrections_to(session, [document.id]))
    return dict(zip(chosen, found, strict=True))


def read_neighbours(
    session: Session, name: str, label: str, choice: Choice, reach: int
) -> tuple[Passage, ...]:
    """Up to `reach` passages before and after, in reading order, without the passage itself.

    Of the edition that `read_passage` would take; tables, footnotes and figures are passed over
    unless the passage is one.
    """
    document = find_document(session, name)
    edition = _with_label(session, document, label, choice)
    rows = session.exec(
        select(ParagraphRow)
        .where(ParagraphRow.edition_id == edition.id)
        .order_by(col(ParagraphRow.position), col(ParagraphRow.nth))
    ).all()
    here = next(row for row in rows if row.label == normalized(label))
    beside = _BESIDE_THE_TEXT - {here.kind}
    line = [row for row in rows if row.parent is None and row.kind not in beside]
    place = next(i for i, row in enumerate(line) if row.position == here.position)
    around = line[max(0, place - reach) : place] + line[place + 1 : place + 1 + reach]
    return tuple(_passages(session, document, edition, [row.label for row in around]))


def read_view(session: Session, name: str, choice: Choice) -> DocumentView:
    """One edition of a document, chosen as `read_passage` does. Raises NotFound, Withdrawn."""
    document = find_document(session, name)
    editions = _allowed(session, document, choice)
    edition = _best(editions, choice)
    if edition is None:
        raise _missing(document, None, editions)
    content = read_document(session, edition)
    return DocumentView(
        summary=summaries(session, [document])[0],
        edition=_info(edition),
        headings=content.headings,
        paragraphs=content.paragraphs,
        footnotes=content.footnotes,
        tables=content.tables,
        figures=content.figures,
        amendments=content.amendments,
    )


def all_documents(session: Session) -> list[Document]:
    """Every document, withdrawn ones included, by id."""
    return list(session.exec(select(Document).order_by(col(Document.id))))


def summaries(session: Session, documents: Sequence[Document]) -> list[DocumentSummary]:
    """What is held of each of these documents."""
    ids = [document.id for document in documents]
    editions: dict[str, list[Edition]] = {}
    for edition in _editions(session, ids):
        editions.setdefault(edition.document_id, []).append(edition)
    symbols: dict[str, list[str]] = {}
    for some in chunks(ids):
        for row in session.exec(
            select(DocumentSymbol).where(col(DocumentSymbol.document_id).in_(some))
        ):
            symbols.setdefault(row.document_id, []).append(row.symbol)
    corrigenda = corrigenda_of(session, ids)
    return [
        DocumentSummary(
            document_id=document.id,
            symbol=document.symbol,
            symbols=tuple(
                sorted(symbols.get(document.id, ()), key=lambda s: (s != document.symbol, s))
            ),
            session=document.session,
            agenda_item=document.agenda_item,
            issuer=document.issuer,
            title=document.title,
            visibility=cast(Visibility, document.visibility),
            status=_document_status(document),
            superseded_by=document.superseded_by,
            corrects=document.corrects,
            corrected_by=tuple(corrigenda.get(document.id, ())),
            editions=tuple(_info(edition) for edition in editions.get(document.id, ())),
        )
        for document in documents
    ]


def title_in(summary: DocumentSummary, language: Language | None) -> str | None:
    """The document's title in `language` where it is known, else the one it goes by."""
    for edition in summary.editions:
        if edition.language == language and edition.status == "current" and edition.title:
            return edition.title
    row = registry().get(summary.document_id)
    return (row.title(language) if row and language else None) or summary.title


def _passages(
    session: Session, document: Document, edition: Edition, labels: Sequence[str]
) -> list[Passage]:
    text = text_of(document, edition)
    corrections = corrections_to(session, [document.id])
    return passages(session, [(text, label) for label in labels], corrections)


def _with_label(session: Session, document: Document, label: str, choice: Choice) -> Edition:
    """The edition to read `label` in."""
    allowed = {edition.id: edition for edition in _allowed(session, document, choice)}
    rows = session.exec(
        select(ParagraphRow.edition_id).where(
            col(ParagraphRow.edition_id).in_(allowed), ParagraphRow.label == normalized(label)
        )
    )
    editions = [allowed[edition_id] for edition_id in rows]
    edition = _best(editions, choice)
    if edition is None:
        raise _missing(document, label, editions)
    return edition


def _allowed(session: Session, document: Document, choice: Choice) -> list[Edition]:
    return [
        edition
        for edition in _editions(session, [document.id])
        if choice.edition in (None, edition.kind) and choice.version in (None, edition.version)
    ]


def _best(editions: Sequence[Edition], choice: Choice) -> Edition | None:
    open_ones = editions if choice.version else [e for e in editions if e.status == "current"]
    return min(
        open_ones,
        key=lambda e: (
            e.language != choice.language if choice.language else False,
            e.kind != "original",
            e.status != "current",
            -e.version,
            e.language != "en",
            e.language,
        ),
        default=None,
    )


def _missing(document: Document, label: str | None, editions: Sequence[Edition]) -> NotFound:
    what = f'{document.id}, "{label}"' if label else document.id
    withdrawn = [edition for edition in editions if edition.status == "withdrawn"]
    if withdrawn:
        last = max(withdrawn, key=lambda edition: edition.version)
        return Withdrawn(f"{what} was withdrawn; version {last.version} still shows it")
    if label and not editions:
        return NotFound(f'{document.id} has no passage "{label}" in the texts asked for')
    return NotFound(f"{what}: no such text is held")


def _editions(session: Session, document_ids: Iterable[str]) -> list[Edition]:
    found: list[Edition] = []
    for ids in chunks(document_ids):
        found += session.exec(
            select(Edition)
            .where(col(Edition.document_id).in_(ids))
            .order_by(
                col(Edition.document_id),
                col(Edition.kind).desc(),
                col(Edition.language),
                col(Edition.version),
            )
        )
    return found


def _info(edition: Edition) -> EditionInfo:
    return EditionInfo(
        cast(Language, edition.language),
        cast(EditionKind, edition.kind),
        edition.version,
        cast(EditionStatus, edition.status),
        edition.title,
        edition.source,
        edition.numbered,
    )


def _document_status(document: Document) -> EditionStatus:
    if document.withdrawn:
        return "withdrawn"
    return "superseded" if document.superseded_by else "current"
