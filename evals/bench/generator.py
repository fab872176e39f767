"""Synthetic documents in six languages: the same paragraphs in each, of this project's own text.

Sentences are templates in `sentences.csv`; names of Parties come from the vocabulary and figures
from a seeded generator, so that equal sizes give equal corpora.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kb.languages import LANGUAGES, Language
from kb.terms import Concept, load_terms
from kb.views import PassageRow

SEED: Final = 1994
PARAGRAPHS_PER_DOCUMENT: Final = 100

_FRENCH_SPACE: Final = "\u202f"
_GROUPS: Final[dict[Language, str]] = {"fr": _FRENCH_SPACE, "es": " ", "ru": "\u00a0"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The facts of one sentence, the same in all languages."""

    party: Concept
    count: int  # hectares
    small: int
    year: int
    tenths: int  # of a million
    percent: int


def corpus(passages: int, seed: int = SEED) -> Iterator[PassageRow]:
    """At least `passages` passages: whole paragraphs, each in six editions."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(-(-passages // len(LANGUAGES))):
        document, within = divmod(number, PARAGRAPHS_PER_DOCUMENT)
        keys = chance.sample(sorted(_sentences()), chance.randint(2, 4))
        facts = [(key, _figures(chance)) for key in keys]
        for language in LANGUAGES:
            separator = "" if language == "zh" else " "
            yield PassageRow(
                document_id=f"SYN/COP({document // 40 + 1})/{document % 40 + 1}",
                paragraph=str(within + 1),
                language=language,
                text=separator.join(sentence(key, language, figures) for key, figures in facts),
            )


def questions(count: int, seed: int = SEED) -> Iterator[tuple[Language, str]]:
    """Queries of the kind that the corpus can answer, language by language in turn."""
    chance = random.Random(seed + 1)  # noqa: S311
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        text = sentence(_template(chance), language, _figures(chance))
        words = list(text) if language == "zh" else text.split()
        start = chance.randrange(max(1, len(words) // 3))
        separator = "" if language == "zh" else " "
        yield language, separator.join(words[start : start + (24 if language == "zh" else 9)])


def sentence(key: str, language: Language, figures: Figures) -> str:
    """One sentence of the template `key`, as `language` writes names and numbers."""
    return _sentences()[key][language].format(
        party=_name(figures.party, language),
        count=_grouped(figures.count, language),
        small=figures.small,
        year=figures.year,
        millions=_decimal(figures.tenths, language),
        wan=_grouped(figures.tenths * 10, language),
        percent=figures.percent,
    )


@cache
def _sentences() -> dict[str, dict[Language, str]]:
    text = files("evals.bench").joinpath("sentences.csv").read_text(encoding="utf-8")
    return {
        row["id"]: {language: row[language] for language in LANGUAGES}
        for row in csv.DictReader(text.splitlines())
    }


def _template(chance: random.Random) -> str:
    return chance.choice(sorted(_sentences()))


def _figures(chance: random.Random) -> Figures:
    return Figures(
        party=chance.choice(load_terms().parties),
        count=chance.randrange(1_000, 900_000),
        small=chance.randrange(11, 60),
        year=chance.randrange(2016, 2036),
        tenths=chance.randrange(11, 9_000),
        percent=chance.randrange(5, 80),
    )


def _name(party: Concept, language: Language) -> str:
    return load_terms().name(party.id, language)


def _grouped(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", _GROUPS.get(language, ","))


def _decimal(tenths: int, language: Language) -> str:
    point = "," if language in _GROUPS else "."
    return f"{tenths // 10}{point}{tenths % 10}" if tenths % 10 else str(tenths // 10)
