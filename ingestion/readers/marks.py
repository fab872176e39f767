"""Footnote marks in marked-up and plain text, made into MARK_OPEN number MARK_CLOSE."""

import re
from collections.abc import Sequence
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_DIGITS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TAGGED = re.compile(r"<sup\b[^>]*>\s*(.{0,40}?)\s*</sup\s*>", re.IGNORECASE)
_MARK = re.compile(r"[\[()]?(\d{1,3}|\*{1,4}|[†‡]|[a-z])[\])(]?")
_REFERENCE = re.compile(r"\s?\[\^([^\]\s]{1,20})\](?!:)")
_UNIT_BEFORE = re.compile(r"(?<![^\W\d_])(?:[kcdmµ]?m|km|CO|ha)$")
_BODY = re.compile(rf"\s*{MARK_OPEN}([^{MARK_CLOSE}]+){MARK_CLOSE}[\s.:)]*(?=\S)")
_BRACKETED_BODY = re.compile(r"[_*\s]*\[(\d{1,3})\]\s+(?=\S)")


def mark(number: str) -> str:
    """`number` as a footnote mark."""
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def is_power(before: str, number: str) -> bool:
    """Whether a raised `number` behind the text `before` is part of a unit, as in km²."""
    return number in ("2", "3") and bool(_UNIT_BEFORE.search(before))


def raised(before: str, text: str) -> str:
    """Raised `text` behind the text `before`: a mark, or what it is when it is none.

    Powers become superscript digits; letters such as those of "1er" stay as they are.
    """
    plain = text.translate(_SUPERSCRIPTS).strip()
    match = _MARK.fullmatch(plain)
    if match is None:
        return text
    if is_power(before, match[1]):
        return match[1].translate(_RAISED)
    if match[1].isalpha() and before[-1:].isdigit():
        return text
    return mark(match[1])


def with_marks(text: str) -> str:
    """`text` with its superscript digits, `<sup>` tags and `[^1]` references made into marks."""
    if "<" in text:
        text = _TAGGED.sub(lambda m: raised(text[: m.start()], m[1]), text)
    text = _RAISED_DIGITS.sub(lambda m: raised(text[: m.start()], m[0]), text)
    return _REFERENCE.sub(lambda m: mark(m[1]), text)


def footnote_body(line: str) -> tuple[str, str] | None:
    """Number and text of a line that begins with a mark: a footnote's body."""
    match = _BODY.match(line)
    return (match[1], line[match.end() :].strip()) if match else None


def bracketed_numbers(lines: Sequence[str]) -> frozenset[str]:
    """The numbers of footnotes written "[1]": a line begins so, and an earlier word carries it."""
    found: set[str] = set()
    for index, line in enumerate(lines):
        match = _BRACKETED_BODY.match(line)
        if match is None:
            continue
        glued = re.compile(rf"[^\s\[(]\[{match[1]}\]")
        if any(glued.search(earlier) for earlier in lines[:index]):
            found.add(match[1])
    return frozenset(found)


def with_bracketed_marks(line: str, numbers: frozenset[str]) -> str:
    """`line` with "[1]" made into marks, for the numbers known to be footnotes."""
    if not numbers:
        return line
    match = _BRACKETED_BODY.match(line)
    if match and match[1] in numbers:
        line = mark(match[1]) + " " + line[match.end() :]
    return re.sub(
        r"(?<=[^\s\[(])\[(\d{1,3})\]", lambda m: mark(m[1]) if m[1] in numbers else m[0], line
    )
