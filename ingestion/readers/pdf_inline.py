"""Enumerations run into a sentence, a mark of which happens to begin a printed line."""

import re
from collections.abc import Sequence
from typing import Final

from ingestion.readers.pdf_lines import Line
from kb.references import ARABIC_LETTERS, HAN_NUMERALS, RUSSIAN_LETTERS, roman

_MARK = re.compile(
    r"[(（]\s?([a-z]{1,5}|\d{1,2}|[а-я]|[一二三四五六七八九十]{1,3}|[\u0621-\u064a])ـ?\s?[)）]"
)
_ROMANS: Final = tuple(roman(n) for n in range(1, 21))
_SEQUENCES: Final[tuple[Sequence[str], ...]] = (
    _ROMANS,
    "abcdefghijklmnopqrstuvwxyz",
    tuple(str(n) for n in range(1, 31)),
    HAN_NUMERALS,
    RUSSIAN_LETTERS,
    ARABIC_LETTERS,
)
_AHEAD: Final = 8  # lines


def runs_inline(group: Sequence[Line], following: Sequence[Line]) -> bool:
    """Whether the mark that begins `following[0]` goes on an enumeration inside of the sentence
    that `group` prints: "…: (i) first; (ii) second", with (ii) at the start of a line.

    The mark before it stands inside of a line above, or the mark after it inside of a line that
    follows; and the line begins where the text's lines go on, not further in.
    """
    line = following[0]
    match = _MARK.match(line.text)
    if match is None or abs(line.left - group[-1].left) > 0.6 * line.size:
        return False
    for sequence in _SEQUENCES:
        if match[1] not in sequence:
            continue
        position = list(sequence).index(match[1])
        if position and _stands_inside(group, sequence[position - 1]):
            return True
        rest = [line, *following[1:_AHEAD]]
        if position == 0 and len(sequence) > 1 and _comes_inside(rest, sequence[1]):
            return True
    return False


def _stands_inside(lines: Sequence[Line], mark: str) -> bool:
    """Whether `mark` is the last enumeration mark in `lines` and begins none of them, or only one
    that this rule itself took for a line of the sentence."""
    for line in reversed(lines):
        marks = list(_MARK.finditer(line.text))
        if marks:
            last = marks[-1]
            return last[1] == mark and (last.start() > 0 or line is not lines[0])
    return False


def _comes_inside(lines: Sequence[Line], mark: str) -> bool:
    """Whether `mark` comes next, inside of a line."""
    for index, line in enumerate(lines):
        for match in _MARK.finditer(line.text):
            if index == 0 and match.start() == 0:
                continue
            return match[1] == mark and match.start() > 0
    return False
