"""Words that a sentence cannot lose or gain without saying something else: "may", "all", "only".

From `kb/data/draft_words.csv`: roles `hedge`, `count` and `change`; `neutral` are words that a
sentence may begin with of its own, for they say nothing of the matter.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from assistant.content_words import content_words
from kb.languages import Language
from kb.word_patterns import alternation

Role = Literal["hedge", "count", "change", "neutral"]
HEDGES: Final[tuple[Role, ...]] = ("hedge",)
AMOUNTS: Final[tuple[Role, ...]] = ("count", "change")


def qualifiers(text: str, language: Language, roles: tuple[Role, ...]) -> frozenset[str]:
    """Ids of the words of some roles that `text` has."""
    patterns = _patterns(language)
    return frozenset(
        key for role in roles for key, found in patterns[role].items() if found.search(text)
    )


def without_neutral(text: str, language: Language) -> str:
    """`text` with the neutral words blanked that it begins with; offsets stay."""
    patterns = _patterns(language)["neutral"].values()
    found = sorted((m.start(), m.end()) for p in patterns for m in p.finditer(text))
    for start, end in found:
        if next(content_words(text[:start], language), None) is not None:
            break
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@cache
def _patterns(language: Language) -> Mapping[Role, Mapping[str, re.Pattern[str]]]:
    lines = files("kb").joinpath("data/draft_words.csv").read_text(encoding="utf-8").splitlines()
    roles: dict[Role, dict[str, re.Pattern[str]]] = {}
    for row in csv.DictReader(lines):
        role: Role = row["role"]  # type: ignore[assignment]
        roles.setdefault(role, {})[row["id"]] = _pattern(row[language], language)
    return roles


def _pattern(written: str, language: Language) -> re.Pattern[str]:
    forms = [form for form in written.split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    prefix = "[وفبلس]?" if language == "ar" else ""
    source = alternation(forms, start=False)
    return re.compile(rf"(?<![^\W\d_]){prefix}(?:{source})", re.IGNORECASE)
