"""Findings of the checks of consistency, as stored and judged. Whoever calls commits."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, cast

from sqlalchemy import delete
from sqlmodel import Session, col, select

from kb.documents import Visibility
from kb.errors import NotFound
from kb.records.conditions import conditions, table_of
from kb.records.consistency import (
    Disagreement,
    FindingKind,
    Origins,
    Rule,
    compared,
    disagreements,
)
from kb.records.figures import figures
from kb.records.kinds import RECORD_KINDS
from kb.records.queries import anchors_of
from kb.records.query import PUBLIC, RecordQuery
from kb.records.tables import Finding
from kb.store import chunks
from kb.tables import Document

FindingStatus = Literal["open", "accepted", "rejected"]
PREFIX: Final = "finding-"  # begins the id of every finding


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """Records whose figures do not agree, with the paragraphs that give them."""

    id: str
    kind: FindingKind
    rule: Rule
    status: FindingStatus
    records: tuple[str, ...]
    paragraphs: tuple[tuple[str, str], ...]  # document, label
    detail: str


def check(session: Session) -> int:
    """Looks through all figures and stores what is found; how many findings are new.

    Nothing is stored twice, a judged finding stays as it was judged while its figures are the
    same, and an open one that is not found any more goes.
    """
    found = list(figures(session))
    wanted = compared(found)
    sessions = dict(session.exec(select(Document.id, Document.session)).all())
    origins = Origins(anchors_of(session, sorted(wanted)), sessions)
    rows = {row.id: row for row in (_row(session, one) for one in disagreements(found, origins))}
    held = {row.id: row for row in session.exec(select(Finding))}
    gone = [one for one, row in held.items() if one not in rows and row.status == "open"]
    for some in chunks(gone):
        session.execute(delete(Finding).where(col(Finding.id).in_(some)))
    fresh = [row for one, row in rows.items() if one not in held]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def findings(
    session: Session,
    status: Iterable[FindingStatus] = ("open",),
    visibility: frozenset[Visibility] = PUBLIC,
) -> list[StoredFinding]:
    """What was found, contradictions first; only where the reader may see every record."""
    rows = session.exec(select(Finding).where(col(Finding.status).in_(list(status)))).all()
    seen = set(_visible(session, {one for row in rows for one in row.records}, visibility))
    order = ("contradiction", "scope", "change")
    return [
        _stored(row)
        for row in sorted(rows, key=lambda row: (order.index(row.kind), row.records))
        if seen.issuperset(row.records)
    ]


def judge_findings(session: Session, ids: Iterable[str], status: FindingStatus) -> int:
    """Gives findings a status; how many had another. Raises NotFound for an unknown id."""
    changed = 0
    for one in dict.fromkeys(ids):
        row = session.get(Finding, one)
        if row is None:
            raise NotFound(f'no finding "{one}"')
        changed += row.status != status
        row.status = status
        session.add(row)
    return changed


def _row(session: Session, one: Disagreement) -> Finding:
    records = [figure.record for figure in one.figures]
    said = "\0".join([one.rule, *(f"{f.record}\0{f.value}" for f in one.figures)])
    anchors = anchors_of(session, records)
    places = [[a.document_id, a.paragraph] for record in records for a in anchors.get(record, ())]
    return Finding(
        id=PREFIX + hashlib.sha256(said.encode()).hexdigest()[:12],
        kind=one.kind,
        rule=one.rule,
        records=records,
        paragraphs=[list(place) for place in dict.fromkeys(map(tuple, places))],
        detail=one.detail,
        found_at=datetime.now(UTC),
    )


def _stored(row: Finding) -> StoredFinding:
    return StoredFinding(
        row.id,
        cast(FindingKind, row.kind),
        cast(Rule, row.rule),
        cast(FindingStatus, row.status),
        tuple(row.records),
        tuple((document, label) for document, label in row.paragraphs),
        row.detail,
    )


def _visible(session: Session, ids: set[str], visibility: frozenset[Visibility]) -> Iterator[str]:
    for kind in RECORD_KINDS:
        table = table_of(kind)
        for some in chunks(sorted(ids)):
            query = RecordQuery(kind=kind, ids=tuple(some), visibility=visibility)
            rows = session.execute(select(table.c.id).where(*conditions(session, query)))
            yield from rows.scalars()
