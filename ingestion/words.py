"""Words that structure UN documents in six languages, from `ingestion/data/words.csv`."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kb.languages import LANGUAGES
from kb.references import plain_digits

_SAME = str.maketrans({"’": "'", "ى": "ي", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "œ": "oe"})


def fold(text: str) -> str:
    """`text` for comparison: case, accents, Arabic letter forms and typographic marks removed."""
    decomposed = unicodedata.normalize("NFKD", plain_digits(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and c != "ـ")
    return re.sub(r"\s+", " ", bare.translate(_SAME)).strip()


@cache
def words(role: str) -> tuple[str, ...]:
    """All languages' words of a role, as printed, longest first. KeyError for no such role."""
    return _roles()[role]


@cache
def folded_words(role: str) -> frozenset[str]:
    """The words of a role as `fold` gives them."""
    return frozenset(fold(word) for word in words(role))


def is_word(text: str, role: str) -> bool:
    """Whether `text` is a word of that role and nothing else (a colon or full stop aside)."""
    return fold(text).strip(" .:：*") in folded_words(role)


def starts_with_word(text: str, role: str) -> bool:
    """Whether `text` begins with a word of that role."""
    return bool(_start_pattern(role).match(text.lstrip()))


@cache
def _start_pattern(role: str) -> re.Pattern[str]:
    """Words of spaced scripts end at a word boundary; Han words need none."""
    alternatives = "|".join(
        re.escape(word) + (r"(?!\w)" if word[-1].isalnum() and ord(word[-1]) < 0x2E80 else "")
        for word in words(role)
    )
    return re.compile(f"(?:{alternatives})")


@cache
def _roles() -> Mapping[str, tuple[str, ...]]:
    text = files("ingestion").joinpath("data/words.csv").read_text(encoding="utf-8")
    roles: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        found = {word for language in LANGUAGES for word in row[language].split("|") if word}
        roles[row["role"]] = tuple(sorted(found, key=lambda word: (-len(word), word)))
    return roles
