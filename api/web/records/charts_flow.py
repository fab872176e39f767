"""Who supports what, as options of ECharts."""

from typing import Any, Final

from api.web.records.charts_text import FONT, TURN, common, lines, plain
from api.web.records.charts_view import Chart
from kb.languages import Language

_LINES: Final = 3
_GAP_NARROW, _GAP_WIDE = 40, 24  # pixels between nodes: room for a name of two or three lines
_NARROW, _WIDE = 66, 40  # pixels of a name with the space around it


def flow_heights(chart: Chart) -> tuple[int, int]:
    """The pixels that it takes on a phone and on a wide screen."""
    names = max(len({mark.row for mark in chart.drawn}), len(chart.drawn_series))
    return _NARROW * names + 24, _WIDE * names + 24


def flow(chart: Chart, language: Language) -> dict[str, Any]:
    """Who on the side where reading begins, what they support on the other."""
    is_rtl = language == "ar"
    left, right = ("to", "from") if is_rtl else ("from", "to")

    def nodes(width: int, size: int) -> list[dict[str, Any]]:
        named = dict.fromkeys(
            (part, text)
            for mark in chart.drawn
            for part, text in (("from", mark.row), ("to", mark.series))
        )
        return [
            {
                "name": f"{part}:{text}",
                "depth": 0 if part == left else 1,
                "itemStyle": {"color": "var(--series-1)" if part == "from" else "var(--series-2)"},
                "label": {
                    "formatter": plain("\n".join(_shortened(lines(text, width, language, size)))),
                    "position": "right" if part == left else "left",
                    "align": "left" if part == left else "right",
                    "fontSize": size,
                },
            }
            for part, text in named
        ]

    ends = [{"from": mark.row, "to": mark.series} for mark in chart.drawn]
    drawn = {
        "type": "sankey",
        "left": 0,
        "right": 0,
        "top": 12,
        "bottom": 12,
        "nodeWidth": 6,
        "nodeGap": _GAP_WIDE,
        "draggable": False,
        "emphasis": {"disabled": True},
        "cursor": "pointer",
        "lineStyle": {"color": "var(--chart-link)", "opacity": 1, "curveness": 0.5},
        "label": {"color": "var(--ink)", "lineHeight": 16},
        "links": [
            {
                "source": f"{left}:{end[left]}",
                "target": f"{right}:{end[right]}",
                "value": 1,
                "mark": nth,
            }
            for nth, end in enumerate(ends)
        ],
    }
    narrow, wide = nodes(150, FONT - 1), nodes(330, FONT)
    return {
        "baseOption": {**common(), "series": [{**drawn, "data": wide}]},
        "media": [
            {
                "query": {"maxWidth": TURN},
                "option": {"series": [{"data": narrow, "nodeGap": _GAP_NARROW}]},
            },
            {"option": {"series": [{"data": wide, "nodeGap": _GAP_WIDE}]}},
        ],
    }


def _shortened(some: list[str]) -> list[str]:
    """At most three lines: the table has the whole name."""
    return some if len(some) <= _LINES else [*some[: _LINES - 1], f"{some[_LINES - 1]} …"]
