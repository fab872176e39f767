"""Tables known by their aligned columns alone."""

from collections.abc import Sequence

from ingestion.readers.joining import LineJoiner
from ingestion.readers.pdf_bands import band_end, is_multiple, table_bands
from ingestion.readers.pdf_cells import PageTable, rows_of, split_at
from ingestion.readers.pdf_drawing import Rectangle
from ingestion.readers.pdf_lines import Line
from ingestion.readers.pdf_separators import separators_of


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
    rules = _across(horizontal, 0.4 * text_width)
    rest = _fitting(lines, goes_on, text_width, rules)
    bands = [(0, rest)] if rest else []
    found = table_bands(lines[rest:], text_width, rules)
    bands += [(start + rest, end + rest) for start, end in found]
    for start, end in bands:
        part = lines[start:end]
        separators = (
            list(goes_on)
            if end == rest
            else separators_of(part, [line for line in part if is_multiple(line)])
        )
        if not separators:
            continue
        top, bottom = part[0].top + 8, part[-1].bottom - 8
        within = [y for y in rules if bottom <= y <= top]
        rows = rows_of(part, separators, within, joiner)
        single = not rows or len(rows[0]) < 2 or (len(rows) < 2 and end != rest)
        if single or _is_prose(part, separators):
            continue
        taken = frozenset(range(start, end))
        printed = tuple("\t".join(span.text for span in line.spans) for line in part)
        few = max(1, len(rows[0]) // 2)
        parts = frozenset(
            index
            for index, row in enumerate(rows[:2])
            if end == rest and sum(bool(cell) for cell in row) <= few
        )
        tables.append(PageTable(rows, tuple(separators), top, bottom, taken, printed, parts))
    return tables


def _across(rules: Sequence[Rectangle], shortest: float) -> list[float]:
    """The heights at which rules, put together from the pieces under each cell, reach across."""
    heights: dict[float, float] = {}
    for left, lower, right, upper in rules:
        middle = (lower + upper) / 2
        height = next((y for y in heights if abs(y - middle) < 2.0), middle)
        heights[height] = heights.get(height, 0.0) + right - left
    return [height for height, length in heights.items() if length > shortest]


def _fitting(
    lines: Sequence[Line], separators: Sequence[float], text_width: float, rules: Sequence[float]
) -> int:
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
    multiple = [
        index
        for index, line in enumerate(lines[:end])
        if is_multiple(line.with_spans(split_at(line.spans, separators)))
    ]
    return band_end(lines, multiple[-1], text_width, rules) if multiple else 0


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
