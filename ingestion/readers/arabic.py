"""Arabic back in the order in which it is read.

A conversion that copies glyphs from left to right stores each line backwards, with the numbers
and the Latin words in it the right way round. `is_reversed` sees it by the letters that Arabic
puts at one end of a word only; `logical_from_visual` turns a line round. What a display makes of
numbers after Arabic letters (Unicode annex 9, W2 and W4: only . , : / keep the parts of a number
in order, a hyphen does not) is undone here.
"""

import re
from collections.abc import Iterable
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN

ARABIC_LETTER: Final = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
_ARABIC = re.compile(f"[{ARABIC_LETTER}]")
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_WORD = re.compile(f"[{ARABIC_LETTER}\u064b-\u0652]{{3,}}")
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
# One stretch that is written from left to right: a footnote mark, Latin words with what stands
# between them, or a number.
_LEFT_TO_RIGHT = re.compile(
    f"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}"
    f"|[{_LATIN}](?:[^{ARABIC_LETTER}{MARK_OPEN}\n]*[{_LATIN}{_DIGITS}])?"
    f"|[{_DIGITS}]{{1,3}}(?: [{_DIGITS}]{{3}})+(?![{_DIGITS}])"  # 6 120, with a space for thousands
    f"|[{_DIGITS}]+(?:[.,:/\u066b\u066c\u00a0][{_DIGITS}]+)*"
)
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›（）", ")(][}{><»«›‹）（")
_NUMBER_IN_FRONT = re.compile(r"^([-–])(\d{1,3}(?:[-–]\d{1,3})*)(?=\s|$)")
_PER_CENT = re.compile(r"(?<![\d%٪])([%٪])\s?(\d+(?:[.,\u066b]\d+)*)(?!\s?[%٪\d])")
_RANGE = re.compile(r"(?<=[^\d/.,–-])(?<!^)(\d{1,4})([-–])(\d{1,4})(?![\d/.,–-]*\d)")
_DECISION_TURNED = re.compile(r"\b((?:COP|CST|CRIC|CMA|CMP|CP|MOP)\.\d{1,2})/(\d{1,3})\b")


def has_arabic(text: str) -> bool:
    """Whether a letter of `text` is Arabic."""
    return _ARABIC.search(text) is not None


def is_mainly_arabic(text: str) -> bool:
    """Whether Arabic letters are at least a third of the letters of `text`."""
    arabic = len(_ARABIC.findall(text))
    return arabic > 0 and 3 * arabic >= sum(c.isalpha() for c in text)


def is_reversed(text: str) -> bool:
    """Whether the Arabic words of `text` are spelt backwards.

    Half of Arabic nouns begin with the article "ال" and a fifth end in "ة", which no word begins
    with. Fewer than three words that tell are no evidence.
    """
    forward = backward = 0
    for word in _WORD.findall(text):
        forward += word.startswith("ال") + word.endswith("ة") + word.endswith("ى")
        backward += word.endswith("لا") + word.startswith("ة") + word.startswith("ى")
    return backward >= 3 and backward > 2 * forward


def logical_from_visual(line: str, *, mirror: bool = True) -> str:
    """A line copied glyph by glyph from left to right, in reading order.

    `mirror`: its brackets are named by their shape and not by their meaning, so that turning the
    line round turns them round as well.
    """
    parts: list[str] = []
    at = 0
    for match in _LEFT_TO_RIGHT.finditer(line):
        start, end = match.start(), _with_bracket(line, match)
        if start < at:
            continue
        parts += [_turned(line[at:start], mirror=mirror), line[start:end]]
        at = end
    parts.append(_turned(line[at:], mirror=mirror))
    text = _DECISION_TURNED.sub(r"\2/\1", "".join(reversed(parts)))
    text = _NUMBER_IN_FRONT.sub(r"\2\1", text)
    text = _PER_CENT.sub(r"\2\1", text)
    return _RANGE.sub(_ascending, text)


def _ascending(match: re.Match[str]) -> str:
    """A range that was set as a whole from left to right has come out falling."""
    first, dash, last = match.groups()
    return f"{last}{dash}{first}" if int(first) > int(last) else match[0]


def _with_bracket(line: str, match: re.Match[str]) -> int:
    """End of a Latin stretch with the bracket that closes one opened inside of it."""
    run, end = match.group(), match.end()
    closes = line[end : end + 1] == ")" and run.count("(") > run.count(")")
    return end + 1 if closes else end


def _turned(text: str, *, mirror: bool) -> str:
    turned = text[::-1]
    # A vowel sign stays behind its letter.
    turned = re.sub("([\u064b-\u0652\u0670]+)(.)", r"\2\1", turned, flags=re.DOTALL)
    return turned.translate(_MIRRORED) if mirror else turned


def brackets_are_mirrored(logical_lines: Iterable[str]) -> bool:
    """Whether more brackets of lines in reading order close before they open than after."""
    proper = turned = 0
    for line in logical_lines:
        brackets = re.sub(r"[^()]", "", line)
        proper += brackets.count("()")
        turned += brackets.count(")(")
    return turned > proper


def without_stretching(text: str) -> str:
    """`text` without the tatweel that only widens a word; "هـ" keeps its own."""
    return re.sub(f"(?<=[{ARABIC_LETTER}])\u0640+(?=[{ARABIC_LETTER}])", "", text)
