"""Fills pages from top to bottom, with footnotes at the bottom of the page of their reference."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .model import Footnote, RenderedDocument
from .sheet import WIDTH, Box, Glyphs, Page, Rule
from .typeset import Line, Piece, Style, Typesetter

MARGIN: Final = 57.0
_NOTE_GAP: Final = 14.0  # between the text and the first footnote, with the rule in it
_NOTE_RULE: Final = 72.0


@dataclass(frozen=True, slots=True)
class Break:
    """A text that goes on after a page break; `notes` says that footnotes lie in between."""

    text: str
    page: int
    notes: bool


@dataclass(frozen=True, slots=True)
class _NoteLine:
    line: Line
    mark: str | None
    indent: float


@dataclass(slots=True)
class Flow:
    """The pages so far and the place where the next line goes, in points."""

    document: RenderedDocument
    setter: Typesetter
    left: float
    right: float
    top: float
    bottom: float
    note_style: Style
    pages: list[Page] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    y: float = 0.0
    _notes: list[_NoteLine] = field(default_factory=list)
    _placed: set[str] = field(default_factory=set)
    _open_text: str | None = None
    _box_top: float | None = None

    def new_page(self) -> None:
        """Ends the page, with its footnotes, and starts the next."""
        if self.pages:
            self._close_page()
        self.pages.append(Page())
        self.y = self.top
        if self._box_top is not None:
            self._box_top = self.top - 4

    def finish(self) -> None:
        """Ends the last page."""
        self._close_page()

    def space(self, height: float) -> None:
        """Leaves room, unless at the top of a page."""
        if self.y > self.top:
            self.y += height

    def keep(self, height: float) -> None:
        """Starts a new page unless `height` still fits."""
        if self.y + height > self._floor():
            self.new_page()

    def text(
        self,
        text: str,
        style: Style,
        x: float,
        width: float,
        *,
        first: float = 0.0,
        label: str | None = None,
        label_x: float = 0.0,
        justify: bool = False,
    ) -> None:
        """Sets a text at `x`, its first line `first` further in, after `label` at `label_x`."""
        lines = self.setter.wrap(text, style, width, width - first)
        for index, line in enumerate(lines):
            self._open_text = text if index else None
            self._make_room(line, style)
            self.y += style.leading
            if index == 0 and label is not None:
                self.at(label, style, label_x)
            stretch = width - (0 if index else first) if justify and not line.last else None
            self.line(line, style, x + (0 if index else first), self.y, stretch)
        self._open_text = None

    def at(
        self, text: str, style: Style, x: float, *, y: float | None = None, right: bool = False
    ) -> None:
        """Sets a text without line breaks at `x`, its left edge or, if `right`, its right one."""
        width = self.setter.text_width(text, style)
        line = Line((Piece(text),), width, (), last=True)
        self.line(line, style, x - width if right else x, self.y if y is None else y)

    def line(
        self, line: Line, style: Style, x: float, y: float, stretch: float | None = None
    ) -> None:
        """Draws a line whose leading edge is at `x` from the leading edge of the page."""
        runs = self.setter.runs(line.pieces, style)
        if self.document.right_to_left:
            x = WIDTH - x - sum(run.width for run in runs)
        inner = "".join(run.text for run in runs).rstrip(" ").count(" ")
        extra = (stretch - line.width) / inner if stretch is not None and inner else 0.0
        for run in runs:
            for text in _words(run.text) if extra else [run.text]:
                glyphs = Glyphs(x, y - run.rise, text, run.face, run.size, run.right_to_left)
                self.pages[-1].marks.append(glyphs)
                x += run.width if not extra else self.setter.width(text, run.face, run.size)
                x += extra * text.count(" ")

    def rule(self, x: float, to_x: float, y: float, thickness: float = 0.5) -> None:
        """Draws a horizontal line between two distances from the leading edge."""
        if self.document.right_to_left:
            x, to_x = WIDTH - to_x, WIDTH - x
        self.pages[-1].marks.append(Rule(x, y, to_x, y, thickness))

    def box(self, x: float, y: float, width: float, height: float, filled: bool = False) -> None:
        """Draws a rectangle whose leading edge is at `x` from the leading edge of the page."""
        if self.document.right_to_left:
            x = WIDTH - x - width
        self.pages[-1].marks.append(Box(x, y, width, height, filled))

    def open_box(self) -> None:
        """Starts a frame around what follows, one on every page that it covers."""
        self._box_top = self.y
        self.y += 4

    def close_box(self) -> None:
        """Ends the frame."""
        self._draw_box(self.y + 6)
        self._box_top = None
        self.y += 6

    def _draw_box(self, bottom: float) -> None:
        if self._box_top is not None and bottom > self._box_top:
            height = bottom - self._box_top
            self.box(self.left - 8, self._box_top, self.right - self.left + 16, height)

    def _floor(self) -> float:
        gap = _NOTE_GAP if self._notes else 0.0
        return self.bottom - gap - len(self._notes) * self.note_style.leading

    def _make_room(self, line: Line, style: Style) -> None:
        """Breaks the page before `line` if it and its footnotes no longer fit."""
        notes = self._note_lines(line.references)
        gap = _NOTE_GAP if notes and not self._notes else 0.0
        needed = style.leading + gap + len(notes) * self.note_style.leading
        if self.y + needed > self._floor() and self.y > self.top:
            if self._open_text is not None:
                self.breaks.append(Break(self._open_text, len(self.pages), bool(self._notes)))
            self.new_page()
        self._notes += notes
        self._placed.update(line.references)

    def _note_lines(self, marks: Sequence[str]) -> list[_NoteLine]:
        return [
            line
            for mark in marks
            if mark not in self._placed
            for line in self._set_note(self.document.footnote(mark))
        ]

    def _set_note(self, note: Footnote) -> list[_NoteLine]:
        width = self.right - self.left
        lines = self.setter.wrap(note.text, self.note_style, width - 12)
        found = [_NoteLine(line, None if at else note.mark, 12) for at, line in enumerate(lines)]
        for bullet in note.bullets:
            for line in self.setter.wrap(f"• {bullet}", self.note_style, width - 24):
                found.append(_NoteLine(line, None, 24))
        return found

    def _close_page(self) -> None:
        self._draw_box(self.y + 6)
        if not self._notes:
            return
        y = self.bottom - len(self._notes) * self.note_style.leading
        self.rule(self.left, self.left + _NOTE_RULE, y - 4)
        for note in self._notes:
            y += self.note_style.leading
            if note.mark is not None:
                numbered = self.document.right_to_left and note.mark != "*"
                shown = f"({note.mark})" if numbered else note.mark
                mark = Line((Piece(shown, raised=note.mark != "*"),), 0.0, (), last=True)
                self.line(mark, self.note_style, self.left, y)
            self.line(note.line, self.note_style, self.left + note.indent, y)
        self._notes = []


def _words(text: str) -> list[str]:
    """`text` cut after each space."""
    return [word for word in text.replace(" ", " \0").split("\0") if word]
