"""What a briefing note itself says, in the six languages: `kb/data/brief_messages.csv`.

A message that speaks of a count has one row per plural form (CLDR).
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from kb.languages import Language

STATEMENT: Final = "statement"
"""The placeholder of a message that stands around a statement."""
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class BriefWords:
    """The messages in one language."""

    language: Language

    def say(self, key: str, **values: str) -> str:
        """The message with its placeholders filled. Raises KeyError for what is missing."""
        return _filled(_messages()[key, ""][self.language], values)

    def count(self, key: str, count: int, **values: str) -> str:
        """The message in the plural form of `count`. Raises KeyError for what is missing."""
        category = str(Locale.parse(self.language).plural_form(count))
        rows = _messages()
        row = rows.get((key, category)) or rows[key, "other"]
        text = row[self.language] or rows[key, "other"][self.language]
        return _filled(text, values | {"count": format_decimal(count, locale=self.language)})


def _filled(text: str, values: Mapping[str, str]) -> str:
    # Not str.format: a value may hold braces.
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


@cache
def _messages() -> Mapping[tuple[str, str], Mapping[str, str]]:
    source = files("kb").joinpath("data/brief_messages.csv").read_text(encoding="utf-8")
    return {(row["key"], row["plural"]): row for row in csv.DictReader(source.splitlines())}
