"""Glyphs into printed lines.

A line keeps its stretches of text apart where a gap is wider than a word space, so that tables and
columns can be seen later. Raised small figures join the line that they belong to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from unicodedata import combining, normalize

import numpy as np
from numpy.typing import NDArray

from ingestion.readers.marks import raised
from ingestion.readers.pdf_glyphs import PageGlyphs
from ingestion.readers.wrapping import first_word, width

Ints = NDArray[np.int_]
PlacedWord = tuple[float, float, str]  # left, right, text

NUMBER = re.compile(  # of a paragraph, a sub-paragraph or a list item
    r"(?:\d{1,3}(?:\.\d{1,4})*[.)、]?|\d{1,3}[A-Z]?\.\d{1,4}|\(?[^\W\d_]{1,4}[.)、]|\([^\s()]{1,5}\)"
    r"|\d{1,3}(?:-\d{1,3})*\s?[-–—]|[\u0621-\u0652]{1,9}[-–—.]|[’‘']\d{1,2}[’‘']"
    r"|[-•–—▪○·*†]|\*{1,4}|[IVXLC]{1,6}\.?)"
)
_SAME_BASELINE: Final = 0.13  # of the size
_TOUCHING: Final = 0.02  # of the size: less is no gap
_WORD_GAP: Final = 0.22  # of the size: a wider gap is a space even where the file has none
_HAN_GAP: Final = 0.7  # Han characters are set apart to fill a line
_SPAN_GAP: Final = 0.85  # of the size: a wider gap separates stretches
_WIDEST_FILLED: Final = 3.0  # of the size, between words of a line filled to the margin
_NUMBER_COLUMN: Final = 3.5  # of the size
_FEW: Final = 3  # glyphs: a letter whose sign was drawn with it, a number set lower
_RAISED_LETTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text without wide gaps."""

    left: float
    right: float
    text: str
    words: tuple[PlacedWord, ...] = ()  # none in Arabic lines
    lead: float | None = None  # width of the first word in reading order

    @property
    def first_width(self) -> float:
        """Width of the first word, or of the first Han character."""
        word = first_word(self.text)
        if self.words and not _is_han(word):
            return self.words[0][1] - self.words[0][0]
        if self.lead is not None:
            return self.lead
        return width(word) / max(1, width(self.text)) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (of one column, once columns are known); places in points."""

    page: int
    baseline: float
    top: float
    bottom: float
    size: float
    spans: tuple[Span, ...]
    bold: bool = False

    @property
    def left(self) -> float:
        """Left edge."""
        return self.spans[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.spans[-1].right

    @property
    def text(self) -> str:
        """The whole line, its stretches one space apart."""
        return " ".join(span.text for span in self.spans)

    def with_spans(self, spans: Sequence[Span]) -> "Line":
        """The same line with other stretches."""
        return replace(self, spans=tuple(spans))


@dataclass(slots=True)
class _Row:
    """Glyphs on one baseline: indices into the page's arrays."""

    baseline: float
    size: float
    glyphs: list[int]
    raised: frozenset[int] = frozenset()


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


def lines_of(page: PageGlyphs) -> list[Line]:
    """The lines of a page from top to bottom. Text is in visual order, left to right."""
    return _PageLines(page).lines() if page.characters else []


class _PageLines:
    """Makes the lines of one page; keeps its places as lists, which are faster one by one."""

    def __init__(self, page: PageGlyphs) -> None:
        self._page = page
        self._characters = list(page.characters)
        self._left: list[float] = page.left.tolist()
        self._right: list[float] = page.right.tolist()

    def lines(self) -> list[Line]:
        glyphs = self._marks_on_letters()
        rows = self._overlapping_joined(self._with_raised(self._rows(glyphs)))
        lines = (self._line(row) for row in rows)
        return [line for line in lines if line is not None]

    def _marks_on_letters(self) -> Ints:
        """All glyphs but the vowel signs and accents that stand over others: those are written
        behind their letters."""
        page = self._page
        signs = [i for i, c in enumerate(self._characters) if combining(c[0]) and len(c) == 1]
        everything = np.arange(len(self._characters))
        if not signs:
            return everything
        letters = np.array([i for i, c in enumerate(self._characters) if c[0].isalpha()])
        if not letters.size:
            return everything
        centres = (page.left + page.right) / 2
        for sign in signs:
            # A sign may be drawn a little above its letter, never a line away.
            far = 3 * np.abs(page.baseline[letters] - page.baseline[sign]) + np.abs(
                centres[letters] - centres[sign]
            )
            self._characters[letters[int(far.argmin())]] += self._characters[sign]
        return np.setdiff1d(everything, signs)

    def _rows(self, glyphs: Ints) -> list[_Row]:
        page = self._page
        order = glyphs[np.lexsort((page.left[glyphs], -page.baseline[glyphs]))]
        baselines, sizes = page.baseline[order], page.size[order]
        tolerance = np.maximum(0.5, _SAME_BASELINE * np.minimum(sizes[1:], sizes[:-1]))
        cuts = np.flatnonzero(baselines[:-1] - baselines[1:] > tolerance) + 1
        starts = [0, *cuts.tolist(), len(order)]
        rows = []
        for start, end in pairwise(starts):
            size = float(np.median(sizes[start:end]))
            rows.append(_Row(float(baselines[(start + end) // 2]), size, order[start:end].tolist()))
        return rows

    def _with_raised(self, rows: list[_Row]) -> list[_Row]:
        """Rows with the small figures above or below their baseline put into them."""
        taken: dict[int, set[int]] = {}
        raised_in: dict[int, set[int]] = {}
        for index, row in enumerate(rows):
            for run, host in self._small_runs(row, rows, index):
                taken.setdefault(index, set()).update(run)
                rows[host].glyphs.extend(run)
                if row.baseline > rows[host].baseline:
                    raised_in.setdefault(host, set()).update(run)
        found = []
        for index, row in enumerate(rows):
            gone = taken.get(index)
            glyphs = [g for g in row.glyphs if g not in gone] if gone else row.glyphs
            if glyphs:
                marks = frozenset(raised_in.get(index, ()))
                found.append(_Row(row.baseline, row.size, glyphs, marks))
        return found

    def _small_runs(
        self, row: _Row, rows: Sequence[_Row], index: int
    ) -> list[tuple[list[int], int]]:
        """The runs of a row that are superscripts or subscripts of a neighbour: (glyphs, host)."""
        hosts = [
            other
            for other in range(max(0, index - 3), min(len(rows), index + 4))
            if other != index
            and rows[other].size > 1.15 * row.size
            and _beside(row.baseline - rows[other].baseline, rows[other].size)
        ]
        if not hosts:
            return []
        found = []
        for run in self._runs(row.glyphs, 0.8 * row.size):
            if len(run) > _RAISED_LETTERS:
                continue
            for host in hosts:
                if self._touches(rows[host], self._left[run[0]], self._right[run[-1]]):
                    found.append((run, host))
                    break
        return found

    def _touches(self, host: _Row, left: float, right: float) -> bool:
        before = min(abs(self._right[glyph] - left) for glyph in host.glyphs)
        start = min(self._left[glyph] for glyph in host.glyphs)
        after = min(abs(self._left[glyph] - right) for glyph in host.glyphs)
        # The number in front of a footnote may stand well apart from its text.
        outside = right <= start and start - right < _NUMBER_COLUMN * host.size
        end = max(self._right[glyph] for glyph in host.glyphs)
        outside = outside or (left >= end and left - end < _NUMBER_COLUMN * host.size)
        return outside or min(before, after) < 0.8 * host.size

    def _runs(self, glyphs: Sequence[int], gap: float) -> list[list[int]]:
        ordered = sorted(glyphs, key=self._left.__getitem__)
        runs = [[ordered[0]]]
        for before, glyph in pairwise(ordered):
            if self._left[glyph] - self._right[before] > gap:
                runs.append([glyph])
            else:
                runs[-1].append(glyph)
        return runs

    def _overlapping_joined(self, rows: list[_Row]) -> list[_Row]:
        """Rows whose heights overlap though their baselines differ a little, and whose text stands
        side by side, are one line: a number set a point lower than its paragraph."""
        found: list[_Row] = []
        for row in rows:
            above = found[-1] if found else None
            few = above is not None and min(len(above.glyphs), len(row.glyphs)) <= _FEW
            near = (0.5 if few else 0.4) * row.size
            if above is None or above.baseline - row.baseline >= near:
                found.append(row)
            elif self._beside(above, row) or (few and self._fits_between(above, row)):
                main = above if len(above.glyphs) >= len(row.glyphs) else row
                both = above.glyphs + row.glyphs
                found[-1] = _Row(main.baseline, main.size, both, above.raised | row.raised)
            else:
                found.append(row)
        return found

    def _beside(self, first: _Row, second: _Row) -> bool:
        one, other = self._extent(first), self._extent(second)
        return one[1] <= other[0] or other[1] <= one[0]

    def _fits_between(self, first: _Row, second: _Row) -> bool:
        """Whether the few glyphs of one row find room between those of the other."""
        few, many = sorted((first, second), key=lambda row: len(row.glyphs))
        start, end = self._extent(few)
        covered = sum(
            max(0.0, min(end, self._right[g]) - max(start, self._left[g])) for g in many.glyphs
        )
        return covered < 0.5 * (end - start)

    def _extent(self, row: _Row) -> tuple[float, float]:
        return min(self._left[g] for g in row.glyphs), max(self._right[g] for g in row.glyphs)

    def _line(self, row: _Row) -> Line | None:
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

    def _spans(self, row: _Row, ordered: Sequence[int]) -> list[Span]:
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

    def _walls(self, row: _Row) -> list[float]:
        """Where ruled lines between cells cross a row."""
        middle = row.baseline + 0.3 * row.size
        return [
            (left + right) / 2
            for left, bottom, right, top in self._page.vertical_rules
            if bottom < middle < top
        ]

    def _is_space(self, before: int, glyph: int, gap: float, size: float) -> bool:
        first, second = self._characters[before], self._characters[glyph]
        first_is_han, second_is_han = _is_han(first), _is_han(second)
        if abs(glyph - before) == 1 and self._page.spaced[max(before, glyph)]:
            return gap > (0.25 if first_is_han and second_is_han else _TOUCHING) * size
        if first_is_han and second_is_han:
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
    spelt = sum(any(c.isalpha() and not _is_han(c) for c in text) for _, _, text in words)
    if len(gaps) < 2 or spelt < len(words) / 2:
        return False
    if NUMBER.fullmatch(words[0][2]):
        gaps = gaps[1:]
    elif NUMBER.fullmatch(words[-1][2][::-1]):  # the first one, read from the right
        gaps = gaps[:-1]
    widest = _WIDEST_FILLED * size * min(1.0, len(gaps) / 4)
    return len(gaps) >= 2 and max(gaps) < widest and max(gaps) - min(gaps) < 0.2 * size


def _beside(difference: float, size: float) -> bool:
    """Whether a baseline that is `difference` higher is that of a superscript or subscript."""
    return 0.1 * size < difference < 0.8 * size or -0.45 * size < difference < -0.05 * size


def _is_han(text: str) -> bool:
    return "\u2e80" <= text[0] < "\ufb00" or "\uff00" <= text[0] < "\uffef"
