"""What a reader gives: the blocks of a file in reading order.

Two private-use characters carry what a format knows and plain text does not: a footnote mark
stands in `text` as MARK_OPEN + number + MARK_CLOSE, so that it is never taken for a digit of the
sentence. Readers put it wherever the format shows a superscript reference.
"""

from dataclasses import dataclass
from typing import Final, Literal

MARK_OPEN: Final = "\ue000"
MARK_CLOSE: Final = "\ue001"

BlockKind = Literal[
    "text",  # a line or a visual paragraph of running text
    "heading",  # `level` from 1 as the format says, or 0: looks like one, depth unknown
    "footnote",  # a footnote body known from the format or its place; `number` is its mark
    "table",
    "image",
    "page_break",
]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a file.

    `text` of a "text" block is one visual paragraph when `complete`, else one printed line that
    may go on in the next block. `number` is an automatic list number ("12.", "(a)") that the
    format keeps apart from the text, or the mark of a footnote. `indent` is the list depth or the
    left edge, larger is deeper, where the format tells.
    """

    kind: BlockKind
    text: str = ""
    level: int | None = None
    number: str | None = None
    indent: int | None = None
    page: int | None = None
    complete: bool = True
    rows: tuple[tuple[str, ...], ...] = ()  # of a table, header row first


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its blocks and what the format says of it."""

    media_type: str
    blocks: tuple[Block, ...]
    title: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()  # what the reader left out, and why
