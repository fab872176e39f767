"""Where the columns of a table without ruled lines meet."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from ingestion.readers.pdf_lines import Line

_NARROWEST_GAP: Final = 0.5  # of the size
_NARROWEST_OF_MANY: Final = 0.3  # a gap that all of many rows leave free is no chance
_MANY: Final = 6


def separators_of(lines: Sequence[Line], multiple: Sequence[Line]) -> list[float]:
    """The x in the gaps that all, or nearly all, of `lines` leave free; `multiple` are those of
    them that have stretches apart."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    size = float(np.median([line.size for line in multiple]))
    covered = np.zeros(int(right - left) + 2)
    for line in lines:
        for span in line.spans:
            for start_x, end_x, _ in span.words or ((span.left, span.right, ""),):
                covered[int(start_x - left) : int(end_x - left) + 1] += 1
    free = covered <= 0.1 * len(lines)
    narrowest = (_NARROWEST_OF_MANY if len(multiple) >= _MANY else _NARROWEST_GAP) * size
    separators: list[float] = []
    start: int | None = None
    for x, is_free in enumerate([*free.tolist(), False]):
        if is_free and start is None:
            start = x
        elif not is_free and start is not None:
            if x - start >= narrowest and start > 0 and x < len(free):
                separators.append(left + (start + x) / 2)
            start = None
    dividing = [x for x in separators if _divides(lines, x)]
    return [x for x in dividing if _is_seen(lines, x, dividing)]


def _is_seen(lines: Sequence[Line], x: float, separators: Sequence[float]) -> bool:
    """Whether `x` is more than the space between two words that all rows repeat: some line leaves
    a wide gap there, and no better separator lies in that gap."""
    crossing = _crossings(lines, x)
    if crossing == 0:
        return True
    for line in lines:
        for before, behind in pairwise(line.spans):
            if before.right < x < behind.left:
                others = [s for s in separators if before.right < s < behind.left and s != x]
                if all(_crossings(lines, other) > crossing for other in others):
                    return True
    return False


def _crossings(lines: Sequence[Line], x: float) -> int:
    return sum(span.left < x < span.right for line in lines for span in line.spans)


def _divides(lines: Sequence[Line], x: float) -> bool:
    """Whether enough lines have text on either side of `x`, not always on both: the cells of a
    row need not be on one baseline."""
    fewest = max(2, 0.2 * len(lines))
    before = sum(any(span.left < x for span in line.spans) for line in lines)
    behind = sum(any(span.right > x for span in line.spans) for line in lines)
    return before >= fewest and behind >= fewest
