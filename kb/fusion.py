"""Ranked lists of units into one ranking of paragraphs."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

Key = TypeVar("Key", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)

RRF_K: Final = 60


def first_places(ranked: Iterable[Key | None]) -> list[Key]:
    """Each key once, at its best place; None stands for what was dropped."""
    return list(dict.fromkeys(key for key in ranked if key is not None))


def reciprocal_rank_fusion(
    lists: Mapping[Name, Sequence[Key]], weights: Mapping[Name, float]
) -> dict[Key, float]:
    """Sum over the lists of weight / (60 + rank), rank from 1; a list without a weight counts 1.

    Source: Cormack, Clarke & Büttcher (2009), SIGIR.
    """
    scores: dict[Key, float] = {}
    for name, ranked in lists.items():
        weight = weights.get(name, 1.0)
        for rank, key in enumerate(ranked, start=1):
            scores[key] = scores.get(key, 0.0) + weight / (RRF_K + rank)
    return scores
