"""Draws pages into PDF files, with either of two libraries: their files differ inside.

fpdf2 embeds every font (two-byte codes with a map to Unicode); reportlab embeds one-byte subsets
and only names the font of Han characters.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import TextDirection, TextMode
from fpdf.line_break import Fragment
from PIL.Image import Image
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from .fonts import Fonts
from .sheet import HEIGHT, WIDTH, Box, Glyphs, Mark, Page, Rule

_DATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
_STROKE: Final = 1 / 40  # thickness of the outline of bold Han characters, of their size
_GREY: Final = 190


class _ShapingPdf(FPDF):
    """fpdf2's own cells cut a run before each Arabic vowel sign, which breaks joined letters."""

    def shaped_text(self, x: float, y: float, text: str) -> None:
        """Draws an Arabic run from its left edge."""
        self.text(x, y, "")  # sets the font on this page
        self.set_text_shaping(True, direction="rtl", script="arab", language="ara")
        state = self._get_current_graphics_state()
        state.text_shaping = {**(state.text_shaping or {}), "fragment_direction": TextDirection.RTL}
        self.set_text_shaping(False)
        glyphs = Fragment(text, state, self.k).render_pdf_text(0, 0, 0, x, y, self.h)
        self._out(f"BT {x:.2f} {self.h - y:.2f} Td {glyphs} ET")


def paint_with_fpdf2(
    pages: Sequence[Page], fonts: Fonts, path: Path, password: str | None = None
) -> None:
    """Writes `pages` to `path`, which needs `password` to be opened if there is one."""
    pdf = _empty_pdf()
    if password is not None:
        pdf.set_encryption(owner_password=f"{password}-owner", user_password=password)
    for face in ("text", "bold", "han"):
        file = fonts.file(face)
        if file is not None:
            pdf.add_font(face, fname=file)
    for page in pages:
        pdf.add_page()
        for mark in page.marks:
            _fpdf2_mark(pdf, mark)
    pdf.output(str(path))


def paint_pictures(pictures: Sequence[Image], path: Path) -> None:
    """Writes a PDF of one picture a page and no text."""
    pdf = _empty_pdf()
    for picture in pictures:
        pdf.add_page()
        pdf.image(picture, 0, 0, WIDTH, HEIGHT)
    pdf.output(str(path))


def _empty_pdf() -> _ShapingPdf:
    pdf = _ShapingPdf(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_creation_date(_DATED)
    return pdf


def _fpdf2_mark(pdf: _ShapingPdf, mark: Mark) -> None:
    match mark:
        case Glyphs():
            _fpdf2_glyphs(pdf, mark)
        case Rule():
            pdf.set_line_width(mark.thickness)
            pdf.line(mark.x, mark.y, mark.to_x, mark.to_y)
        case Box():
            pdf.set_line_width(0.5)
            pdf.set_fill_color(_GREY)
            style = "F" if mark.filled else "D"
            pdf.rect(mark.x, mark.y, mark.width, mark.height, style=style)
            pdf.set_fill_color(0)


def _fpdf2_glyphs(pdf: _ShapingPdf, mark: Glyphs) -> None:
    pdf.set_font("han" if mark.face == "han_bold" else mark.face, size=mark.size)
    if mark.right_to_left:
        pdf.shaped_text(mark.x, mark.y, mark.text)
    elif mark.face == "han_bold":
        with pdf.local_context(text_mode=TextMode.FILL_STROKE, line_width=mark.size * _STROKE):
            pdf.text(mark.x, mark.y, mark.text)
    else:
        pdf.text(mark.x, mark.y, mark.text)


def paint_with_reportlab(pages: Sequence[Page], fonts: Fonts, path: Path) -> None:
    """Writes `pages` to `path`. Raises ValueError for text that runs from right to left."""
    pdfmetrics.registerFont(TTFont("text", str(fonts.text)))
    pdfmetrics.registerFont(TTFont("bold", str(fonts.bold)))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for page in pages:
        for mark in page.marks:
            _reportlab_mark(canvas, mark)
        canvas.showPage()
    canvas.save()


def _reportlab_mark(canvas: Canvas, mark: Mark) -> None:
    match mark:
        case Glyphs(right_to_left=True):
            raise ValueError("reportlab does not shape Arabic here: use fpdf2")
        case Glyphs():
            font = mark.face if mark.face in ("text", "bold") else "STSong-Light"
            canvas.setFont(font, mark.size)
            canvas.setLineWidth(mark.size * _STROKE)
            mode = 2 if mark.face == "han_bold" else 0
            canvas.drawString(mark.x, HEIGHT - mark.y, mark.text, mode=mode)
        case Rule():
            canvas.setLineWidth(mark.thickness)
            canvas.line(mark.x, HEIGHT - mark.y, mark.to_x, HEIGHT - mark.to_y)
        case Box():
            canvas.setLineWidth(0.5)
            canvas.setFillGray(_GREY / 255)
            bottom = HEIGHT - mark.y - mark.height
            canvas.rect(
                mark.x, bottom, mark.width, mark.height, stroke=not mark.filled, fill=mark.filled
            )
            canvas.setFillGray(0)
