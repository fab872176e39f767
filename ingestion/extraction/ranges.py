"""Both ends of a range, of which only the second prints its unit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ingestion.extraction.words import words_of
from kb.languages import Language
from kb.numerals import parse_digits
from kb.quantities import Qualifier, Quantity
from kb.quantity_patterns import patterns
from kb.references import plain_digits

_NUMBER: Final = re.compile(r"[€$£]?\s?([\d٠-٩][\d٠-٩.,٫٬ \u00a0\u202f]*(?<![ .,\u00a0\u202f]))")
_LINK: Final = re.compile(r"\s?(?:to|and|à|et|a|al|y|до|и|إلى|و|至|到|-|–|—)\s?")
_BETWEEN: Final = re.compile(r"(?:between|entre|между|بين|介于|在)\s?$", re.IGNORECASE)
_FROM: Final = re.compile(r"(?:(?<!\w)(?:from|de|desde|du|от|с|со|من)|从)\s?$", re.IGNORECASE)
_NEAR_PART: Final = 24
_FEWEST_PART: Final = 1_000
_COUNTS: Final = frozenset(("count", "number"))
_AND: Final = frozenset(("and", "et", "y", "и", "و", "和"))
_WITH_UNIT: Final = frozenset(("money", "share", "area"))


def _count_ends(found: list[Quantity], nth: int, text: str, start: int, language: Language) -> None:
    """ "Three to five people": the least and the most of what the second one counts."""
    one, other = found[nth], found[nth + 1]
    link = text[one.end : other.start].strip()
    between = _BETWEEN.search(text[start : one.start])
    if (link in _AND and not between) or one.value >= other.value:
        return
    if one.unit not in (None, other.unit) or (one.qualifier, other.qualifier) != ("exact",) * 2:
        return
    if words_of(language).search("change", text[start : other.start]):
        return
    found[nth] = replace(one, unit=other.unit, kind=other.kind, qualifier="at_least")
    found[nth + 1] = replace(other, qualifier="up_to")


def with_currency(
    text: str, amounts: Sequence[Quantity], language: Language
) -> tuple[Quantity, ...]:
    """`amounts` of a sentence, those in millions of nothing in the one currency that it names.

    "From 5.1 million to 6.4 million dollars"; "6.4 million dollars, 0.3 million less than before".
    """
    currencies = {one.currency for one in amounts if one.currency}
    if len(currencies) != 1:
        return tuple(amounts)
    currency = currencies.pop()
    scaled = patterns(language)
    return tuple(
        replace(one, kind="money", unit=currency, currency=currency)
        if one.kind == "number"
        and (_scaled(scaled.magnitude, one.text) or _is_part(text, one, language))
        and _stands_alone(text, one.end, language)
        else one
        for one in amounts
    )


def _is_part(text: str, one: Quantity, language: Language) -> bool:
    """Whether so much "of which" follows a sum: "1.9 million euros, of which 610,000 …"."""
    before = text[max(0, one.start - _NEAR_PART) : one.start]
    return one.value >= _FEWEST_PART and words_of(language).ends_with("of_which", before)


def _scaled(magnitude: re.Pattern[str], written: str) -> bool:
    return any(match.end() == len(written) for match in magnitude.finditer(written))


def _stands_alone(text: str, end: int, language: Language) -> bool:
    """Whether no noun follows that would say what the millions are of."""
    behind = text[end : end + 30]
    bare = behind.lstrip(" \u00a0")
    if not bare or not (bare[0].isalpha() or bare[0].isdecimal()):
        return True
    if language == "ar" and bare.startswith("لل"):  # "for the" is written in one with its noun
        return True
    return words_of(language).at("scaled", bare, 0) is not None


def with_both_ends(
    text: str, start: int, amounts: Sequence[Quantity], language: Language
) -> tuple[Quantity, ...]:
    """`amounts` of the sentence that begins at `start`, both ends of "between 900 and 3,500
    dollars" with the unit.

    They are the least and the most of something, save where the sentence tells of a change ("rose
    from 61 to 75 per cent").
    """
    found = list(amounts)
    for nth, (one, other) in enumerate(pairwise(amounts)):
        printed = _NUMBER.match(other.text)
        linked = _LINK.fullmatch(text[one.end : other.start])
        if linked and other.kind in _COUNTS and one.kind in _COUNTS:
            _count_ends(found, nth, text, start, language)
            continue
        if one.kind == "money" and other.kind == "number" and linked:  # "$210–230 million"
            other = replace(other, kind="money", unit=one.unit, currency=one.currency)
            if printed and one.text[-1].isdecimal() and not other.text[-1].isdecimal():
                scale = other.value / (parse_digits(plain_digits(printed[1]), language) or 1)
                one = replace(one, value=one.value * scale)
            if one.value < other.value:
                found[nth : nth + 2] = _least_and_most(one, other, text, start, language)
            continue
        if other.kind not in _WITH_UNIT or not linked:
            continue
        if not printed and one.kind == "number":
            continue
        value = one.value
        if one.kind != "number":
            between = _BETWEEN.search(text[start : one.start])
            if one.unit != other.unit or not (between or _FROM.search(text[start : one.start])):
                continue
        elif printed and one.text[-1].isdecimal():  # "340 to 370 million": both in millions
            value *= other.value / (parse_digits(plain_digits(printed[1]), language) or 1)
        if value >= other.value:
            continue
        first = replace(one, value=value, unit=other.unit, kind=other.kind, currency=other.currency)
        found[nth : nth + 2] = _least_and_most(first, other, text, start, language)
    return tuple(found)


def _least_and_most(
    one: Quantity, other: Quantity, text: str, start: int, language: Language
) -> tuple[Quantity, Quantity]:
    """Both ends with their qualifiers, save where the sentence tells of a change."""
    moves = words_of(language).search("change", text[start : other.start])
    first: Qualifier = "exact" if moves else "at_least"
    second: Qualifier = "exact" if moves else "up_to"
    return replace(one, qualifier=first), replace(other, qualifier=second)
