"""Hybrid search: dense and full text over every edition, merged to one hit for each paragraph.

What the indexes give is only ever a proposal: a unit of an edition that SQL does not have as
current and for this reader is dropped, and so is a paragraph that SQL does not hold.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sqlmodel import Session, select

from kb.asked import Asked
from kb.candidates import KINDS, Findable, Findables, Key, Match, Query
from kb.card_search import CardMatches, RecordMemory, card_matches, ranked_records
from kb.current_texts import Text
from kb.documents import EditionKind
from kb.fusion import Weights, best_scores, fused
from kb.indexes import Indexes
from kb.languages import Language, detect_language
from kb.mentions import ParagraphReference, find_paragraph_references
from kb.passage_rows import find_tops
from kb.passages import Hit, Via
from kb.reading import find_document
from kb.tables import Document, DocumentSymbol

_FIRST_LIMIT: Final = 150  # units asked of each list: a paragraph has up to twelve editions
_COMPARED: Final = 200  # units whose single words are looked at
_LAST_LIMIT: Final = 5_000
_UNCOVERED: Final = 0.3  # up to where full text finds nothing of what is asked
_COVERED: Final = 0.4  # from where it does
_SAID_AGAIN: Final = 0.2  # a summary says what a paragraph says, which is what is cited
_REFERENCE_SCORE: Final = 10.0  # above any fused score


def search(
    session: Session,
    indexes: Indexes,
    findables: Findables,
    record_memory: RecordMemory,
    query: Query,
) -> tuple[Hit, ...]:
    """At most `query.k` paragraphs, best first. Raises NotFound for an unknown document."""
    text = query.text.encode("utf-8", "replace").decode()
    findable = findables.of(session, query)
    chosen = _chosen(session, query)
    if query.k < 1 or not text.strip() or chosen == []:
        return ()
    named = list(_named(session, findable, text, chosen))
    asked = Asked.of(indexes, text, query.language)
    matches, agreed = _matches(session, indexes, findable, asked, query, chosen)
    cards = _cards(session, indexes, findable, record_memory, asked, query, chosen)
    weights = indexes.maker.weights
    ranking = _ranked(matches, agreed, cards, named, weights, query.k)
    while (
        unknown := set(ranking.best) - (holders := findable.holders(session, ranking.best)).keys()
    ):
        matches = {v: _without(some, unknown) for v, some in matches.items()}
        cards = cards.without(unknown)
        ranking = _ranked(matches, agreed, cards, named, weights, query.k)
    fit = _fit_of_texts(matches, agreed, weights, frozenset(ranking.best))
    shown = _shown(holders, ranking.best, fit, query.language or detect_language(text))
    found = zip(ranking.best, findable.passages(session, shown), strict=True)
    return tuple(
        Hit(passage, ranking.scores[key], rank, ranking.ways(key), ranking.is_candidate(key))
        for rank, (key, passage) in enumerate(found, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Ranking:
    """`found` has the paragraphs of each list; `best` are the first ones of all."""

    found: Mapping[Via, Collection[Key]]
    cards: CardMatches
    scores: Mapping[Key, float]
    best: Sequence[Key]

    def ways(self, key: Key) -> tuple[Via, ...]:
        """The lists that gave this paragraph."""
        return tuple(via for via, keys in self.found.items() if key in keys)

    def is_candidate(self, key: Key) -> bool:
        """Whether nothing but the cards of candidates gave it."""
        return key in self.cards.scores and not self.ways(key)


def _ranked(
    matches: Mapping[Via, Sequence[Match]],
    agreed: Sequence[Match],
    cards: CardMatches,
    named: Sequence[Key],
    weights: Weights,
    k: int,
) -> _Ranking:
    found = {
        via: best_scores((one.key, score) for one, score in some) for via, some in matches.items()
    }
    agreement = best_scores((one.key, score) for one, score in agreed)
    scores = fused(found["lexical"], found["dense"], agreement, weights)
    for key, score in cards.scores.items():  # the best text that speaks for a paragraph counts
        scores[key] = max(score, scores.get(key, score))
    for key in scores:
        if key[1] == "summary":
            scores[key] -= _SAID_AGAIN
    for key in named:
        scores[key] = scores.get(key, 0.0) + _REFERENCE_SCORE
    best = sorted(scores, key=lambda key: (-scores[key], key))[:k]
    ways: dict[Via, Collection[Key]] = {"reference": named, **found, "record": cards.reviewed}
    return _Ranking(ways, cards, scores, best)


def _without(found: Sequence[Match], keys: Collection[Key]) -> list[Match]:
    return [match for match in found if match[0].key not in keys]


def _chosen(session: Session, query: Query) -> list[str] | None:
    """Ids of the documents to look in, without those that this reader may not see."""
    if query.documents is None:
        return None
    found = (find_document(session, name) for name in query.documents)
    return [document.id for document in found if document.visibility in query.visibility]


def _named(
    session: Session, findable: Findable, text: str, chosen: Sequence[str] | None
) -> Iterator[Key]:
    """The paragraphs that the query itself names by label and document."""
    pairs = [
        (one, reference.label)
        for reference in find_paragraph_references(text)
        for document in _documents_of(session, reference, chosen)
        for one in findable.of(document)
    ]
    tops = find_tops(session, [(one.id, label) for one, label in pairs])
    for one, label in pairs:
        if (one.id, label) in tops:
            yield one.document_id, tops[one.id, label]


def _documents_of(
    session: Session, reference: ParagraphReference, chosen: Sequence[str] | None
) -> Collection[str]:
    """The documents that a reference can mean: none, if it says none and several are looked in."""
    if reference.elsewhere:
        return ()
    if reference.symbol:
        found = session.exec(
            select(DocumentSymbol.document_id).where(DocumentSymbol.symbol == reference.symbol)
        ).all()
    elif reference.session:
        found = session.exec(select(Document.id).where(Document.session == reference.session)).all()
    else:
        return chosen if chosen is not None and len(chosen) == 1 else ()
    return [document for document in found if chosen is None or document in chosen]


def _matches(
    session: Session,
    indexes: Indexes,
    findable: Findable,
    asked: Asked,
    query: Query,
    chosen: Sequence[str] | None,
) -> tuple[dict[Via, list[Match]], list[Match]]:
    """What each list gives and may be found, best first; and how far single words are met.

    Asks for more as long as too few paragraphs are left after what was dropped.
    """
    kinds: tuple[EditionKind, ...] = (query.edition,) if query.edition else KINDS
    among = None if chosen is None else findable.units(session, chosen)
    limit = max(_FIRST_LIMIT, 8 * query.k)
    while True:
        lexical = indexes.lexical.search(asked.tokens, limit, documents=chosen, kind=query.edition)
        if among is None:
            dense = indexes.vectors.search(asked.vector, limit, kinds)
        else:
            dense = indexes.vectors.search_among(asked.vector, limit, among)
        matches = findable.matches(session, {"dense": dense, "lexical": lexical})
        keys: set[Key] = set()
        for place, _ in chain.from_iterable(matches.values()):
            keys.add(place.key)
            if len(keys) >= query.k:
                break
        exhausted = max(len(dense), len(lexical)) < limit
        if len(keys) >= query.k or exhausted or limit >= _LAST_LIMIT:
            compared = _compared(lexical, dense, indexes.maker.weights)
            agreed = indexes.agreement(asked.text, indexes.lexical, compared)
            matches["lexical"] += _meant(session, indexes, findable, asked, compared, matches)
            return matches, findable.matches(session, {"dense": agreed})["dense"]
        limit *= 4


def _compared(
    lexical: Iterable[tuple[str, float]], dense: Iterable[tuple[str, float]], weights: Weights
) -> list[str]:
    """The units that come first by both lists together."""
    scores = fused(dict(lexical), dict(dense), {}, weights)
    return sorted(scores, key=lambda unit: (-scores[unit], unit))[:_COMPARED]


def _meant(
    session: Session,
    indexes: Indexes,
    findable: Findable,
    asked: Asked,
    units: Sequence[str],
    matches: Mapping[Via, Sequence[Match]],
) -> list[Match]:
    """What paragraphs that are not held in the query's language cover by words that mean the same,
    where full text finds little in it: else what is asked about is held in it.
    """
    language = asked.language
    covered = max(
        (s for one, s in matches["lexical"] if one.text.language == language), default=0.0
    )
    trust = min(1.0, (_COVERED - covered) / (_COVERED - _UNCOVERED))
    if trust <= 0.0:
        return []
    places = findable.matches(session, {"lexical": [(u, n) for n, u in enumerate(units)]})[
        "lexical"
    ]
    own = {one.key for one, _ in places if one.text.language == language}
    others = [units[int(n)] for one, n in places if one.key not in own]
    meant = [(unit, trust * score) for unit, score in indexes.meaning(asked.text, others)]
    return findable.matches(session, {"lexical": meant})["lexical"]


def _cards(
    session: Session,
    indexes: Indexes,
    findable: Findable,
    memory: RecordMemory,
    asked: Asked,
    query: Query,
    chosen: Collection[str] | None,
) -> CardMatches:
    """The paragraphs of the records whose cards match."""
    records = ranked_records(indexes, asked)
    custody = memory.custody(session, [record for record, _ in records], findable.generation)

    def may_find(document: str) -> bool:
        return (chosen is None or document in chosen) and bool(findable.of(document))

    return card_matches(records, custody, query.visibility, may_find)


def _shown(
    holders: Mapping[Key, Sequence[Text]],
    best: Sequence[Key],
    fit: Mapping[tuple[Key, int], float],
    reader: Language | None,
) -> list[tuple[Text, str]]:
    """The text to show of each paragraph: the reader's language first, then the best match."""
    return [
        (
            min(
                holders[key],
                key=lambda one, key=key: (  # type: ignore[misc]
                    one.language != reader,
                    -fit.get((key, one.id), 0.0),
                    one.kind != "original",
                    one.language,
                ),
            ),
            key[1],
        )
        for key in best
    ]


def _fit_of_texts(
    matches: Mapping[Via, Sequence[Match]],
    agreed: Sequence[Match],
    weights: Weights,
    keys: Collection[Key],
) -> dict[tuple[Key, int], float]:
    """How well each edition of these paragraphs matched: its best unit of each list, fused."""
    lexical, dense, agreement = (
        best_scores(((one.key, one.text.id), score) for one, score in some if one.key in keys)
        for some in (matches["lexical"], matches["dense"], agreed)
    )
    return fused(lexical, dense, agreement, weights)
