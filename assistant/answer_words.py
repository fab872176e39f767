"""The words that say of what type an answer must be, from `kb/data/answer_words.csv`."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from kb.languages import Language
from kb.word_patterns import alternation

AnswerRole = Literal["title", "day", "person", "country", "actor", "most"]


def speaks_of(text: str, language: Language, role: AnswerRole) -> bool:
    """Whether `text` has a word of the role."""
    return bool(_pattern(role, language).search(text))


@cache
def _pattern(role: AnswerRole, language: Language) -> re.Pattern[str]:
    forms = [form for form in _words()[role][language].split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    prefix = "(?:[وفبلك]?(?:ال)?)?" if language == "ar" else ""
    source = alternation(forms, start=False)
    return re.compile(rf"(?<![^\W\d_]){prefix}(?:{source})", re.IGNORECASE)


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    source = files("kb").joinpath("data/answer_words.csv").read_text(encoding="utf-8")
    return {
        row.pop("role"): row  # type: ignore[misc]
        for row in csv.DictReader(source.splitlines())
    }
