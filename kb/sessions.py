"""Sessions of the Convention's bodies as running text names them, in the six languages.

"CRIC 23", "COP16", 审评委第二十三届会议, "шестнадцатая сессия Конференции Сторон". The words
are in `kb/data/bodies.csv` and `kb/data/ordinals.csv`, where `*` stands for any ending.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from kb.languages import LANGUAGES
from kb.references import han_number

_NEAR: Final = 60  # characters between "sixteenth session" and the body's name

_HELD: Final = 2_000  # short texts that are remembered: a sentence is asked about again and again
_SHORT: Final = 1_000  # characters

_NUMBER_AFTER: Final = re.compile(r"[\s\-–]{0,2}\(?(\d{1,2})\)?(?![\d/.]\d|\d)")
_SESSION_WORD: Final = (
    r"(?:ordinary\s+|special\s+)?(?:sessions?|reunión|per[ií]odo\s+de\s+sesiones|сесси\w+)"
)
_WITH_DIGITS: Final = re.compile(
    rf"(?<![\w/])(\d{{1,2}})\s?(?:st|nd|rd|th|e|ème|è|\.?[ºª°]|-?[йяею]\w?|-?[ао]й)?\s+{_SESSION_WORD}"
    r"|(?:الدورة|دورة)\s+(?P<ar>\d{1,2})(?!\d)|第\s*(?P<zh>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[届屆次](?:会议|會議)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SessionMention:
    """`session` as "COP(16)"; `text[start:end]` names it."""

    session: str
    start: int
    end: int


def find_session_mentions(text: str) -> tuple[SessionMention, ...]:
    """The sessions that `text` (with plain digits) names, in order.

    A session inside a symbol or a decision number (`ICCD/COP(16)/4`, `8/COP.15`) is none.
    """
    return _remembered(text) if len(text) <= _SHORT else _mentions(text)


def _mentions(text: str) -> tuple[SessionMention, ...]:
    found = {(m.start, m.end): m for m in (*_by_acronym(text), *_by_ordinal(text))}
    return tuple(found[span] for span in sorted(found))


_remembered: Final = lru_cache(maxsize=_HELD)(_mentions)


def _by_acronym(text: str) -> Iterator[SessionMention]:
    for body, name in _bodies():
        for match in name.finditer(text):
            number = _NUMBER_AFTER.match(text, match.end())
            if number and not text.startswith("/", number.end()):
                yield SessionMention(f"{body}({int(number[1])})", match.start(), number.end())


def _by_ordinal(text: str) -> Iterator[SessionMention]:
    named = [(m.start(), m.end(), body) for body, name in _bodies() for m in name.finditer(text)]
    for start, end, number in _ordinal_sessions(text):
        near = [
            (max(b_start - end, start - b_end), b_start, b_end, body)
            for b_start, b_end, body in named
            if max(b_start - end, start - b_end) <= _NEAR
        ]
        if near:
            _, b_start, b_end, body = min(near)
            yield SessionMention(f"{body}({number})", min(start, b_start), max(end, b_end))


def _ordinal_sessions(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _WITH_DIGITS.finditer(text):
        digits = match[1] or match["ar"] or match["zh"]
        try:
            number = int(digits) if digits.isdecimal() else han_number(digits)
        except ValueError:
            continue
        yield match.start(), match.end(), number
    every, each = _ordinals()
    for match in every.finditer(text):
        word = match["before"] or match["after"]
        number = next(number for number, pattern in each if pattern.fullmatch(word))
        yield match.start(), match.end(), number


@cache
def _bodies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each body's id and a pattern of all its names."""
    bodies = []
    for row in _rows("bodies"):
        acronyms = "|".join(re.escape(acronym) for acronym in row["acronyms"].split("|"))
        names = {name for language in LANGUAGES for name in row[language].split("|")}
        spelled = "|".join(_any_ending(name) for name in sorted(names, key=len, reverse=True))
        bodies.append(
            (
                row["id"],
                re.compile(rf"(?<![\w/])(?:{acronyms})(?![^\W\d_])|{spelled}", re.IGNORECASE),
            )
        )
    return tuple(bodies)


@cache
def _ordinals() -> tuple[re.Pattern[str], tuple[tuple[int, re.Pattern[str]], ...]]:
    """A pattern of "sixteenth session" in all languages, and one for each ordinal alone."""
    words = [
        (word, int(row["number"]))
        for row in _rows("ordinals")
        for language in ("en", "fr", "es", "ru", "ar")
        for word in row[language].split("|")
    ]
    # Longest first: "twenty-third" before "third".
    words.sort(key=lambda pair: len(pair[0]), reverse=True)
    any_word = "|".join(_any_ending(word) for word, _ in words)
    every = re.compile(
        rf"(?<!\w)(?P<before>{any_word})\s+{_SESSION_WORD}"
        rf"|(?:ال|ل)?دورت?(?:ة|ها|ه)\s+(?P<after>{any_word})(?!\w)",
        re.IGNORECASE,
    )
    each = tuple((n, re.compile(_any_ending(word), re.IGNORECASE)) for word, n in words)
    return every, each


def _any_ending(word: str) -> str:
    gaps = {r"\*": r"[\w'’]*", r"\ ": r"[\s\-]+", r"\-": r"[\s\-‑]+"}
    return re.sub(r"\\[* \-]", lambda match: gaps[match[0]], re.escape(word))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("kb").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
