"""Hybrid search: dense and full text over every edition, merged to one hit for each paragraph.

What the indexes give is only ever a proposal: each unit is looked up in SQL, and one that is
unknown there, superseded, withdrawn or not for this reader is dropped.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from kb.analysis import query_tokens
from kb.candidates import KINDS, Key, Match, Query, findable_texts, vouched
from kb.documents import EditionKind
from kb.fusion import first_places, reciprocal_rank_fusion
from kb.indexes import Indexes
from kb.languages import Language, detect_language
from kb.mentions import ParagraphReference, find_paragraph_references
from kb.passage_rows import find_tops, passages
from kb.passages import Hit, Via
from kb.reading import find_document
from kb.store import chunks
from kb.tables import Document, DocumentSymbol, Edition
from kb.units import units_of

_FIRST_LIMIT: Final = 150  # units asked of each list: a paragraph has up to twelve editions
_LAST_LIMIT: Final = 5_000
_REFERENCE_SCORE: Final = 1.0  # above any fused score


def search(session: Session, indexes: Indexes, query: Query) -> tuple[Hit, ...]:
    """At most `query.k` paragraphs, best first. Raises NotFound for an unknown document."""
    text = query.text.encode("utf-8", "replace").decode()
    chosen = _chosen(session, query)
    if query.k < 1 or not text.strip() or chosen == []:
        return ()
    named = list(_named(session, text, query, chosen))
    matches = _matches(session, indexes, text, query, chosen)
    places = {via: first_places(m.key for m in found) for via, found in matches.items()}
    weights: dict[Via, float] = {"dense": indexes.maker.embedder.weight}
    scores = reciprocal_rank_fusion(places, weights)
    for key in named:
        scores[key] = scores.get(key, 0.0) + _REFERENCE_SCORE
    best = sorted(scores, key=lambda key: (-scores[key], key))[: query.k]
    fit = _fit_of_texts(matches, weights)
    shown = _shown(session, best, fit, query, query.language or detect_language(text))
    ways: dict[Via, Collection[Key]] = {"reference": named, **places}
    return tuple(
        Hit(passage, scores[key], rank, tuple(via for via, keys in ways.items() if key in keys))
        for rank, (key, passage) in enumerate(
            zip(best, passages(session, shown), strict=True), start=1
        )
    )


def _chosen(session: Session, query: Query) -> list[str] | None:
    """Ids of the documents to look in, without those that this reader may not see."""
    if query.documents is None:
        return None
    found = (find_document(session, name) for name in query.documents)
    return [document.id for document in found if document.visibility in query.visibility]


def _named(
    session: Session, text: str, query: Query, chosen: Sequence[str] | None
) -> Iterator[Key]:
    """The paragraphs that the query itself names by label and document."""
    references = find_paragraph_references(text)
    asked = [(_documents_of(session, one, chosen), one.label) for one in references]
    texts = findable_texts(
        session, {document for documents, _ in asked for document in documents}, query
    )
    pairs = [
        (one, label)
        for documents, label in asked
        for document in documents
        for one in texts.get(document, ())
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
    session: Session, indexes: Indexes, text: str, query: Query, chosen: Sequence[str] | None
) -> dict[Via, list[Match]]:
    """What each list gives and SQL vouches for, best first.

    Asks for more as long as too few paragraphs are left after what was dropped.
    """
    language = query.language or detect_language(text)
    tokens = query_tokens(text, detect_language(text) or language, indexes.maker.concepts)
    vector = indexes.maker.embedder.embed_queries([text])[0]
    kinds: tuple[EditionKind, ...] = (query.edition,) if query.edition else KINDS
    among = None if chosen is None else _units_in(session, chosen, query)
    limit = max(_FIRST_LIMIT, 8 * query.k)
    while True:
        lexical = indexes.lexical.search(tokens, limit, documents=chosen, kind=query.edition)
        if among is None:
            dense = indexes.vectors.search(vector, limit, kinds)
        else:
            dense = indexes.vectors.search_among(vector, limit, among)
        proposed: dict[Via, list[str]] = {
            "dense": [unit for unit, _ in dense],
            "lexical": [unit for unit, _ in lexical],
        }
        matches = vouched(session, proposed, query)
        keys = {match.key for found in matches.values() for match in found}
        exhausted = max(len(dense), len(lexical)) < limit
        if len(keys) >= query.k or exhausted or limit >= _LAST_LIMIT:
            return matches
        limit *= 4


def _units_in(
    session: Session, documents: Sequence[str], query: Query
) -> dict[EditionKind, list[str]]:
    """Ids of all units of these documents: few enough to compare one by one."""
    ids = [one.id for some in findable_texts(session, documents, query).values() for one in some]
    editions = [
        edition
        for some in chunks(ids)
        for edition in session.exec(select(Edition).where(col(Edition.id).in_(some)))
    ]
    units: dict[EditionKind, list[str]] = {}
    for of_one in units_of(session, editions):
        for unit in of_one:
            units.setdefault(unit.key.kind, []).append(str(unit.key))
    return units


def _shown(
    session: Session,
    best: Sequence[Key],
    fit: Mapping[tuple[Key, int], float],
    query: Query,
    reader: Language | None,
) -> list[tuple[Edition, str]]:
    """The text to show of each paragraph: the reader's language first, then the best match."""
    texts = findable_texts(session, {document for document, _ in best}, query)
    held = find_tops(
        session, [(one.id, label) for document, label in best for one in texts.get(document, ())]
    )
    shown = [
        min(
            (one for one in texts[document] if (one.id, label) in held),
            key=lambda one, key=(document, label): (  # type: ignore[misc]
                one.language != reader,
                -fit.get((key, one.id), 0.0),
                one.kind != "original",
                one.language,
            ),
        )
        for document, label in best
    ]
    ids = {one.id for one in shown}
    editions = {e.id: e for e in session.exec(select(Edition).where(col(Edition.id).in_(ids)))}
    return [(editions[one.id], label) for one, (_, label) in zip(shown, best, strict=True)]


def _fit_of_texts(
    matches: Mapping[Via, Sequence[Match]], weights: Mapping[Via, float]
) -> dict[tuple[Key, int], float]:
    """How well each edition of a paragraph matched: fused over the lists, best unit of each."""
    places = {
        via: first_places((match.key, match.text.id) for match in found)
        for via, found in matches.items()
    }
    return reciprocal_rank_fusion(places, weights)
