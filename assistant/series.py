"""Where a text enumerates, and how many things: "(a) …; (b) …", "A, B, C and D"."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from assistant.enumerations import listed_items
from assistant.reading import ReadSentence, ReadText
from kb.languages import Language
from kb.sentences import Span, word_count

_HELD: Final = 4_000
_LONGEST: Final = 14.0  # words of an item between two commas
_FEWEST: Final = 3
_AND: Final[dict[Language, str]] = {
    "en": r"\s(?:and|or|as\swell\sas)\s",
    "fr": r"\s(?:et|ou|ainsi\sque)\s",
    "es": r"\s(?:y|e|o|u|así\scomo)\s",
    "ru": r"\s(?:и|или|а\sтакже)\s",
    "zh": r"(?:以及|[和与及或])",
    "ar": r"\s(?:وكذلك\s|أو\s|و(?=\w{2}))",
}
_COMMA: Final[dict[Language, str]] = {"zh": r"[、;；]", "ar": r"[،,؛;]\s"}
_LATIN_COMMA: Final = r"[,;]\s"

_LETTER: Final = re.compile(r"[^\W\d_]")
_FIGURE_FIRST: Final = re.compile(r"\W*\d")

Form = Literal["marked", "run"]


@dataclass(frozen=True, slots=True)
class Series:
    """An enumeration: `items` things one after the other in `span` of a text.

    `marked` has letters, numbers or bullets and may go through several sentences; a `run` stands
    in one sentence, between commas.
    """

    form: Form
    span: Span
    items: int


def run_in(sentence: ReadSentence, text: str, language: Language) -> Series | None:
    """The longest run of the sentence: three things or more between commas and an "and"."""
    return _run(text, sentence.span, language)


@lru_cache(maxsize=_HELD)
def _run(text: str, span: Span, language: Language) -> Series | None:
    commas = [m.span() for m in _comma(language).finditer(text, span.start, span.end)]
    if not commas:
        return None
    best: Series | None = None
    first = 0
    for at in range(1, len(commas) + 1):
        ended = at == len(commas)
        if not ended and _is_item(text[commas[at - 1][1] : commas[at][0]]):
            continue
        found = _series(text, commas[first:at], span, language)
        if found is not None and (best is None or found.items > best.items):
            best = found
        first = at
    return best


def _series(
    text: str, commas: list[tuple[int, int]], span: Span, language: Language
) -> Series | None:
    tail = text[commas[-1][1] : span.end]
    joined = _and(language).search(f" {tail}") if tail else None
    before = tail[: max(0, joined.start() - 1)] if joined is not None else ""
    led = joined is not None and not before.strip()
    if joined is not None and not led and not _is_item(before):
        joined = None
    items = len(commas) + 1 + (1 if joined is not None and not led else 0)
    if items < _FEWEST or (joined is None and len(commas) < _FEWEST):
        return None
    return Series("run", Span(commas[0][0], commas[-1][1]), items)


def _is_item(text: str) -> bool:
    """Whether it may be one thing of several: short, and no year or date."""
    return (
        len(_LETTER.findall(text)) > 1
        and not _FIGURE_FIRST.match(text)
        and (word_count(text) <= _LONGEST)
    )


@cache
def _comma(language: Language) -> re.Pattern[str]:
    return re.compile(_COMMA.get(language, _LATIN_COMMA))


@cache
def _and(language: Language) -> re.Pattern[str]:
    return re.compile(_AND[language])


def marked_in(text: ReadText) -> Series | None:
    """The list with marks that begins first in the text, with the sentence that announces it."""
    items = listed_items(text.text)
    if not items:
        return None
    start = items[0].start
    led = [s.span.start for s in text.sentences if s.span.start <= start]
    before = led[-1] if led else start
    if before == start and len(led) > 1:
        before = led[-2]
    return Series("marked", Span(before, items[-1].end), len(items))
