"""Charts as options of ECharts. Colours are custom properties: SVG takes them as they are.

Every label is text of the option, never a formatter or markup; a chart that is read from right to
left is drawn so.
"""

from collections import Counter
from typing import Any, Final

from api.web.records.charts_bars import bar_heights, bars
from api.web.records.charts_flow import flow, flow_heights
from api.web.records.charts_text import FONT, common
from api.web.records.charts_view import Chart
from kb.languages import Language

_DOTS: Final = 300  # pixels of the highest pile


def options(chart: Chart, language: Language) -> dict[str, Any]:
    """What ECharts is given. Each item of data has `mark`, its place in `chart.marks`: a click on
    it tells it."""
    return _FORMS[chart.form](chart, language)


def heights(chart: Chart, language: Language) -> tuple[int, int]:
    """The pixels it takes on a phone and on a wide screen."""
    if chart.form == "flow":
        return flow_heights(chart)
    if chart.form == "timeline":
        most = max(Counter(mark.key for mark in chart.drawn).values())
        return (_step(most) * most + 60,) * 2
    return bar_heights(chart, language)


def _step(most: int) -> int:
    """The pixels from one dot to the next, where so many stand over one another."""
    return max(8, min(18, _DOTS // most))


def _timeline(chart: Chart, language: Language) -> dict[str, Any]:
    """A dot for each event over its year; as many dots high as there were events."""
    years = [int(mark.key) for mark in chart.drawn]
    seen: Counter[int] = Counter()
    dots = []
    for nth, year in enumerate(years):
        seen[year] += 1
        dots.append({"value": [str(year), seen[year] - 0.5], "mark": nth})
    span = [str(year) for year in range(min(years), max(years) + 1)]
    most = max(seen.values())
    return {
        **common(),
        "grid": {"left": 12, "right": 12, "top": 24, "bottom": 28, "outerBoundsMode": "none"},
        "xAxis": {
            "type": "category",
            "data": span,
            "inverse": language == "ar",
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "var(--edge)"}},
            "axisLabel": {"color": "var(--quiet)", "fontSize": FONT, "hideOverlap": True},
        },
        "yAxis": {"type": "value", "show": False, "min": 0, "max": most},
        "series": [
            {
                "type": "scatter",
                "symbolSize": _step(most) - 4,
                "cursor": "pointer",
                "emphasis": {"disabled": True},
                "itemStyle": {"color": "var(--series-1)"},
                "data": dots,
            },
            {
                "type": "scatter",
                "symbolSize": 0,
                "silent": True,
                "data": [
                    {
                        "value": [str(year), count],
                        "label": {"formatter": str(count)},
                    }
                    for year, count in seen.items()
                ],
                "label": {
                    "show": True,
                    "position": "top",
                    "color": "var(--ink)",
                    "fontSize": FONT,
                },
            },
        ],
    }


_FORMS: Final = {"stacked": bars, "bars": bars, "timeline": _timeline, "flow": flow}
