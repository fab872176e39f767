"""Breaks text into lines and lines into runs of glyphs: widths, Han and Latin breaks, bidi."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped]
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from .fonts import Face, Fonts
from .model import Language, spans

RAISED_SIZE: Final = 0.62  # of the size of the text
RAISED_BY: Final = 0.34

_NO_START: Final = frozenset("，。、；：）》〉」』】”’！？…—%)],.;:·")
_NO_END: Final = frozenset("（《〈「『【“‘([")
_HAN: Final = re.compile(
    r"[\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_ATOM: Final = re.compile(rf"{_HAN.pattern}| +|(?:(?!{_HAN.pattern})[^ ])+")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_WORD: Final = re.compile(r" +|[^ ]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one line that is raised throughout or not at all."""

    text: str
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `references` are the footnotes that it refers to, `last` ends a text."""

    pieces: tuple[Piece, ...]
    width: float
    references: tuple[str, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face and direction; `text` is in logical order, runs are in visual order."""

    text: str
    face: Face
    size: float
    rise: float
    width: float
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set, in points."""

    size: float
    leading: float
    bold: bool = False


class Typesetter:
    """Measures and breaks text in the fonts of one language."""

    def __init__(self, language: Language, fonts: Fonts) -> None:
        self.language = language
        self._right_to_left = language == "ar"
        self._fonts: dict[Face, hb.Font] = {}
        for face in ("text", "bold", "han"):
            path = fonts.file(face)
            if path is not None:
                shaped = hb.Font(hb.Face(hb.Blob.from_file_path(str(path)), 0))
                self._fonts[face] = shaped
        self._advances: dict[tuple[Face, str], float] = {}

    def width(self, text: str, face: Face, size: float) -> float:
        """The width of a run in points."""
        if self._right_to_left and not text.isascii():
            return self._shaped_width(text, face) * size
        return sum(self._advance(character, face) for character in text) * size

    def text_width(self, text: str, style: Style) -> float:
        """The width of a text without line breaks, in points."""
        return sum(run.width for run in self.runs((Piece(text),), style))

    def wrap(
        self, text: str, style: Style, width: float, first_width: float | None = None
    ) -> list[Line]:
        """`text` as lines at most `width` wide; the first one at most `first_width`."""
        lines: list[Line] = []
        line: list[Piece] = []
        used = 0.0
        room = width if first_width is None else first_width
        for cluster in self._clusters(text, style, width):
            wide = self._pieces_width(cluster, style, trailing=False)
            if line and used + wide > room:
                lines.append(self._line(line, style, last=False))
                line, used, room = [], 0.0, width
            line += cluster
            used += self._pieces_width(cluster, style, trailing=True)
        lines.append(self._line(line, style, last=True))
        return lines

    def runs(self, pieces: Sequence[Piece], style: Style) -> list[Run]:
        """The runs of a line from left to right."""
        characters = [(char, piece.raised) for piece in pieces for char in piece.text]
        levels = self._levels("".join(char for char, _ in characters))
        keyed = [
            (char, (level, self._face(char, style.bold), raised))
            for (char, raised), level in zip(characters, levels, strict=True)
        ]
        runs: list[tuple[int, Run]] = []
        for (level, face, raised), group in groupby(keyed, key=lambda entry: entry[1]):
            text = "".join(char for char, _ in group)
            size = style.size * (RAISED_SIZE if raised else 1)
            rise = style.size * RAISED_BY if raised else 0.0
            width = self.width(text, face, size)
            runs.append((level, Run(text, face, size, rise, width, level % 2 == 1)))
        return _visual_order(runs)

    def _advance(self, character: str, face: Face) -> float:
        key = (face, character)
        if key not in self._advances:
            font = self._fonts.get("han" if face == "han_bold" else face)
            glyph = font.get_nominal_glyph(ord(character)) if font else None
            if font is None or glyph is None:
                self._advances[key] = 1.0
            else:
                self._advances[key] = font.get_glyph_h_advance(glyph) / font.face.upem
        return self._advances[key]

    def _shaped_width(self, text: str, face: Face) -> float:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._fonts[face], buffer)
        total = sum(position.x_advance for position in buffer.glyph_positions)
        return float(total) / float(self._fonts[face].face.upem)

    def _face(self, character: str, bold: bool) -> Face:
        if self.language == "zh" and _HAN.match(character):
            return "han_bold" if bold else "han"
        return "bold" if bold else "text"

    def _levels(self, text: str) -> list[int]:
        if not self._right_to_left:
            return [0] * len(text)
        latin = _LATIN.search(text) and not _ARABIC.search(text)
        base = TextDirection.LTR if latin else TextDirection.RTL
        paragraph = BidiParagraph(text, base_direction=base)
        return [char.embedding_level for char in paragraph.get_characters_with_embedding_level()]

    def _line(self, pieces: list[Piece], style: Style, last: bool) -> Line:
        merged = tuple(
            Piece("".join(piece.text for piece in group), raised)
            for raised, group in groupby(pieces, key=lambda piece: piece.raised)
        )
        marks = tuple(piece.text.strip("()") for piece in merged if piece.raised)
        return Line(merged, self._pieces_width(merged, style, trailing=False), marks, last)

    def _pieces_width(self, pieces: Sequence[Piece], style: Style, trailing: bool) -> float:
        if not trailing and pieces and not pieces[-1].raised:
            pieces = (*pieces[:-1], Piece(pieces[-1].text.rstrip(" ")))
        return sum(run.width for run in self.runs(pieces, style))

    def _clusters(self, text: str, style: Style, width: float) -> Iterator[list[Piece]]:
        """The parts between which a line may end, each with the spaces that follow it."""
        cluster: list[Piece] = []
        for atom in self._atoms(text):
            if cluster and _may_break(cluster[-1], atom):
                yield from self._cut(cluster, style, width)
                cluster = []
            cluster.append(atom)
        if cluster:
            yield from self._cut(cluster, style, width)

    def _atoms(self, text: str) -> Iterator[Piece]:
        pattern = _ATOM if self.language == "zh" else _WORD
        for span in spans(text):
            if span.reference:
                shown = f"({span.text})" if self._right_to_left and span.text != "*" else span.text
                yield Piece(shown, raised=True)
            else:
                yield from (Piece(atom) for atom in pattern.findall(span.text))

    def _cut(self, cluster: list[Piece], style: Style, width: float) -> Iterator[list[Piece]]:
        """Cuts what is wider than a line, such as an address, into single characters."""
        if self._pieces_width(cluster, style, trailing=False) <= width:
            yield cluster
        else:
            for piece in cluster:
                yield from ([Piece(char, piece.raised)] for char in piece.text)


def _may_break(before: Piece, after: Piece) -> bool:
    if after.raised or after.text.startswith(" "):
        return False
    if before.text.endswith(" "):
        return True
    if not (_HAN.match(before.text[-1]) or _HAN.match(after.text[0])):
        return False
    return after.text[0] not in _NO_START and before.text[-1] not in _NO_END


def _visual_order(runs: list[tuple[int, Run]]) -> list[Run]:
    """Rule L2 of the Unicode bidirectional algorithm, on runs."""
    ordered = list(runs)
    highest = max((level for level, _ in runs), default=0)
    for threshold in range(highest, 0, -1):
        flipped: list[tuple[int, Run]] = []
        for above, group in groupby(ordered, key=lambda entry: entry[0] >= threshold):
            stretch = list(group)
            flipped += reversed(stretch) if above else stretch
        ordered = flipped
    return [run for _, run in ordered]
