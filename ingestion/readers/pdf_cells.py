"""Stretches of text put into the columns of a table and gathered into its rows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import Rows
from ingestion.readers.pdf_lines import Line
from ingestion.readers.plain_tables import even_rows

_ROW_GAP = 1.25  # of the closest lines: a wider gap begins a row


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page. `columns` are the left edges of its columns, in points; `lines` are the
    places, in the page's list, of the lines that it took."""

    rows: Rows
    columns: tuple[float, ...]
    top: float
    bottom: float
    lines: frozenset[int]


def rows_of(
    lines: Sequence[Line],
    separators: Sequence[float],
    boundaries: Sequence[float],
    joiner: LineJoiner,
) -> Rows:
    """Rows of cells from printed lines, top to bottom.

    `separators` are the x between the columns, `boundaries` the y of ruled lines across the table.
    Lines between two ruled lines are one row; elsewhere a row begins at a wider gap, or, where all
    lines are equally close, with each line that fills more than one column.
    """
    if not lines:
        return ()
    starts = _row_starts(lines, separators, sorted(boundaries, reverse=True))
    rows: list[list[str]] = []
    for index, line in enumerate(lines):
        if index in starts or not rows:
            rows.append([""] * (len(separators) + 1))
        for span in line.spans:
            column = column_of((span.left + span.right) / 2, separators)
            if _spans_columns(span.left, span.right, separators):
                column = column_of(span.left, separators)
            rows[-1][column] = joiner.join(rows[-1][column], span.text)
    return even_rows(rows)


def column_of(x: float, separators: Sequence[float]) -> int:
    """Index of the column that `x` lies in."""
    return bisect_right(separators, x)


def _spans_columns(left: float, right: float, separators: Sequence[float]) -> bool:
    return column_of(left, separators) != column_of(right, separators)


def _row_starts(
    lines: Sequence[Line], separators: Sequence[float], boundaries: Sequence[float]
) -> frozenset[int]:
    gaps = [a.baseline - b.baseline for a, b in pairwise(lines)]
    filled = [len({column_of(s.left, separators) for s in line.spans}) for line in lines]
    crossed = [
        any(b.baseline + 0.25 * b.size < y < a.baseline for y in boundaries)
        for a, b in pairwise(lines)
    ]
    if len(boundaries) > 2 and sum(crossed) >= 0.7 * (len(boundaries) - 2):
        ruled_rows = sum(crossed) + 1
        # Rules under the heading and the last row only say nothing about the rows between.
        if ruled_rows >= 4 or ruled_rows >= 0.5 * len(lines):
            return frozenset((0, *(i + 1 for i, cross in enumerate(crossed) if cross)))
    closest = min(gaps, default=0.0)
    wide = [gap > _ROW_GAP * closest for gap in gaps]
    if any(wide) and not all(wide):
        starts = {i + 1 for i, gap in enumerate(wide) if gap}
        return frozenset((0, *starts, *(i + 1 for i, cross in enumerate(crossed) if cross)))
    header_end = next((i + 1 for i, cross in enumerate(crossed) if cross), 0)
    return frozenset(
        (0, *(i for i in range(1, len(lines)) if i >= header_end and filled[i] > 1), header_end)
    )
