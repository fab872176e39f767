"""The words that decide between yes and no: denial, stage, extent, and pairs that exclude one
another (enough and not enough, internal and public), from `kb/data/polarity_words.csv`.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kb.languages import Language
from kb.word_patterns import alternation

Facet = Literal[
    "denial", "no_denial", "doubt", "light", "stage", "extent", "enough", "access", "trend",
    "stay", "lasting", "duty", "price", "unsure",
]  # fmt: skip
PAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "extent": ("all", "part"),
    "enough": ("enough", "short"),
    "access": ("open", "closed"),
    "trend": ("up", "down"),
    "stay": ("leave", "keep"),
    "lasting": ("permanent", "temporary"),
    "duty": ("binding", "free_to"),
    "price": ("free", "sold"),
}
"""Facets of which a thing has one pole or the other."""
_A_NOT_A: Final = re.compile(r"([\u4e00-\u9fff])[不没]\1|有没有|是否|能否|可否")


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that decides, and where: `text[start:end]`."""

    facet: str
    pole: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signs:
    """The deciding words of one piece of text."""

    found: tuple[Sign, ...]

    def of(self, facet: Facet) -> tuple[Sign, ...]:
        """Those of one facet."""
        return tuple(sign for sign in self.found if sign.facet == facet)

    def poles(self, facet: str) -> frozenset[str]:
        """The poles of a facet that are said."""
        return frozenset(sign.pole for sign in self.found if sign.facet == facet)


def signs(text: str, language: Language, start: int = 0, end: int | None = None) -> Signs:
    """The deciding words in `text[start:end]`; of words within longer ones only the longer. A
    denial inside a pole ("not enough") is the pole's.
    """
    stop = len(text) if end is None else end
    skipped = [(m.start(), m.end()) for m in _A_NOT_A.finditer(text)] if language == "zh" else []
    found: list[Sign] = []
    for (facet, pole), pattern in _patterns(language).items():
        found += [
            Sign(facet, pole, m.start(), m.end())
            for m in pattern.finditer(text, start, stop)
            if not any(s <= m.start() < e for s, e in skipped)
        ]
    excused = [one for one in found if one.facet == "no_denial"]
    wide = [one for one in found if one.facet in PAIRS or one.pole == "pending"]
    kept = []
    for one in found:
        if one.facet == "no_denial" or (
            one.facet in ("denial", "doubt") and any(_covers(e, one) for e in (*excused, *wide))
        ):
            continue
        if any(_covers(o, one) and o.facet == one.facet and o.pole != one.pole for o in found):
            continue  # "insufficient" is no "sufficient"
        kept.append(one)
    return Signs(tuple(sorted(kept, key=lambda one: one.start)))


def _covers(one: Sign, other: Sign) -> bool:
    """Whether `one` holds `other` and more."""
    longer = one.end - one.start > other.end - other.start
    wide = one.facet != other.facet and one.end - one.start == other.end - other.start
    return one.start <= other.start and other.end <= one.end and (longer or wide)


@cache
def same_acts(language: Language) -> Mapping[str, re.Pattern[str]]:
    """Words that say the same of their subject ("cover", "include"), from
    `kb/data/same_acts.csv`."""
    source = files("kb").joinpath("data/same_acts.csv").read_text(encoding="utf-8")
    return {
        row["id"]: _pattern(row[language], language) for row in csv.DictReader(source.splitlines())
    }


@cache
def _patterns(language: Language) -> Mapping[tuple[str, str], re.Pattern[str]]:
    source = files("kb").joinpath("data/polarity_words.csv").read_text(encoding="utf-8")
    return {
        (row["facet"], row["pole"]): _pattern(row[language], language)
        for row in csv.DictReader(source.splitlines())
    }


def _pattern(written: str, language: Language) -> re.Pattern[str]:
    forms = [form for form in written.split("|") if form]
    if language == "zh":
        return re.compile(alternation(forms))
    prefix = "[وفبل]?" if language == "ar" else ""
    source = alternation(forms, start=False)
    return re.compile(rf"(?<![^\W\d_]){prefix}(?:{source})", re.IGNORECASE)
