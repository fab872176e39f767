"""Numerals to exact decimals: digits with any separators, number words, Han numerals."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from kb.languages import Language

_THIN: Final = "\u00a0\u202f\u2009"
_DECIMAL_POINT: Final = frozenset[Language](("en", "zh", "ar"))
HAN_DIGITS: Final[Mapping[str, int]] = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "两": 2, "兩": 2,
}  # fmt: skip
_HAN_TENS: Final = {"十": 10, "百": 100, "千": 1000}


def digits_pattern(language: Language, magnitude: str) -> str:
    """Regex source of one number written in digits; `magnitude` is the source of words like
    "million", which tell that `1,6` is a decimal where commas group thousands.

    Where a point marks decimals, commas, thin spaces and apostrophes group ("4 000" with a plain
    space too); elsewhere points and spaces group. Groups have exactly three digits.
    """
    if language in _DECIMAL_POINT:
        grouped = rf"\d{{1,3}}(?:[,٬'’{_THIN}]\d{{3}})+(?:[.٫]\d+)?(?!\d)"
        # A plain space groups where nothing else can be meant: twice, or before a nought.
        spaced = r"\d{1,3}(?:(?:[ ]\d{3}){2,}|[ ]0\d\d)(?!\d)"
        if language != "en":  # where words are not apart, or numbers are not both before a noun
            spaced = r"(?<!\d[ ])\d{1,3}(?:[ ]\d{3})+(?![\d]|[ ]\d)"
        comma = (
            r"\d+,\d{1,2}(?![\d,])" if language == "ar" else rf"\d+,\d{{1,2}}(?=\s?(?:{magnitude}))"
        )
        return rf"(?:{grouped}|{spaced}|{comma}|\d+(?:[.٫]\d+)?)"
    grouped = rf"\d{{1,3}}(?:[ .'’٬{_THIN}]\d{{3}})+(?:,\d+)?(?!\d)"
    commas = r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?!\d)"
    return rf"(?:{grouped}|{commas}|\d+(?:[,.٫]\d+)?)"


def parse_digits(written: str, language: Language) -> Decimal:
    """Value of what `digits_pattern` matched; ASCII digits are expected."""
    bare = re.sub(rf"[ '’٬{_THIN}]", "", written).replace("٫", ".")
    if "," in bare and "." in bare:
        decimal = "." if bare.rindex(".") > bare.rindex(",") else ","
    elif "," in bare:
        groups = bare.split(",")
        grouping = len(groups) > 2 or (language in _DECIMAL_POINT and len(groups[1]) == 3)
        decimal = "." if grouping else ","
    else:
        groups = bare.split(".")
        grouping = len(groups) > 2 or (
            len(groups) == 2
            and language not in _DECIMAL_POINT
            and len(groups[1]) == 3
            and len(groups[0]) <= 3
        )
        decimal = "," if grouping else "."
    other = "," if decimal == "." else "."
    return Decimal(bare.replace(other, "").replace(decimal, "."))


def parse_han(written: str) -> Decimal | None:
    """Value of a Han numeral below 10,000 ("一百五十"), or None if it is not one."""
    total = pending = 0
    for character in written:
        if character in HAN_DIGITS:
            if pending:
                return None
            pending = HAN_DIGITS[character]
        elif character in _HAN_TENS:
            total += (pending or 1) * _HAN_TENS[character]
            pending = 0
        else:
            return None
    return Decimal(total + pending)


def parse_words(written: str, values: Mapping[str, Decimal]) -> Decimal | None:
    """Value of one or two number words ("trois", "twenty-five", "خمسة وعشرون")."""
    whole = " ".join(written.lower().split())
    if whole in values:
        return values[whole]
    parts = [p for p in re.split(r"[\s-]+", whole) if p not in ("et", "y", "and")]
    numbers = [values.get(p, values.get(p.removeprefix("و"))) for p in parts]
    if not numbers or any(n is None for n in numbers):
        return None
    return sum((n for n in numbers if n is not None), Decimal(0))
