"""Renders a document as a PDF the way UN documents are laid out.

`layout`: "plain" sets the paragraph number in the first line and later lines under it, as UN
documents do; "hanging" sets the text to the right of the number; "number_on_own_line" gives the
number a line of its own; "narrow" uses a narrow and short column, so that many paragraphs are
broken.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from .flow import MARGIN, Break, Flow
from .fonts import Fonts, fonts_for
from .masthead import contents, first_page, furniture
from .model import (
    Annex,
    Figure,
    FlowItem,
    Heading,
    Para,
    RenderedDocument,
    SubParagraph,
    Table,
)
from .paint import paint_with_fpdf2, paint_with_reportlab
from .sheet import HEIGHT, WIDTH, Page
from .typeset import Style, Typesetter

Layout = Literal["plain", "hanging", "number_on_own_line", "narrow"]
Engine = Literal["fpdf2", "reportlab"]

_COLUMN: Final = 120.0
_TAB: Final = 36.0
_NUMBER_BACK: Final = 34.0  # how far a heading's number stands left of the column
_FIGURE_HEIGHT: Final = 130.0
_BARS: Final = (0.35, 0.6, 0.8, 0.5)


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A document laid out: its pages and the texts that page breaks cut."""

    pages: tuple[Page, ...]
    breaks: tuple[Break, ...]
    fonts: Fonts


def render_pdf(
    document: RenderedDocument,
    path: Path,
    *,
    layout: Layout = "plain",
    engine: Engine | None = None,
    password: str | None = None,
) -> None:
    """Writes `document` to `path`.

    Without `engine`, fpdf2 draws it, or reportlab where no font with Han characters is found for
    a Chinese document. A password needs fpdf2. Raises FontMissing without DejaVu.
    """
    laid_out = lay_out(document, layout)
    if engine is None:
        named = document.language == "zh" and laid_out.fonts.han is None
        engine = "reportlab" if named else "fpdf2"
    if engine == "fpdf2":
        paint_with_fpdf2(laid_out.pages, laid_out.fonts, path, password)
    elif password is not None:
        raise ValueError("only fpdf2 encrypts")
    else:
        paint_with_reportlab(laid_out.pages, laid_out.fonts, path)


def lay_out(document: RenderedDocument, layout: Layout = "plain") -> PdfPages:
    """The pages of `document`. Raises FontMissing without DejaVu."""
    fonts = fonts_for(document.language)
    drawing = _Drawing(document, layout, Typesetter(document.language, fonts))
    return drawing.draw(fonts)


class _Drawing:
    def __init__(self, document: RenderedDocument, layout: Layout, setter: Typesetter) -> None:
        self.document = document
        self.layout = layout
        han = document.language == "zh"
        self.body = Style(10.5 if han else 10, 15.5 if han else 12.5)
        right = _COLUMN + 190 if layout == "narrow" else WIDTH - _COLUMN
        bottom = 420 if layout == "narrow" else HEIGHT - 72
        notes = Style(8, 11 if han else 9.5)
        self.flow = Flow(document, setter, _COLUMN, right, 82, bottom, notes)

    def draw(self, fonts: Fonts) -> PdfPages:
        flow = self.flow
        flow.new_page()
        first_page(flow, self.body)
        if self.document.contents is not None:
            flow.new_page()
            contents(flow, self.document.contents, self.body)
        flow.new_page()
        for item in self.document.flow:
            self._item(item)
        flow.finish()
        furniture(flow)
        return PdfPages(tuple(flow.pages), tuple(flow.breaks), fonts)

    @property
    def _width(self) -> float:
        return self.flow.right - self.flow.left

    def _item(self, item: FlowItem) -> None:
        match item:
            case Heading():
                self._heading(item)
            case Para():
                self._para(item)
            case Table():
                self._table(item)
            case Figure():
                self._figure(item)
            case Annex():
                self.flow.new_page()
                title = Style(14, 17, bold=True)
                self.flow.text(item.label, title, MARGIN, WIDTH - 2 * MARGIN)
                self.flow.space(6)
                self.flow.text(item.title, title, self.flow.left, self._width)
                self.flow.space(8)

    def _heading(self, heading: Heading) -> None:
        size = {1: 14, 2: 12}.get(heading.level, 10)
        style = Style(size, size * 1.25, bold=True)
        flow = self.flow
        flow.space(10)
        flow.keep(style.leading + 8 + 2 * self.body.leading)
        wide = flow.setter.text_width(heading.number or "", style)
        flow.text(
            heading.text,
            style,
            flow.left,
            self._width,
            label=heading.number,
            label_x=flow.left - max(_NUMBER_BACK, wide + 8),
        )
        flow.space(5)

    def _para(self, para: Para) -> None:
        flow = self.flow
        self._numbered(para)
        flow.space(6)
        for part in para.subparagraphs:
            self._part(part)
            flow.space(6)

    def _numbered(self, para: Para) -> None:
        flow = self.flow
        justify = self.document.language in ("en", "fr", "es", "ru")
        x, width, first = flow.left, self._width, 0.0
        if para.number is not None and self.layout == "number_on_own_line":
            flow.keep(2 * self.body.leading)
            flow.text(para.number, self.body, x, width)
        elif para.number is not None and self.layout == "hanging":
            x, width = x + _TAB, width - _TAB
        elif para.number is not None:
            first = _TAB
        inline = self.layout != "number_on_own_line"
        flow.text(
            para.text,
            self.body,
            x,
            width,
            first=first,
            label=para.number if inline else None,
            label_x=flow.left,
            justify=justify,
        )

    def _part(self, part: SubParagraph) -> None:
        """First-degree parts run back to the column's edge, unless it hangs; deeper ones hang."""
        flow = self.flow
        step = 12 if self.layout == "narrow" else 26
        mark_x = flow.left + _TAB + step * (part.degree - 1)
        hanging = part.degree > 1 or self.layout == "hanging"
        x = mark_x + 26 if hanging else flow.left
        flow.text(
            part.text,
            self.body,
            x,
            flow.right - x,
            first=mark_x + 26 - x,
            label=part.mark,
            label_x=mark_x,
        )

    def _table(self, table: Table) -> None:
        flow = self.flow
        small = Style(8, 11)
        x = MARGIN + 24
        width = WIDTH - 2 * x
        flow.space(6)
        flow.keep(90)
        flow.text(table.label, self.body, x, width)
        flow.text(table.caption, Style(10, 13, bold=True), x, width)
        flow.y += 4
        flow.rule(x, x + width, flow.y)
        self._row(table.columns, small, x, width)
        flow.rule(x, x + width, flow.y, 1.0)
        for row in table.rows:
            self._row(row, Style(9, 12), x, width)
        flow.rule(x, x + width, flow.y, 1.0)
        if table.source is not None:
            flow.text(table.source, small, x + 10, width - 10)
        flow.space(10)

    def _row(self, cells: tuple[str, ...], style: Style, x: float, width: float) -> None:
        flow = self.flow
        widths = [width * 0.4] + [width * 0.6 / (len(cells) - 1)] * (len(cells) - 1)
        set_cells = [
            flow.setter.wrap(cell, style, room - 8)
            for cell, room in zip(cells, widths, strict=True)
        ]
        height = max(len(lines) for lines in set_cells) * style.leading + 5
        flow.keep(height)
        for lines, room in zip(set_cells, widths, strict=True):
            for index, line in enumerate(lines):
                flow.line(line, style, x, flow.y + (index + 1) * style.leading)
            x += room
        flow.y += height

    def _figure(self, figure: Figure) -> None:
        flow = self.flow
        flow.space(6)
        flow.keep(_FIGURE_HEIGHT + 70)
        flow.text(figure.label, self.body, flow.left, self._width)
        flow.text(figure.caption, Style(10, 13, bold=True), flow.left, self._width)
        flow.y += 6
        flow.box(flow.left, flow.y, self._width, _FIGURE_HEIGHT)
        step = self._width / (len(_BARS) + 1)
        for index, share in enumerate(_BARS):
            height = _FIGURE_HEIGHT * share
            x = flow.left + step * (index + 0.7)
            flow.box(x, flow.y + _FIGURE_HEIGHT - height, step * 0.6, height, filled=True)
        flow.y += _FIGURE_HEIGHT + 4
        if figure.legend is not None:
            flow.text(figure.legend, Style(8, 11), flow.left, self._width)
        flow.space(10)
