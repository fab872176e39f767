"""Printed lines of a PDF: what the steps from glyphs to paragraphs hand to each other.

A line keeps its stretches of text apart where a gap is wider than a word space, so that tables and
columns can be seen later.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.readers.wrapping import first_word, width

PlacedWord = tuple[float, float, str]  # left, right, text

NUMBER = re.compile(  # of a paragraph, a sub-paragraph or a list item
    r"(?:\d{1,3}(?:\.\d{1,4})*[.)、]?|\d{1,3}[A-Z]?\.\d{1,4}|\(?[^\W\d_]{1,4}[.)、]|\([^\s()]{1,5}\)"
    r"|\d{1,3}(?:-\d{1,3})*\s?[-–—]|[\u0621-\u0652]{1,9}[-–—.]|[’‘']\d{1,2}[’‘']"
    r"|[-•–—▪○·*†]|\*{1,4}|[IVXLC]{1,6}\.?)"
)


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
        if self.words and not is_han(word):
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


def is_han(text: str) -> bool:
    """Whether `text` begins with a Han character or a full-width sign."""
    return "\u2e80" <= text[0] < "\ufb00" or "\uff00" <= text[0] < "\uffef"
