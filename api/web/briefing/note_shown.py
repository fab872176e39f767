"""A note as it is read and printed: set like the file, each paragraph one click away."""

from collections.abc import Iterable

from nicegui import ui
from nicegui.events import GenericEventArguments

from api.schemas import (
    BriefBody,
    BriefChartBody,
    BriefSectionBody,
    BriefTableBody,
    CitationBody,
    StatementBody,
)
from api.web.briefing.drawing import chart_of, cited_by_mark
from api.web.briefing.editing import OwnRemark
from api.web.chip import chip, chip_views, citation_chips
from api.web.frame import Frame
from api.web.markup import element
from api.web.records.charts_options import heights, options
from api.web.records.charts_view import Chart
from api.web.reference import cited
from api.web.visitor import Visitor
from api.web.words import direction
from assistant.brief.words import BriefWords


class NoteShown:
    """Builds the parts of a note; those who edit it build with the same parts."""

    def __init__(self, visitor: Visitor, frame: Frame, note: BriefBody) -> None:
        self.visitor = visitor
        self.frame = frame
        self.note = note
        self.words = BriefWords(note.language)
        self._by_number = {one.n: one for one in note.citations}

    def build(self) -> None:
        """The whole note."""
        with self.sheet():
            with element("header", classes="brief-head"):
                element("h1", self.note.title)
                element("p", self.note.subtitle, "lb-quiet")
            for section in self.note.sections:
                with element("section", classes="brief-section", aria_labelledby=head_id(section)):
                    element("h2", section.title, id=head_id(section))
                    if section.key == "sources":
                        self.sources()
                    else:
                        self._section(section)

    def sheet(self) -> ui.element:
        """What the note stands in, in the note's own language."""
        language = self.note.language
        return element("article", classes="brief-note", lang=language, dir=direction(language))

    def _section(self, section: BriefSectionBody) -> None:
        self._lines(section.lines)
        if section.table is not None:
            self._table(section.table, section.title)
        if section.chart is not None:
            self.chart(section.key, section.chart)
        self._lines(section.notes)

    def _lines(self, lines: Iterable[StatementBody]) -> None:
        some = list(lines)
        if not some:
            return
        with element("ul", classes="brief-lines"):
            for line in some:
                with element("li", classes="brief-line"):
                    self.statement(line)

    def statement(self, line: StatementBody) -> None:
        """Its words and the chips of its paragraphs; a remark of her own says whose it is."""
        if isinstance(line, OwnRemark):
            self.own(line.own)
            return
        classes = "lb-text" if line.citations else "lb-text lb-quiet"
        # Only what is quoted may be in another language than the note: a symbol at its beginning
        # turns no line around.
        with element("p", classes=classes, dir="auto" if line.kind == "quote" else False):
            element("span", line.text)
            self.chips([line])

    def own(self, text: str) -> None:
        """A remark of her own."""
        with element("p", classes="lb-text brief-own"):
            element("span", self.visitor.say("briefing.own"), "lb-tag brief-own-mark")
            element("bdi", text, dir="auto")

    def chips(self, statements: Iterable[StatementBody]) -> None:
        """The chips of several statements, each paragraph once."""
        numbers = dict.fromkeys(n for one in statements for n in one.citations)
        citations = [self._by_number[n] for n in numbers if n in self._by_number]
        citation_chips(self.visitor, citations, self.frame.source.show)

    def _table(self, table: BriefTableBody, heading: str) -> None:
        with self.table(table, heading), element("tbody"):
            for row in table.rows:
                with element("tr"):
                    self.cells(table, row.cells)
                    with element("td", classes="brief-places"):
                        self.chips(row.statements)

    def table(self, table: BriefTableBody, heading: str, more: str = "") -> ui.element:
        """A table with its caption, unless the heading above says the same, and its heads; `more`
        heads a further column."""
        box = element("div", classes="lb-scroll brief-table", tabindex="0", role="region")
        box.props["aria-label"] = table.caption
        with box:
            made = element("table", classes="lb-table")
        with made:
            hidden = "lb-hidden" if table.caption == heading else "brief-caption"
            element("caption", table.caption, hidden, dir="auto")
            with element("thead"), element("tr"):
                for head in (*table.columns, self.words.say("col_source")):
                    element("th", head, scope="col")
                if more:
                    with element("th", scope="col"):
                        element("span", more, "lb-hidden")
        return made

    def cells(self, table: BriefTableBody, cells: Iterable[str]) -> None:
        """The cells of a row; each names its column, which narrow screens show beside it."""
        for nth, (head, text) in enumerate(zip(table.columns, cells, strict=True)):
            tag = "th" if nth == 0 else "td"
            made = element(tag, text, "lb-row-head" if nth == 0 else "", dir="auto", data_head=head)
            if nth == 0:
                made.props["scope"] = "row"
            if not text:
                made.classes("brief-bare")

    def chart(self, key: str, chart: BriefChartBody) -> None:
        """The drawing, with a table of the same figures under it."""
        drawn = chart_of(chart, f"brief-{key}")
        with element("figure", classes="lb-chart brief-chart"):
            element("figcaption", chart.caption, "brief-caption", dir="auto")
            with element("ul", classes="lb-chart-key lb-small"):
                for name, tone in zip(chart.legend, ("strong", "middle", "pale"), strict=True):
                    with element("li"):
                        element("span", classes=f"lb-swatch lb-swatch-{tone}", aria_hidden="true")
                        element("span", name)
            self._drawing(drawn, chart)
            with element("details", classes="lb-chart-table"):
                element("summary", self.visitor.say("briefing.as_table"))
                self.bars(chart)

    def bars(self, chart: BriefChartBody) -> None:
        """The figures of a chart as a table."""
        with element("div", classes="lb-scroll"), element("table", classes="lb-table"):
            element("caption", chart.caption, "lb-hidden")
            with element("thead"), element("tr"):
                element("th", chart.label, scope="col")
                for name in chart.legend:
                    element("th", name, "lb-num", scope="col")
                element("th", self.words.say("col_source"), scope="col")
            with element("tbody"):
                for bar in chart.bars:
                    with element("tr"):
                        element("th", bar.label, "lb-row-head", scope="row", dir="auto")
                        for count in (bar.completed, bar.in_progress, bar.not_started):
                            element("td", str(count), "lb-num")
                        with element("td", classes="brief-places"):
                            self.chips(bar.statements)

    def _drawing(self, drawn: Chart, chart: BriefChartBody) -> None:
        places = cited_by_mark(chart, self._by_number)

        async def clicked(event: GenericEventArguments) -> None:
            item = (event.args or {}).get("data")
            nth = item.get("mark", -1) if isinstance(item, dict) else -1
            if isinstance(nth, int) and 0 <= nth < len(places) and places[nth] is not None:
                await self.show(places[nth])

        narrow, wide = heights(drawn, self.note.language)
        drawing = ui.echart(options(drawn, self.note.language), renderer="svg")
        drawing.classes("lb-chart-drawing")
        drawing.style(f"--narrow: {narrow}px; --wide: {wide}px")
        drawing.props["dir"] = "ltr"
        drawing.props["role"] = "img"
        drawing.props["aria-label"] = self.visitor.say("briefing.chart_label", caption=drawn.title)
        drawing.on("componentClick", clicked, ["data"])

    async def show(self, citation: CitationBody | None) -> None:
        """Open the source of a citation."""
        if citation is not None:
            await self.frame.source.show(cited(citation))

    def sources(self) -> None:
        """The numbered sources: the paragraph, which text was read, the words cited."""
        with element("ol", classes="brief-sources"):
            for one in self.note.sources:
                held = [self._by_number[n] for n in one.citations if n in self._by_number]
                with element("li"):
                    element("span", str(one.n), "brief-number")
                    with element("p", classes="brief-source-line"):
                        for view in chip_views(held, self.visitor.language)[:1]:
                            chip(
                                self.visitor,
                                view.text,
                                view.reference,
                                self.frame.source.show,
                                citation=view.citation,
                            )
                        element("span", one.edition, "lb-quiet lb-small")
                    for quote in one.quotes:
                        quoted = element("p", quote, "brief-quote lb-small", dir="auto")
                        if held:
                            quoted.props["lang"] = held[0].language


def head_id(section: BriefSectionBody) -> str:
    """The id of a section's heading."""
    return f"brief-{section.key}"
