"""Tables whose cells are drawn with ruled lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import Rows
from ingestion.readers.pdf_cells import PageTable, rows_of
from ingestion.readers.pdf_drawing import Rectangle
from ingestion.readers.pdf_glyphs import Floats
from ingestion.readers.pdf_lines import Line
from ingestion.readers.plain_tables import even_rows

_TOUCH: Final = 3.5  # points
_SAME: Final = 2.5  # points: rules this close are one
_NARROW: Final = 12.0
_MOST_RULES: Final = 3000


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: tuple[float, ...]  # edges of the columns
    ys: tuple[float, ...]  # edges of the rows, from the top
    horizontal: tuple[Rectangle, ...]
    vertical: tuple[Rectangle, ...]

    def wall(self, row: int, column: int) -> bool:
        """Whether a rule stands between `column` and the next in `row`."""
        x, y = self.xs[column + 1], (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs((v[0] + v[2]) / 2 - x) <= _SAME and v[1] <= y <= v[3] for v in self.vertical)

    def floor(self, row: int, column: int) -> bool:
        """Whether a rule lies under the cell at `row`, `column`."""
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, self.ys[row + 1]
        return any(
            abs((h[1] + h[3]) / 2 - y) <= _SAME and h[0] <= x <= h[2] for h in self.horizontal
        )


def ruled_tables(
    lines: Sequence[Line],
    horizontal: Sequence[Rectangle],
    vertical: Sequence[Rectangle],
    joiner: LineJoiner,
) -> list[PageTable]:
    """The tables drawn with rules in both directions, from the top of the page."""
    if len(vertical) < 1 or len(horizontal) < 2:
        return []
    tables = []
    for grid in _grids(horizontal[:_MOST_RULES], vertical[:_MOST_RULES]):
        table = _read(grid, lines, joiner)
        if table:
            tables.append(table)
    return sorted(tables, key=lambda table: -table.top)


def _grids(horizontal: Sequence[Rectangle], vertical: Sequence[Rectangle]) -> list[_Grid]:
    rules = np.array([*horizontal, *vertical])
    parts = _connected(rules)
    grids = []
    for part in parts:
        across = tuple(horizontal[i] for i in part if i < len(horizontal))
        down = tuple(vertical[i - len(horizontal)] for i in part if i >= len(horizontal))
        if len(across) < 2 or not down:
            continue
        xs = _merged([(v[0] + v[2]) / 2 for v in down])
        ys = _merged([(h[1] + h[3]) / 2 for h in across])
        # Tables are often open at their sides.
        left, right = min(h[0] for h in across), max(h[2] for h in across)
        xs = ([left] if left < xs[0] - 3 * _TOUCH else []) + xs
        xs += [right] if right > xs[-1] + 3 * _TOUCH else []
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append(_Grid(tuple(xs), tuple(reversed(ys)), across, down))
    return grids


def _connected(rules: Floats) -> list[list[int]]:
    """Groups of rules that touch each other."""
    left, bottom, right, top = (rules[:, k] for k in range(4))
    group = np.full(len(rules), -1)
    groups: list[list[int]] = []
    for seed in range(len(rules)):
        if group[seed] >= 0:
            continue
        members, waiting = [], [seed]
        group[seed] = len(groups)
        while waiting:
            rule = waiting.pop()
            members.append(rule)
            near = (
                (left <= right[rule] + _TOUCH)
                & (right >= left[rule] - _TOUCH)
                & (bottom <= top[rule] + _TOUCH)
                & (top >= bottom[rule] - _TOUCH)
                & (group < 0)
            )
            fresh = np.flatnonzero(near)
            group[fresh] = len(groups)
            waiting.extend(fresh.tolist())
        groups.append(sorted(members))
    return groups


def _merged(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _read(grid: _Grid, lines: Sequence[Line], joiner: LineJoiner) -> PageTable | None:
    top, bottom = grid.ys[0], grid.ys[-1]
    inside = {
        index: line
        for index, line in enumerate(lines)
        if bottom - 1 < line.baseline + 0.3 * line.size < top + 1
        and line.left > grid.xs[0] - 6
        and line.right < grid.xs[-1] + 6
    }
    if not inside:
        return None
    rows = _cells(grid, list(inside.values()), joiner)
    # One row alone may be a table's first, cut off by the page.
    if not rows or len(rows[0]) < 2 or (len(rows) == 1 and not all(rows[0])):
        return None
    separators = grid.xs[1:-1]
    parts = frozenset(index for index in range(min(2, len(rows))) if _is_part(grid, rows, index))
    return PageTable(rows, separators, top, bottom, frozenset(inside), parts_of_rows=parts)


def _is_part(grid: _Grid, rows: Rows, index: int) -> bool:
    """Whether a row with text in few cells has all its walls: no title of a group, which spans
    the columns, but perhaps the rest of a row that began on the page before."""
    columns = len(grid.xs) - 1
    same = len(rows) == len(grid.ys) - 1
    walled = same and all(grid.wall(index, column) for column in range(columns - 1))
    return walled and len([cell for cell in rows[index] if cell]) <= max(1, columns // 2)


def _cells(grid: _Grid, lines: Sequence[Line], joiner: LineJoiner) -> Rows:
    row_count, column_count = len(grid.ys) - 1, len(grid.xs) - 1
    separators = grid.xs[1:-1]
    bands = [
        [
            line
            for line in lines
            if grid.ys[row + 1] < line.baseline + 0.3 * line.size <= grid.ys[row]
        ]
        for row in range(row_count)
    ]
    most = max(len(band) for band in bands)
    if row_count <= 2 and most >= 4 and _many_filled(bands[-1]):
        # Only the frame and the heading are ruled: the rows between are found by their places.
        rows = [rows_of(band, separators, (), joiner) for band in bands[:-1]]
        header = [
            [" ".join(filter(None, column)) for column in zip(*r, strict=True)] for r in rows if r
        ]
        return even_rows([*header, *rows_of(bands[-1], separators, (), joiner)])
    owner = _owners(grid, row_count, column_count)
    texts: dict[tuple[int, int], str] = {}
    for row, band in enumerate(bands):
        for line in band:
            for span in line.spans:
                column = _column(grid, (span.left + span.right) / 2)
                place = owner[row, column]
                texts[place] = joiner.join(texts.get(place, ""), span.text)
    found = []
    for row in range(row_count):
        alone = len({owner[row, column] for column in range(column_count)}) == 1
        cells = [texts.get(owner[row, column], "") for column in range(column_count)]
        found.append([cells[0], *[""] * (column_count - 1)] if alone else cells)
    # An empty column of some width is part of the table; a narrow one is a double rule.
    kept = [
        column
        for column in range(column_count)
        if grid.xs[column + 1] - grid.xs[column] > _NARROW or any(row[column] for row in found)
    ]
    return tuple(tuple(row[column] for column in kept) for row in found if any(row))


def _many_filled(band: Sequence[Line]) -> bool:
    return sum(len(line.spans) > 1 for line in band) >= 3


def _column(grid: _Grid, x: float) -> int:
    inner = [edge for edge in grid.xs[1:-1] if edge <= x]
    return len(inner)


def _owners(grid: _Grid, rows: int, columns: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the place of the cell that covers it, its top left one."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            place = (row, column)
            if column and not grid.wall(row, column - 1):
                owner[place] = owner[row, column - 1]
            elif row and not grid.floor(row - 1, column):
                owner[place] = owner[row - 1, column]
            else:
                owner[place] = place
    return owner
