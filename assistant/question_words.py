"""The words that tell what kind of question is asked, from `kb/data/question_words.csv`."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kb.languages import Language
from kb.word_patterns import alternation

Kind = Literal[
    "how_much",
    "how_many",
    "when",
    "where",
    "who",
    "compare",
    "sum",
    "list",
    "yes_no",
    "why_how",
    "paragraph",
    "which",
    "about",
]
# In this order one span of text that is several kinds' word is taken.
ASKING: Final[tuple[Kind, ...]] = (
    "how_much", "when", "where", "who", "how_many", "compare", "sum", "list", "why_how",
    "paragraph", "yes_no", "which", "about",
)  # fmt: skip
Role = Kind | Literal["who_first"]
Hint = Literal[
    "asks_money",
    "asks_date",
    "asks_share",
    "asks_area",
    "asks_party",
    "asks_person",
    "asks_member",
    "courtesy",
    "frame",
    "command",
    "which_one",
    "then",
    "adds",
    "weighs",
    "checks",
    "tallies",
    "asks_as_of",
    "soft",
    "apart",
    "several",
    "subtracts",
    "orders",
    "either",
    "than",
    "which_more",
    "greatest",
    "smallest",
    "asks_span",
    "lasts",
    "span_between",
    "span_from",
    "span_to",
    "outermost",
    "asks_times",
    "whole_year",
    "half",
    "above",
    "below",
    "at_least",
    "none_of",
    "every_one",
    "is_before",
    "is_after",
    "asks_average",
]
# "is" in English and "من" (from) in Arabic ask only where the question, or a part of it, begins.
_ONLY_FIRST: Final[Mapping[Language, frozenset[Role]]] = {
    "en": frozenset(("yes_no",)),
    "ar": frozenset(("who_first",)),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A question word at its place: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


def find_asking(text: str, language: Language) -> tuple[Asking, ...]:
    """The question words of `text` in order; of words within longer ones only the longer."""
    found: list[Asking] = []
    for role in (*ASKING, _WHO_FIRST):
        only_first = role in _ONLY_FIRST.get(language, ())
        for match in _pattern(role, language).finditer(text):
            if only_first and not _BEGINNING.search(text[: match.start()]):
                continue
            kind: Kind = "who" if role == "who_first" else role
            found.append(Asking(kind, match.start(), match.end()))
    found.sort(key=lambda a: (a.start - a.end, ASKING.index(a.kind)))
    kept: list[Asking] = []
    for asking in found:
        if not any(asking.start < k.end and k.start < asking.end for k in kept):
            kept.append(asking)
    return tuple(sorted(kept, key=lambda a: a.start))


def hints(text: str, language: Language, hint: Hint) -> tuple[tuple[int, int], ...]:
    """Where `text` has a word of the hint, as (start, end)."""
    return tuple((m.start(), m.end()) for m in _pattern(hint, language).finditer(text))


_WHO_FIRST: Final[Role] = "who_first"
_BEGINNING: Final = re.compile(
    r"(?:^|[,;:.?!(،؛؟]|\b(?:and|but|or|tell me|know)\b)\s*$", re.IGNORECASE
)


@cache
def _pattern(role: Role | Hint, language: Language) -> re.Pattern[str]:
    forms = [form for form in _words()[role][language].split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    # Arabic writes "and", "so", "by" and "to" as part of the word that follows.
    prefix = "[وفبل]?" if language == "ar" else ""
    source = alternation(forms, start=False)
    return re.compile(rf"(?<![^\W\d_]){prefix}(?:{source})", re.IGNORECASE)


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    source = files("kb").joinpath("data/question_words.csv").read_text(encoding="utf-8")
    return {
        row.pop("role"): row  # type: ignore[misc]
        for row in csv.DictReader(source.splitlines())
    }
