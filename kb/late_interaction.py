"""How well each piece of a query is met somewhere in a text, whatever the languages of the two.

The vector of a whole text blurs what it is asked: a figure, a place and an act are one mean. Here
each piece of the query looks for the piece of the text that is nearest to it, and rare pieces
count most.

Source: late interaction (MaxSim), Khattab & Zaharia (2020), ColBERT, SIGIR; here over the vectors
of a static model, without training of its own.
"""

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Pieces = NDArray[np.uint32]
"""Ids of the pieces that a text holds: sorted, each once."""

AGREEMENT_WEIGHT: Final = 0.7  # measured: docs/decisions/0018-late-interaction.md
_RARE: Final = 3.0  # the power of a vector's length that a piece counts: rare pieces have long ones


@runtime_checkable
class PieceModel(Protocol):
    """An embedder whose pieces have vectors of their own."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """What each text holds."""

    def agreement(self, query: str, texts: Sequence[Pieces]) -> Vectors:
        """How well each text meets the query, at most 1: see `mean_best`."""


def mean_best(
    query: Vectors, rows: Vectors, places: Sequence[NDArray[np.int64]], weights: Vectors
) -> Vectors:
    """For each text, the weighted mean over the query's pieces of its nearest piece's cosine.

    `query` and `rows` are unit vectors; `places` are the rows that each text holds; shape of the
    result (len(places),). A text without pieces gets 0.
    """
    found = np.zeros(len(places), np.float32)
    full = [number for number, held in enumerate(places) if len(held)]
    if not len(query) or not full:
        return found
    cosines = (query @ rows.T)[:, np.concatenate([places[number] for number in full])]
    sizes = [len(places[number]) for number in full]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    found[full] = weights @ np.maximum.reduceat(cosines, starts, axis=1)
    return found


def rarity_weights(lengths: Vectors) -> Vectors:
    """What each piece counts, from the length of its vector; they sum to 1."""
    weights = lengths**_RARE
    total = float(weights.sum())
    return weights / np.float32(total) if total else weights
