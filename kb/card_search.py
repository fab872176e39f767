"""Search by record cards: which records a text asks for, and the paragraphs that they cite.

What the index gives is only ever a proposal: SQL says what has become of the record, who may see
it, and where it stands.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import CompoundSelect, bindparam, literal, select, union_all
from sqlmodel import Session, col

from kb.asked import Asked
from kb.candidates import Key, top_label
from kb.documents import Visibility
from kb.fusion import best_scores, fused
from kb.indexes import Indexes
from kb.records.conditions import table_of
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.tables import RecordSource
from kb.records.values import Status
from kb.store import chunks
from kb.tables import Document
from kb.units import record_of

_CARDS: Final = 60  # asked of each list: ten records of six languages
_MOST: Final = 10  # records that lead to paragraphs
_REMEMBERED: Final = 20_000  # records


@dataclass(frozen=True, slots=True)
class Custody:
    """What search must know of a record. `paragraphs` are whole ones, in the order of its sources.

    `visibility` is internal too where one of its documents is; `withdrawn` where all of them are.
    """

    kind: RecordKind
    status: Status
    visibility: Visibility
    withdrawn: bool
    paragraphs: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class CardMatches:
    """The paragraphs that the records found cite, each with the score of the best such record.

    `reviewed` are those that a reviewed record cites; the others are known from candidates alone.
    """

    scores: Mapping[Key, float]  # on the scale of paragraphs
    reviewed: frozenset[Key]

    def without(self, keys: Set[Key]) -> "CardMatches":
        """These, less those paragraphs."""
        scores = {key: score for key, score in self.scores.items() if key not in keys}
        return CardMatches(scores, self.reviewed - keys)


class RecordMemory:
    """Remembers the custody of records of one store's generation. Any thread may ask."""

    def __init__(self) -> None:
        self._held: tuple[int, dict[str, Custody]] = (-1, {})

    def custody(
        self, session: Session, ids: Sequence[str], generation: int
    ) -> Mapping[str, Custody]:
        """That of those of `ids` that there are, in the state of `generation`."""
        known, held = self._held
        if known != generation or len(held) > _REMEMBERED:
            held = {}
        missing = [one for one in ids if one not in held]
        if missing:
            held = held | _read(session, missing)
        self._held = generation, held
        return held


def ranked_records(indexes: Indexes, asked: Asked, limit: int = _CARDS) -> list[tuple[str, float]]:
    """The ids of the records that match a query best, best first, with their score.

    Scored as paragraphs are, by the best of a record's cards in each list.
    """
    found = (
        indexes.cards.search(asked.tokens, limit),
        indexes.vectors.search(asked.vector, limit, ("card",)),
    )
    cards = list(dict.fromkeys(card for some in found for card, _ in some))
    agreed = indexes.agreement(asked.text, indexes.cards, cards)
    lexical, dense, agreement = (
        best_scores((record_of(card), score) for card, score in some) for some in (*found, agreed)
    )
    scores = fused(lexical, dense, agreement, indexes.maker.weights)
    return sorted(scores.items(), key=lambda one: (-round(one[1], 5), one[0]))


def card_matches(
    records: Sequence[tuple[str, float]],
    custody: Mapping[str, Custody],
    visibility: frozenset[Visibility],
    may_find: Callable[[str], bool],
) -> CardMatches:
    """Where the ranked `records` lead a reader, in documents that she `may_find`.

    Left out are records that are gone, rejected, withdrawn or not for her.
    """
    scores: dict[Key, float] = {}
    reviewed: set[Key] = set()
    taken = 0
    for record, score in records:
        one = custody.get(record)
        if one is None or not is_visible(one, visibility):
            continue
        keys = [key for key in one.paragraphs if may_find(key[0])]
        if not keys:
            continue
        if taken == _MOST:
            break
        taken += 1
        for key in keys:
            scores.setdefault(key, score)
        if one.status == "reviewed":
            reviewed.update(keys)
    return CardMatches(scores, frozenset(reviewed))


def is_visible(one: Custody, visibility: frozenset[Visibility]) -> bool:
    """Whether a reader who may see `visibility` may be told of a record at all."""
    return one.status != "rejected" and not one.withdrawn and one.visibility in visibility


def _read(session: Session, ids: Sequence[str]) -> dict[str, Custody]:
    found: dict[str, Custody] = {}
    for some in chunks(ids):
        facts = {row.id: row for row in session.execute(_custodies(), {"ids": some})}
        places: dict[str, list[tuple[str, str, str | None, bool | None]]] = {}
        for record, *place in session.execute(_PLACES, {"ids": some}):
            places.setdefault(record, []).append((place[0], place[1], place[2], place[3]))
        for record, row in facts.items():
            found[record] = _custody(row, places.get(record, []))
    return found


def _custody(row: Any, places: Sequence[tuple[str, str, str | None, bool | None]]) -> Custody:
    hidden = any(visibility == "internal" for _, _, visibility, _ in places)
    keys = [(document, top_label(paragraph)) for document, paragraph, _, _ in places]
    return Custody(
        row.kind,
        row.status,
        "internal" if hidden else row.visibility,
        bool(places) and all(withdrawn for _, _, _, withdrawn in places),
        tuple(dict.fromkeys(keys)),
    )


@cache
def _custodies() -> CompoundSelect[Any]:
    """Kind, status and own visibility of records, whatever table they stand in."""
    ids: Any = bindparam("ids", expanding=True)
    tables = [(kind, table_of(kind)) for kind in RECORD_KINDS]
    return union_all(
        *(
            select(
                table.c.id, literal(kind).label("kind"), table.c.status, table.c.visibility
            ).where(table.c.id.in_(ids))
            for kind, table in tables
        )
    )


_PLACES: Final = (
    select(
        col(RecordSource.record),
        col(RecordSource.document_id),
        col(RecordSource.paragraph),
        col(Document.visibility),
        col(Document.withdrawn),
    )
    .outerjoin(Document, col(Document.id) == col(RecordSource.document_id))
    .where(col(RecordSource.record).in_(bindparam("ids", expanding=True)))
    .order_by(col(RecordSource.record), col(RecordSource.nth))
)
