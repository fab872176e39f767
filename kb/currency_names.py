"""Names, codes and signs of the world's currencies, from `kb/data/currency_words.csv`.

A row with one code and its countries has names that mean this currency alone ("Kuwaiti dinars",
"tenge"). The other rows have names that only a country decides: "dinars", "francs CFA", 卢比.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from kb.languages import Language
from kb.word_patterns import form_source

_HAN_KEY: Final = 2  # the first letters by which Chinese names are looked up
_LINK: Final = re.compile(r"[\s\u00a0-]{0,2}(?:(?:de|of|من)[\s\u00a0]|d['’])?", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile(r"[\u064b-\u0652]")
_YUAN: Final = "人民币"


def currency_at(text: str, place: int, language: Language) -> tuple[str, int] | None:
    """The code of the currency whose name or code stands behind a number that ends at `place`, and
    where it ends; None where none does, or only one that several currencies share.
    """
    found = _names(language).at(text, place)
    return (found[0][0], found[1]) if found and len(found[0]) == 1 else None


def shared_at(text: str, place: int, language: Language) -> tuple[tuple[str, ...], int] | None:
    """As `currency_at`, for a name that several currencies share: their codes."""
    return _shared(language).at(text, place)


def currency_of_sign(written: str) -> str | None:
    """The currency whose code or sign `written` is: "SEK", "JD", "₹", "人民币"."""
    return _signs().get(written.strip())


def shared_sign(before: str) -> tuple[str, ...]:
    """The currencies that share the sign in which `before` ends: of "Rs " six, else none."""
    found = _shared_signs().search(before)
    return _codes_of_shared_sign()[found[1]] if found else ()


@cache
def sign_source(language: Language) -> str:
    """Regex source of the codes and signs that stand before a number."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for sign in _signs():
        if sign == _YUAN and language != "zh":
            continue
        by_first[sign[0]].append(sign[1:])
    # By their first letters: most words of a text are then done with at once.
    tried = (
        rf"{re.escape(first)}(?:{'|'.join(map(re.escape, sorted(rest, key=len, reverse=True)))})"
        for first, rest in sorted(by_first.items())
    )
    return rf"(?-i:{'|'.join(tried)})"


@cache
def sign_starts() -> frozenset[str]:
    """The words, in lower case, with which a sign begins that is more than a word in capitals."""
    starts = (_WORD.match(sign) for sign in _signs())
    return frozenset(found[0].lower() for found in starts if found)


@cache
def currency_of_country() -> Mapping[str, str]:
    """The currency of each country, by ISO 3166 alpha-3; countries with several have none."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows():
        for country in filter(None, row["countries"].split("|")):
            found[country].add(row["codes"])
    return {country: codes.pop() for country, codes in found.items() if len(codes) == 1}


class _Names:
    """Names of one language that stand behind a number; patterns are compiled when needed."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], str]], language: Language) -> None:
        self._han = language == "zh"
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._compiled: dict[str, re.Pattern[str]] = {}
        for codes, form in entries:
            self._by_first[self._key(form)].append((codes, form))

    def at(self, text: str, place: int) -> tuple[tuple[str, ...], int] | None:
        """Codes and end of the longest name at `place`."""
        link = _LINK.match(text, place)
        start = link.end() if link else place
        best: tuple[tuple[str, ...], int] | None = None
        for codes, form in self._by_first.get(self._key(text[start : start + 24]), ()):
            match = self._pattern(form).match(text, start)
            if match and (best is None or match.end() > best[1]):
                best = codes, match.end()
        return best

    def _key(self, written: str) -> str:
        if self._han and written[:1] > "\u3400":
            return written[:_HAN_KEY]
        first = _WORD.match(_MARKS.sub("", written))
        # Stems take any ending: "казахстанск* тенге".
        return first[0].lower()[:4] if first else written[:1]

    def _pattern(self, form: str) -> re.Pattern[str]:
        if form not in self._compiled:
            source = rf"{form_source(form, start=False)}[\u064b-\u0652]*"
            caseless = 0 if form.isupper() else re.IGNORECASE
            self._compiled[form] = re.compile(source, caseless)
        return self._compiled[form]


@cache
def _names(language: Language) -> _Names:
    listed = [
        ((row["codes"],), form)
        for row in _rows()
        if "|" not in row["codes"] and row["countries"]
        for form in (*row[language].split("|"), *row["signs"].split("|"))
        if form and form != _YUAN
    ]
    shared = [(codes, form) for codes, form in _shared_entries(language) if len(codes) > 1]
    # A longer name that is shared hides a shorter one that is not: "francs CFA".
    return _Names((*listed, *shared), language)


@cache
def _shared(language: Language) -> _Names:
    return _Names(_shared_entries(language), language)


def _shared_entries(language: Language) -> list[tuple[tuple[str, ...], str]]:
    return [
        (tuple(row["codes"].split("|")), form)
        for row in _rows()
        if not row["countries"]
        for form in (*row[language].split("|"), *row["signs"].split("|"))
        if form
    ]


@cache
def _signs() -> Mapping[str, str]:
    found = {
        sign: row["codes"]
        for row in _rows()
        if row["countries"]
        for sign in row["signs"].split("|")
        if sign
    }
    return {**found, _YUAN: "CNY"}


@cache
def _codes_of_shared_sign() -> Mapping[str, tuple[str, ...]]:
    return {
        sign: tuple(row["codes"].split("|"))
        for row in _rows()
        if not row["countries"]
        for sign in row["signs"].split("|")
        if sign
    }


@cache
def _shared_signs() -> re.Pattern[str]:
    signs = sorted(_codes_of_shared_sign(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])({'|'.join(map(re.escape, signs))})[\s\u00a0]?$")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    source = files("kb").joinpath("data/currency_words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(source.splitlines()))
