"""The records that a question asks for, ranked by their cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from kb.asked import Asked
from kb.card_search import RecordMemory, is_visible, ranked_records
from kb.documents import Visibility
from kb.indexes import Indexes
from kb.languages import Language
from kb.reading import find_document
from kb.records.kinds import RecordKind
from kb.records.queries import every
from kb.records.query import PUBLIC, RecordQuery
from kb.records.record import Record
from kb.records.values import Status
from kb.store import current_generation

_FIRST_LIMIT: Final = 150  # cards asked of each list
_LAST_LIMIT: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSearch:
    """What is asked, by whom, and which records may answer; None leaves all of them."""

    text: str
    k: int = 10
    language: Language | None = None
    kinds: frozenset[RecordKind] | None = None
    documents: tuple[str, ...] | None = None  # ids or symbols
    status: frozenset[Status] = frozenset({"reviewed"})
    visibility: frozenset[Visibility] = PUBLIC


@dataclass(frozen=True, slots=True)
class RecordHit:
    """A record found by its cards. `rank` counts from 1; a higher `score` is better."""

    record: Record
    score: float
    rank: int


def find_records(
    session: Session, indexes: Indexes, memory: RecordMemory, search: RecordSearch
) -> tuple[RecordHit, ...]:
    """At most `search.k` records, best first. Raises NotFound for an unknown document."""
    text = search.text.encode("utf-8", "replace").decode()
    documents = None
    if search.documents is not None:
        documents = {find_document(session, name).id for name in search.documents}
    if search.k < 1 or not text.strip():
        return ()
    asked = Asked.of(indexes, text, search.language)
    limit = max(_FIRST_LIMIT, 8 * search.k)
    while True:
        ranked = ranked_records(indexes, asked, limit)
        found = list(_wanted(session, memory, search, documents, ranked))[: search.k]
        if len(found) == search.k or limit >= _LAST_LIMIT or not _may_be_more(indexes, limit):
            break
        limit *= 4
    records = _records(session, search, found)
    return tuple(
        RecordHit(records[record], score, rank)
        for rank, (record, _, score) in enumerate(
            (one for one in found if one[0] in records), start=1
        )
    )


def _wanted(
    session: Session,
    memory: RecordMemory,
    search: RecordSearch,
    documents: set[str] | None,
    ranked: Sequence[tuple[str, float]],
) -> Iterator[tuple[str, RecordKind, float]]:
    generation = current_generation(session)
    custody = memory.custody(session, [record for record, _ in ranked], generation)
    for record, score in ranked:
        one = custody.get(record)
        if (
            one is not None
            and one.status in search.status
            and is_visible(one, search.visibility)
            and (search.kinds is None or one.kind in search.kinds)
            and (documents is None or any(document in documents for document, _ in one.paragraphs))
        ):
            yield record, one.kind, score


def _may_be_more(indexes: Indexes, limit: int) -> bool:
    return indexes.vectors.count(("card",)) > limit


def _records(
    session: Session, search: RecordSearch, found: Sequence[tuple[str, RecordKind, float]]
) -> dict[str, Record]:
    by_kind: dict[RecordKind, list[str]] = {}
    for record, kind, _ in found:
        by_kind.setdefault(kind, []).append(record)
    return {
        record.id: record
        for kind, ids in by_kind.items()
        for record in every(
            session,
            RecordQuery(
                kind=kind,
                ids=tuple(ids),
                status=tuple(search.status),
                visibility=search.visibility,
            ),
        )
    }
