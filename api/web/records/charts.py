"""The charts of a kind of record, each with its scope, its table and its paragraphs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from nicegui import ui
from nicegui.events import GenericEventArguments

from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.charts_map import world_map
from api.web.records.charts_offered import Offered, offered
from api.web.records.charts_options import heights, options
from api.web.records.charts_places import is_held, place_chips
from api.web.records.charts_view import Chart, Mark
from api.web.reference import cited
from api.web.visitor import Visitor
from kb.records.kinds import RecordKind

_TABLE_PLACES: Final = 6
_FOOT_PLACES: Final = 8
_Open = Callable[[int], Awaitable[None]]


async def build(
    visitor: Visitor, frame: Frame, kind: RecordKind, filters: Mapping[str, Sequence[str]]
) -> None:
    """Build the charts that the records of `kind` allow, under the filters of the grid.

    `filters` are those of `Asked.filters`; their status is not asked: candidates are not counted.
    """
    language = visitor.language
    found = await visitor.call("reading", lambda desk: offered(desk, kind, filters, language))
    with element("div", classes="lb-charts"):
        if not found.charts:
            _nothing(visitor, has_filters=bool(filters))
            return
        for chart in found.charts:
            _chart(visitor, frame, chart)
        _rest(visitor, found)


def _chart(visitor: Visitor, frame: Frame, chart: Chart) -> None:
    async def show(nth: int) -> None:
        held = [one for one in chart.marks[nth].sources if is_held(one)]
        if held:
            await frame.source.show(cited(held[0]))

    heading = f"chart-{chart.id}"
    with element("figure", classes="lb-chart", aria_labelledby=heading):
        with element("div", classes="lb-chart-head"):
            with element("div", classes="lb-grow"):
                element("h2", chart.title, id=heading, dir="auto")
                _scope(chart)
            _export(visitor, chart)
        _key(chart)
        _drawn(visitor, chart, show)
        for note in chart.notes:
            element("p", note, "lb-small lb-quiet lb-chart-note")
        _timeline_or_table(visitor, frame, chart)
        with element("figcaption", classes="lb-line lb-chart-foot"):
            element("span", visitor.say("charts.rests_on"), "lb-small lb-quiet")
            place_chips(visitor, frame, chart.sources, _FOOT_PLACES)


def _scope(chart: Chart) -> None:
    with element("p", classes="lb-small lb-quiet lb-chart-scope"):
        for nth, part in enumerate(chart.scope):
            if nth:
                element("span", " · ", aria_hidden="true")
            element("bdi", part)


def _export(visitor: Visitor, chart: Chart) -> None:
    label = visitor.say("charts.save_png")
    with element(
        "button",
        classes="lb-button-quiet lb-small lb-no-print",
        type="button",
        data_chart_png=f"landbrief-{chart.id}.png",
        data_failed=visitor.say("charts.save_failed"),
        aria_label=f"{label}: {chart.title}",
    ):
        icon("download")
        element("span", label)


def _key(chart: Chart) -> None:
    """The steps of a stack in their order, over the first bar."""
    if chart.form != "stacked":
        return
    tones = {mark.series: mark.tone for mark in chart.marks}
    with element("ul", classes="lb-chart-key lb-small"):
        for nth, name in enumerate(chart.series):
            tone = tones[name]
            with element("li"):
                element(
                    "span",
                    classes=f"lb-swatch lb-swatch-{tone or f'series-{nth % 6 + 1}'}",
                    aria_hidden="true",
                )
                element("span", name)


def _drawn(visitor: Visitor, chart: Chart, show: _Open) -> None:
    if chart.form == "map":
        world_map(visitor, chart, show)
        return

    async def clicked(event: GenericEventArguments) -> None:
        item = (event.args or {}).get("data")
        nth = item.get("mark", -1) if isinstance(item, dict) else -1
        if isinstance(nth, int) and 0 <= nth < len(chart.marks):
            await show(nth)

    narrow, wide = heights(chart, visitor.language)
    drawing = ui.echart(options(chart, visitor.language), renderer="svg")
    drawing.classes("lb-chart-drawing")
    drawing.style(f"--narrow: {narrow}px; --wide: {wide}px")
    drawing.props["dir"] = "ltr"
    drawing.props["role"] = "img"
    drawing.props["aria-label"] = f"{chart.title}. {visitor.say('charts.as_table_below')}"
    drawing.on("componentClick", clicked, ["data"])


def _timeline_or_table(visitor: Visitor, frame: Frame, chart: Chart) -> None:
    if chart.form == "timeline":
        _timeline(visitor, frame, chart)
        return
    with element("details", classes="lb-chart-table"):
        element("summary", visitor.say("charts.as_table"))
        with element("div", classes="lb-scroll"), element("table", classes="lb-table"):
            element("caption", chart.title, "lb-hidden")
            heads = [*chart.heads, visitor.say("charts.head_places")]
            with element("thead"), element("tr"):
                for head in heads:
                    if head:
                        element("th", head, scope="col")
            with element("tbody"):
                for mark in chart.marks:
                    _row(visitor, frame, chart, mark)


def _row(visitor: Visitor, frame: Frame, chart: Chart, mark: Mark) -> None:
    with element("tr"):
        element("th", mark.row, "lb-row-head", scope="row", dir="auto")
        for text, head in zip((mark.series, mark.text, mark.when), chart.heads[1:], strict=True):
            if head:
                with element("td"):
                    element("bdi", text)
        with element("td"):
            place_chips(visitor, frame, mark.sources, _TABLE_PLACES)


def _timeline(visitor: Visitor, frame: Frame, chart: Chart) -> None:
    """Its events in words are its table: one after the other, under their years."""
    with element("ol", classes="lb-timeline"):
        year = ""
        for mark in chart.marks:
            with element("li"):
                element("span", mark.key if mark.key != year else "", "lb-timeline-year lb-num")
                with element("div", classes="lb-timeline-event"):
                    element("p", mark.row, dir="auto")
                    with element("p", classes="lb-small lb-quiet"):
                        element("bdi", mark.when)
                        if mark.series:
                            element("span", " · ", aria_hidden="true")
                            element("bdi", mark.series)
                    place_chips(visitor, frame, mark.sources, _TABLE_PLACES)
            year = mark.key


def _nothing(visitor: Visitor, *, has_filters: bool) -> None:
    with element("div", classes="lb-empty"):
        element("p", visitor.say("charts.nothing"))
        if has_filters:
            element("p", visitor.say("charts.nothing_filtered"), "lb-small")


def _rest(visitor: Visitor, found: Offered) -> None:
    if found.more:
        element("p", visitor.say_count("charts.more_charts", found.more), "lb-quiet")
    if found.is_cut:
        element("p", visitor.say("charts.is_cut"), "lb-quiet")
