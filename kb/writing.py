"""How one thing is written in several ways, made equal: for matching, never for offsets."""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")
_DROPPED: Final = re.compile(
    r"[\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Ranges of Han characters, for a class of a regular expression."""
_HAN: Final = re.compile(f"[{HAN}]")


def fold(text: str) -> str:
    """`text` in compatibility form and lower case, with plain digits and simplified characters,
    without marks of writing (Arabic vowel signs and tatweel, soft hyphens, marks of direction).

    Length may change.
    """
    if text.isascii():
        return text.lower()
    normal = unicodedata.normalize("NFKC", text).lower().translate(_DIGITS)
    folded = _DROPPED.sub("", normal).replace("ё", "е")
    return folded.translate(_simplified()) if _HAN.search(folded) else folded


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, one for one (the table of OpenCC, Apache-2.0)."""
    text = files("kb").joinpath("data/traditional_characters.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {ord(row["traditional"]): row["simplified"] for row in rows}
