"""How well each piece of a query is met somewhere in a text, whatever the languages of the two.

The vector of a whole text blurs what it is asked: a figure, a place and an act are one mean. Here
each piece of the query looks for the piece of the text that is nearest to it, and rare pieces
count most.

Source: late interaction (MaxSim), Khattab & Zaharia (2020), ColBERT, SIGIR; here over the vectors
of a static model, without training of its own.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Pieces = NDArray[np.uint32]
"""Ids of the pieces that a text holds: sorted, each once."""
Places = NDArray[np.int64]

AGREEMENT_WEIGHT: Final = 0.5  # measured, as are the next two: docs/decisions/0018
_ABOVE: Final = 0.7  # what is met in the headings or the opening alone
_RARE: Final = 3.0  # the power of a vector's length that a piece counts: rare pieces have long ones


class UnitPieces(NamedTuple):
    """What a unit says itself, and what stands above it: its headings, how its text opens."""

    own: Pieces
    above: Pieces


@runtime_checkable
class PieceModel(Protocol):
    """An embedder whose pieces have vectors of their own."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """What each text holds."""

    def agreement(self, query: str, units: Sequence[UnitPieces]) -> Vectors:
        """How well each unit meets the query, at most 1: see `mean_best`."""


def mean_best(
    cosines: Vectors, weights: Vectors, units: Sequence[tuple[Places, Places]]
) -> Vectors:
    """For each unit, the weighted mean over the query's pieces of the nearest piece's cosine.

    `cosines` has a row for each piece of the query, `weights` sum to 1; a unit is the columns of
    its own pieces, and of those above it, which count less: a paragraph seldom names again what
    its document is about. Shape of the result (len(units),).
    """
    if not len(cosines):
        return np.zeros(len(units), np.float32)
    own = _best(cosines, [own for own, _ in units])
    above = _best(cosines, [above for _, above in units])
    found: Vectors = weights @ np.maximum(own, np.float32(_ABOVE) * above)
    return found


def _best(cosines: Vectors, places: Sequence[Places]) -> Vectors:
    """The highest of each row among the columns that each unit holds; 0 where it holds none."""
    found = np.zeros((len(cosines), len(places)), np.float32)
    full = [number for number, held in enumerate(places) if len(held)]
    if full:
        some = cosines[:, np.concatenate([places[number] for number in full])]
        ends = np.cumsum([len(places[number]) for number in full])
        found[:, full] = np.maximum.reduceat(some, np.concatenate(([0], ends[:-1])), axis=1)
    return found


def rarity_weights(lengths: Vectors) -> Vectors:
    """What each piece counts, from the length of its vector; they sum to 1."""
    weights = lengths**_RARE
    total = float(weights.sum())
    return weights / np.float32(total) if total else weights
