"""Annexes and decisions: parts of a document whose numbering starts anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from ingestion.enumerators import read_number
from ingestion.footnotes import MARK
from ingestion.pieces import Piece, is_title_like
from ingestion.words import fold, folded_words, words
from kb.mentions import find_paragraph_references
from kb.references import HAN_NUMERALS, find_decisions, han_number, plain_digits, roman

_LONGEST_DECISION = 40
_LONGEST_NAME = 45  # "Paragraph 12, second line" before a colon

_ARABIC_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس"),
    *("السادس", "السابع", "الثامن", "التاسع", "العاشر"),
)


@dataclass(frozen=True, slots=True)
class Division:
    """A part with a numbering of its own. `prefix` ("annex I") goes before its labels; the body and
    a decision have none. Its first piece is its title line unless `titled` is False."""

    pieces: tuple[Piece, ...]
    prefix: str | None = None
    titled: bool = False


def split_divisions(pieces: Sequence[Piece]) -> tuple[Division, ...]:
    """The body, then each annex and each decision that has its own title line."""
    starts = [i for i, piece in enumerate(pieces) if opens_division(piece)]
    bounds = [0, *starts, len(pieces)]
    divisions: list[Division] = []
    for position, (start, end) in enumerate(pairwise(bounds)):
        part = tuple(pieces[start:end])
        if not position:
            divisions.append(Division(part))
            continue
        divisions.append(Division(part, annex_label(part[0]), titled=True))
    return tuple(divisions)


def opens_division(piece: Piece) -> bool:
    """Whether the piece is the title line of an annex or of a decision."""
    return annex_label(piece) is not None or _is_decision_title(piece)


def _is_decision_title(piece: Piece) -> bool:
    """ "Decision 8/COP.15" and nothing else on the line."""
    if piece.kind not in ("text", "heading") or len(piece.text) > _LONGEST_DECISION:
        return False
    bare = re.sub(r"\d+\s*/\s*\S+|[第号號]", "", fold(piece.text)).strip(" .:")
    return bool(find_decisions(piece.text)) and bare in folded_words("decision")


def corrected_label(piece: Piece) -> tuple[str, str] | None:
    """The paragraph that a corrigendum's line names as the one to be corrected, and what the line
    says behind it: "1. Paragraph 12, second line", "Paragraph 2: for X read Y"."""
    if piece.kind not in ("text", "heading"):
        return None
    number = read_number(piece.text)
    text = MARK.sub("", number.rest if number else piece.text)
    opening, colon, rest = text.partition(":") if ":" in text else text.partition("：")
    if not is_title_like(opening) or (colon and len(opening) > _LONGEST_NAME):
        return None
    named = find_paragraph_references(opening)
    return (named[0].label, rest.strip()) if len(named) == 1 else None


def division_title(piece: Piece) -> tuple[str, str]:
    """The word and number of a division's title line, and the title behind them or ""."""
    text = MARK.sub("", piece.text).strip()
    match = _opening().fullmatch(plain_digits(text).strip(" .:"))
    if match is None or not match["title"]:
        return text, ""
    at = match.start("title")
    return text[:at].strip(" .:–—-\n"), " ".join(text[at:].split())


def annex_label(piece: Piece) -> str | None:
    """ "annex", "annex I" … for the line that opens an annex; None for any other."""
    if piece.kind not in ("text", "heading") or not is_title_like(piece.text):
        return None
    text = MARK.sub("", piece.text)
    match = _opening().fullmatch(plain_digits(text).strip(" .:"))
    if match is None or (match["title"] and piece.kind != "heading"):
        return None
    number = match["number"] or match["han"]
    return f"annex {_number(number)}" if number else "annex"


@cache
def _opening() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in words("annex"))
    ordinals = "|".join(_ARABIC_ORDINALS)
    return re.compile(
        rf"(?:{names})(?:\s(?P<number>(?-i:[IVXLC]+|[A-Z])|\d{{1,2}}|{ordinals})(?!\w)"
        rf"|\s?(?P<han>[{HAN_NUMERALS}]{{1,2}}))?"
        r"(?:\s?[*]+)?(?:(?:\s?[.:–—-]\s?|\s+)(?P<title>\S.*))?",
        re.IGNORECASE | re.DOTALL,
    )


def _number(printed: str) -> str:
    if printed in _ARABIC_ORDINALS:
        return roman(_ARABIC_ORDINALS.index(printed) + 1).upper()
    if printed[0] in HAN_NUMERALS:
        return roman(han_number(printed)).upper()
    return printed.upper()
