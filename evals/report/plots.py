"""Plots as inline SVG: no script, no outside resource; colours come from the page's CSS."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

from evals.measures.statistics import Interval

_WIDTH: Final = 840
_ROW: Final = 24
_LABEL: Final = 360
_VALUE: Final = 120


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row of an interval plot. `bad` marks what is below its floor."""

    label: str
    interval: Interval
    floor: float | None = None
    target: float | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a growth plot: (size, value), both above 0, by rising size."""

    label: str
    points: tuple[tuple[float, float], ...]


def interval_plot(rows: Sequence[IntervalRow], title: str) -> str:
    """Shares in [0, 1]: a dot with its interval; short tick: floor, long tick: target."""
    left, right = _LABEL, _WIDTH - _VALUE
    height = _ROW * len(rows) + 34

    def x(share: float) -> float:
        return left + share * (right - left)

    parts = [
        f'<line class="grid" x1="{x(s):.1f}" y1="6" x2="{x(s):.1f}" y2="{height - 26}"/>'
        f'<text class="tick" x="{x(s):.1f}" y="{height - 10}" text-anchor="middle">{s:g}</text>'
        for s in (0, 0.25, 0.5, 0.75, 1)
    ]
    for at, row in enumerate(rows):
        y = 6 + _ROW * at + _ROW / 2
        shown = row.interval
        state = "bad" if row.bad else "good"
        parts.append(_text("label", left - 10, y + 4, row.label, "end"))
        if row.target is not None:
            parts.append(_tick("target", x(row.target), y, 9))
        if row.floor is not None:
            parts.append(_tick("floor", x(row.floor), y, 5))
        parts.append(
            f'<line class="range {state}" x1="{x(shown.low):.1f}" y1="{y}" '
            f'x2="{x(shown.high):.1f}" y2="{y}"/>'
            f'<circle class="dot {state}" cx="{x(shown.value):.1f}" cy="{y}" r="4.5"/>'
        )
        parts.append(_text("value", right + 14, y + 4, f"{shown.value:.2f}  n={shown.n}", "start"))
    return _svg(title, height, parts)


def count_plot(counts: Sequence[tuple[str, int]], title: str) -> str:
    """Counts as vertical columns with their number above."""
    height, base = 190, 160
    most = max((count for _, count in counts), default=1) or 1
    step = _WIDTH / max(1, len(counts))
    parts = [f'<line class="grid" x1="0" y1="{base}" x2="{_WIDTH}" y2="{base}"/>']
    for at, (label, count) in enumerate(counts):
        tall = (base - 24) * count / most
        middle = step * (at + 0.5)
        parts.append(
            f'<rect class="column" x="{middle - step * 0.34:.1f}" y="{base - tall:.1f}" '
            f'width="{step * 0.68:.1f}" height="{tall:.1f}" rx="2"/>'
        )
        parts.append(_text("value", middle, base - tall - 6, str(count), "middle"))
        parts.append(_text("tick", middle, base + 18, label, "middle"))
    return _svg(title, height, parts)


def growth_plot(series: Sequence[Series], title: str, size_name: str, value_name: str) -> str:
    """How cost grows with size, both on logarithmic scales; each line carries its name."""
    points = [point for one in series for point in one.points]
    if not points:
        return _svg(title, 40, [_text("label", 8, 24, "nothing was measured", "start")])
    left, right, top, base = 64, _WIDTH - 150, 20, 280
    low_x, high_x = _decades([size for size, _ in points])
    low_y, high_y = _decades([value for _, value in points])

    def x(size: float) -> float:
        return left + (log10(size) - low_x) / (high_x - low_x) * (right - left)

    def y(value: float) -> float:
        return base - (log10(value) - low_y) / (high_y - low_y) * (base - top)

    parts = []
    for power in range(low_x, high_x + 1):
        at = x(10**power)
        parts.append(f'<line class="grid" x1="{at:.1f}" y1="{top}" x2="{at:.1f}" y2="{base}"/>')
        parts.append(_text("tick", at, base + 18, f"{10**power:,}", "middle"))
    for power in range(low_y, high_y + 1):
        at = y(10**power)
        parts.append(f'<line class="grid" x1="{left}" y1="{at:.1f}" x2="{right}" y2="{at:.1f}"/>')
        parts.append(_text("tick", left - 8, at + 4, f"{10.0**power:g}", "end"))
    taken: list[float] = []
    for number, one in enumerate(sorted(series, key=lambda s: -s.points[-1][1] if s.points else 0)):
        if not one.points:
            continue
        line = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in one.points)
        parts.append(f'<polyline class="line s{number % 6}" points="{line}"/>')
        parts += [
            f'<circle class="point s{number % 6}" cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5"/>'
            for size, value in one.points
        ]
        place = y(one.points[-1][1]) + 4
        while any(abs(place - other) < 14 for other in taken):
            place += 14
        taken.append(place)
        parts.append(_text("label", x(one.points[-1][0]) + 10, place, one.label, "start"))
    parts.append(_text("tick", (left + right) / 2, base + 36, size_name, "middle"))
    parts.append(_text("tick", left, top - 6, value_name, "middle"))
    return _svg(title, base + 46, parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _tick(name: str, x: float, y: float, half: float) -> str:
    return f'<line class="{name}" x1="{x:.1f}" y1="{y - half}" x2="{x:.1f}" y2="{y + half}"/>'


def _text(name: str, x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height:.0f}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
