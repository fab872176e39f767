"""The vectors of a small collection in memory, compared one by one.

A question to Chroma takes 0.7 ms however few vectors it holds; comparing a thousand of them takes
0.02 ms and misses none. Values never change: a write makes a new one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from kb.embedding import Vectors

# Numbers multiplied in one call: BLAS wakes threads for more, which costs milliseconds.
_BLOCK: Final = 400_000


@dataclass(frozen=True)
class HeldVectors:
    """Units, each once, and a row of unit length for each of them."""

    units: Sequence[str]
    rows: Vectors  # shape (len(units), dimensions)

    def with_(self, units: Sequence[str], rows: Vectors) -> "HeldVectors":
        """These and those, which replace what was held of the same units."""
        kept = self.without(units)
        if not kept.units:
            return HeldVectors(list(units), rows)
        return HeldVectors([*kept.units, *units], np.concatenate([kept.rows, rows]))

    def without(self, units: Collection[str]) -> "HeldVectors":
        """These, less those units."""
        gone = {self._places[unit] for unit in units if unit in self._places}
        if not gone:
            return self
        kept = [place for place in range(len(self.units)) if place not in gone]
        return HeldVectors([self.units[place] for place in kept], self.rows[kept])

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The `limit` units nearest to one unit vector, in no order, with cosine similarity."""
        scores = self._similarities(self.rows, vector)
        if limit >= len(scores):
            return list(zip(self.units, scores.tolist(), strict=True))
        best = np.argpartition(scores, -limit)[-limit:]
        units = self.units
        return [
            (units[place], score)
            for place, score in zip(best.tolist(), scores[best].tolist(), strict=True)
        ]

    def among(self, vector: Vectors, units: Sequence[str]) -> list[tuple[str, float]]:
        """Those of `units` that are held, with cosine similarity."""
        places = [self._places[unit] for unit in units if unit in self._places]
        scores = self._similarities(self.rows[places], vector).tolist()
        return [(self.units[place], score) for place, score in zip(places, scores, strict=True)]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {unit: place for place, unit in enumerate(self.units)}

    @staticmethod
    def _similarities(rows: Vectors, vector: Vectors) -> Vectors:
        step = max(1, _BLOCK // len(vector))
        blocks = [rows[start : start + step] @ vector for start in range(0, len(rows), step)]
        return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
