"""Candidate records of documents, and what a reviewer has made of them. Whoever calls commits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.records.card_work import queue, queue_where
from kb.records.columns import columns_of
from kb.records.conditions import table_of
from kb.records.kinds import RECORD_KINDS
from kb.records.loading import note_batch
from kb.records.queries import every
from kb.records.query import EVERYONE, RecordQuery
from kb.records.record import Record
from kb.records.tables import RecordBatch, RecordJudgement, RecordSource
from kb.records.values import Status
from kb.records.writing import insert_records
from kb.store import advance, chunks
from kb.tables import Edition

_FOUND = "found:"
_FIGURES = ("exact", "date")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of the candidates of a document: stored now, and still in review."""

    stored: int
    waiting: int


def found_batch(document_id: str, language: Language) -> str:
    """The batch of what was found in one document's text in one language."""
    return f"{_FOUND}{document_id}:{language}"


def language_of_batch(batch: str) -> Language | None:
    """The language of the text whose candidates a batch holds; None for any other batch."""
    language = batch.rpartition(":")[2]
    return next((one for one in LANGUAGES if batch.startswith(_FOUND) and one == language), None)


def awaits(session: Session, document_id: str, language: Language, fingerprint: str) -> bool:
    """Whether nothing was proposed yet from the text and by the rules that `fingerprint` names."""
    held = session.get(RecordBatch, found_batch(document_id, language))
    return held is None or held.fingerprint != fingerprint


def propose(
    session: Session,
    document_id: str,
    language: Language,
    records: Sequence[Record],
    fingerprint: str | None = None,
) -> Proposed:
    """Makes `records` the candidates of that text, in place of those before; how many are stored.

    What a reviewer has rejected stays rejected, and what she has accepted stays accepted while it
    is found again; else it waits for her again. Left out is what a reviewed record of the same
    paragraph says already, and what another language of the document has brought.
    """
    batch = found_batch(document_id, language)
    _drop_waiting(session, batch)
    ids = {record.id for record in records}
    _ask_again(session, batch, ids)
    held = set(_held(session, ids))
    known = _known(session, document_id, but=batch)
    fresh = [one for one in records if one.id not in held and not _is_known(one, known)]
    stored = insert_records(session, batch, fresh)
    note_batch(session, batch, fingerprint)
    return Proposed(stored, _waiting(session, batch))


def forget(session: Session, document_id: str) -> int:
    """Takes out the candidates of texts of a document that are withdrawn; how many texts.

    What a reviewer has judged stays: it is hidden while its document is withdrawn.
    """
    current = set(
        session.execute(
            select(col(Edition.language)).where(
                col(Edition.document_id) == document_id,
                col(Edition.status) == "current",
                col(Edition.kind) == "original",
            )
        ).scalars()
    )
    prefix = f"{_FOUND}{document_id}:"
    gone = [
        row
        for row in session.execute(
            select(RecordBatch).where(col(RecordBatch.name).startswith(prefix, autoescape=True))
        ).scalars()
        if row.name.removeprefix(prefix) not in current
    ]
    for row in gone:
        _drop_waiting(session, row.name)
        session.delete(row)
    session.flush()
    return len(gone)


def judge(session: Session, ids: Iterable[str], status: Status, by: str | None = None) -> int:
    """Gives records a status; how many had another. Raises NotFound for an id that none has.

    `by` is who judged, as she calls herself; it is kept with the time, also where the status was
    hers already.
    """
    wanted = list(dict.fromkeys(ids))
    there = set(_held(session, wanted))
    for one in wanted:
        if one not in there:
            raise NotFound(f'no record "{one}"')
    _note_judgement(session, wanted, status, by)
    changed = 0
    for kind in RECORD_KINDS:
        table = table_of(kind)
        for some in chunks(wanted):
            mine = (table.c.id.in_(some), table.c.status != status)
            changed += len(session.execute(select(table.c.id).where(*mine)).all())
            queue_where(session, kind, *mine)
            session.execute(update(table).where(*mine).values(status=status))
    if changed:
        advance(session)
    return changed


def _note_judgement(session: Session, ids: Sequence[str], status: Status, by: str | None) -> None:
    now = datetime.now(UTC)
    for some in chunks(ids):
        session.execute(delete(RecordJudgement).where(col(RecordJudgement.record).in_(some)))
        if status == "candidate":  # nobody has judged what waits
            continue
        rows = [
            {"record": one, "status": status, "judged_by": by, "judged_at": now} for one in some
        ]
        session.execute(insert(RecordJudgement), rows)


def waiting_of(session: Session, document_id: str) -> list[str]:
    """The ids of the candidates that rest on a document."""
    return [
        record.id
        for kind in RECORD_KINDS
        for record in every(
            session,
            RecordQuery(
                kind=kind, documents=(document_id,), status=("candidate",), visibility=EVERYONE
            ),
        )
    ]


def _drop_waiting(session: Session, batch: str) -> None:
    for kind in RECORD_KINDS:
        table = table_of(kind)
        mine = (table.c.batch == batch, table.c.status == "candidate")
        queue_where(session, kind, *mine)
        ids = select(table.c.id).where(*mine)
        session.execute(delete(RecordSource).where(col(RecordSource.record).in_(ids)))
        session.execute(delete(table).where(*mine))


def _ask_again(session: Session, batch: str, found: set[str]) -> None:
    """Has accepted records that are not found any more wait for the reviewer again."""
    for kind in RECORD_KINDS:
        table = table_of(kind)
        mine = (table.c.batch == batch, table.c.status == "reviewed")
        lost = [row.id for row in session.execute(select(table.c.id).where(*mine))]
        for some in chunks([one for one in lost if one not in found]):
            queue(session, some)
            session.execute(update(table).where(table.c.id.in_(some)).values(status="candidate"))


def _held(session: Session, ids: Iterable[str]) -> Iterator[str]:
    wanted = list(ids)
    for kind in RECORD_KINDS:
        table = table_of(kind)
        for some in chunks(wanted):
            yield from session.execute(select(table.c.id).where(table.c.id.in_(some))).scalars()


def _known(session: Session, document_id: str, *, but: str) -> set[tuple[str, str]]:
    """What reviewed records of a document say: each paragraph with each figure and date."""
    found: set[tuple[str, str]] = set()
    for kind in RECORD_KINDS:
        table = table_of(kind)
        own = set(session.execute(select(table.c.id).where(table.c.batch == but)).scalars())
        query = RecordQuery(kind=kind, documents=(document_id,), visibility=EVERYONE)
        for record in every(session, query):
            if record.id not in own:
                found.update(_said(record, document_id))
    return found


def _is_known(record: Record, known: set[tuple[str, str]]) -> bool:
    said = [one for source in record.sources for one in _said(record, source.document_id)]
    return bool(said) and all(one in known for one in said)


def _said(record: Record, document_id: str) -> Iterator[tuple[str, str]]:
    for column in columns_of(record.kind).values():
        value = getattr(record.statement, column.name)
        if column.type in _FIGURES and value is not None:
            for source in record.sources:
                if source.document_id == document_id:
                    yield source.paragraph.partition("(")[0], str(value)


def _waiting(session: Session, batch: str) -> int:
    found = 0
    for kind in RECORD_KINDS:
        table = table_of(kind)
        mine = (table.c.batch == batch, table.c.status == "candidate")
        found += len(session.execute(select(table.c.id).where(*mine)).all())
    return found
