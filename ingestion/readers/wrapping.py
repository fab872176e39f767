"""How a plain text is broken into lines: a paragraph a line, wrapped at a width, or shattered."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

_WIDEST: Final = 160  # columns; a longer line is a paragraph
_HAN: Final = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_STARTS_ANEW = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*\s?[.)、]|\([^\s()]{1,5}\)|[A-ZА-Я]\.|[IVX]+\.|[•▪])(?=\s|$)|[-–*]\s+\S|#"
)


def width(text: str) -> int:
    """Columns that `text` takes; a Han character takes two."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=8_192)
def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def first_word(text: str) -> str:
    """What a wrapping program would have had to fit on the line before."""
    word = re.match(rf"\s*([^\s{_HAN}]+|.)[{_HAN}]?", text)
    return word[1] if word else text


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which `lines` are wrapped, or None when a line is a paragraph.

    Wrapped: nearly every line that another follows is so long that the next word did not fit.
    """
    pairs = [
        (width(line.rstrip()), width(first_word(following)))
        for line, following in pairwise(lines)
        if line.strip() and following.strip() and "\t" not in line.strip()
    ]
    if len(pairs) < 3:
        return None
    lengths = sorted(length for length, _ in pairs)
    full = lengths[int(0.9 * (len(lengths) - 1))]
    if not 30 <= full <= _WIDEST or lengths[-1] > 1.6 * full:
        return None
    wrapped = sum(length + 1 + word > 0.85 * full for length, word in pairs)
    return full if wrapped >= 0.6 * len(pairs) else None


def ends_early(line: str, following: str, full: int) -> bool:
    """Whether the first word of `following` would have fitted on `line`: it ended on purpose."""
    return width(line.rstrip()) + 1 + width(first_word(following)) < 0.75 * full


def is_shattered(lines: Sequence[str]) -> bool:
    """Whether each stretch of type came out as a line, the spaces between them as lines of one
    space."""
    spaces = sum(line != "" and not line.strip() for line in lines)
    short = sum(0 < len(line.strip()) < 100 for line in lines)
    return len(lines) >= 20 and spaces > 0.2 * len(lines) and short > 0.4 * len(lines)


def mended(lines: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines of a shattered text put together: (text, whether a paragraph surely ends).

    A stretch joins the next with exactly the spaces that the file holds. A new line begins after a
    final mark where the next stretch could begin a paragraph, and at two lines of space.
    """
    found: list[tuple[str, bool]] = []
    text = ""
    spaces = 0
    for line in lines:
        if not line.strip():
            spaces += line != ""
            continue
        apart = spaces > 0 or text.endswith(" ")
        if text.strip() and spaces >= 3:
            found.append((text.strip(), True))
            text = ""
        elif text.strip() and apart and _could_start(text, line):
            found.append((text.strip(), False))
            text = ""
        text += (" " if spaces and not text.endswith(" ") else "") + line
        spaces = 0
    if text.strip():
        found.append((text.strip(), True))
    return found


def _could_start(before: str, line: str) -> bool:
    if _STARTS_ANEW.match(line):
        return True
    if _STARTS_ANEW.fullmatch(before.strip()):
        return False
    ended = re.search(r"[.;:,]\s*$", before) is not None
    return ended and line.lstrip()[:1].isupper()
