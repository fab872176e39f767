"""Quantities in text in six languages: amounts, areas, shares, counts, numbers, dates, periods.

Only this module knows that 16 亿 is 1.6e9. Numbers that belong to names are no quantities and are
not found here: paragraph and decision numbers, symbols, "COP 16", "15.3.1", "2/6" (see
`kb.references`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from kb.currency_names import currency_at, currency_of_sign
from kb.iso_dates import iso_of
from kb.languages import Language, detect_language
from kb.numerals import parse_digits, parse_han, parse_words
from kb.quantity_patterns import Patterns, patterns
from kb.quantity_units import is_multiple, unit_counted, unit_of_name
from kb.quantity_words import Word
from kb.references import plain_digits

Kind = Literal["money", "area", "share", "count", "number", "date", "year", "period"]
Qualifier = Literal["exact", "about", "nearly", "more_than", "at_least", "up_to"]
TIME_KINDS: Final = frozenset[Kind](("date", "year", "period"))

_QUALIFIERS: Final[dict[str, Qualifier]] = {
    "about": "about",
    "nearly": "nearly",
    "more_than": "more_than",
    "at_least": "at_least",
    "up_to": "up_to",
    "less_than": "up_to",
}
_DENIED: Final[dict[str, Qualifier]] = {"more_than": "up_to", "less_than": "at_least"}
_ROLE_KINDS: Final[dict[str, Kind]] = {"currency": "money", "area": "area", "share": "share"}
_LONGEST_APART = 50  # with other words in it
_LONGEST_QUALIFIER = 30  # code points looked at before a number
# A word (with whether a digit or a bracket is joined to it), a digit or a currency sign.
_TOKENS = re.compile(r"(?P<word>[^\W\d_]+)(?P<joined>(?=[-(/.\d$]))?|\d|[€$£¥₡-₿]")
_LETTER_AFTER = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text: `source[start:end] == text`, qualifier words not included.

    `value` is in units (16 亿美元 is 1600000000), a share in per cent; for a date, year or period
    it is the (first) year, and `iso` says it whole: "2024-06-14", "2024-06", "2024",
    "2024/2027". `unit` is the currency code, "ha", "%", or what is counted ("country"); None when
    the text does not say. "Less than" counts as `up_to`.
    """

    value: Decimal
    unit: str | None
    kind: Kind
    currency: str | None
    qualifier: Qualifier
    start: int
    end: int
    text: str
    iso: str | None = None


def find_quantities(text: str, language: Language | None = None) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order, none overlapping.

    `language` decides what separators mean (1,600 in English and 1,6 in French) and is detected
    when not given.
    """
    known = language or detect_language(text) or "en"
    return tuple(_Scan(text, known))


def agrees(stated: Quantity, source: Quantity) -> bool:
    """Whether `stated` says of an amount or a date nothing that `source` does not say.

    Values, currencies and qualifiers must be the same; a stated unit must be the source's; a date
    may be stated less precisely than the source does, never more.
    """
    if (stated.kind in TIME_KINDS) != (source.kind in TIME_KINDS):
        return False
    if stated.kind in TIME_KINDS:
        return _same_time(stated.iso or "", source.iso or "")
    if stated.value != source.value or stated.qualifier != source.qualifier:
        return False
    if "money" in (stated.kind, source.kind) or "share" in (stated.kind, source.kind):
        return stated.unit == source.unit
    return stated.unit is None or source.unit is None or stated.unit == source.unit


def _same_time(stated: str, source: str) -> bool:
    if "/" in source and "/" not in stated:
        return any(_same_time(stated, edge) for edge in source.split("/"))
    return stated == source or source.startswith(f"{stated}-")


class _Scan:
    """One pass over a text; iterating gives its quantities."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.plain = plain_digits(text)
        self.language: Language = language
        self.patterns: Patterns = patterns(language)

    def __iter__(self) -> Iterator[Quantity]:
        position = 0
        while match := self._next(position):
            quantity = self._read(match)
            if quantity is not None:
                yield quantity
            position = max(quantity.end if quantity else match.end(), match.start() + 1)

    def _next(self, position: int) -> re.Match[str] | None:
        scan = self.patterns.scan
        if self.language == "zh":
            return scan.search(self.plain, position)
        starts = self.patterns.starts
        for token in _TOKENS.finditer(self.plain, position):
            if (
                token["word"] is None
                or token["joined"] is not None
                or starts.includes(token["word"])
            ):
                match = scan.match(self.plain, token.start())
                if match:
                    return match
        return None

    def _read(self, match: re.Match[str]) -> Quantity | None:
        groups = match.groupdict()
        if groups.get("skip") or groups.get("skip_first"):
            return None
        if groups.get("number") is not None:
            return self._number(match)
        if groups.get("han"):
            return self._han(match)
        if groups.get("dual"):
            return self._dual(match)
        if groups.get("counted"):
            return self._noun_first(match)
        if groups.get("one"):
            return self._at_least_one(match)
        if groups.get("word"):
            value = parse_words(groups["word"], self.patterns.cardinals)
            return self._amount(match, value, spelled=True) if value is not None else None
        return self._time(match, groups)

    def _number(self, match: re.Match[str]) -> Quantity | None:
        written = match["number"]
        bare = len(written) == 4 and written.isdigit()
        value = parse_digits(written, self.language)
        quantity = self._amount(match, value, spelled=False)
        if quantity is None or not bare or not 1900 <= value < 2100:
            return quantity
        # "In 2024 countries met": a number of that size is printed with a separator.
        loose = quantity.kind in ("count", "number") or quantity.text.endswith(" ha")
        year = match.end("number")
        return self._at(match.start("number"), year, "year", value, written) if loose else quantity

    def _amount(self, match: re.Match[str], value: Decimal, *, spelled: bool) -> Quantity | None:
        p, plain, end = self.patterns, self.plain, match.end()
        start = match.start()
        if spelled and self.language != "zh":
            start = match.start(next(n for n in ("word", "dual", "one") if _has(match, n)))
        after_digits = end
        qualifier: Qualifier | None = None
        if self.language == "zh" and (found := p.after.match(plain, end)):
            qualifier, end = _QUALIFIERS[_word(found, p.afters).id], found.end()
        while found := p.magnitude.match(plain, end):
            value *= _word(found, p.magnitudes).value or 1
            end = found.end()
            if carried := self._carried(end, _word(found, p.magnitudes)):
                value, end = value + carried[0], carried[1]
            if self.language == "zh" and (rest := _MYRIADS.match(plain, end)):
                value += (parse_han(rest[1]) or Decimal(rest[1])) * 10_000
                end = rest.end()
        sign = _sign(match, p)
        short = p.short.match(plain, end) if not spelled else None
        if short and (sign or plain[short.end() : short.end() + 2].strip()[:1] in ("€", "$", "£")):
            value *= _word(short, p.shorts).value or 1
            end = short.end()
        if found := p.after.match(plain, end):
            qualifier, end = _QUALIFIERS[_word(found, p.afters).id], found.end()
        unit = sign
        if self.language == "zh" and sign and plain.startswith("元", end):
            end += 1  # 人民币9,500元
        found = p.unit.match(plain, end)
        other = currency_at(plain, end, self.language)
        if other and (found is None or other[1] > found.end()):
            unit, end = sign or _currency(other[0]), other[1]
        elif found:
            named = _word(found, p.units)
            # "18 ha recibido" is a verb, not hectares: a bare unit needs its number beside it.
            unit, end = (sign or named) if named.role == "currency" else named, found.end()
        if p.share_before.search(plain, max(0, start - _LONGEST_QUALIFIER), start):
            return self._build(start, end, value, "share", "%", qualifier)
        if unit is not None:
            return self._build(start, end, value, _ROLE_KINDS[unit.role], unit.id, qualifier)
        if end == after_digits and not spelled and _LETTER_AFTER.match(plain, end):
            return None
        return self._counted(start, end, value, qualifier, spelled=spelled)

    def _carried(self, end: int, larger: Word) -> tuple[Decimal, int] | None:
        """What a second, smaller magnitude adds: "4 млн 120 тыс.", "3 ملايين و 400 ألف"."""
        if self.language == "zh" or (larger.value or 0) < _MILLION:
            return None
        number = _CARRIED.match(self.plain, end)
        found = self.patterns.magnitude.match(self.plain, number.end()) if number else None
        if number is None or found is None:
            return None
        smaller = _word(found, self.patterns.magnitudes).value or Decimal(1)
        if smaller >= (larger.value or 0):
            return None
        return Decimal(number[1]) * smaller, found.end()

    def _counted(
        self,
        start: int,
        end: int,
        value: Decimal,
        qualifier: Qualifier | None,
        *,
        spelled: bool,
    ) -> Quantity | None:
        noun = self.patterns.noun.match(self.plain, end)
        vague = spelled and value == 1 and (noun is None or _OF.match(self.plain, end))
        if vague and not self._is_least(start):
            return None
        if qualifier is None and (found := self.patterns.after.match(self.plain, end)):
            qualifier = _QUALIFIERS[_word(found, self.patterns.afters).id]
        behind = noun.end() if noun else end
        qualifier = qualifier or self._before(start) or self._behind(behind) or "exact"
        unit = unit_counted(self.plain, self.language, start, end, value)
        if is_multiple(self.plain, self.language, start, end, unit):
            if spelled:
                return None
            unit = None
        return self._build(start, end, value, "count" if unit else "number", unit, qualifier)

    def _is_least(self, start: int) -> bool:
        """Whether "at least" stands before `start`: what makes a number of the word "one"."""
        left = max(0, start - _LONGEST_QUALIFIER)
        found = self.patterns.before.search(self.plain, left, start)
        return found is not None and _word(found, self.patterns.befores).id == "at_least"

    def _noun_first(self, match: re.Match[str]) -> Quantity | None:
        """Arabic may write the noun before its number: "البلدان الـ 18"."""
        unit = unit_of_name(match["counted"], self.language)
        name = next(n for n in ("definite", "definite_digits", "definite_one") if match[n])
        value: Decimal | None = Decimal(1)
        if name == "definite_digits":
            value = Decimal(match[name])
        elif name == "definite":
            value = parse_words(match[name].removeprefix("ال"), self.patterns.cardinals)
        if value is None or unit is None:
            return None
        least: Qualifier | None = "at_least" if name == "definite_one" else None
        return self._build(match.start(name), match.end(name), value, "count", unit, least)

    def _at_least_one(self, match: re.Match[str]) -> Quantity | None:
        """As in "au moins un projet"; elsewhere "un" is an article."""
        if not self._is_least(match.start("one")):
            return None
        quantity = self._amount(match, Decimal(1), spelled=True)
        if quantity is None or quantity.unit is None:
            return None
        return None if _PART_OF.match(self.plain, quantity.end) else quantity

    def _han(self, match: re.Match[str]) -> Quantity | None:
        """Han numerals are words too: they count only before a magnitude, classifier or unit."""
        p, value = self.patterns, parse_han(match["han"])
        end = match.end()
        if value is None:
            return None
        marked = (
            p.magnitude.match(self.plain, end)
            or p.unit.match(self.plain, end)
            or p.noun.match(self.plain, end)
            or _CLASSIFIED.match(self.plain, end)
            or p.share_before.search(
                self.plain, max(0, match.start() - _LONGEST_QUALIFIER), match.start()
            )
        )
        one = match["han"] == "一" and not p.magnitude.match(self.plain, end)
        if not marked or (one and not self._is_least(match.start())):
            return None
        return self._amount(match, value, spelled=True)

    def _dual(self, match: re.Match[str]) -> Quantity | None:
        """So many of something in one word: "دولتين", "مليوني دولار", "трехлетний"."""
        written = match["dual"]
        if found := self.patterns.dual.fullmatch(written):
            word = _word(found, self.patterns.duals)
            value = word.value or Decimal(2)
            return self._build(match.start("dual"), match.end(), value, "count", word.id, None)
        return self._amount(match, self.patterns.cardinals[written.lower()], spelled=True)

    def _build(
        self,
        start: int,
        end: int,
        value: Decimal,
        kind: Kind,
        unit: str | None,
        qualifier: Qualifier | None,
    ) -> Quantity:
        qualifier = qualifier or self._before(start) or self._behind(end) or "exact"
        currency = unit if kind == "money" else None
        written = self.text[start:end].rstrip()
        return Quantity(
            value, unit, kind, currency, qualifier, start, start + len(written), written
        )

    def _before(self, start: int) -> Qualifier | None:
        """The qualifier in front of `start`; "not more than" bounds from above."""
        p, left = self.patterns, max(0, start - _LONGEST_QUALIFIER)
        found, names = p.before.search(self.plain, left, start), p.befores
        if found is None:
            left = max(0, start - _LONGEST_APART)
            found, names = p.apart.search(self.plain, left, start), p.aparts
        if found is None:
            return None
        key = _word(found, names).id
        before = found.start() + (found[0][:1].isspace())
        if key in _DENIED and p.denied.search(self.plain, max(0, before - 20), before):
            return _DENIED[key]
        return _QUALIFIERS[key]

    def _behind(self, end: int) -> Qualifier | None:
        """The qualifier behind a unit or noun that ends at `end`: "12 wells at most"."""
        found = self.patterns.behind.match(self.plain, end)
        return _QUALIFIERS[_word(found, self.patterns.behinds).id] if found else None

    def _at(self, start: int, end: int, kind: Kind, value: Decimal, iso: str) -> Quantity:
        return Quantity(value, None, kind, None, "exact", start, end, self.text[start:end], iso)

    def _time(self, match: re.Match[str], groups: dict[str, str | None]) -> Quantity | None:
        iso = iso_of({k: v for k, v in groups.items() if v}, self.patterns)
        if iso is None:
            return None
        kind: Kind = "period" if "/" in iso else "date" if "-" in iso else "year"
        return self._at(
            match.start(), match.end(), kind, Decimal(iso[:4].replace("-", "") or 0), iso
        )


_MYRIADS = re.compile(r"\s?(\d{1,4}|[一二三四五六七八九十百千两]+)\s?[万萬]")
_MILLION = 1_000_000
_CARRIED = re.compile(r"[\s\u00a0](?:و\s?|y\s|et\s|and\s|и\s)?(\d{1,3})(?=[\s\u00a0])")
_OF = re.compile(r"\s(?:of|из)\b")  # "one of the Parties" counts nothing
_CLASSIFIED = re.compile(r"[个個份场場名项項家种種次位座条條届屆片大栏](?![一二三四五六七八九十])")


_PART_OF = re.compile(r"\sparti?e\s(?:de|du|d['’]|des|del)")  # "une partie des": no Party


def _has(match: re.Match[str], group: str) -> bool:
    return group in match.re.groupindex and match[group] is not None


def _word(match: re.Match[str], names: Mapping[str, Word]) -> Word:
    return names[match.lastgroup or ""]


def _sign(match: re.Match[str], p: Patterns) -> Word | None:
    written = match["currency"] if "currency" in match.re.groupindex else None
    if not written:
        return None
    if code := currency_of_sign(written):
        return _currency(code)
    found = p.sign.search(written.strip())
    return _word(found, p.signs) if found else None


def _currency(code: str) -> Word:
    return Word("currency", code, None, ())
