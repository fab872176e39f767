"""Draws PDF pages laid out like UN documents, for the tests of the PDF reader.

Masthead in two columns, running headers, page and job numbers, numbered paragraphs that run over
pages, sub-paragraphs, headings, footnotes under a short rule, ruled tables. One layout, two ways
of drawing: reportlab (Latin, Cyrillic and, with a CID font, Han) and fpdf2 (Arabic, shaped).
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal, Protocol

from fpdf import FPDF
from renderings.fonts import fonts_for
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 90.0, 505.0, 760.0, 90.0

Kind = Literal["heading", "text", "sub", "table", "contents", "break"]


@dataclass(frozen=True)
class Part:
    """One thing to set: `text`, or `rows` of a table. `notes` are footnotes (number, text) whose
    marks stand in `text` as "^1^"."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Style:
    symbol: str = "ICCD/COP(16)/4"
    masthead: tuple[tuple[str, str], ...] = ()
    size: float = 10.0
    note_size: float = 8.0
    leading: float = 13.0
    paragraph_gap: float = 6.0
    justified: bool = True
    ruled_table: bool = True
    job_number: str = "GE.24-12345"


class Sheet(Protocol):
    def width(self, text: str, size: float, *, bold: bool = False) -> float: ...
    def draw(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None: ...
    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None: ...
    def new_page(self) -> None: ...
    def bytes(self) -> bytes: ...


class ReportlabSheet:
    """Left-to-right scripts. With `han`, the CID font that needs no font file."""

    def __init__(self, *, han: bool = False) -> None:
        self._buffer = BytesIO()
        self._canvas = canvas.Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
        self._han = han
        if han:
            pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        fonts = fonts_for("en")
        pdfmetrics.registerFont(TTFont("text", fonts.text))
        pdfmetrics.registerFont(TTFont("bold", fonts.bold))

    def _font(self, *, bold: bool) -> str:
        if self._han:
            return "STSong-Light"
        return "bold" if bold else "text"

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return float(pdfmetrics.stringWidth(text, self._font(bold=bold), size))

    def draw(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        self._canvas.setFont(self._font(bold=bold), size)
        self._canvas.drawString(x, y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.line(x0, y0, x1, y1)

    def new_page(self) -> None:
        self._canvas.showPage()

    def bytes(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()


class ArabicSheet:
    """Right to left: x counts from the right edge of the page."""

    def __init__(self) -> None:
        self._pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        self._pdf.set_auto_page_break(False)
        fonts = fonts_for("ar")
        self._pdf.add_font("D", "", fonts.text)
        self._pdf.add_font("D", "B", fonts.bold)
        self._pdf.add_page()

    def _set(self, size: float, *, bold: bool) -> None:
        self._pdf.set_font("D", "B" if bold else "", size)
        self._pdf.set_text_shaping(True)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        self._set(size, bold=bold)
        return float(self._pdf.get_string_width(text))

    def draw(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        self._set(size, bold=bold)
        width = self._pdf.get_string_width(text)
        self._pdf.text(WIDTH - x - width, HEIGHT - y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._pdf.line(WIDTH - x0, HEIGHT - y0, WIDTH - x1, HEIGHT - y1)

    def new_page(self) -> None:
        self._pdf.add_page()

    def bytes(self) -> bytes:
        return bytes(self._pdf.output())


Piece = tuple[str, bool]  # text, raised


def _pieces(text: str) -> list[Piece]:
    return [(part, index % 2 == 1) for index, part in enumerate(text.split("^")) if part]


def _words(text: str, *, han: bool) -> list[str]:
    if not han:
        return text.split(" ")
    words: list[str] = []
    for token in text.split(" "):
        latin = ""
        for character in token:
            if character < "\u2e80" and character not in "“”‘’—":
                latin += character
                continue
            if latin:
                words.append(latin)
                latin = ""
            if words and character in "，。；：、》）”’" and words[-1]:
                words[-1] += character
            else:
                words.append(character)
        words.append(latin + " ")
    return words


@dataclass
class Typesetter:
    sheet: Sheet
    style: Style = field(default_factory=Style)
    han: bool = False
    page: int = 1
    y: float = TOP
    _notes: list[tuple[str, str]] = field(default_factory=list)

    def set(self, parts: list[Part]) -> bytes:
        self._masthead()
        for part in parts:
            self._part(part)
        self._finish_page()
        return self.sheet.bytes()

    def _masthead(self) -> None:
        for left, right in self.style.masthead:
            self.sheet.draw(LEFT, self.y, left, self.style.size) if left else None
            self.sheet.draw(360, self.y, right, self.style.size) if right else None
            self.y -= self.style.leading
        if self.style.masthead:
            self.y -= 14

    def _part(self, part: Part) -> None:
        if part.kind == "break":
            self._next_page()
        elif part.kind == "table":
            self._table(part.rows)
        elif part.kind == "contents":
            self._room(1)
            title, page = part.rows[0]
            size = self.style.size
            self.sheet.draw(LEFT, self.y, title, size)
            end = RIGHT - self.sheet.width(page, size)
            at = LEFT + self.sheet.width(title, size) + 4
            dots = "." * int((end - at - 6) / self.sheet.width(".", size))
            self.sheet.draw(at, self.y, dots, size)
            self.sheet.draw(end, self.y, page, size)
            self.y -= self.style.leading
        else:
            self._paragraph(part)

    def _paragraph(self, part: Part) -> None:
        bold = part.kind == "heading"
        size = self.style.size + (1 if bold else 0)
        self.y -= self.style.paragraph_gap + (6 if bold else 0)
        first_indent = 24.0 if part.kind == "sub" else 0.0
        notes = dict(part.notes)
        lines = self._wrap(part.text, size, first_indent, bold=bold)
        for index, line in enumerate(lines):
            new = [(n, notes[n]) for n in notes if f"^{n}^" in " ".join(line)]
            self._room(1 + len(new))
            self._notes += new
            x = LEFT + (first_indent if index == 0 else 0.0)
            self._line(line, x, size, justify=index < len(lines) - 1, bold=bold)
            self.y -= self.style.leading

    def _plain_width(self, text: str, size: float, *, bold: bool) -> float:
        return sum(
            self.sheet.width(piece, 0.65 * size if raised else size, bold=bold)
            for piece, raised in _pieces(text)
        )

    def _wrap(self, text: str, size: float, indent: float, *, bold: bool) -> list[list[str]]:
        lines: list[list[str]] = [[]]
        at = LEFT + indent
        space = 0.0 if self.han else self.sheet.width("n n", size) - 2 * self.sheet.width("n", size)
        for word in _words(text, han=self.han):
            width = self._plain_width(word, size, bold=bold)
            if lines[-1] and at + width > RIGHT:
                lines.append([])
                at = LEFT
            lines[-1].append(word)
            at += width + space
        return lines

    def _line(self, words: list[str], x: float, size: float, *, justify: bool, bold: bool) -> None:
        widths = [self._plain_width(word, size, bold=bold) for word in words]
        space = 0.0 if self.han else self.sheet.width("n n", size) - 2 * self.sheet.width("n", size)
        if justify and self.style.justified and len(words) > 1:
            space = (RIGHT - x - sum(widths)) / (len(words) - 1)
        elif not self.han:
            words = [" ".join(words)] if "^" not in " ".join(words) else words
            widths = [self._plain_width(word, size, bold=bold) for word in words]
        for word, width in zip(words, widths, strict=True):
            at = x
            for piece, raised in _pieces(word):
                piece_size = 0.65 * size if raised else size
                y = self.y + (0.35 * size if raised else 0)
                self.sheet.draw(at, y, piece, piece_size, bold=bold)
                at += self.sheet.width(piece, piece_size, bold=bold)
            x += width + space

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        columns = len(rows[0])
        edges = [LEFT + (RIGHT - LEFT) * k / columns for k in range(columns + 1)]
        self.y -= 6
        for row in rows:
            cells = [self._cell(text, edges[1] - edges[0] - 8) for text in row]
            height = 12.0 * max(len(cell) for cell in cells) + 6
            self._room(int(height / self.style.leading) + 1)
            if self.style.ruled_table:
                for x in edges:
                    self.sheet.rule(x, self.y, x, self.y - height)
                for y in (self.y, self.y - height):
                    self.sheet.rule(LEFT, y, RIGHT, y)
            for edge, cell in zip(edges, cells, strict=False):
                for index, line in enumerate(cell):
                    self.sheet.draw(edge + 4, self.y - 12 - 12 * index, line, 9.0)
            self.y -= height
        self.y -= 14

    def _cell(self, text: str, room: float) -> list[str]:
        lines = [""]
        for word in _words(text, han=self.han):
            longer = lines[-1] + ("" if self.han or not lines[-1] else " ") + word
            if lines[-1] and self.sheet.width(longer, 9.0) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _notes_height(self, extra: int = 0) -> float:
        lines = sum(len(self._note_lines(note)) for note in self._notes) + 2 * extra
        return 16.0 + 10.5 * lines if lines else 0.0

    def _note_lines(self, note: tuple[str, str]) -> list[list[str]]:
        return self._wrap(f"^{note[0]}^ {note[1]}", self.style.note_size, 0.0, bold=False)

    def _room(self, lines: int) -> None:
        if self.y - self.style.leading * lines < BOTTOM + self._notes_height():
            self._next_page()

    def _next_page(self) -> None:
        self._finish_page()
        self.sheet.new_page()
        self.page += 1
        self.y = TOP
        self.sheet.draw(LEFT, 800, self.style.symbol, 9.0, bold=True)
        self.sheet.rule(LEFT, 795, RIGHT, 795)

    def _finish_page(self) -> None:
        if self._notes:
            y = BOTTOM + self._notes_height() - 10
            self.sheet.rule(LEFT, y, LEFT + 110, y)
            y -= 11
            kept = self.y
            for note in self._notes:
                for words in self._note_lines(note):
                    self.y = y
                    self._line(words, LEFT, self.style.note_size, justify=False, bold=False)
                    y -= 10.5
            self.y = kept
            self._notes = []
        if self.page % 2:
            self.sheet.draw(LEFT, 50, self.style.job_number, 8.0)
            self.sheet.draw(RIGHT - 20, 50, str(self.page), 9.0, bold=True)
        else:
            self.sheet.draw(LEFT, 50, str(self.page), 9.0, bold=True)
            self.sheet.draw(RIGHT - 60, 50, self.style.job_number, 8.0)
