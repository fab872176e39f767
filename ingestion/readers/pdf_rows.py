"""The glyphs of a page put on their baselines, small raised figures with the line that they belong
to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from unicodedata import combining

import numpy as np
from numpy.typing import NDArray

from ingestion.readers.pdf_glyphs import PageGlyphs

Ints = NDArray[np.int_]

_SAME_BASELINE: Final = 0.13  # of the size
_NUMBER_COLUMN: Final = 3.5  # of the size
_FEW: Final = 3  # glyphs: a letter whose sign was drawn with it, a number set lower
_RAISED_LETTERS: Final = 8
_SMALL: Final = 0.75  # of the page's usual size: a mark that a line's end left behind


@dataclass(slots=True)
class Row:
    """Glyphs on one baseline, indices into the page's arrays; the `raised` ones among them stand
    above it."""

    baseline: float
    size: float
    glyphs: list[int]
    raised: frozenset[int] = frozenset()


class PageRows:
    """Makes the rows of one page; keeps its places as lists, which are faster one by one.

    `characters` are those of the page, vowel signs written behind their letters.
    """

    def __init__(self, page: PageGlyphs) -> None:
        self._page = page
        self.characters = list(page.characters)
        self._left: list[float] = page.left.tolist()
        self._right: list[float] = page.right.tolist()

    def rows(self) -> list[Row]:
        """The rows from top to bottom."""
        rows = self._with_raised(self._rows(self._marks_on_letters()))
        return self._with_marks_alone(self._overlapping_joined(rows))

    def _with_marks_alone(self, rows: list[Row]) -> list[Row]:
        """A footnote mark that a full line pushed to the next one stands there by itself: small,
        and as high as it stood above its line."""
        if not rows:
            return rows
        usual = float(np.median(self._page.size))
        for above, row in pairwise(rows):
            text = "".join(self.characters[g] for g in row.glyphs)
            close = above.baseline - row.baseline < 2.0 * above.size
            smaller = row.size < _SMALL * usual < above.size
            if smaller and close and text.isdecimal() and len(text) <= 3:
                row.raised = frozenset(row.glyphs)
        return rows

    def _marks_on_letters(self) -> Ints:
        """All glyphs but the vowel signs and accents that stand over others: those are written
        behind their letters."""
        page = self._page
        signs = [i for i, c in enumerate(self.characters) if combining(c[0]) and len(c) == 1]
        everything = np.arange(len(self.characters))
        if not signs:
            return everything
        letters = np.array([i for i, c in enumerate(self.characters) if c[0].isalpha()])
        if not letters.size:
            return everything
        centres = (page.left + page.right) / 2
        for sign in signs:
            # A sign may be drawn a little above its letter, never a line away.
            far = 3 * np.abs(page.baseline[letters] - page.baseline[sign]) + np.abs(
                centres[letters] - centres[sign]
            )
            self.characters[letters[int(far.argmin())]] += self.characters[sign]
        return np.setdiff1d(everything, signs)

    def _rows(self, glyphs: Ints) -> list[Row]:
        page = self._page
        order = glyphs[np.lexsort((page.left[glyphs], -page.baseline[glyphs]))]
        baselines, sizes = page.baseline[order], page.size[order]
        tolerance = np.maximum(0.5, _SAME_BASELINE * np.minimum(sizes[1:], sizes[:-1]))
        cuts = np.flatnonzero(baselines[:-1] - baselines[1:] > tolerance) + 1
        starts = [0, *cuts.tolist(), len(order)]
        rows = []
        for start, end in pairwise(starts):
            size = float(np.median(sizes[start:end]))
            rows.append(Row(float(baselines[(start + end) // 2]), size, order[start:end].tolist()))
        return rows

    def _with_raised(self, rows: list[Row]) -> list[Row]:
        """Rows with the small figures above or below their baseline put into them."""
        taken: dict[int, set[int]] = {}
        raised_in: dict[int, set[int]] = {}
        for index, row in enumerate(rows):
            for run, host in self._small_runs(row, rows, index):
                taken.setdefault(index, set()).update(run)
                rows[host].glyphs.extend(run)
                if row.baseline > rows[host].baseline:
                    raised_in.setdefault(host, set()).update(run)
        found = []
        for index, row in enumerate(rows):
            gone = taken.get(index)
            glyphs = [g for g in row.glyphs if g not in gone] if gone else row.glyphs
            if glyphs:
                marks = frozenset(raised_in.get(index, ()))
                found.append(Row(row.baseline, row.size, glyphs, marks))
        return found

    def _small_runs(self, row: Row, rows: Sequence[Row], index: int) -> list[tuple[list[int], int]]:
        """The runs of a row that are superscripts or subscripts of a neighbour: (glyphs, host)."""
        hosts = [
            other
            for other in range(max(0, index - 3), min(len(rows), index + 4))
            if other != index
            and rows[other].size > 1.15 * row.size
            and _beside(row.baseline - rows[other].baseline, rows[other].size)
        ]
        if not hosts:
            return []
        found = []
        for run in self._runs(row.glyphs, 0.8 * row.size):
            if len(run) > _RAISED_LETTERS:
                continue
            for host in hosts:
                if self._touches(rows[host], self._left[run[0]], self._right[run[-1]]):
                    found.append((run, host))
                    break
        return found

    def _touches(self, host: Row, left: float, right: float) -> bool:
        before = min(abs(self._right[glyph] - left) for glyph in host.glyphs)
        start = min(self._left[glyph] for glyph in host.glyphs)
        after = min(abs(self._left[glyph] - right) for glyph in host.glyphs)
        # The number in front of a footnote may stand well apart from its text.
        outside = right <= start and start - right < _NUMBER_COLUMN * host.size
        end = max(self._right[glyph] for glyph in host.glyphs)
        outside = outside or (left >= end and left - end < _NUMBER_COLUMN * host.size)
        return outside or min(before, after) < 0.8 * host.size

    def _runs(self, glyphs: Sequence[int], gap: float) -> list[list[int]]:
        ordered = sorted(glyphs, key=self._left.__getitem__)
        runs = [[ordered[0]]]
        for before, glyph in pairwise(ordered):
            if self._left[glyph] - self._right[before] > gap:
                runs.append([glyph])
            else:
                runs[-1].append(glyph)
        return runs

    def _overlapping_joined(self, rows: list[Row]) -> list[Row]:
        """Rows whose heights overlap though their baselines differ a little, and whose text stands
        side by side, are one line: a number set a point lower than its paragraph."""
        found: list[Row] = []
        for row in rows:
            above = found[-1] if found else None
            few = above is not None and min(len(above.glyphs), len(row.glyphs)) <= _FEW
            near = (0.5 if few else 0.4) * row.size
            if above is None or above.baseline - row.baseline >= near:
                found.append(row)
            elif self._beside(above, row) or (few and self._fits_between(above, row)):
                main = above if len(above.glyphs) >= len(row.glyphs) else row
                both = above.glyphs + row.glyphs
                found[-1] = Row(main.baseline, main.size, both, above.raised | row.raised)
            else:
                found.append(row)
        return found

    def _beside(self, first: Row, second: Row) -> bool:
        one, other = self._extent(first), self._extent(second)
        return one[1] <= other[0] or other[1] <= one[0]

    def _fits_between(self, first: Row, second: Row) -> bool:
        """Whether the few glyphs of one row find room between those of the other."""
        few, many = sorted((first, second), key=lambda row: len(row.glyphs))
        start, end = self._extent(few)
        covered = sum(
            max(0.0, min(end, self._right[g]) - max(start, self._left[g])) for g in many.glyphs
        )
        return covered < 0.5 * (end - start)

    def _extent(self, row: Row) -> tuple[float, float]:
        return min(self._left[g] for g in row.glyphs), max(self._right[g] for g in row.glyphs)


def _beside(difference: float, size: float) -> bool:
    """Whether a baseline that is `difference` higher is that of a superscript or subscript."""
    return 0.1 * size < difference < 0.8 * size or -0.45 * size < difference < -0.05 * size
