"""Stretches of text put into the columns of a table and gathered into its rows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import Rows
from ingestion.readers.pdf_lines import Line, Span
from ingestion.readers.plain_tables import even_rows

_ROW_GAP = 1.25  # of the closest lines: a wider gap begins a row


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page. `separators` are the x between its columns, in points; `lines` are the
    places, in the page's list, of the lines that it took."""

    rows: Rows
    separators: tuple[float, ...]
    top: float
    bottom: float
    lines: frozenset[int]
    printed: tuple[str, ...] = ()  # its lines as they stand, stretches apart by tabs
    parts_of_rows: frozenset[int] = frozenset()  # rows that may be the rest of a cut one


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
        for span in split_at(line.spans, separators):
            column = column_of((span.left + span.right) / 2, separators)
            if _spans_columns(span.left, span.right, separators):
                column = column_of(span.left, separators)
            rows[-1][column] = joiner.join(rows[-1][column], span.text)
    return even_rows(rows)


def split_at(spans: Sequence[Span], separators: Sequence[float]) -> list[Span]:
    """The stretches, those whose words lie in several columns taken apart."""
    found: list[Span] = []
    for span in spans:
        crossed = [x for x in separators if span.left < x < span.right]
        # A word that reaches over the line between columns belongs to a title above several.
        if not crossed or any(left < x < right for left, right, _ in span.words for x in crossed):
            found.append(span)
            continue
        groups: dict[int, list[tuple[float, float, str]]] = {}
        for word in span.words:
            groups.setdefault(column_of(word[0], separators), []).append(word)
        if not groups:
            found.append(span)
        for words in groups.values():
            text = " ".join(text for _, _, text in words)
            found.append(Span(words[0][0], words[-1][1], text, tuple(words)))
    return found


def column_of(x: float, separators: Sequence[float]) -> int:
    """Index of the column that `x` lies in."""
    return bisect_right(separators, x)


def _spans_columns(left: float, right: float, separators: Sequence[float]) -> bool:
    return column_of(left, separators) != column_of(right, separators)


def _row_starts(
    lines: Sequence[Line], separators: Sequence[float], boundaries: Sequence[float]
) -> frozenset[int]:
    gaps = [a.baseline - b.baseline for a, b in pairwise(lines)]
    filled = [
        len({column_of(span.left, separators) for span in split_at(line.spans, separators)})
        for line in lines
    ]
    crossed = [
        any(b.baseline + 0.25 * b.size < y < a.baseline for y in boundaries)
        for a, b in pairwise(lines)
    ]
    if any(crossed) and _rules_separate_rows(filled, crossed):
        return frozenset((0, *(i + 1 for i, cross in enumerate(crossed) if cross)))
    closest = min(gaps, default=0.0)
    wide = [gap > _ROW_GAP * closest for gap in gaps]
    if any(wide) and not all(wide):
        starts = {i + 1 for i, gap in enumerate(wide) if gap}
        return frozenset((0, *starts, *(i + 1 for i, cross in enumerate(crossed) if cross)))
    return _starts_by_filled_columns(filled, crossed)


def _rules_separate_rows(filled: Sequence[int], crossed: Sequence[bool]) -> bool:
    """Whether every row is ruled off. Rules under the heading and the last row alone say nothing
    about the rows between: there, several lines between two rules fill all columns."""
    regions: list[int] = [0]  # lines that fill all columns, between one rule and the next
    most = max(filled)
    for index, columns in enumerate(filled):
        if index and crossed[index - 1]:
            regions.append(0)
        regions[-1] += columns == most
    crowded = sum(full > 1 for full in regions)
    return len(regions) > 2 and crowded <= 0.2 * len(regions)


def _starts_by_filled_columns(filled: Sequence[int], crossed: Sequence[bool]) -> frozenset[int]:
    """Each line that fills several columns begins a row, once the row before has such a line.
    All lines above the first ruled line are one row, the heading."""
    header_end = next((i + 1 for i, cross in enumerate(crossed) if cross), 0)
    starts = {0, header_end}
    has_filled = filled[0] > 1
    for index in range(1, len(filled)):
        if index == header_end:
            has_filled = False
        elif index > header_end and filled[index] > 1 and has_filled:
            starts.add(index)
        has_filled = has_filled or filled[index] > 1
    return frozenset(starts)
