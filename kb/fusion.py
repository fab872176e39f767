"""What full text and vectors say of a paragraph, as one score."""

from collections.abc import Hashable, Iterable, Mapping
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


def fused(
    coverage: Mapping[Key, float], similarity: Mapping[Key, float], weight: float
) -> dict[Key, float]:
    """coverage + `weight` × similarity for every key of either list.

    `coverage` is the share of what a query asks for that full text finds (see
    `LexicalIndex.search`): near 1 where a passage in the query's language holds its words, near 0
    in another language whatever the passage says. So full text decides within a language, and the
    vectors across. A key that full text does not give covers nothing; one that the vectors do not
    give is at most as near as the last that they gave, and counts as that.

    Source: a convex combination with theoretical bounds for scaling, Bruch, Gai & Ingber (2023),
    An analysis of fusion functions for hybrid retrieval, ACM TOIS 42(1).
    """
    last = min(similarity.values(), default=0.0)
    return {
        key: coverage.get(key, 0.0) + weight * similarity.get(key, last)
        for key in dict.fromkeys((*coverage, *similarity))
    }
