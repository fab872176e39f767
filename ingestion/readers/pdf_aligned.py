"""Tables known by their aligned columns alone."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from ingestion.readers.joining import LineJoiner
from ingestion.readers.pdf_cells import PageTable, rows_of
from ingestion.readers.pdf_glyphs import Rectangle
from ingestion.readers.pdf_lines import Line

_FEWEST_ROWS: Final = 3
_NARROWEST_GAP: Final = 0.5  # of the size
_MARK = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,4})*[.)、]?|\d{1,3}[A-Z]?\.\d{1,4}|\(?[^\W\d_]{1,4}[.)、]|\([^\s()]{1,5}\)"
    r"|[-•–—▪○·*†]|\*{1,4}|[IVXLC]{1,6}\.?)"
)


def is_multiple(line: Line) -> bool:
    """Whether a line has stretches of text apart that are more than a number and its text."""
    spans = line.spans
    return len(spans) > 2 or (len(spans) == 2 and not _MARK.fullmatch(spans[0].text))


def aligned_tables(
    lines: Sequence[Line], horizontal: Sequence[Rectangle], text_width: float, joiner: LineJoiner
) -> list[PageTable]:
    """Tables among the lines of one page, or of one column of it, from the top."""
    tables = []
    for start, end in _bands(lines, text_width):
        part = lines[start:end]
        separators = _separators(part)
        if not separators:
            continue
        top, bottom = part[0].top + 8, part[-1].bottom - 8
        rules = [
            (h[1] + h[3]) / 2
            for h in horizontal
            if bottom <= h[1] <= top and h[2] - h[0] > 0.4 * text_width
        ]
        rows = rows_of(part, separators, rules, joiner)
        if len(rows) < 2 or len(rows[0]) < 2 or _is_prose(part, separators):
            continue
        columns = (part[0].left, *separators)
        tables.append(PageTable(rows, columns, top, bottom, frozenset(range(start, end))))
    return tables


def _bands(lines: Sequence[Line], text_width: float) -> list[tuple[int, int]]:
    """Runs of lines, most of which have stretches apart: (first, behind the last)."""
    bands = []
    index = 0
    while index < len(lines):
        if not is_multiple(lines[index]):
            index += 1
            continue
        end = last = index
        while end + 1 < len(lines):
            line, following = lines[end], lines[end + 1]
            if line.baseline - following.baseline > 3.2 * max(line.size, following.size):
                break
            if is_multiple(following):
                last = end + 1
            elif _is_full(following, text_width) or end + 1 - last > 3:
                break
            end += 1
        end = _with_last_cells(lines, last, text_width)
        multiple = sum(is_multiple(line) for line in lines[index:end])
        if multiple >= _FEWEST_ROWS:
            bands.append((index, end))
        index = end
    return bands


def _is_full(line: Line, text_width: float) -> bool:
    return len(line.spans) == 1 and line.right - line.left > 0.62 * text_width


def _with_last_cells(lines: Sequence[Line], last: int, text_width: float) -> int:
    """Behind the last line of a table: wrapped lines of its last cells stand closer than the
    paragraph that follows."""
    end = last + 1
    while end < len(lines):
        gap = lines[end - 1].baseline - lines[end].baseline
        usual = min(
            (a.baseline - b.baseline for a, b in pairwise(lines[max(0, last - 6) : last + 1])),
            default=0.0,
        )
        if _is_full(lines[end], text_width) or gap > 1.2 * usual or gap > 1.5 * lines[end].size:
            break
        end += 1
    return end


def _separators(lines: Sequence[Line]) -> list[float]:
    """The x in the gaps that all, or nearly all, rows leave free."""
    multiple = [line for line in lines if is_multiple(line)]
    left = min(line.left for line in multiple)
    right = max(line.right for line in multiple)
    size = float(np.median([line.size for line in multiple]))
    covered = np.zeros(int(right - left) + 2)
    for line in multiple:
        for span in line.spans:
            covered[int(span.left - left) : int(span.right - left) + 1] += 1
    free = covered <= 0.1 * len(multiple)
    separators: list[float] = []
    start: int | None = None
    for x, is_free in enumerate([*free.tolist(), False]):
        if is_free and start is None:
            start = x
        elif not is_free and start is not None:
            if x - start >= _NARROWEST_GAP * size and start > 0 and x < len(free):
                separators.append(left + (start + x) / 2)
            start = None
    return [s for s in separators if _divides(multiple, s)]


def _divides(lines: Sequence[Line], x: float) -> bool:
    both = sum(line.left < x < line.right for line in lines)
    return both >= max(2, 0.5 * len(lines))


def _is_prose(lines: Sequence[Line], separators: Sequence[float]) -> bool:
    """Two columns of running text side by side, which no rule sets apart."""
    if len(separators) != 1:
        return False
    x = separators[0]
    left = [s.right - s.left for line in lines for s in line.spans if s.right < x]
    right = [s.right - s.left for line in lines for s in line.spans if s.left > x]
    if not left or not right:
        return True
    total = lines[0].right - lines[0].left
    full_left = sum(w > 0.8 * max(left) for w in left) > 0.7 * len(left)
    full_right = sum(w > 0.8 * max(right) for w in right) > 0.7 * len(right)
    wide = min(max(left), max(right)) > 0.3 * total
    return len(lines) >= 6 and full_left and full_right and wide
