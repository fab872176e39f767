"""The order in which the lines of a page are read: columns, and the cells of a masthead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingestion.readers.layout_tables import is_masthead
from ingestion.readers.pdf_bands import is_multiple
from ingestion.readers.pdf_lines import Line, Span

_FEWEST_LINES: Final = 8  # in each column of running text
_NARROWEST: Final = 0.28  # of the text's width, for a column of running text
_DENSE: Final = 0.55  # share of a line that is type and not gap
_MASTHEAD_GAP: Final = 1.6  # of the size, between the cells of a masthead


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines read one after the other. In a masthead each line stands for itself."""

    lines: tuple[Line, ...]
    masthead: bool = False


def flows_of(
    lines: Sequence[Line],
    left: float,
    right: float,
    *,
    first_page: bool,
    gutter: float | None = None,
) -> list[Flow]:
    """The flows of a page in reading order; `left` and `right` are the edges of its text.

    `gutter` is the x between the columns of the page before: a page with few lines in one of them
    is set in columns if nothing crosses it.
    """
    flows: list[Flow] = []
    rest = list(lines)
    if first_page:
        start, end = _masthead_band(rest, right - left)
        if end > start:
            before = rest[:start]
            flows += [Flow(tuple(before), masthead=True)] if before else []
            flows += _masthead_flows(rest[start:end])
            rest = rest[end:]
    found = gutter_of(rest, left, right, gutter)
    if found is None:
        return [*flows, Flow(tuple(rest))] if rest else flows
    return [*flows, *_columns(rest, found)]


def _masthead_band(lines: Sequence[Line], width: float) -> tuple[int, int]:
    """First line and end of the lines at the top of page 1 whose cells stand side by side."""
    top: list[int] = []
    for index, line in enumerate(lines[:30]):
        if len(line.spans) == 1 and line.right - line.left > 0.7 * width:
            break
        if is_multiple(line) and _widest_gap(line) > _MASTHEAD_GAP * line.size:
            top.append(index)
    if not top:
        return 0, 0
    rows = tuple(tuple(span.text for span in lines[i].spans) for i in top)
    first, last = top[0], top[-1]
    # Three aligned lines or more could be a table of data; a masthead says what it is.
    around = tuple((line.text,) for line in lines[: last + 6])
    if not (is_masthead(rows) or (len(top) <= 2 and is_masthead(around))):
        return 0, 0
    split = min(lines[i].spans[-1].left for i in top)
    end = last + 1
    while end < len(lines) and lines[end].left >= split - 12:
        end += 1
    return first, end


def _widest_gap(line: Line) -> float:
    return max(
        (b.left - a.right for a, b in zip(line.spans, line.spans[1:], strict=False)), default=0.0
    )


def _masthead_flows(lines: Sequence[Line]) -> list[Flow]:
    edges: list[float] = []
    for left in sorted(span.left for line in lines if is_multiple(line) for span in line.spans):
        if not edges or left - edges[-1] > 40:
            edges.append(left)
    columns: list[list[Line]] = [[] for _ in edges]
    for line in lines:
        cells: dict[int, list[Span]] = {}
        for span in line.spans:
            column = max((i for i, edge in enumerate(edges) if edge <= span.left + 12), default=0)
            cells.setdefault(column, []).append(span)
        for column, spans in cells.items():
            columns[column].append(line.with_spans(spans))
    return [Flow(tuple(column), masthead=True) for column in columns if column]


def gutter_of(
    lines: Sequence[Line], left: float, right: float, before: float | None = None
) -> float | None:
    """The x between two columns of running text, or None; `before` is that of the page before."""
    spans = [span for line in lines for span in line.spans]
    width = right - left
    if before is not None and spans and not any(s.left < before < s.right for s in spans):
        return before
    if len(spans) < 2 * _FEWEST_LINES or width <= 0:
        return None
    lefts, rights = np.array([s.left for s in spans]), np.array([s.right for s in spans])
    places = np.arange(left + 0.35 * width, left + 0.65 * width, 2.0)
    crossings = np.array([int(((lefts < x) & (rights > x)).sum()) for x in places])
    crossing = int(crossings.min())
    free = places[crossings == crossing]
    x = float(free[len(free) // 2])
    first = _sides(lines, lambda span: span.right <= x)
    second = _sides(lines, lambda span: span.left >= x)
    if min(len(first), len(second)) < max(_FEWEST_LINES, 3 * crossing):
        return None
    return x if _is_running_text(first, width) and _is_running_text(second, width) else None


def _sides(lines: Sequence[Line], on_side: Callable[[Span], bool]) -> list[list[Span]]:
    """The stretches of each line that lie on one side."""
    sides = ([span for span in line.spans if on_side(span)] for line in lines)
    return [side for side in sides if side]


def _is_running_text(sides: Sequence[Sequence[Span]], width: float) -> bool:
    """Whether the lines of a column are long and full, as cells of a table are not."""
    widths = [side[-1].right - side[0].left for side in sides]
    usual = float(np.percentile(widths, 70))
    printed = [sum(span.right - span.left for span in side) for side in sides]
    density = np.median(
        [part / max(whole, 1.0) for part, whole in zip(printed, widths, strict=True)]
    )
    return bool(usual > _NARROWEST * width and np.median(widths) > 0.6 * usual and density > _DENSE)


def _columns(lines: Sequence[Line], gutter: float) -> list[Flow]:
    flows: list[Flow] = []
    first: list[Line] = []
    second: list[Line] = []

    def close() -> None:
        flows.extend(Flow(tuple(column)) for column in (first, second) if column)
        first.clear()
        second.clear()

    for line in lines:
        on_left = [s for s in line.spans if s.right <= gutter + 1]
        on_right = [s for s in line.spans if s.left >= gutter - 1]
        if len(on_left) + len(on_right) < len(line.spans):
            close()
            flows.append(Flow((line,)))
            continue
        if on_left:
            first.append(line.with_spans(on_left))
        if on_right:
            second.append(line.with_spans(on_right))
    close()
    return flows
