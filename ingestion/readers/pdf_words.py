"""Rows of glyphs into words, words into lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from unicodedata import normalize

import numpy as np

from ingestion.readers.marks import raised
from ingestion.readers.pdf_glyphs import PageGlyphs
from ingestion.readers.pdf_lines import NUMBER, Line, PlacedWord, Span, is_han
from ingestion.readers.pdf_rows import PageRows, Row

_TOUCHING: Final = 0.02  # of the size: less is no gap
_WORD_GAP: Final = 0.22  # of the size: a wider gap is a space even where the file has none
_HAN_GAP: Final = 0.7  # Han characters are set apart to fill a line
_SPAN_GAP: Final = 0.85  # of the size: a wider gap separates stretches
_WIDEST_FILLED: Final = 3.0  # of the size, between words of a line filled to the margin


def lines_of(page: PageGlyphs) -> list[Line]:
    """The lines of a page from top to bottom. Text is in visual order, left to right."""
    return _PageLines(page).lines() if page.characters else []


class _Word:
    """Glyphs of one word as they come, the raised ones among them made into marks."""

    def __init__(self, left: float) -> None:
        self.right = self._left = left
        self._text = ""
        self._raised = ""

    def add(self, character: str, right: float, *, is_raised: bool) -> None:
        """One more glyph, which ends at `right`."""
        if is_raised:
            self._raised += character
        else:
            if self._raised:
                self._write_raised()
            self._text += character
        if right > self.right:
            self.right = right

    def finished(self) -> list[PlacedWord]:
        """Left, right and text of the word, if it has any."""
        self._write_raised()
        text = self._text.strip()
        return [(self._left, self.right, text)] if text else []

    def _write_raised(self) -> None:
        if self._raised:
            self._text += raised(self._text, self._raised)
            self._raised = ""


class _PageLines:
    """Makes the lines of one page; keeps its places as lists, which are faster one by one."""

    def __init__(self, page: PageGlyphs) -> None:
        self._page = page
        rows = PageRows(page)
        self._rows = rows.rows()
        self._characters = rows.characters
        self._left: list[float] = page.left.tolist()
        self._right: list[float] = page.right.tolist()

    def lines(self) -> list[Line]:
        lines = (self._line(row) for row in self._rows)
        return [line for line in lines if line is not None]

    def _line(self, row: Row) -> Line | None:
        ordered = self._in_visual_order(row.glyphs)
        spans = self._spans(row, ordered)
        if not spans:
            return None
        page, glyphs = self._page, np.array(row.glyphs)
        return Line(
            page.number,
            row.baseline,
            float(page.top[glyphs].max()),
            float(page.bottom[glyphs].min()),
            row.size,
            tuple(spans),
            self._all_bold([g for g in ordered if g not in row.raised]),
        )

    def _in_visual_order(self, glyphs: Sequence[int]) -> list[int]:
        """From left to right. Glyphs of one origin, the letters of a ligature, keep an order in
        which an alif stands before its lam: read from the right, lam comes first."""
        left, characters = self._left, self._characters
        if not any(characters[g] == "ل" for g in glyphs):
            return sorted(glyphs, key=lambda g: (left[g], g))
        return sorted(glyphs, key=lambda g: (round(left[g], 1), characters[g] == "ل", g))

    def _spans(self, row: Row, ordered: Sequence[int]) -> list[Span]:
        walls = self._walls(row)
        word = _Word(self._left[ordered[0]])
        words: list[PlacedWord] = []
        cuts: list[int] = []  # numbers of words behind which a wide gap or a ruled line follows
        walled = False
        before = -1
        for glyph in ordered:
            left = self._left[glyph]
            gap = left - word.right
            if before >= 0 and (walls or gap > _TOUCHING * row.size):
                wall = any(word.right - 1 < x < left + 1 for x in walls)
                wide = wall or gap > _SPAN_GAP * row.size
                if wide or self._is_space(before, glyph, gap, row.size):
                    words += word.finished()
                    word = _Word(left)
                    walled = walled or wall
                if wide:
                    cuts.append(len(words))
            word.add(self._characters[glyph], self._right[glyph], is_raised=glyph in row.raised)
            before = glyph
        words += word.finished()
        if not walled and _is_justified(words, row.size):
            cuts = []
        edges = [0, *cuts, len(words)]
        return [_span(words[start:end]) for start, end in pairwise(edges) if end > start]

    def _walls(self, row: Row) -> list[float]:
        """Where ruled lines between cells cross a row."""
        middle = row.baseline + 0.3 * row.size
        return [
            (left + right) / 2
            for left, bottom, right, top in self._page.vertical_rules
            if bottom < middle < top
        ]

    def _is_space(self, before: int, glyph: int, gap: float, size: float) -> bool:
        first, second = self._characters[before], self._characters[glyph]
        firstis_han, secondis_han = is_han(first), is_han(second)
        if abs(glyph - before) == 1 and self._page.spaced[max(before, glyph)]:
            return gap > (0.25 if firstis_han and secondis_han else _TOUCHING) * size
        if firstis_han and secondis_han:
            return gap > _HAN_GAP * size
        return gap > _WORD_GAP * size

    def _all_bold(self, glyphs: Sequence[int]) -> bool:
        letters = [g for g in glyphs if self._characters[g].isalnum()] or list(glyphs)
        if not letters:
            return False
        last = len(letters) - 1
        sample = {letters[0], letters[last // 3], letters[2 * last // 3], letters[last]}
        return all(self._page.is_bold(glyph) for glyph in sample)


def _span(words: Sequence[PlacedWord]) -> Span:
    text = " ".join(text for _, _, text in words)
    text = text if text.isascii() else normalize("NFC", text)
    return Span(words[0][0], words[-1][1], text, tuple(words))


def _is_justified(words: Sequence[PlacedWord], size: float) -> bool:
    """Whether wide gaps come from filling a line of prose: all of them are equally wide, but for
    the one behind a number at its start."""
    gaps = [behind[0] - before[1] for before, behind in pairwise(words)]
    spelt = sum(any(c.isalpha() and not is_han(c) for c in text) for _, _, text in words)
    if len(gaps) < 2 or spelt < len(words) / 2:
        return False
    if NUMBER.fullmatch(words[0][2]):
        gaps = gaps[1:]
    elif NUMBER.fullmatch(words[-1][2][::-1]):  # the first one, read from the right
        gaps = gaps[:-1]
    widest = _WIDEST_FILLED * size * min(1.0, len(gaps) / 4)
    return len(gaps) >= 2 and max(gaps) < widest and max(gaps) - min(gaps) < 0.2 * size
