"""The figures behind an answer on the page: a table and a chart, folded until they are wanted."""

from collections.abc import Sequence
from typing import Any, Final

from nicegui import ui

from api.schemas import AnswerBody
from api.web.ask.figures import Bar, FigureRow, bars, figure_rows, headings, records_of
from api.web.chip import chip
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.theme import DARK, LIGHT, SERIES_DARK, SERIES_LIGHT
from api.web.visitor import Visitor
from kb.languages import Language

_THEME: Final = (
    "(event) => event.target.open && emit(matchMedia('(prefers-color-scheme: dark)').matches)"
)
_BAR: Final = 44  # pixels of a bar with its label above it
_FRAME: Final = 16


def show_figures(visitor: Visitor, frame: Frame, answer: AnswerBody) -> None:
    """Nothing where the answer rests on no records."""
    records = records_of(answer.records)
    if not records:
        return
    language = answer.language
    with element("div", classes="ask-figures"):
        _table(visitor, frame, figure_rows(records, language), language)
        drawn = bars(records, language)
        if drawn:
            _chart(visitor, drawn, language)


def chart_options(drawn: Sequence[Bar], *, dark: bool, rtl: bool) -> dict[str, Any]:
    """What ECharts draws: bars from the greatest, each with its label and its number beside it."""
    colours, series = (DARK, SERIES_DARK) if dark else (LIGHT, SERIES_LIGHT)
    side = "right" if rtl else "left"
    return {
        "animation": False,
        "aria": {"enabled": False},  # the page says it in words of its own
        "grid": {"left": 0, "right": 0, "top": 8, "bottom": 0, "containLabel": False},
        "xAxis": {"type": "value", "show": False, "inverse": rtl, "min": 0},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "show": False,
            "data": [bar.label for bar in drawn],
        },
        "series": [
            {
                "type": "bar",
                "barWidth": 12,
                "silent": True,
                "data": [
                    {
                        "value": bar.value,
                        "label": {
                            "show": True,
                            "formatter": _literal(f"{bar.label}: {bar.written}"),
                            "position": [0, -18] if not rtl else ["100%", -18],
                            "align": side,
                            "color": colours["ink"],
                            "fontSize": 13,
                            "fontFamily": "system-ui, Noto Sans, Noto Sans SC, Noto Sans Arabic",
                        },
                    }
                    for bar in drawn
                ],
                "itemStyle": {"color": series[0], "borderRadius": 3},
            }
        ],
    }


def _literal(text: str) -> str:
    # Braces are ECharts' placeholders: `{a}` would name the series.
    return text.replace("{", "(").replace("}", ")")


def _table(visitor: Visitor, frame: Frame, rows: Sequence[FigureRow], language: Language) -> None:
    # A column that says nothing is none.
    shows_figures = any(row.figure for row in rows)
    shows_more = any(row.more for row in rows)
    direction = "rtl" if language == "ar" else "ltr"
    with element("details", classes="ask-fold"):
        said = visitor.say("ask.figures", count=str(len(rows)))
        with element("summary", classes="ask-fold-head"):
            icon("forward")
            element("span", said)
        with (
            element("div", classes="lb-scroll", role="region", tabindex="0", aria_label=said),
            element("table", classes="lb-table ask-table", lang=language, dir=direction),
        ):
            with element("thead"), element("tr"):
                about, value, more, source = headings(language)
                element("th", about, scope="col")
                if shows_figures:
                    element("th", value, "lb-num", scope="col")
                if shows_more:
                    element("th", more, scope="col")
                element("th", source, scope="col")
            with element("tbody"):
                for row in rows:
                    _row(visitor, frame, row, shows_figures, shows_more)


def _row(
    visitor: Visitor, frame: Frame, row: FigureRow, shows_figures: bool, shows_more: bool
) -> None:
    with element("tr"):
        element("td", row.about, dir="auto")
        if shows_figures:
            element("td", row.figure, "lb-num", dir="auto")
        if shows_more:
            element("td", row.more, "lb-quiet", dir="auto")
        with element("td"):
            if row.reference is None:
                element("bdi", row.chip, "lb-small lb-quiet")
                return
            chip(
                visitor,
                row.chip,
                row.reference,
                frame.source.show,
                sentence=row.quote,
                citation=row.label,
            )


def _chart(visitor: Visitor, drawn: Sequence[Bar], language: Language) -> None:
    with element("details", classes="ask-fold") as fold:
        with element("summary", classes="ask-fold-head"):
            icon("chart")
            element("span", visitor.say("ask.chart"))
        values = "; ".join(f"{bar.label}: {bar.written}" for bar in drawn)
        place = element(
            "div",
            classes="ask-chart",
            role="img",
            aria_label=visitor.say("ask.chart_of", values=values),
        )
    is_drawn: list[bool] = []

    def draw(device_is_dark: object) -> None:
        if is_drawn:
            return
        is_drawn.append(True)
        dark = visitor.theme == "dark" or (visitor.theme == "system" and bool(device_is_dark))
        options = chart_options(drawn, dark=dark, rtl=language == "ar")
        with place:
            # Not on a canvas: letters stay sharp, and can be printed.
            chart = ui.echart(options, renderer="svg")
            chart.style(f"block-size: {_BAR * len(drawn) + _FRAME}px")

    fold.on("toggle", lambda event: draw(event.args), js_handler=_THEME)
