"""SQL rows as `Passage` values: text of a span, footnotes in it, what became of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import cast

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from kb.corrections import corrected_by
from kb.documents import EditionKind, PassageKind, Visibility
from kb.languages import Language
from kb.passages import EditionStatus, Passage
from kb.references import normalize_label, parse_label
from kb.store import chunks
from kb.tables import Document, Edition, FootnoteRow, ParagraphRow

_Key = tuple[int, str]  # edition, label


def normalized(label: str) -> str:
    """The spelling under which a label of any language's form is stored."""
    if label.isascii() and label.isdecimal():
        return label
    try:
        return parse_label(label).text
    except ValueError:  # a label of a passages file's own making
        return normalize_label(label) if label.strip() else label


def passages(session: Session, wanted: Sequence[tuple[Edition, str]]) -> list[Passage]:
    """The passages of these labels, which must exist, in the order asked for."""
    keys = [(edition.id or 0, label) for edition, label in wanted]
    rows = find_rows(session, keys)
    families = _families(session, {(row.edition_id, row.position) for row in rows.values()})
    notes = _notes(session, {edition_id for edition_id, _ in keys})
    documents = _documents(session, {edition.document_id for edition, _ in wanted})
    corrected = corrected_by(session, [(e.document_id, label) for e, label in wanted])
    return [
        _passage(
            documents[edition.document_id],
            edition,
            rows[key],
            families[key[0], rows[key].position],
            notes.get(key[0], []),
            corrected.get((edition.document_id, key[1]), ()),
        )
        for key, (edition, _) in zip(keys, wanted, strict=True)
    ]


def find_rows(session: Session, keys: Iterable[_Key]) -> dict[_Key, ParagraphRow]:
    """The rows of those (edition, label) pairs that exist."""
    found: dict[_Key, ParagraphRow] = {}
    pair = tuple_(col(ParagraphRow.edition_id), col(ParagraphRow.label))
    for some in chunks(dict.fromkeys(keys)):
        for row in session.exec(select(ParagraphRow).where(pair.in_(some))):
            found[row.edition_id, row.label] = row
    return found


def find_tops(session: Session, keys: Iterable[_Key]) -> dict[_Key, str]:
    """For those (edition, label) pairs that exist: the label of the top-level passage."""
    found: dict[_Key, str] = {}
    pair = tuple_(col(ParagraphRow.edition_id), col(ParagraphRow.label))
    for some in chunks(dict.fromkeys(keys)):
        rows = session.exec(
            select(ParagraphRow.edition_id, ParagraphRow.label, ParagraphRow.parent).where(
                pair.in_(some)
            )
        )
        for edition_id, label, parent in rows:
            found[edition_id, label] = parent or label
    return found


def passage_status(edition: Edition, document: Document) -> EditionStatus:
    """What has become of a text: its own fate first, then that of its document."""
    if edition.status != "current":
        return cast(EditionStatus, edition.status)
    return "superseded" if document.superseded_by else "current"


def _passage(
    document: Document,
    edition: Edition,
    row: ParagraphRow,
    family: Sequence[ParagraphRow],
    notes: Sequence[FootnoteRow],
    corrected: tuple[str, ...],
) -> Passage:
    whole = family[0].text or ""
    start = row.start or 0
    end = len(whole) if row.end is None else row.end
    return Passage(
        document_id=document.id,
        symbol=document.symbol,
        session=document.session,
        label=row.label,
        kind=cast(PassageKind, row.kind),
        language=cast(Language, edition.language),
        edition=cast(EditionKind, edition.kind),
        version=edition.version,
        status=passage_status(edition, document),
        visibility=cast(Visibility, document.visibility),
        text=whole[start:end],
        start=start,
        heading_path=tuple(row.heading_path),
        footnotes=tuple(note.label for note in notes if _is_in(note.anchor, row.label)),
        subparagraphs=tuple(sub.label for sub in family[1:] if _is_below(sub.label, row)),
        superseded_by=document.superseded_by,
        corrected_by=corrected,
    )


def _is_in(anchor: str | None, label: str) -> bool:
    return anchor is not None and (anchor == label or anchor.startswith(f"{label}("))


def _is_below(label: str, row: ParagraphRow) -> bool:
    return row.parent is None or label.startswith(f"{row.label}(")


def _families(
    session: Session, places: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[ParagraphRow]]:
    """Of each (edition, position): the top-level row, then its sub-paragraphs in order."""
    found: dict[tuple[int, int], list[ParagraphRow]] = {}
    pair = tuple_(col(ParagraphRow.edition_id), col(ParagraphRow.position))
    for some in chunks(places):
        for row in session.exec(
            select(ParagraphRow).where(pair.in_(some)).order_by(col(ParagraphRow.nth))
        ):
            found.setdefault((row.edition_id, row.position), []).append(row)
    return found


def _notes(session: Session, editions: Collection[int]) -> dict[int, list[FootnoteRow]]:
    found: dict[int, list[FootnoteRow]] = {}
    for ids in chunks(editions):
        for note in session.exec(
            select(FootnoteRow)
            .where(col(FootnoteRow.edition_id).in_(ids))
            .order_by(col(FootnoteRow.edition_id), col(FootnoteRow.position))
        ):
            found.setdefault(note.edition_id, []).append(note)
    return found


def _documents(session: Session, document_ids: Collection[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for ids in chunks(document_ids):
        for document in session.exec(select(Document).where(col(Document.id).in_(ids))):
            found[document.id] = document
    return found
