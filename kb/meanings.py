"""What the pieces of the shipped model mean: each as shares of English pieces, whatever its
language.

Vectors of single pieces are trained for the sums of texts and blur what a word means; here two
pieces share a meaning as far as parallel texts have both stand for the same English ones.
"""

from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.late_interaction import Vectors

MEANINGS_FILE: Final = "meanings.npz"
_WHOLE: Final = np.float32(255)  # shares are kept as whole numbers up to this


class Meanings(NamedTuple):
    """The senses of piece n are `senses[starts[n]:starts[n + 1]]`, ids of English pieces, each
    with its share; the squares of the shares of a piece of another language sum to 1."""

    starts: NDArray[np.int64]
    senses: NDArray[np.uint32]
    shares: NDArray[np.uint8]

    def of(
        self, pieces: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32], Vectors]:
        """The senses of `pieces` one after the other: whose each is, a place among `pieces`, which
        one it is, and its share."""
        counts = self.starts[pieces + 1] - self.starts[pieces]
        ends = np.cumsum(counts)
        places = np.repeat(self.starts[pieces] - ends + counts, counts) + np.arange(counts.sum())
        whose = np.repeat(np.arange(len(pieces)), counts)
        return whose, self.senses[places], self.shares[places].astype(np.float32) / _WHOLE

    def shared(self, pieces: NDArray[np.int64], asked: NDArray[np.int64]) -> Vectors:
        """How far each of `pieces`, a row, means the same as each piece asked for, a column: the
        cosine of their senses, at most 1."""
        whose_asked, wanted, weights = self.of(asked)
        known, column = np.unique(wanted, return_inverse=True)
        table = np.zeros((len(known) + 1, len(asked)), np.float32)
        table[column, whose_asked] = weights
        whose, senses, shares = self.of(pieces)
        place = np.searchsorted(known, senses)
        is_known = np.append(known, 0)[place] == senses
        is_known &= place < len(known)
        found = np.zeros((len(pieces), len(asked)), np.float32)
        np.add.at(found, whose[is_known], shares[is_known, None] * table[place[is_known]])
        return np.minimum(found, np.float32(1.0))


def read_meanings(path: Path) -> Meanings:
    """Those written by `write_meanings`. Raises OSError, KeyError or ValueError."""
    with np.load(path) as held:
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(held["counts"], dtype=np.int64)])
        return Meanings(starts, held["senses"], held["shares"])


def write_meanings(path: Path, meanings: Meanings) -> None:
    """Writes them to one file, the same bytes for the same meanings."""
    counts = np.diff(meanings.starts).astype(np.uint8)
    np.savez_compressed(path, counts=counts, senses=meanings.senses, shares=meanings.shares)
