"""Tables known by their aligned columns alone."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from ingestion.readers.joining import LineJoiner
from ingestion.readers.pdf_cells import PageTable, rows_of, split_at
from ingestion.readers.pdf_glyphs import Rectangle
from ingestion.readers.pdf_lines import Line

_FEWEST_ROWS: Final = 3
_NARROWEST_GAP: Final = 0.5  # of the size
_NARROWEST_OF_MANY: Final = 0.3  # a gap that all of many rows leave free is no chance
_MANY: Final = 6
_MARK = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,4})*[.)、]?|\d{1,3}[A-Z]?\.\d{1,4}|\(?[^\W\d_]{1,4}[.)、]|\([^\s()]{1,5}\)"
    r"|[-•–—▪○·*†]|\*{1,4}|[IVXLC]{1,6}\.?)"
)


def is_multiple(line: Line) -> bool:
    """Whether a line has stretches of text apart that are more than a number and its text."""
    spans = line.spans
    return len(spans) > 2 or (len(spans) == 2 and not _MARK.fullmatch(spans[0].text))


def aligned_tables(
    lines: Sequence[Line],
    horizontal: Sequence[Rectangle],
    text_width: float,
    joiner: LineJoiner,
    goes_on: Sequence[float] = (),
) -> list[PageTable]:
    """Tables among the lines of one page, or of one column of it, from the top.

    `goes_on` are the separators of a table that ended the page before: what fits them at the top
    belongs to it, be it one row.
    """
    tables: list[PageTable] = []
    rest = _fitting(lines, goes_on)
    bands = [(0, rest)] if rest else []
    bands += [(start + rest, end + rest) for start, end in _bands(lines[rest:], text_width)]
    for start, end in bands:
        part = lines[start:end]
        separators = list(goes_on) if end == rest else _separators(part)
        if not separators:
            continue
        top, bottom = part[0].top + 8, part[-1].bottom - 8
        rules = _across([h for h in horizontal if bottom <= h[1] <= top], 0.4 * text_width)
        rows = rows_of(part, separators, rules, joiner)
        single = not rows or len(rows[0]) < 2 or (len(rows) < 2 and end != rest)
        if single or _is_prose(part, separators):
            continue
        taken = frozenset(range(start, end))
        printed = tuple("\t".join(span.text for span in line.spans) for line in part)
        tables.append(PageTable(rows, tuple(separators), top, bottom, taken, printed))
    return tables


def _across(rules: Sequence[Rectangle], shortest: float) -> list[float]:
    """The heights at which rules, put together from the pieces under each cell, reach across."""
    heights: dict[float, float] = {}
    for left, lower, right, upper in rules:
        middle = (lower + upper) / 2
        height = next((y for y in heights if abs(y - middle) < 2.0), middle)
        heights[height] = heights.get(height, 0.0) + right - left
    return [height for height, length in heights.items() if length > shortest]


def _fitting(lines: Sequence[Line], separators: Sequence[float]) -> int:
    """How many of the first lines keep to the columns of the table before."""
    if not separators:
        return 0
    end = 0
    for line in lines:
        parts = split_at(line.spans, separators)
        crosses = any(span.left < x < span.right for span in parts for x in separators)
        far = end and lines[end - 1].baseline - line.baseline > 3.2 * line.size
        if crosses or far:
            break
        end += 1
    multiple = (
        is_multiple(line.with_spans(split_at(line.spans, separators))) for line in lines[:end]
    )
    return end if any(multiple) else 0


def _bands(lines: Sequence[Line], text_width: float) -> list[tuple[int, int]]:
    """Runs of lines, most of which have stretches apart: (first, behind the last)."""
    bands: list[tuple[int, int]] = []
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
        first = bands[-1][1] if bands else 0
        index = _with_first_cells(lines, index, end, first, text_width)
        multiple = sum(is_multiple(line) for line in lines[index:end])
        if multiple >= _FEWEST_ROWS:
            bands.append((index, end))
        index = end
    return bands


def _is_full(line: Line, text_width: float) -> bool:
    return len(line.spans) == 1 and line.right - line.left > 0.62 * text_width


def _with_first_cells(
    lines: Sequence[Line], start: int, end: int, first: int, text_width: float
) -> int:
    """Index of the first line of a table whose cells are centred: a wrapped cell begins above
    the line that shows the others."""
    closest = min((a.baseline - b.baseline for a, b in pairwise(lines[start:end])), default=0.0)
    while start > first:
        above, line = lines[start - 1], lines[start]
        gap = above.baseline - line.baseline
        second = line.spans[1].left if len(line.spans) > 1 else line.left
        beside = above.right < max(line.left, second)
        if not 0 < gap < 1.1 * closest or not beside or _is_full(above, text_width):
            break
        start -= 1
    return start


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
