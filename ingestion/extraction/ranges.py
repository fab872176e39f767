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
from kb.references import plain_digits

_NUMBER: Final = re.compile(r"[€$£]?\s?([\d٠-٩][\d٠-٩.,٫٬ \u00a0\u202f]*(?<![ .,\u00a0\u202f]))")
_LINK: Final = re.compile(r"\s?(?:to|and|à|et|a|al|y|до|и|إلى|و|至|到|-|–|—)\s?")
_BETWEEN: Final = re.compile(r"(?:between|entre|между|بين|介于|在)\s?$", re.IGNORECASE)
_WITH_UNIT: Final = frozenset(("money", "share", "area"))


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
        if other.kind not in _WITH_UNIT or not linked or not printed:
            continue
        value = one.value
        if one.kind != "number":
            between = _BETWEEN.search(text[start : one.start])
            if one.unit != other.unit or not between:
                continue
        elif one.text[-1].isdecimal():  # "340 to 370 million": both in millions
            value *= other.value / (parse_digits(plain_digits(printed[1]), language) or 1)
        if value >= other.value:
            continue
        moves = words_of(language).search("change", text[start : other.start])
        first: Qualifier = "exact" if moves else "at_least"
        second: Qualifier = "exact" if moves else "up_to"
        found[nth] = replace(
            one,
            value=value,
            unit=other.unit,
            kind=other.kind,
            currency=other.currency,
            qualifier=first,
        )
        found[nth + 1] = replace(other, qualifier=second)
    return tuple(found)
