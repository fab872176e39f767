"""What full text and vectors say of a paragraph, as one score."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

_LEAST: Final = float("-inf")

Key = TypeVar("Key", bound=Hashable)


def best_scores(scored: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Each key with its highest score, in the order in which keys first come."""
    best: dict[Key, float] = {}
    for key, score in scored:
        if score > best.get(key, _LEAST):
            best[key] = score
    return best


@dataclass(frozen=True, slots=True)
class Weights:
    """What one unit counts beside what full text covers: of cosine similarity, of agreement; and
    of what is covered by other words that mean the same, in place of what full text covers."""

    similarity: float
    agreement: float = 0.0
    meaning: float = 0.0


def fused(
    coverage: Mapping[Key, float],
    similarity: Mapping[Key, float],
    agreement: Mapping[Key, float],
    weights: Weights,
) -> dict[Key, float]:
    """coverage + weight × similarity + weight × agreement for every key of the first two lists.

    `coverage` is the share of what a query asks for that full text finds (see
    `LexicalIndex.search`): near 1 where a passage in the query's language holds its words, near 0
    in another language whatever the passage says. So full text decides within a language, and the
    vectors across. A key that full text does not give covers nothing; one that the vectors do not
    give is at most as near as the last that they gave, and counts as that; so with agreement, how
    well single words are met (`kb.late_interaction`), which is worked out for the first of both.

    Source: a convex combination with theoretical bounds for scaling, Bruch, Gai & Ingber (2023),
    An analysis of fusion functions for hybrid retrieval, ACM TOIS 42(1).
    """
    farthest = min(similarity.values(), default=0.0)
    least = min(agreement.values(), default=0.0)
    return {
        key: coverage.get(key, 0.0)
        + weights.similarity * similarity.get(key, farthest)
        + weights.agreement * agreement.get(key, least)
        for key in dict.fromkeys((*coverage, *similarity))
    }
