"""Whether the paragraphs that records name are held, and print what the records say they do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from sqlalchemy import func, select
from sqlmodel import Session, col

from kb.passage_rows import find_tops, normalized
from kb.records.clauses import find_anchor
from kb.records.conditions import table_of
from kb.records.kinds import RECORD_KINDS
from kb.records.proposing import language_of_batch
from kb.records.shipped import BATCH
from kb.records.sources import ANCHORS, ROW
from kb.records.tables import RecordSource
from kb.references import parse_label
from kb.store import chunks
from kb.tables import Document, DocumentSymbol, Edition, ParagraphRow

Held = Literal["held", "no_paragraph", "not_held"]
Place = tuple[str, str]  # document, label of a paragraph
_NAMED: Final = 3  # in one line of `record_problems`


def document_ids(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The id of each document that is held, or was withdrawn, by its id or symbol."""
    found: dict[str, str] = {}
    for some in chunks(dict.fromkeys(names)):
        rows = session.execute(
            select(col(DocumentSymbol.symbol), col(DocumentSymbol.document_id)).where(
                col(DocumentSymbol.symbol).in_(some)
            )
        )
        found.update((row.symbol, row.document_id) for row in rows)
        ids = session.execute(select(col(Document.id)).where(col(Document.id).in_(some)))
        found.update((one, one) for one in ids.scalars())
    return found


def held_places(session: Session, places: Iterable[Place]) -> dict[Place, Held]:
    """What is held of each place, whose document is named by its id.

    A paragraph is held when any current text of its document has it; digests have no
    sub-paragraphs and no footnotes, so that where no original is held the whole paragraph is
    enough, and footnotes count as not held. So does all of a document without any current text.
    """
    wanted = list(dict.fromkeys(places))
    editions = _current(session, {document for document, _ in wanted})
    read = {one for one, texts in editions.items() if any(kind == "original" for _, kind in texts)}
    keys = {
        place: [
            (edition, label)
            for edition, kind in editions.get(place[0], ())
            for label in _labels(place[1], alone=kind == "digest" and place[0] not in read)
        ]
        for place in wanted
    }
    there = find_tops(session, [key for some in keys.values() for key in some])
    found: dict[Place, Held] = {}
    for place, some in keys.items():
        # A digest tells of numbered paragraphs; whether there is such a footnote it does not say.
        silent = place[0] not in read and not normalized(place[1])[:1].isdecimal()
        if any(key in there for key in some):
            found[place] = "held"
        else:
            found[place] = "not_held" if place[0] not in editions or silent else "no_paragraph"
    return found


def record_problems(session: Session) -> Iterator[str]:
    """Where the tables of records disagree with one another or with the texts they cite."""
    yield from _inconsistent(session)
    cited = _cited(session)
    places = {(document, label) for document, label, _, _ in cited}
    missing = [
        place for place, held in held_places(session, places).items() if held == "no_paragraph"
    ]
    if missing:
        yield f"records: {_some([f'{a}, {b}' for a, b in missing])} cited that the text has not"
    lost = [
        f"{record} ({document}, {label})"
        for document, label, record, _ in _unprinted(session, cited, set(missing))
    ]
    if lost:
        yield f"records: {_some(lost)} whose paragraph does not print their anchor"


def _current(session: Session, documents: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """The current texts of each document that is not withdrawn: edition and its kind."""
    found: dict[str, list[tuple[int, str]]] = {}
    for some in chunks(documents):
        rows = session.execute(
            select(col(Edition.document_id), col(Edition.id), col(Edition.kind))
            .join(Document, col(Document.id) == col(Edition.document_id))
            .where(
                col(Edition.document_id).in_(some),
                col(Edition.status) == "current",
                col(Document.withdrawn).is_(False),
            )
        )
        for row in rows:
            found.setdefault(row.document_id, []).append((row.id, row.kind))
    return found


def _labels(label: str, *, alone: bool) -> tuple[str, ...]:
    """The label, and where a digest is `alone` that of its whole paragraph."""
    written = normalized(label)
    if not alone:
        return (written,)
    try:
        return (written, parse_label(label).top)
    except ValueError:
        return (written,)


def _inconsistent(session: Session) -> Iterator[str]:
    ids: dict[str, str] = {}
    twice: list[str] = []
    wholes: dict[str, str] = {}
    for kind in RECORD_KINDS:
        table = table_of(kind)
        columns = [table.c.id, table.c.part_of]
        if "perhaps_part_of" in table.c:
            columns.append(table.c.perhaps_part_of)
        for one, *parts in session.execute(select(*columns)):
            if one in ids:
                twice.append(one)
            ids[one] = kind
            wholes.update((part, one) for part in parts if part)
    if twice:
        yield f"records: {_some(twice)} stand in two tables"
    sourced = set(session.execute(select(col(RecordSource.record)).distinct()).scalars())
    if orphans := sorted(sourced - ids.keys()):
        yield f"records: sources of {_some(orphans)} that no table has"
    if bare := sorted(ids.keys() - sourced):
        yield f"records: {_some(bare)} have no source"
    if dangling := sorted(one for part, one in wholes.items() if part not in ids):
        yield f"records: {_some(dangling)} are part of a record that is not there"


def _cited(session: Session) -> list[tuple[str, str, str, str]]:
    """Document, paragraph, record and anchor of each source in a document that is known."""
    rows = session.execute(
        select(
            col(RecordSource.document_id),
            col(RecordSource.paragraph),
            col(RecordSource.record),
            col(RecordSource.anchor),
        )
        .join(Document, col(Document.id) == col(RecordSource.document_id))
        .where(func.substr(col(RecordSource.paragraph), 1, len(ROW)) != ROW)
        .order_by(col(RecordSource.record), col(RecordSource.nth))
    )
    return [(row.document_id, row.paragraph, row.record, row.anchor) for row in rows]


def _unprinted(
    session: Session, cited: Sequence[tuple[str, str, str, str]], missing: Collection[Place]
) -> Iterator[tuple[str, str, str, str]]:
    """Those of `cited` whose anchor the text that it was read in, where it is held, does not have.

    What ships was read in Chinese, a candidate in the text that it was found in; in which text a
    row of a user's file was read is not known.
    """
    languages = _languages(session)
    texts = _texts(session, {document for document, _, _, _ in cited})
    for document, label, record, anchor in cited:
        language = languages.get(record)
        if language is None or (document, label) in missing:
            continue
        written = texts.get((document, language), {}).get(normalized(label))
        if written is not None and not find_anchor(written, anchor):
            yield document, label, record, anchor


def _languages(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in RECORD_KINDS:
        table = table_of(kind)
        statement = select(table.c.id, table.c.batch)
        for row in session.execute(statement):
            language = ANCHORS if row.batch == BATCH else language_of_batch(row.batch)
            if language is not None:
                found[row.id] = language
    return found


def _texts(
    session: Session, documents: Collection[str]
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The whole paragraphs of current originals by each label in them, by document and language."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for some in chunks(documents):
        editions = session.execute(
            select(col(Edition.id), col(Edition.document_id), col(Edition.language)).where(
                col(Edition.document_id).in_(some),
                col(Edition.status) == "current",
                col(Edition.kind) == "original",
            )
        )
        for edition in editions:
            rows = session.execute(
                select(
                    col(ParagraphRow.label), col(ParagraphRow.parent), col(ParagraphRow.text)
                ).where(col(ParagraphRow.edition_id) == edition.id)
            ).all()
            whole = {row.label: row.text or "" for row in rows if row.parent is None}
            found[edition.document_id, edition.language] = {
                row.label: whole.get(row.parent or row.label, "") for row in rows
            }
    return found


def _some(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{len(names)} ({shown}{more})"
