"""Lines into visual paragraphs, by the evidence of the page: gaps, margins, indents, type."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block
from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import CONTENTS
from ingestion.readers.pdf_inline import runs_inline
from ingestion.readers.pdf_lines import Line
from ingestion.readers.wrapping import width

_LETTERS: Final = (
    r"[a-z]{1,2}|[ivxl]{1,5}|\d{1,2}|[A-Z]|[а-яА-Я]|[一二三四五六七八九十]{1,3}|[\u0621-\u064a]ـ?"
)
_MARKER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,4})*\s?[.)、](?!\d)|\d{1,3}[A-Z]?\.\d{1,4}(?=\s)|\d{1,3}\s?[-–—]\s"
    rf"|[(（]\s?(?:{_LETTERS})\s?[)）]|[㈠-㈩]|(?:{_LETTERS})\)\s|[A-ZА-Я]\.\s|[IVXLC]{1, 6}\.\s"
    r"|[一二三四五六七八九十]{1,3}\s?[、.．]|[•▪○–—·-]\s)"
)
_TERMINAL = re.compile(
    r"[.。;；:：!?！？؟؛…](?:[\s\"”»’')）\]]|" + f"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE})*$"
)
_MARK_ALONE = re.compile(f"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}")
_SENTENCE_LIKE: Final = (".", "。", ";", "；", ",", "，", "、", "،", "؛")
_LARGER: Final = 1.12  # of the body's size: a heading
_TITLE_WIDTH: Final = 240  # columns
_LEADER = re.compile(r"\s*(?:\.{4,}|…{2,}|(?:\. ){4,}\.?)\s*")


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of a document, in points: size of its running text, the edges of its text, and
    the distance between baselines of each (rounded) size."""

    size: float
    left: float
    right: float
    leading: dict[int, float]

    def leading_of(self, line: Line) -> float:
        """The usual distance from one baseline to the next for lines like `line`."""
        return self.leading.get(round(line.size), 1.25 * line.size)


def without_leaders(text: str) -> str:
    """A line of a table of contents with its dots made a tab."""
    return re.sub(r"\t{2,}", "\t", _LEADER.sub("\t", text)) if _LEADER.search(text) else text


def layout_of(pages: Sequence[Sequence[Line]]) -> Layout:
    """The measures of the lines of all pages."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Layout(10.0, 72.0, 540.0, {})
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += sum(len(span.text) for span in line.spans)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.6] or lines
    # Only long lines show where the text ends: cells of tables and titles end anywhere.
    widest = float(np.percentile([line.right - line.left for line in body], 99))
    long = [line for line in body if line.right - line.left > 0.75 * widest]
    left = float(np.percentile([line.left for line in long], 5))
    right = float(np.percentile([line.right for line in long], 96))
    short = 0.6 * widest
    running = [[line for line in page if line.right - line.left > short] for page in pages]
    return Layout(size, left, right, {**_leadings(pages), **_leadings(running)})


def _leadings(pages: Sequence[Sequence[Line]]) -> dict[int, float]:
    gaps: dict[int, Counter[float]] = {}
    for page in pages:
        for above, below in pairwise(page):
            gap = above.baseline - below.baseline
            if abs(above.size - below.size) < 0.5 and 0.9 * below.size < gap < 2.2 * below.size:
                gaps.setdefault(round(below.size), Counter())[round(2 * gap) / 2] += 1
    # Of the frequent distances the closest one is that inside of paragraphs.
    return {
        size: min(gap for gap, n in counts.items() if n >= 0.25 * counts.most_common(1)[0][1])
        for size, counts in gaps.items()
    }


class ParagraphBuilder:
    """Makes the blocks of one flow of lines. `right` is the right edge of the flow."""

    def __init__(self, layout: Layout, joiner: LineJoiner, right: float) -> None:
        self._layout = layout
        self._joiner = joiner
        self._right = right

    def blocks(self, lines: Sequence[Line], *, masthead: bool = False) -> list[Block]:
        """The blocks of `lines`. The last one is complete only if its text clearly ends there."""
        groups: list[list[Line]] = []
        unsure: set[int] = set()  # groups that may go on in the next
        for place, line in enumerate(lines):
            if groups:
                verdict = "new" if masthead else self._verdict(groups[-1], line)
                if verdict != "same" and not masthead and runs_inline(groups[-1], lines[place:]):
                    verdict = "same"
                if verdict == "same":
                    groups[-1].append(line)
                    continue
                if verdict == "unsure":
                    unsure.add(len(groups) - 1)
            groups.append([line])
        blocks = []
        for index, group in enumerate(groups):
            last = index == len(groups) - 1
            complete = masthead or (index not in unsure and not (last and self._may_go_on(group)))
            blocks.append(self._block(group, complete=complete))
        return blocks

    def _verdict(self, group: Sequence[Line], line: Line) -> str:
        """Whether `line` belongs to the paragraph `group`: "same", "new" or "unsure"."""
        before = group[-1]
        if _LEADER.search(before.text) or _LEADER.search(line.text):
            return "new"
        gap = before.baseline - line.baseline
        if _MARK_ALONE.fullmatch(line.text):
            return "same" if 0 < gap <= 1.3 * self._layout.leading_of(before) else "new"
        if gap <= 0 or gap > 1.3 * self._layout.leading_of(line):
            return self._across_gap(before, line, gap)
        if abs(line.size - before.size) > 0.1 * before.size:
            return "new"
        if line.bold != before.bold and not (line.bold and self._goes_on(before)):
            return "new"
        ended = bool(_TERMINAL.search(before.text))
        if self._is_title_line(before) and self._is_title_line(line) and not ended:
            return self._in_title(group, line)
        if self._ends_early(before, line):
            return "new"
        if _MARKER.match(line.text):
            return self._at_marker(group, line, ended=ended)
        return self._by_indent(group, line, ended=ended)

    def _across_gap(self, before: Line, line: Line, gap: float) -> str:
        if gap <= 0:  # the top of the next column
            return "same" if self._goes_on(before) and not _MARKER.match(line.text) else "unsure"
        # A picture may stand between. A capital or a number begins a paragraph.
        if line.text[0].isupper() or _MARKER.match(line.text) or self._is_title_line(before):
            return "new"
        return "unsure" if self._goes_on(before) else "new"

    def _goes_on(self, line: Line) -> bool:
        """Whether a line is full and its sentence unfinished."""
        return self._is_full(line) and not _TERMINAL.search(line.text)

    def _is_full(self, line: Line) -> bool:
        slack = 2.5 * line.size if line.text.isascii() else 3 * line.size
        return line.right > self._right - slack

    def _ends_early(self, before: Line, line: Line) -> bool:
        """Whether the first word of `line` would have fitted behind `before`."""
        han = ord(line.text[0]) > 0x2E7F
        room = self._right - before.right
        return room > line.spans[0].first_width + (2.2 if han else 0.9) * line.size

    def _at_marker(self, group: Sequence[Line], line: Line, *, ended: bool) -> str:
        before = group[-1]
        apart = len(line.spans) > 1 and bool(_MARKER.fullmatch(line.spans[0].text + " "))
        if ended or apart or abs(line.left - before.left) > 0.6 * line.size:
            return "new"
        # "… as stated in paragraph / 16. Further": the number may belong to the sentence.
        return "unsure"

    def _by_indent(self, group: Sequence[Line], line: Line, *, ended: bool) -> str:
        before, step = group[-1], 0.8 * line.size
        shift = line.left - before.left
        if abs(shift) <= step:
            return "same"
        if shift > 0:
            first = len(group) == 1
            if first and (self._text_start(before, line) or _MARKER.match(before.text)):
                return "same"
            # Paragraphs that begin further in than they go on: the next one does so too.
            begins = not line.text[0].islower() and not first
            if begins and (ended or abs(group[0].left - line.left) < step):
                return "new"
            return "new" if ended else "unsure" if begins or not self._is_full(before) else "same"
        if len(group) == 1:
            return "same"
        return "new" if ended else "unsure"

    def _text_start(self, first: Line, line: Line) -> bool:
        """Whether `line` begins under the text behind the number of `first`."""
        if len(first.spans) > 1 and abs(first.spans[1].left - line.left) < 0.8 * line.size:
            return True
        match = _MARKER.match(first.text)
        if match is None:
            return False
        share = width(match[0]) / max(1, width(first.text))
        return abs(first.left + share * (first.right - first.left) - line.left) < 1.2 * line.size

    def _is_title_line(self, line: Line) -> bool:
        return line.bold or line.size > _LARGER * self._layout.size

    def _in_title(self, group: Sequence[Line], line: Line) -> str:
        """Whether a second line of heavy type goes on with the title above it."""
        before = group[-1]
        if _MARKER.match(line.text):
            return "new"
        centre = abs((before.left + before.right) - (line.left + line.right)) / 2
        indented = min(before.left, line.left) > self._layout.left + 2 * line.size
        if centre < 4.0 and indented:
            return "same"
        hanging = line.left > before.left + step if (step := 0.5 * line.size) else False
        if self._ends_early(before, line) and not (hanging and self._text_start(group[0], line)):
            return "new"
        return "same"

    def _may_go_on(self, group: Sequence[Line]) -> bool:
        """Whether the last paragraph of a flow could be cut by the page."""
        line = group[-1]
        if _LEADER.search(line.text):
            return False
        if self._is_title_line(line) and not self._is_full(line):
            return False
        ended = bool(_TERMINAL.search(line.text))
        if len(group) == 1 and line.right < (self._right + self._layout.left) / 2:
            return False
        return not ended or line.right > self._right - 0.06 * (self._right - self._layout.left)

    def _block(self, group: Sequence[Line], *, complete: bool) -> Block:
        text = group[0].text
        for line in group[1:]:
            text = self._joiner.join(text, line.text)
        text = without_leaders(text)
        indent = max(0, round(group[0].left - self._layout.left))
        page = group[0].page
        if self._is_heading(group, text):
            return Block("heading", text, level=0, indent=indent, page=page)
        return Block("text", text, indent=indent, page=page, complete=complete)

    def _is_heading(self, group: Sequence[Line], text: str) -> bool:
        if not all(self._is_title_line(line) for line in group) or CONTENTS.fullmatch(text):
            return bool(CONTENTS.fullmatch(text)) and all(map(self._is_title_line, group))
        short = width(text) <= _TITLE_WIDTH and len(group) <= 5
        return short and not text.rstrip().endswith(_SENTENCE_LIKE) and any(map(str.isalpha, text))
