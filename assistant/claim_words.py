"""Words that change what a claim says: negation, stage (pledged is not disbursed), rate (a day is
not a year), conjunctions.

From `kb/data/attribution_words.csv`; and what is done, from `kb/data/actions.csv`.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from kb.languages import Language
from kb.lexicon import Lexicon
from kb.word_patterns import alternation

_HELD: Final = 4_000  # short texts that are remembered: names and parts of sentences come again
_SHORT: Final = 300  # characters

Role = Literal[
    "negation",
    "stage",
    "respectively",
    "conjunction",
    "as_of",
    "rate",
    "measure",
    "anaphor",
    "honorific",
    "event",
    "gathering",
    "place",
    "partitive",
    "of_them",
    "apiece",
]
Status = Literal["done", "in_progress", "not_started"]


def has_role(text: str, language: Language, role: Role) -> bool:
    """Whether `text` has a word of the role."""
    return (_has_role if len(text) <= _SHORT else _has_role.__wrapped__)(text, language, role)


@lru_cache(maxsize=_HELD)
def _has_role(text: str, language: Language, role: Role) -> bool:
    return any(pattern.search(text) for pattern in role_patterns(language)[role].values())


def stages(text: str, language: Language) -> frozenset[str]:
    """Ids of the stages that `text` speaks of: "pledged", "in_progress"."""
    return ids_of(text, language, "stage")


def ids_of(text: str, language: Language, role: Role) -> frozenset[str]:
    """Ids of the words of a role that `text` has: "day" of the rates, "budget" of the measures."""
    return frozenset(key for key, p in role_patterns(language)[role].items() if p.search(text))


def places_of(text: str, language: Language, role: Role) -> list[tuple[int, int]]:
    """Where `text` has words of a role, as (start, end)."""
    patterns = role_patterns(language)[role].values()
    return sorted((m.start(), m.end()) for p in patterns for m in p.finditer(text))


def status(text: str, language: Language) -> Status:
    """How far that is which `text` counts: what is neither under way nor to begin is done."""
    said = stages(text, language)
    if "in_progress" in said:
        return "in_progress"
    if "started" in said and has_role(text, language, "negation"):
        return "not_started"
    return "done"


@cache
def actions(language: Language) -> Lexicon:
    """What can be done ("launch", "adopt"), whatever the verb or noun that says it."""
    rows = csv.DictReader(_lines("actions"))
    return Lexicon(
        ((row["id"], form) for row in rows for form in row[language].split("|") if form), language
    )


def role_patterns(language: Language) -> Mapping[Role, Mapping[str, re.Pattern[str]]]:
    """Patterns by role and id."""
    return patterns_of("attribution_words", language)  # type: ignore[return-value]


@cache
def patterns_of(name: str, language: Language) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Patterns of the words in `kb/data/<name>.csv`, by role and id."""
    roles: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in csv.DictReader(_lines(name)):
        roles.setdefault(row["role"], {})[row["id"]] = _pattern(row[language], language)
    return roles


def _pattern(written: str, language: Language) -> re.Pattern[str]:
    forms = [form for form in written.split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    prefix = "[وفبلس]?" if language == "ar" else ""
    source = alternation(forms, start=False)
    return re.compile(rf"(?<![^\W\d_]){prefix}(?:{source})", re.IGNORECASE)


def _lines(name: str) -> list[str]:
    return files("kb").joinpath(f"data/{name}.csv").read_text(encoding="utf-8").splitlines()
