"""Where on a page the lines stand in columns: the extent of a table that no frame encloses."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingestion.readers.pdf_lines import NUMBER, Line
from ingestion.readers.pdf_separators import separators_of

_FEWEST_ROWS: Final = 3
_FARTHEST: Final = 3.2  # of the size, between lines of one table
_MOST_WRAPPED: Final = 8  # lines of one cell
_FULL: Final = 0.62  # of the text's width: a paragraph's line


def is_multiple(line: Line) -> bool:
    """Whether a line has stretches of text apart that are more than a number and its text."""
    spans = line.spans
    return len(spans) > 2 or (len(spans) == 2 and not NUMBER.fullmatch(spans[0].text))


def table_bands(
    lines: Sequence[Line], text_width: float, rules: Sequence[float]
) -> list[tuple[int, int]]:
    """Runs of lines, many of which have stretches apart: (first, behind the last).

    `rules` are the heights of ruled lines across the text: no cell reaches over one.
    """
    return _Bands(lines, text_width, rules).found()


def band_end(lines: Sequence[Line], last: int, text_width: float, rules: Sequence[float]) -> int:
    """Behind the last line of a table whose last line with stretches apart is `lines[last]`."""
    return _Bands(lines, text_width, rules).with_last_cells(0, last)


class _Bands:
    def __init__(self, lines: Sequence[Line], text_width: float, rules: Sequence[float]) -> None:
        self._lines = lines
        self._text_width = text_width
        self._rules = rules

    def found(self) -> list[tuple[int, int]]:
        bands: list[tuple[int, int]] = []
        index = 0
        while index < len(self._lines):
            if not is_multiple(self._lines[index]):
                index += 1
                continue
            end = self.with_last_cells(index, self._last(index))
            start = self._with_first_cells(index, end, bands[-1][1] if bands else 0)
            multiple = sum(is_multiple(line) for line in self._lines[start:end])
            if multiple >= _FEWEST_ROWS:
                bands.append((start, end))
            index = end
        return bands

    def _last(self, start: int) -> int:
        """Index of the last line with stretches apart that belongs to the one at `start`."""
        lines = self._lines
        end = last = start
        edge = lines[start].spans[1].left  # of the second column, as far as it is known
        while end + 1 < len(lines):
            line, following = lines[end], lines[end + 1]
            if line.baseline - following.baseline > _FARTHEST * max(line.size, following.size):
                break
            if is_multiple(following):
                if not self._fits(lines[start : end + 1], following):
                    break
                last = end + 1
                edge = min(edge, following.spans[1].left)
            elif self._is_full(following, edge) or end + 1 - last > _MOST_WRAPPED:
                break
            end += 1
        return last

    def _fits(self, rows: Sequence[Line], line: Line) -> bool:
        """Whether a line with gaps keeps to the columns of the rows above, once there are some."""
        multiple = [row for row in rows if is_multiple(row)]
        if len(multiple) < _FEWEST_ROWS:
            return True
        starts_paragraph = NUMBER.fullmatch(line.spans[0].text) is not None
        if starts_paragraph and not any(NUMBER.fullmatch(row.spans[0].text) for row in multiple):
            return False
        separators = separators_of(rows, multiple)
        crossed = sum(
            left < x < right
            for x in separators
            for span in line.spans
            for left, right, _ in span.words or ((span.left, span.right, ""),)
        )
        return not separators or 2 * crossed <= len(separators)

    def _is_full(self, line: Line, edge: float) -> bool:
        """Whether a line is one of running text: wide, and beyond the first column."""
        wide = len(line.spans) == 1 and line.right - line.left > _FULL * self._text_width
        return wide and line.right > edge

    def _is_ruled_off(self, above: Line, below: Line) -> bool:
        return any(below.baseline + 0.25 * below.size < y < above.baseline for y in self._rules)

    def _closest(self, start: int, end: int) -> float:
        pairs = pairwise(self._lines[start:end])
        return min((above.baseline - below.baseline for above, below in pairs), default=0.0)

    def _edge(self, start: int, end: int) -> float:
        multiple = (line for line in self._lines[start:end] if is_multiple(line))
        return min((line.spans[1].left for line in multiple), default=0.0)

    def _with_first_cells(self, start: int, end: int, first: int) -> int:
        """Index of the first line of a table whose cells are centred: a wrapped cell begins above
        the line that shows the others."""
        closest, edge = self._closest(start, end), self._edge(start, end)
        while start > first:
            above, line = self._lines[start - 1], self._lines[start]
            gap = above.baseline - line.baseline
            beside = above.right < max(line.left, edge)
            if not 0 < gap < 1.1 * closest or not beside or self._is_full(above, edge):
                break
            if self._is_ruled_off(above, line):
                break
            start -= 1
        return start

    def with_last_cells(self, start: int, last: int) -> int:
        """Index behind the last line of a table: wrapped lines of its last cells stand closer
        than the paragraph that follows."""
        closest, edge = self._closest(max(start, last - 6), last + 1), self._edge(start, last + 1)
        end = last + 1
        while end < len(self._lines):
            above, line = self._lines[end - 1], self._lines[end]
            gap = above.baseline - line.baseline
            if gap > 1.2 * closest or gap > 1.5 * line.size or self._is_full(line, edge):
                break
            if self._is_ruled_off(above, line) or NUMBER.fullmatch(line.text):
                break
            end += 1
        return end
