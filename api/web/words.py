"""The words of the page in the six languages: `words/*.csv`, one file for each place.

A key begins with the name of its file. What speaks of a count has a row for each plural form,
`ask.figures@one`, `@two`, `@few`, `@many`, `@other`; a language that lacks one takes `@other`.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from kb.languages import Language

NAMES: Final[Mapping[Language, str]] = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
"""Each language by its own name, as a menu shows them."""
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def say(language: Language, key: str, **values: str) -> str:
    """The words for `key`, such as `ask.send`. Raises KeyError where key or value is missing."""
    return _filled(words()[key][language], values)


def say_count(language: Language, key: str, count: int, **values: str) -> str:
    """The words for so many; `{count}` is written as the language writes numbers."""
    form = str(Locale.parse(language).plural_form(count))
    rows = words()
    row = rows.get(f"{key}@{form}") or rows[f"{key}@other"]
    return _filled(row[language], values | {"count": format_decimal(count, locale=language)})


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Every key with its six texts. Raises ValueError where two files know one key."""
    found: dict[str, Mapping[str, str]] = {}
    folder = files("api.web").joinpath("words")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".csv"):
            continue
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            if row["key"] in found:
                raise ValueError(f"{file.name}: {row['key']} is there twice")
            found[row["key"]] = row
    return found


def placeholders(text: str) -> frozenset[str]:
    """The names that stand in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    # Not str.format: a value may hold braces.
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def direction(language: Language) -> str:
    """Where text of `language` begins, as HTML's `dir` says it."""
    return "rtl" if language == "ar" else "ltr"
