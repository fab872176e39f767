"""How well each piece of a query is met somewhere in a text, whatever the languages of the two.

The vector of a whole text blurs what it is asked: a figure, a place and an act are one mean. Here
each piece of the query looks for the piece of the text that is nearest to it, and rare pieces
count most.

Source: late interaction (MaxSim), Khattab & Zaharia (2020), ColBERT, SIGIR; here over the vectors
of a static model, without training of its own.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Pieces = NDArray[np.uint32]
"""Ids of the pieces that a text holds: sorted, each once."""


class Places(NamedTuple):
    """Rows of some table that each unit holds: those of units that hold the same stand once.

    `sizes` are the numbers of rows of the distinct ones, `which` says which one each unit has.
    """

    rows: NDArray[np.int64]
    sizes: NDArray[np.int64]
    which: NDArray[np.int64]

    @classmethod
    def of(cls, units: Iterable[Pieces]) -> "Places":
        """Of the ids of pieces; units that share one array hold the same."""
        distinct: dict[int, tuple[int, Pieces]] = {}
        which = [distinct.setdefault(id(one), (len(distinct), one))[0] for one in units]
        held = [one for _, one in distinct.values()]
        rows = np.concatenate([np.zeros(0, np.int64), *held])
        return cls(
            rows.astype(np.int64),
            np.asarray([len(o) for o in held], np.int64),
            np.asarray(which, np.int64),
        )

    def among(self, place: NDArray[np.int64]) -> "Places":
        """The same rows of another table, where `place` says for each row where it stands."""
        return self._replace(rows=place[self.rows])


AGREEMENT_WEIGHT: Final = 0.5  # measured, as are the next two: docs/decisions/0018
_ABOVE: Final = 0.7  # what is met in the headings or the opening alone
_RARE: Final = 3.0  # the power of a vector's length that a piece counts: rare pieces have long ones


_NEARLY_ALL: Final = 0.998  # of what all pieces of a query count
MEANING_WEIGHT: Final = 0.7  # docs/decisions/0022-meanings.md


class UnitPieces(NamedTuple):
    """What a unit says itself, and what stands above it: its headings, how its text opens."""

    own: Pieces
    above: Pieces


@runtime_checkable
class PieceModel(Protocol):
    """An embedder whose pieces have vectors and meanings of their own."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """What each text holds."""

    def agreement(self, query: str, units: Sequence[UnitPieces]) -> Vectors:
        """How well each unit meets the query by pieces whose vectors are near, at most 1: the
        weighted mean of `best_met`."""

    def meaning(self, query: str, units: Sequence[UnitPieces]) -> Vectors:
        """The same by pieces that mean the same, from 0 to 1."""


def telling(weights: Vectors) -> NDArray[np.int64]:
    """The places of the weights that count: the heaviest, until nearly all is counted."""
    order = np.argsort(-weights, kind="stable")
    counted = np.cumsum(weights[order])
    return order[: int(np.searchsorted(counted, _NEARLY_ALL * weights.sum())) + 1]


def best_met(met: Vectors, own: Places, above: Places) -> Vectors:
    """For each unit, how well each piece of the query is met: its best in the unit.

    `met` has a column for each piece of the query; a unit is the rows of its `own` pieces, and of
    those `above` it, which count less: a paragraph seldom names again what its document is about.
    Shape of the result (number of units, number of columns).
    """
    found: Vectors = np.maximum(_best(met, own), np.float32(_ABOVE) * _best(met, above))
    return found


def _best(met: Vectors, places: Places) -> Vectors:
    """The highest of each column among the rows that each unit holds; 0 where it holds none."""
    found = np.zeros((len(places.sizes), met.shape[1]), np.float32)
    full = places.sizes > 0
    if full.any():
        starts = np.cumsum(places.sizes) - places.sizes
        found[full] = np.maximum.reduceat(met[places.rows], starts[full], axis=0)
    return found[places.which]


def rarity_weights(lengths: Vectors) -> Vectors:
    """What each piece counts, from the length of its vector; they sum to 1."""
    weights = lengths**_RARE
    total = float(weights.sum())
    return weights / np.float32(total) if total else weights
