"""What LandBrief itself says, in the six languages: messages from `kb/data/messages.csv`.

A message that speaks of a count has one row per plural form (CLDR: zero one two few many other).
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from kb.languages import Language

MessageKey = Literal[
    "digest",
    "digest_in",
    "held_in",
    "not_in_documents",
    "off_topic",
    "unclear_question",
    "other_language",
    "false_premise",
    "instead",
    "sum_is",
    "yes",
    "yes_so",
    "no_so",
    "yes_quoted",
    "no_quoted",
    "both_say",
    "same_thing",
    "worked_out",
    "same_figure",
    "rows_add_up",
    "not_among",
    "listed_count",
    "elapsed",
    "lasted",
    "added_is",
    "scaled_is",
    "met_by",
    "average_is",
    "different_measures",
    "withheld_by_gate",
    "nearby",
    "superseded",
    "older_version",
    "withdrawn",
    "corrected",
    "no_passage",
]
CountKey = Literal["further"]
MESSAGE_KEYS: Final[tuple[MessageKey, ...]] = get_args(MessageKey)
COUNT_KEYS: Final[tuple[CountKey, ...]] = get_args(CountKey)
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Messages, names and lists in one language."""

    language: Language

    def say(self, key: MessageKey, **values: str) -> str:
        """The message with its placeholders filled; KeyError if a value is missing."""
        return _filled(_messages()[key, ""][self.language], values)

    def count(self, key: CountKey, count: int, **values: str) -> str:
        """The message in the plural form of `count`, which is written as the language writes it."""
        category = str(_locale(self.language).plural_form(count))
        text = _messages()[key, category][self.language] or _messages()[key, "other"][self.language]
        return _filled(text, values | {"count": format_decimal(count, locale=self.language)})

    def language_name(self, language: Language) -> str:
        """The name of a language, as in a running sentence."""
        return str(_locale(self.language).languages[language])

    def list(self, items: Iterable[str]) -> str:
        """ "a, b and c"."""
        return format_list(list(items), style="standard", locale=self.language)


def placeholders(text: str) -> frozenset[str]:
    """Names of the placeholders of a message."""
    return frozenset(_PLACEHOLDER.findall(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    # Not str.format: a value may hold braces.
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language)


@cache
def _messages() -> Mapping[tuple[str, str], Mapping[str, str]]:
    source = files("kb").joinpath("data/messages.csv").read_text(encoding="utf-8")
    return {(row["key"], row["plural"]): row for row in csv.DictReader(source.splitlines())}
