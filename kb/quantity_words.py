"""The words of quantities in six languages, from `kb/data/quantity_words.csv`, as regex sources.

`kb.word_patterns` says how forms are written.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from kb.languages import Language
from kb.lexicon import Lexicon
from kb.word_patterns import form_source

RUSSIAN_ADJECTIVES: Final = tuple("ых ые ый ыми ими их ские ский ского скому".split())


@dataclass(frozen=True, slots=True)
class Word:
    """One row of the data for one language."""

    role: str
    id: str
    value: Decimal | None
    forms: tuple[str, ...]


@cache
def words(language: Language) -> Mapping[str, tuple[Word, ...]]:
    """All words of `language` by role."""
    source = files("kb").joinpath("data/quantity_words.csv").read_text(encoding="utf-8")
    by_role: dict[str, list[Word]] = defaultdict(list)
    for row in csv.DictReader(source.splitlines()):
        forms = tuple(form for form in row[language].split("|") if form)
        if forms:
            value = Decimal(row["value"]) if row["value"] else None
            by_role[row["role"]].append(Word(row["role"], row["id"], value, forms))
    return {role: tuple(rows) for role, rows in by_role.items()}


def forms(language: Language, *roles: str) -> list[str]:
    """Every form of the roles."""
    return [f for role in roles for word in words(language).get(role, ()) for f in word.forms]


def forms_of(language: Language, role: str, key: str) -> tuple[str, ...]:
    """The forms of the rows with this role and id."""
    listed = words(language).get(role, ())
    return tuple(form for word in listed if word.id == key for form in word.forms)


def grouped(language: Language, *roles: str, start: bool = True) -> tuple[str, Mapping[str, Word]]:
    """Regex source with one named group per word, and the word of each group name.

    `start` as in `kb.word_patterns.alternation`.

    Words are tried longest form first across all of them, so that "project concept notes" wins
    over "project".
    """
    found = [w for role in roles for w in words(language).get(role, ())]
    pairs = sorted(
        ((form, index) for index, word in enumerate(found) for form in word.forms),
        key=lambda pair: (-len(pair[0]), pair[1]),
    )
    sources, names = [], {}
    for number, (form, index) in enumerate(pairs):
        name = f"{found[index].role}_{number}"
        names[name] = found[index]
        sources.append(f"(?P<{name}>{form_source(form, start=start)})")
    return "|".join(sources) or r"(?!)", names


@cache
def count_nouns(language: Language) -> tuple[re.Pattern[str], Mapping[str, Word]]:
    """Pattern of the nouns that counts count, and the word of each group."""
    source, names = grouped(language, "count")
    return re.compile(source, re.IGNORECASE), names


def find_count_nouns(text: str, language: Language) -> tuple[tuple[str, int, int], ...]:
    """Units ("country") named in `text`, each with start and end."""
    return tuple(
        (unit, start, end)
        for unit, start, end in _count_lexicon(language).find(text)
        if not is_adjective(text[start:end], language)
    )


def is_adjective(word: str, language: Language) -> bool:
    """Whether a word is a Russian adjective: a form that takes any ending matches "страновых"."""
    return language == "ru" and word.lower().endswith(RUSSIAN_ADJECTIVES)


@cache
def _count_lexicon(language: Language) -> Lexicon:
    entries = ((w.id, form) for w in words(language)["count"] for form in w.forms)
    return Lexicon(entries, language)
