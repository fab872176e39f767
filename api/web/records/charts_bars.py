"""Bars as options of ECharts: each with its label over it, so that long names have room."""

from collections.abc import Mapping
from typing import Any, Final

from babel.numbers import format_decimal

from api.web.records.charts_text import FONT, TURN, colour, common, lines, plain
from api.web.records.charts_view import Chart, Mark
from kb.languages import Language

_BAR: Final = 14
_STACK: Final = 20
_LINE: Final = 20
_GAP: Final = 18
_NARROW: Final = 340  # pixels of a phone
_WIDE: Final = 760
_GRID: Final = {"left": 0, "right": 0, "outerBoundsMode": "none"}
_TONES: Final = {
    "strong": "var(--series-1)",
    "middle": "var(--chart-middle)",
    "pale": "var(--chart-pale)",
}
_ON_TONES: Final = {"strong": "var(--paper)", "middle": "var(--ink)", "pale": "var(--ink)"}
_ROOMY: Final = 0.4  # of the width: room for a name beside the number


def bar_heights(chart: Chart, language: Language) -> tuple[int, int]:
    """The pixels that they take on a phone and on a wide screen."""
    narrow, wide = (
        _band(labels) * len(labels) + _above(labels)
        for labels in (_labels(chart, language, width) for width in (_NARROW, _WIDE))
    )
    return narrow, wide


def bars(chart: Chart, language: Language) -> dict[str, Any]:
    """Stacks, or bars of their own."""
    is_rtl = language == "ar"
    side = "right" if is_rtl else "left"
    bar = _STACK if chart.form == "stacked" else _BAR

    def fitted(width: int) -> dict[str, Any]:
        labels = _labels(chart, language, width)
        above = _above(labels)
        return {
            "grid": {**_GRID, "top": above, "bottom": 0},
            "yAxis": {"data": ["\n".join(some) for some in labels]},
        }

    return {
        "baseOption": {
            **common(),
            "xAxis": {
                "type": "value",
                "show": False,
                "min": 0,
                "max": _peak(chart),
                "inverse": is_rtl,
            },
            "yAxis": {
                "type": "category",
                "inverse": True,
                "position": side,
                "axisLine": {"show": False},
                "axisTick": {"show": False},
                "axisLabel": {
                    "inside": True,
                    "margin": 0,
                    "interval": 0,
                    "align": side,
                    "verticalAlign": "bottom",
                    "padding": [0, 0, bar // 2 + 3, 0],
                    "fontSize": FONT,
                    "lineHeight": _LINE,
                    "color": "var(--ink)",
                },
                "z": 5,
            },
            "series": _stacks(chart, language) if chart.form == "stacked" else [_plain(chart)],
        },
        "media": [
            {"query": {"maxWidth": TURN}, "option": fitted(_NARROW)},
            {"option": fitted(_WIDE)},
        ],
    }


def _plain(chart: Chart) -> dict[str, Any]:
    names = chart.series
    return {
        "type": "bar",
        "barWidth": _BAR,
        "barMinHeight": 2,
        "emphasis": {"disabled": True},
        "cursor": "pointer",
        "data": [
            {
                "value": mark.size,
                "mark": nth,
                "itemStyle": {
                    "color": colour(names.index(mark.series) if mark.series else 0),
                    "borderRadius": 3,
                },
            }
            for nth, mark in enumerate(chart.drawn)
        ],
    }


def _stacks(chart: Chart, language: Language) -> list[dict[str, Any]]:
    placed: Mapping[tuple[str, str], tuple[int, Mark]] = {
        (mark.row, mark.series): (nth, mark) for nth, mark in enumerate(chart.drawn)
    }
    peak = _peak(chart)
    found = []
    for at, name in enumerate(chart.series):
        data: list[Any] = []
        tone = next((mark.tone for mark in chart.marks if mark.series == name), None)
        fill = _TONES[tone] if tone else colour(at)
        for row in chart.rows:
            nth, mark = placed.get((row, name), (-1, None))
            size = mark.size if mark else 0
            written = format_decimal(size, locale=language) if size else ""
            if size and size >= peak * _ROOMY:
                written = f"{written} {name[:1].lower()}{name[1:]}"
            data.append({"value": size, "mark": nth, "label": {"formatter": plain(written)}})
        found.append(
            {
                "type": "bar",
                "name": name,
                "stack": "all",
                "barWidth": _STACK,
                "emphasis": {"disabled": True},
                "cursor": "pointer",
                "itemStyle": {"color": fill, "borderColor": "var(--paper)", "borderWidth": 1},
                "label": {
                    "show": True,
                    "position": "inside",
                    "fontSize": FONT - 1,
                    "color": _ON_TONES[tone] if tone else "var(--paper)",
                },
                "data": data,
            }
        )
    return found


def _rows(chart: Chart) -> tuple[str, ...] | tuple[int, ...]:
    """Stacks share the row of their name; every plain bar is a row of its own."""
    return chart.rows if chart.form == "stacked" else tuple(range(len(chart.drawn)))


def _labelled(chart: Chart, row: str | int) -> str:
    """What stands over a bar: of a stack its row, of a plain bar its row, series and figure."""
    if isinstance(row, str):
        return row
    mark = chart.drawn[row]
    return " · ".join(part for part in (mark.row, mark.series, mark.text) if part)


def _peak(chart: Chart) -> float:
    if chart.form != "stacked":
        return max((mark.size for mark in chart.drawn), default=0) or 1
    sums: dict[str, float] = {}
    for mark in chart.drawn:
        sums[mark.row] = sums.get(mark.row, 0) + mark.size
    return max(sums.values(), default=0) or 1


def _labels(chart: Chart, language: Language, width: int) -> list[list[str]]:
    """The lines over each bar, broken for so many pixels."""
    return [lines(_labelled(chart, row), width, language) for row in _rows(chart)]


def _band(labels: list[list[str]]) -> int:
    """The height of one bar with its label: ECharts gives all of them the same."""
    return _STACK + _LINE * max((len(some) for some in labels), default=1) + _GAP


def _above(labels: list[list[str]]) -> int:
    """What the label of the first bar takes above its share of the height."""
    first = len(labels[0]) if labels else 1
    return max(4, _LINE * first + _STACK // 2 + 4 - _band(labels) // 2)
