"""Content words of a text in the six languages, as stems with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kb.analysis import stem, stop_words
from kb.languages import Language
from kb.writing import fold

_WORD: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_]+)*")
_ELISION: Final = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
# Han words that part content words from each other.
_HAN_STOPS: Final = re.compile(
    "什么|哪些|多少|怎么|如何|是否|这些|那些|一个|[的了是在和与及或对为被把将从向到于以其之也都就而但并吗呢有由个哪几该这那份给用上下中内里各]"
)


@dataclass(frozen=True, slots=True)
class ContentWord:
    """`text[start:end]` of some text. Han words are pairs of neighbouring characters."""

    stem: str
    start: int
    end: int
    han: bool = False


def content_words(text: str, language: Language) -> Iterator[ContentWord]:
    """The content words of `text`, in order; stop words are left out."""
    for match in _WORD.finditer(text):
        raw, start = match[0], match.start()
        if "\u3400" <= raw[0] <= "\u9fff":
            yield from _han_words(raw, start)
            continue
        if language == "fr" and (elision := _ELISION.match(raw)):
            raw, start = raw[elision.end() :], start + elision.end()
        folded = fold(raw)
        if len(folded) > 1 and folded not in stop_words():
            yield ContentWord(stem(folded, _language_of(folded, language)), start, match.end())


def _han_words(run: str, start: int) -> Iterator[ContentWord]:
    edge = 0
    for stop in [*_HAN_STOPS.finditer(run), None]:
        piece_end = stop.start() if stop else len(run)
        for i in range(edge, piece_end - 1):
            yield ContentWord(run[i : i + 2], start + i, start + i + 2, han=True)
        edge = stop.end() if stop else len(run)


def _language_of(word: str, language: Language) -> Language:
    if "\u0400" <= word[0] <= "\u04ff":
        return "ru"
    if "\u0600" <= word[0] <= "\u06ff":
        return "ar"
    return language if language in ("en", "fr", "es") else "en"
