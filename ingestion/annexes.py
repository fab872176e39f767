"""Annexes: where each begins, and the prefix of its paragraphs' labels."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ingestion.pieces import Piece, is_title_like
from ingestion.words import words
from kb.references import HAN_NUMERALS, han_number, plain_digits, roman

_ARABIC_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس"),
    *("السادس", "السابع", "الثامن", "التاسع", "العاشر"),
)


def split_annexes(pieces: Sequence[Piece]) -> list[tuple[str | None, tuple[Piece, ...]]]:
    """The body (None) and each annex ("annex", "annex I"), each with its pieces.

    The annex's own title line opens its part.
    """
    starts = [i for i, piece in enumerate(pieces) if annex_label(piece)]
    bounds = [0, *starts, len(pieces)]
    parts: list[tuple[str | None, tuple[Piece, ...]]] = []
    for position, (start, end) in enumerate(pairwise(bounds)):
        label = annex_label(pieces[start]) if position else None
        parts.append((label, tuple(pieces[start:end])))
    return parts


def annex_label(piece: Piece) -> str | None:
    """ "annex", "annex I" … for the line that opens an annex; None for any other."""
    if piece.kind not in ("text", "heading") or not is_title_like(piece.text):
        return None
    match = _opening().fullmatch(plain_digits(piece.text).strip(" .:"))
    if match is None or (match["title"] and piece.kind != "heading"):
        return None
    number = match["number"]
    return f"annex {_number(number)}" if number else "annex"


@cache
def _opening() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in words("annex"))
    ordinals = "|".join(_ARABIC_ORDINALS)
    return re.compile(
        rf"(?:{names})(?:\s?(?P<number>[IVXLC]+|[A-Z]|\d{{1,2}}|[{HAN_NUMERALS}]{{1,2}}|{ordinals}))?"
        r"(?:\s?[*]+)?(?:\s?[.:–—-]\s?(?P<title>\S.*))?",
        re.IGNORECASE,
    )


def _number(printed: str) -> str:
    if printed in _ARABIC_ORDINALS:
        return roman(_ARABIC_ORDINALS.index(printed) + 1).upper()
    if printed[0] in HAN_NUMERALS:
        return roman(han_number(printed)).upper()
    return printed.upper()
