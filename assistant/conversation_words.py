"""The words by which a turn of a conversation leans on the one before it, from
`kb/data/follow_up_words.csv`.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from assistant.question_words import find_asking
from kb.languages import Language
from kb.word_patterns import alternation

Cue = Literal[
    "connective",
    "what_about",
    "particle",
    "emphasis",
    "correction",
    "meant",
    "pronoun",
    "possessive",
    "expletive",
    "demonstrative",
    "calendar",
    "partitive",
    "remainder",
    "source",
    "more",
    "that_paragraph",
    "why",
    "place",
    "preposition",
    "article",
]
_MARKS: Final = " \t\n,.;:!?¿¡…-–—，。、；：！？،؛؟"
_PAUSE: Final = re.compile(r"\s*[,.;:!…–—，。、；：！،؛]")
_AND: Final = "و"  # joined to the word that follows
_JOINED: Final = re.compile(r"(?:ال|لل|في|من|على|إلى|عن|ماذا|كم|متى|أين|هل|أي)")


def places(text: str, language: Language, cue: Cue) -> tuple[tuple[int, int], ...]:
    """Where `text` has words of the cue, as (start, end)."""
    return tuple((m.start(), m.end()) for m in _pattern(cue, language).finditer(text))


def has(text: str, language: Language, cue: Cue) -> bool:
    """Whether `text` has a word of the cue."""
    return _pattern(cue, language).search(text) is not None


def without_leading(text: str, language: Language, cue: Cue) -> str:
    """`text` without a word of the cue that it begins with; as it was where it has none.

    "No" and its like count as a correction only before a pause or another such word: "no country
    has …" corrects nothing.
    """
    bare = text.lstrip(_MARKS)
    match = _pattern(cue, language).match(bare)
    if match is None:
        return _without_joined_and(bare, text) if _is_arabic(cue, language) else text
    rest = bare[match.end() :]
    if cue == "correction" and not _parts_there(rest, language):
        return text
    if cue == "connective" and language == "ar" and match[0] == _AND:
        return _without_joined_and(bare, text)
    return rest.lstrip(_MARKS) or text


def without_trailing(text: str, language: Language, cue: Cue) -> str:
    """`text` without words of the cue that it ends with."""
    bare = text.rstrip(_MARKS)
    for start, end in reversed(places(bare, language, cue)):
        if end == len(bare) and start > 0:
            bare = bare[:start].rstrip(_MARKS)
    return bare


def is_plain(text: str) -> bool:
    """Whether nothing but marks and blanks is left."""
    return not text.strip(_MARKS)


def bare(text: str) -> str:
    """`text` without marks and blanks at its ends."""
    return text.strip(_MARKS)


def _parts_there(rest: str, language: Language) -> bool:
    if not rest.strip(_MARKS) or _PAUSE.match(rest):
        return True
    if language == "zh":
        return True
    after = rest.lstrip(_MARKS)
    return any(_pattern(cue, language).match(after) for cue in _CORRECTING)


def _is_arabic(cue: Cue, language: Language) -> bool:
    return language == "ar" and cue == "connective"


def _without_joined_and(bare_text: str, text: str) -> str:
    """Without the Arabic "and" that is written as part of a question word, a preposition or a noun
    with the article; in other words the letter may be the word's own."""
    if not bare_text.startswith(_AND):
        return text
    rest = bare_text[len(_AND) :]
    asked = find_asking(rest, "ar")
    return rest if _JOINED.match(rest) or (asked and asked[0].start == 0) else text


_CORRECTING: Final[tuple[Cue, ...]] = ("correction", "meant")


@cache
def _pattern(cue: Cue, language: Language) -> re.Pattern[str]:
    forms = [form for form in _words()[cue][language].split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    return re.compile(
        rf"(?<![^\W\d_]){_prefix(cue, language)}(?:{alternation(forms, start=False)})",
        re.IGNORECASE,
    )


def _prefix(cue: Cue, language: Language) -> str:
    return "[وف]?" if language == "ar" and cue != "connective" else ""


@cache
def _words() -> Mapping[Cue, Mapping[Language, str]]:
    source = files("kb").joinpath("data/follow_up_words.csv").read_text(encoding="utf-8")
    return {
        row.pop("role"): row  # type: ignore[misc]
        for row in csv.DictReader(source.splitlines())
    }
