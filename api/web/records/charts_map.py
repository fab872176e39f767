"""The map of Parties: outlines of the page's own, coloured by series, named in a list below.

The outlines are one file that the browser keeps; each Party is taken from it by its ISO code.
"""

from collections.abc import Callable
from typing import Final

from api.web.assets import picture
from api.web.markup import element, isolated
from api.web.records.charts_text import colour
from api.web.records.charts_view import Chart, Mark
from api.web.visitor import Visitor

_WORLD: Final = "world.svg"
_BOX: Final = "0 0 10000 5120"


def world_map(visitor: Visitor, chart: Chart, open_mark: Callable[[int], object]) -> None:
    """Draw `chart`, whose marks have ISO codes; `open_mark` is told which one was clicked."""
    address = picture(_WORLD)
    names = chart.series or ("",)
    with element(
        "svg",
        classes="lb-map",
        viewBox=_BOX,
        role="img",
        aria_label=f"{chart.title}. {visitor.say('charts.as_table_below')}",
    ):
        element("use", classes="lb-map-land", href=f"{address}#land")
        for nth, mark in enumerate(chart.marks):
            shape = element("use", classes="lb-map-party", href=f"{address}#{mark.key}")
            shape.style(f"fill: {_fill(names, mark)}")
            shape.on("click", lambda nth=nth: open_mark(nth))
            with shape:
                element("title", _named(mark))
    with element("div", classes="lb-map-names"):
        for name in names:
            some = [mark for mark in chart.marks if mark.series == name]
            with element("p", classes="lb-map-group"):
                swatch = element("span", classes="lb-swatch", aria_hidden="true")
                swatch.style(f"background: {colour(names.index(name))}")
                if name:
                    element("span", name, "lb-strong")
                    isolated(str(len(some)), "lb-quiet lb-num")
                element("span", " · ".join(mark.row for mark in some))
    element("p", visitor.say("charts.map_disclaimer"), "lb-small lb-quiet lb-chart-note")


def _named(mark: Mark) -> str:
    return f"{mark.row} · {mark.series}" if mark.series else mark.row


def _fill(names: tuple[str, ...], mark: Mark) -> str:
    return colour(names.index(mark.series) if mark.series in names else 0)
