"""Numbers and letters at the start of a line: what they could mean, before it is known.

A printed "1." may number a paragraph, a heading or a list item; "C." may be a heading's letter or
a roman hundred. This module only reads the mark; `numbering` and `outline` decide.
"""

import re
from dataclasses import dataclass
from typing import Final

from kb.references import (
    ARABIC_LETTERS,
    HAN_NUMERALS,
    degree_letter,
    han_number,
    plain_digits,
    roman,
)

_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?P<section>[A-Z](?=\.\d))?(?:\.\d{1,3})*)(?P<bis>\s(?:bis|ter|quater))?"
    r"(?:\s?[.、)](?!\d)|\s?[-–—](?=\s|[^\W\d_])|(?<=[\dA-Z]\.\d)(?=\s)|(?<=[\dA-Z]\.\d\d)(?=\s)"
    r"|(?<=[\dA-Z]\.\d\d\d)(?=\s)|\t)\s*"
)
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Arabic editions join section and paragraph by a hyphen, "14-1"; extraction can move the mark of
# "3-" in front of it.
_ARABIC_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:-\d{1,3})+)\s+(?=[\u0620-\u064a])"
    r"|[-–](?P<moved>\d{1,3})\s+(?=[\u0620-\u064a])"
)
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*(?:[.)]|\s?[-–])?")
_OUTLINE = re.compile(
    r"(?:(?P<roman>[IVXLC]{1,7}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])|(?P<letter>[A-ZА-Я])|(?P<han>[一二三四五六七八九十]{1,3}))"
    r"(?:\s?[.、．]\s*|\s?[-–—]\s+|\t\s*)(?=\S)"
)
_ARABIC_ORDINALS: Final = (
    *("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا"),
    *("سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
)
_ARABIC_LETTER_NAMES: Final = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي"),
    *("حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون"),
)
_ARABIC_OUTLINE = re.compile(
    rf"(?P<word>{'|'.join(_ARABIC_ORDINALS + _ARABIC_LETTER_NAMES)})[ًاً]*\s*[-–—.]\s*(?=\S)"
)
_DEGREE = re.compile(
    rf"(?:[-•*–]\s+)?(?:\(\s?(?P<both>[a-z]{{1,5}}|[а-я]|\d{{1,2}}|[一二三四五六七八九十]{{1,3}}"
    rf"|[{ARABIC_LETTERS}]ـ?)\s?\)|(?P<right>[a-z]{{1,5}}|[а-я]|\d{{1,2}}|[{ARABIC_LETTERS}]ـ?)\)"
    r"|(?P<dot>[a-z]{1,5}|[а-я])\.(?=\s)|(?P<dash>[" + ARABIC_LETTERS + r"]ـ?)\s?[-–](?=\s)"
    r"|[‘’'](?P<quoted>\d{1,2})[‘’']|(?P<circled>[㈠-㈩]))(?:\s+|(?=[^\s.,;]))"
)
_CIRCLED: Final = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
LATIN_TWINS: Final = {"с": "c", "е": "e", "а": "a"}  # Cyrillic letters typed among Latin ones
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that starts with an arabic number: `value` (14, 35) for "14.35"."""

    printed: str
    label: str
    value: tuple[int, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class OutlineMark:
    """A line that starts with a heading's mark.

    `rank` is 1 for roman and Han numerals, 2 for letters, as UN documents nest them; a mark that
    can be both has `other`, its (rank, value) read the other way.
    """

    printed: str
    rank: int
    value: int
    rest: str
    other: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Degree:
    """The mark of a sub-paragraph, with every way to read it.

    Each reading is (style, letter): the style (script and brackets) is the same for siblings, the
    letter normalized. (i) is a letter or a numeral, a lone Cyrillic с among Latin letters is c.
    """

    printed: str
    readings: tuple[tuple[str, str], ...]
    length: int  # code points from the start of the line to the text behind the mark


def read_number(line: str) -> Numbered | None:
    """The arabic number that starts `line`, or None. Years and decimals in prose are not."""
    plain = plain_digits(line)
    arabic = _ARABIC_NUMBER.match(plain)
    if arabic:
        value = tuple(int(part) for part in (arabic["number"] or arabic["moved"]).split("-"))
        label = ".".join(str(part) for part in value)
        return Numbered(line[: arabic.end()].strip(), label, value, line[arabic.end() :])
    match = _NUMBER.match(plain)
    if match is None or match.end() == len(plain.rstrip()):
        return None
    parts = match["number"].split(".")
    value = tuple(int(part.rstrip(_CAPITALS)) for part in parts)
    if value[0] == 0:
        return None
    suffix = (match["bis"] or "").strip()
    label = str(value[0]) + (match["section"] or "")  # budget sections such as 29A.1
    label = ".".join((label, *map(str, value[1:]))) + (f" {suffix}" if suffix else "")
    return Numbered(line[: match.end()].strip(), label, value, line[match.end() :])


def is_bare_number(line: str) -> bool:
    """Whether `line` is a number and nothing else: its text stands on the next line."""
    return bool(_BARE_NUMBER.fullmatch(plain_digits(line).strip()))


def read_outline(line: str) -> OutlineMark | None:
    """The heading mark that starts `line`, or None."""
    match = _OUTLINE.match(line)
    if match is None:
        return _arabic_outline(line)
    printed, rest = line[: match.end()].strip(), line[match.end() :]
    if match["han"]:
        return OutlineMark(printed, 1, han_number(match["han"]), rest)
    if match["letter"]:
        letter = degree_letter(match["letter"]) if match["letter"] >= "А" else match["letter"]
        return OutlineMark(printed, 2, ord(letter.lower()) - ord("a") + 1, rest)
    value = _roman_value(match["roman"])
    if len(match["roman"]) == 1 and match["roman"] in "IVXLC":
        as_letter = ord(match["roman"]) - ord("A") + 1
        return OutlineMark(printed, 1, value, rest, other=(2, as_letter))
    return OutlineMark(printed, 1, value, rest)


def _arabic_outline(line: str) -> OutlineMark | None:
    match = _ARABIC_OUTLINE.match(line)
    if match is None:
        return None
    word, printed, rest = match["word"], line[: match.end()].strip(), line[match.end() :]
    if word in _ARABIC_ORDINALS:
        return OutlineMark(printed, 1, _ARABIC_ORDINALS.index(word) + 1, rest)
    return OutlineMark(printed, 2, _ARABIC_LETTER_NAMES.index(word) + 1, rest)


def _roman_value(numeral: str) -> int:
    if numeral in "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ":
        return "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".index(numeral) + 1
    values = [_ROMAN_VALUES[c] for c in numeral.lower()]
    following = (*values[1:], 0)
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def read_degree(line: str) -> Degree | None:
    """The sub-paragraph mark that starts `line`, or None."""
    match = _DEGREE.match(plain_digits(line))
    if match is None:
        return None
    brackets = next(name for name, value in match.groupdict().items() if value)
    inner = match[brackets].replace("ـ", "")
    if len(inner) > 1 and inner.isascii() and inner.isalpha() and not _ROMAN.fullmatch(inner):
        return None
    printed = line[: match.end()].strip().lstrip("-•*– ")
    return Degree(printed, _readings(inner, brackets), match.end())


def _readings(inner: str, brackets: str) -> tuple[tuple[str, str], ...]:
    if brackets == "circled":
        return (("han both", roman(_CIRCLED.index(inner) + 1)),)
    if brackets == "quoted":
        return (("roman quoted", roman(int(inner))),)
    script = _script(inner)
    readings = [(f"{script} {brackets}", degree_letter(inner))]
    if inner in LATIN_TWINS:
        readings.append((f"letter {brackets}", LATIN_TWINS[inner]))
    if script == "roman" and len(inner) == 1:
        readings.append((f"letter {brackets}", inner))
    elif script == "letter" and inner in "vxlc":
        readings.append((f"roman {brackets}", inner))
    return tuple(readings)


def _script(inner: str) -> str:
    if inner.isdigit():
        return "digit"
    if inner[0] in HAN_NUMERALS:
        return "han"
    if inner[0] in ARABIC_LETTERS:
        return "arabic"
    if len(inner) > 1 or inner == "i":
        return "roman"
    return "letter"


_INLINE = re.compile(
    r"(?<![\d)a-zA-Z])\((?P<both>[ivx]{1,4}|[a-h]|[一二三四五六七八九十])\)(?=\s?\S)"
    r"|(?<=[\s:;,])(?P<right>[ivx]{1,4})\)(?=\s)"
    r"|(?<=[\s:؛،])[‘’'](?P<quoted>\d)[‘’'](?=\s)|(?P<circled>[㈠-㈩])"
)


def inline_runs(text: str) -> list[list[tuple[int, str]]]:
    """Enumerations run into the sentence: lists of (offset, letter), each of two or more in order.

    "…: (i) first; and (ii) second" or 包括：(一) …；(二) …. A reference such as "39 (a)" is none.
    """
    runs: list[list[tuple[int, str]]] = []
    open_runs: dict[str, list[tuple[int, str]]] = {}
    for match in _INLINE.finditer(plain_digits(text)):
        if re.search(r"\d\s?$", text[: match.start()]):
            continue
        brackets = next(name for name, value in match.groupdict().items() if value)
        style, letter = _readings(match[brackets], brackets)[0]
        kind = style.split(" ")[0]
        if kind == "letter" and letter in "vx":
            kind = "roman"
        run = open_runs.get(kind)
        position = degree_position(letter, kind)
        if position == 1:
            open_runs[kind] = [(match.start(), letter)]
            runs.append(open_runs[kind])
        elif run is not None and position == len(run) + 1:
            run.append((match.start(), letter))
    return [run for run in runs if len(run) > 1]


def degree_position(letter: str, script: str) -> int:
    """Place of a normalized mark among its siblings, from 1."""
    if script in ("roman", "han"):
        return _roman_value(letter)
    if letter.isdigit():
        return int(letter)
    return ord(letter[0]) - ord("a") + 1
