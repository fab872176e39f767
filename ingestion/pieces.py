"""Blocks made into pieces: one visual paragraph, table, picture or footnote body each.

Wrapped lines are put together, a number on a line of its own joins its text, and each piece knows
whether a page cut lies before it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block, BlockKind
from ingestion.enumerators import (
    Numbered,
    is_bare_number,
    read_degree,
    read_number,
    read_outline,
)
from kb.references import plain_digits

_HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
_WIDE = re.compile(r"[\u2e80-\U0010ffff]")
_STOPS = (".", "-", "–")  # of a number alone on its line; without one it may be a page's
_SECTION_NUMBER = re.compile(r"(\d{1,3}(?:[.-]\d{1,3})*)[.)]?\s*(?=[^\d\s])")
_TERMINAL = re.compile(
    r"[.。!！?？;；:：؟؛…](?:[\s\"”»’')）\]]|"
    + MARK_OPEN
    + "[^"
    + MARK_CLOSE
    + "]*"
    + MARK_CLOSE
    + ")*$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`run_on` says that the printed line before it did not end a paragraph of the layout;
    `cut` that a page ends between the two."""

    kind: BlockKind
    text: str = ""
    level: int | None = None
    number: str | None = None  # mark of a footnote body
    rows: tuple[tuple[str, ...], ...] = ()
    run_on: bool = False
    cut: bool = False


def pieces_of(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """The blocks as pieces, in reading order."""
    return tuple(_with_bare_numbers_joined(_unwrapped(blocks)))


def _unwrapped(blocks: Iterable[Block]) -> Iterator[Piece]:
    open_piece: Piece | None = None
    open_line = False  # the last text block was a line that may go on
    cut = False
    for block in blocks:
        if block.kind == "page_break":
            cut = True
            continue
        piece = _piece(block, run_on=open_line, cut=cut)
        if open_piece and piece.kind == "text" and open_line and not cut and _goes_on(piece):
            open_piece = replace(open_piece, text=join_lines(open_piece.text, piece.text))
        else:
            if open_piece:
                yield open_piece
            open_piece = piece
        if block.kind == "text":
            open_line = not block.complete
        cut = False
    if open_piece:
        yield open_piece


def _piece(block: Block, *, run_on: bool, cut: bool) -> Piece:
    text = block.text.strip()
    number = None
    if block.kind == "footnote":
        number = block.number
    elif block.number:
        text = f"{block.number} {text}"
    return Piece(block.kind, text, block.level, number, block.rows, run_on, cut)


def _goes_on(piece: Piece) -> bool:
    """A line that starts with a mark of its own may start a paragraph: it stays a piece."""
    text = piece.text
    return not (
        read_number(text)
        or read_outline(text)
        or read_degree(text)
        or is_bare_number(text)
        or text.startswith(("- ", "• ", "* "))
        or text.startswith(MARK_OPEN)
    )


def _with_bare_numbers_joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        if held is not None:
            if piece.kind == "text" and not is_bare_number(piece.text):
                piece = replace(piece, text=f"{held.text} {piece.text}", cut=held.cut)
            else:
                yield held
            held = None
        if piece.kind == "text" and is_bare_number(piece.text) and piece.text.endswith(_STOPS):
            held = piece
            continue
        yield piece
    if held is not None:
        yield held


def number_of(piece: Piece) -> Numbered | None:
    """The arabic number that starts the piece. A heading's may lack its stop, "4.2 Licences", or
    be joined by hyphens as Arabic editions print it."""
    if piece.kind not in ("text", "heading"):
        return None
    number = read_number(piece.text)
    if number is not None or piece.kind == "text":
        return number
    plain = plain_digits(piece.text)
    match = _SECTION_NUMBER.match(plain)
    if match is None or match.end() >= len(plain):
        return None
    value = tuple(int(part) for part in re.split(r"[.-]", match[1]))
    label = ".".join(str(part) for part in value)
    return Numbered(match.group().strip(), label, value, piece.text[match.end() :])


def join_lines(before: str, after: str) -> str:
    """Two printed lines as one: no space between Han characters, one space elsewhere."""
    if not before or not after:
        return before + after
    if re.search(rf"[{_HAN}]$", before) or re.match(rf"[{_HAN}]", after):
        return before + after
    if before.endswith("\u00ad"):
        return before[:-1] + after
    return f"{before} {after}"


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a sentence's or a clause's final mark."""
    return bool(_TERMINAL.search(text.rstrip()))


def columns(text: str) -> int:
    """The width of `text`, in which a Han character takes two columns."""
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))


def is_title_like(text: str) -> bool:
    """Short, one sentence at most and without a final mark: how headings look."""
    return (
        0 < columns(text) <= 160
        and not ends_sentence(text)
        and not text.endswith((",", "，", "、", "،"))
    )
