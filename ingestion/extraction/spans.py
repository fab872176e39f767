"""Periods that are printed as two dates: "from September 2033 to June 2034".

`kb.quantities` reads both dates; here they become the one period that they bound.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kb.analysis import stop_words
from kb.languages import Language
from kb.numerals import HAN_DIGITS
from kb.quantities import Quantity
from kb.quantity_words import find_count_nouns
from kb.writing import fold

_MONTH: Final = r"(?:[^\W\d_]{2,7}(?:\s[^\W\d_]{2,7})?\s?/\s?)?"  # "نيسان/" of "نيسان/أبريل"
_TO: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\s?(?:to|until|till|through|–|—)\s?(?:the end of\s)?"),
    "fr": re.compile(r"\s?(?:à|au|jusqu['’](?:à|au|en)|–|—)\s?(?:fin\s)?"),
    "es": re.compile(r"\s?(?:a|al|hasta|hasta el|–|—)\s?"),
    "ru": re.compile(r"\s?(?:года?|г\.)?\s?(?:по|до|–|—)\s?"),
    "ar": re.compile(rf"\s(?:إلى|حتى|وحتى)\s{_MONTH}"),
    "zh": re.compile(r"\s?(?:起)?[，,]?\s?(?:至|到|—|–|-)\s?"),
}
_AND: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\sand\s"),
    "fr": re.compile(r"\set\s(?:le\s)?"),
    "es": re.compile(r"\sy\s(?:el\s)?"),
    "ru": re.compile(r"\s?(?:года?|г\.)?\sи\s"),
    "ar": re.compile(rf"\sو\s?{_MONTH}"),
}
_BETWEEN: Final = re.compile(r"(?<!\w)(?:between|entre(?: el| le)?|между|بين)\s$", re.IGNORECASE)
# A start that is counted from: where a bare "to" may also tell to which date something was moved.
_MOVED: Final = re.compile(
    r"(?:postponed|moved|deferred|reporté|déplacé|aplaz|traslad|перенес|أُجل|推迟)", re.IGNORECASE
)
_NEAR: Final = 60
_NEAR_NOUN: Final = 20
_TIMES: Final = frozenset(("year", "month", "week", "day", "time", "session"))
_YEAR_WORDS: Final = frozenset(
    ("عام", "سنة", "لعام", "بعام", "العام", "عامي", "year", "année", "año")
)
_HAN_DATE: Final = re.compile(
    r"(?P<year>[一二][〇零一二三四五六七八九]{3})年"
    r"(?:(?P<month>[一二三四五六七八九]|十[一二])月(?:(?P<day>[一二三四五六七八九]|[一二三]?十[一二三四五六七八九]|[二三]十)日)?)?"
)


def with_han_years(text: str) -> str:
    """`text` with the dates that are written in Han numerals, 二〇三三年三月三十一日, in digits.

    Every character stays in its place.
    """
    return _HAN_DATE.sub(_in_digits, text)


def is_count_like_a_year(text: str, date: Quantity, language: Language) -> bool:
    """Whether a "year" is a number of something: "Обучение прошли 2031 человек".

    A noun that can be counted stands right behind it and no preposition before it.
    """
    if language == "zh" or date.kind != "year" or not date.text.isdecimal():
        return False
    behind = text[date.end : date.end + _NEAR_NOUN]
    nouns = [unit for unit, start, _ in find_count_nouns(behind, language) if start <= 1]
    if not nouns or nouns[0] in _TIMES:
        return False
    before = text[: date.start].split()
    last = before[-1] if before else ""
    if not last or not last.isalpha():
        return False  # "In 2024, countries", or at the head
    return fold(last) not in stop_words() and last not in _YEAR_WORDS


def _in_digits(match: re.Match[str]) -> str:
    year = "".join(str(HAN_DIGITS[one]) for one in match["year"])
    written = f"{year}年"
    for name, unit in (("month", "月"), ("day", "日")):
        if match[name]:
            written += str(_below_hundred(match[name])).rjust(len(match[name])) + unit
    return written if len(written) == len(match[0]) else match[0]


def _below_hundred(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    return (HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + HAN_DIGITS.get(ones, 0)


def with_periods(text: str, found: Sequence[Quantity], language: Language) -> tuple[Quantity, ...]:
    """`found` in `text`, two dates that bound a period as this period."""
    merged: list[Quantity] = []
    for one in found:
        period = _period(text, merged[-1], one, language) if merged else None
        if period is None:
            merged.append(one)
        else:
            merged[-1] = period
    return tuple(merged)


def _period(text: str, one: Quantity, other: Quantity, language: Language) -> Quantity | None:
    if one.kind != "date" or other.kind != "date" or one.iso is None or other.iso is None:
        return None
    if "/" in one.iso or "/" in other.iso or other.iso.startswith("--"):
        return None
    link = text[one.end : other.start]
    before = text[max(0, one.start - _NEAR) : one.start]
    both = _AND.get(language)
    bounded = both and both.fullmatch(link) and _BETWEEN.search(before)
    if not bounded and not _TO[language].fullmatch(link):
        return None
    if _MOVED.search(before):
        return None
    first = one.iso
    if first.startswith("--"):
        first = f"{other.iso[:4]}{first[1:]}"
    if len(first) != len(other.iso) or first >= other.iso:
        return None
    return replace(
        one,
        kind="period",
        value=one.value or other.value,
        end=other.end,
        text=text[one.start : other.end],
        iso=f"{first}/{other.iso}",
    )
