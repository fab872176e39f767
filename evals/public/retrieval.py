"""How well each set's passages are found: by full text, by vectors, and by the product's search."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from evals.home import opened
from evals.measures.retrieval import ndcg_at_k, recall_at_k
from evals.measures.statistics import Interval, bootstrap
from evals.public.sets import RetrievalSet
from kb.analysis import query_tokens
from kb.documents import Paragraph
from kb.embedding import load_embedder
from kb.indexes import Indexes, Maker
from kb.languages import detect_language
from kb.settings import Settings
from kb.terms import load_terms
from kb.units import Unit, UnitKey, edition_and_label, parts
from kb.views import Origin, PassageRow

DEPTH: Final = 10
MEASURES: Final = ("nDCG@10", "R@1", "R@5", "R@10")
_UNITS: Final = 100  # asked of one index: a long passage has several
_DOCUMENT: Final = "PUBLIC"

Find = Callable[[str], Sequence[str]]
"""From a question to the labels of passages, best first, each once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one set in one way: a value of every measure for each question."""

    name: str
    pair: str
    way: str  # "full text", "dense" or "hybrid"
    passages: int
    values: dict[str, tuple[float, ...]]

    @property
    def is_within_language(self) -> bool:
        """Whether question and passage share a language."""
        asked, answered = self.pair.split("-")
        return asked == answered

    def figure(self, measure: str) -> Interval:
        """The mean with its bootstrap interval."""
        return bootstrap(self.values[measure])


def outcomes(sets: Iterable[RetrievalSet], settings: Settings) -> Iterator[Outcome]:
    """Each set in a knowledge base of its own, which holds its passages and no others.

    "hybrid" is what a user's search gives; the two others ask one index of the same units alone.
    """
    for each in sets:
        with TemporaryDirectory(prefix="landbrief-public-") as folder:
            yield from _alone(each, settings, Path(folder) / "indexes")
            yield _together(each, settings, Path(folder) / "home")


def _alone(each: RetrievalSet, settings: Settings, folder: Path) -> Iterator[Outcome]:
    indexes = Indexes(folder, _maker(settings), write=True)
    try:
        indexes.apply([list(_units(each))], [])
        yield _outcome(each, "full text", lambda text: _by_words(indexes, each, text))
        yield _outcome(each, "dense", lambda text: _by_vector(indexes, text))
    finally:
        indexes.close()


def _together(each: RetrievalSet, settings: Settings, home: Path) -> Outcome:
    with opened(settings.model_copy(update={"home": home}), write=True) as kb:
        kb.add_passages(_rows(each), Origin("public.jsonl", ""))
        return _outcome(
            each, "hybrid", lambda text: [hit.passage.label for hit in kb.search(text, k=DEPTH)]
        )


def _outcome(each: RetrievalSet, way: str, find: Find) -> Outcome:
    values: dict[str, list[float]] = {measure: [] for measure in MEASURES}
    for text, index in each.questions:
        found, right = find(text), {str(index + 1)}
        values["nDCG@10"].append(ndcg_at_k(found, right, DEPTH))
        for k in (1, 5, 10):
            values[f"R@{k}"].append(recall_at_k(found, right, k))
    return Outcome(
        each.name,
        each.pair,
        way,
        len(each.passages),
        {measure: tuple(some) for measure, some in values.items()},
    )


def _rows(each: RetrievalSet) -> Iterator[PassageRow]:
    for number, text in enumerate(each.passages, start=1):
        yield PassageRow(_DOCUMENT, str(number), each.passage_language, text)


def _units(each: RetrievalSet) -> Iterator[Unit]:
    for row in _rows(each):
        pieces = parts(Paragraph(row.paragraph, "paragraph", row.text))
        for part, text in enumerate((row.text, *pieces)):
            yield Unit(
                UnitKey(_DOCUMENT, row.language, "original", 1, row.paragraph, part), text, ()
            )


def _maker(settings: Settings) -> Maker:
    concepts = load_terms().concepts
    return Maker(
        load_embedder(
            settings.embedder,
            concepts,
            settings.embedder_query_prefix,
            settings.embedder_passage_prefix,
        ),
        concepts,
    )


def _by_words(indexes: Indexes, each: RetrievalSet, text: str) -> list[str]:
    language = detect_language(text) or each.language
    tokens = query_tokens(text, language, indexes.maker.concepts)
    return _labels(indexes.lexical.search(tokens, _UNITS))


def _by_vector(indexes: Indexes, text: str) -> list[str]:
    return _labels(indexes.vectors.search(indexes.maker.embedder.embed_queries([text])[0], _UNITS))


def _labels(found: Sequence[tuple[str, float]]) -> list[str]:
    return list(dict.fromkeys(edition_and_label(unit)[1] for unit, _ in found))
