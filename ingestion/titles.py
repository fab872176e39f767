"""Which lines are headings, in a part whose paragraph numbers are known."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingestion.enumerators import read_degree, read_number, read_outline
from ingestion.footnotes import MARK
from ingestion.outline import OutlineReader, Title, clean_title, unnumbered_rank
from ingestion.pieces import Piece, is_title_like
from ingestion.words import fold

_WIDEST = 240
_NUMBERED_RANK = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a line: `ended`, whether the text before it ended a sentence."""

    ended: bool
    next_opens: bool  # a paragraph, a heading or the end comes next
    before: int  # index of the next paragraph


class TitleReader:
    """Reads headings in order; it remembers the numbering of those before."""

    def __init__(self, contents: Collection[str], format_levels: bool) -> None:
        self._contents = frozenset(contents)
        self._outline = OutlineReader()
        self._number = 0
        self._format_levels = format_levels

    def read(self, piece: Piece, context: Context) -> Title | None:
        """The heading that `piece` is, or None. Pieces that number paragraphs are not asked."""
        text = clean_title(MARK.sub("", piece.text))
        if not text or len(text) > _WIDEST or read_degree(text):
            return None
        known = fold(text).strip(" .") in self._contents
        marked = piece.kind == "heading" and bool(piece.level)
        shaped = is_title_like(text) or known or marked
        if not shaped or (not context.ended and not marked and not known and piece.run_on):
            return None
        return (
            self._with_outline_mark(piece, text, context)
            or self._with_number(piece, text, context, sure=known or marked)
            or self._without_mark(piece, text, context, sure=known or marked)
        )

    def _with_outline_mark(self, piece: Piece, text: str, context: Context) -> Title | None:
        mark = read_outline(text)
        if mark is None:
            return None
        rank = self._outline.rank(mark)
        self._number = 0
        return Title(mark.printed, mark.rest.strip(), rank, context.before, piece.level)

    def _with_number(
        self, piece: Piece, text: str, context: Context, *, sure: bool
    ) -> Title | None:
        number = read_number(text)
        if number is None or not number.rest.strip():
            return None
        if len(number.value) == 1:
            if not sure and number.value[0] not in (1, self._number + 1):
                return None
            self._number = number.value[0]
        elif not sure:
            return None
        rank = _NUMBERED_RANK + len(number.value) - 1
        return Title(number.printed, number.rest.strip(), rank, context.before, piece.level)

    def _without_mark(
        self, piece: Piece, text: str, context: Context, *, sure: bool
    ) -> Title | None:
        if read_number(text):
            return None
        looks = piece.kind == "heading" or context.next_opens
        plain = context.ended and looks and is_title_like(text) and _starts_like_a_title(text)
        if not (sure or plain):
            return None
        level = piece.level if self._format_levels else None
        return Title(None, text, unnumbered_rank(level), context.before, piece.level)


def _starts_like_a_title(text: str) -> bool:
    return not re.match(r"[-•*–(（\[]", text) and not text[0].islower()


def has_format_levels(pieces: Sequence[Piece]) -> bool:
    """Whether the format marks headings with depths at all."""
    return any(p.kind == "heading" and p.level for p in pieces)
