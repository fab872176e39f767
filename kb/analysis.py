"""Text into search tokens, for each of the six languages.

Words are folded and stemmed (Snowball), Han runs become single characters and pairs, numbers lose
their grouping ("1,600", "1 600", "١٦٠٠" are one token) and have their value beside them ("15万"
is "150000" too), symbols and decisions ("ICCD/COP(16)/4", "8/COP.15") are one token beside their
parts. Latin words are stemmed in the text's language, other scripts in their own. Names are also
found by their sounds, which carry them from script to script.
"""

import csv
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import snowballstemmer

from kb.arabic_words import fold_letters, readings
from kb.languages import Language
from kb.magnitudes import magnified
from kb.references import find_decisions, find_symbols
from kb.sounds import names_in, words_in
from kb.writing import HAN, fold

VERSION: Final = "3"  # an index made by another version is rebuilt

Concepts = Callable[[str], Sequence[str]]
"""The ids of the known concepts that a text of any language names, such as "party:SAU"."""

OTHER_LANGUAGE_WEIGHT: Final = 0.6  # of a query word stemmed as another language would
OTHER_READING_WEIGHT: Final = 0.5  # of what a query word is less likely read as
NAME_WEIGHT: Final = 0.3  # of the sounds of a query word that may be a name
SOUND_WEIGHT: Final = 0.15  # of those of another word: names are often typed in small letters
CONCEPT_WEIGHT: Final = 0.75

_TOKEN: Final = re.compile(
    rf"""(?P<grouped>(?<![\d.,])\d{{1,3}}(?:[,.'’\ \u00a0\u202f]\d{{3}})+(?!\d))
       |(?P<number>\d+(?:[.,]\d+)*)
       |(?P<han>[{HAN}]+)
       |(?P<word>[^\W\d_{HAN}]+(?:['’][^\W\d_{HAN}]+)*)""",
    re.VERBOSE,
)
_ELISION: Final = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]")
_SNOWBALL: Final[dict[Language, str]] = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "ar": "arabic",
}
_LATIN: Final[tuple[Language, ...]] = ("en", "fr", "es")


def index_tokens(text: str, language: Language | None) -> list[str]:
    """The tokens under which `text` is found, in order, repeated as often as they occur."""
    tokens = [token for token, _ in _tokens(fold(text), _latin(language))]
    tokens.extend(_references(text))
    tokens.extend(names_in(text))
    return tokens


def query_tokens(
    text: str, language: Language | None, concepts: Concepts | None = None
) -> dict[str, float]:
    """The tokens to look for, with weights in (0, 2], most weighty analysis kept.

    Stop words are left out unless nothing else is there. Latin words are also stemmed as the two
    other Latin-script languages would, at a lower weight: names and loan words are found in every
    edition. Weights were measured: docs/decisions/0009-fusion.md.
    """
    own = _latin(language)
    folded = fold(text)
    kept = _without_stop_words(folded)
    if not any(True for _ in _tokens(kept, own)):
        kept = folded
    weights: dict[str, float] = {}
    for analyzer in _LATIN:
        weight = 1.0 if analyzer == own else OTHER_LANGUAGE_WEIGHT
        for token, likelihood in _tokens(kept, analyzer):
            weights[token] = max(weight * likelihood, weights.get(token, 0.0))
    for token in _references(text):
        weights[token] = 1.0
    for token in words_in(kept):
        weights[token] = SOUND_WEIGHT
    for token in names_in(text):
        weights[token] = NAME_WEIGHT
    for concept in concepts(text) if concepts else ():
        weights[concept] = CONCEPT_WEIGHT
    return weights


@cache
def stop_words() -> frozenset[str]:
    """Words of the six languages, folded, that say nothing of what a question is about."""
    return frozenset(fold(row["word"]) for row in _stop_word_rows())


def _tokens(folded: str, latin: Language) -> Iterator[tuple[str, float]]:
    """Tokens, each with the weight of this reading of the word, 1 for the likeliest."""
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        text = match[0]
        if kind == "word":
            yield from _word_tokens(text, latin)
        elif kind == "han":
            for token in (*text, *map("".join, pairwise(text))):
                yield token, 1.0
        else:
            for token in _number_tokens(match, latin):
                yield token, 1.0


def _word_tokens(word: str, latin: Language) -> Iterator[tuple[str, float]]:
    if "'" in word or "’" in word:
        word = _ELISION.sub("", word) if latin == "fr" else re.split("['’]", word)[0]
    if not word:
        return
    language = _language_of(word, latin)
    if language != "ar":
        yield stem(word, language), 1.0
        return
    for place, stemmed in enumerate(_arabic_stems(word)):
        yield stemmed, OTHER_READING_WEIGHT if place else 1.0


@lru_cache(maxsize=1 << 16)
def _arabic_stems(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(reading, "ar") for reading in readings(word)))


def _number_tokens(match: re.Match[str], latin: Language) -> Iterator[str]:
    if match.lastgroup == "grouped":
        plain = re.sub(r"\D", "", match[0])
    else:
        plain = match[0].replace(",", ".")
    yield plain
    if plain.count(".") > 1:
        yield from plain.split(".")
    elif value := magnified(plain, match.string, match.end(), latin):
        yield value


def _references(text: str) -> list[str]:
    if "/" not in text and "／" not in text:
        return []
    return [reference.lower() for reference in (*find_symbols(text), *find_decisions(text))]


def _language_of(word: str, latin: Language) -> Language:
    first = word[0]
    if "\u0400" <= first <= "\u04ff":
        return "ru"
    if "\u0600" <= first <= "\u06ff":
        return "ar"
    return latin


def _latin(language: Language | None) -> Language:
    return language if language in _LATIN else "en"


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """The stem of one folded word, whose accents do not count; nor do Arabic letter forms."""
    name = _SNOWBALL.get(language)
    if language == "ar":
        return fold_letters(_stemmers("arabic").stemWord(word))
    plain = _without_accents(word)
    return _without_accents(_stemmers(name).stemWord(plain)) if name else plain


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not _is_accent(c)))


def _is_accent(character: str) -> bool:
    # Only accents on letters of the Latin script: й is not и with an accent.
    return "\u0300" <= character <= "\u036f" and character != "\u0306"


_local = threading.local()


def _stemmers(name: str) -> "snowballstemmer.SnowballStemmer":
    # A stemmer holds the word that it works on: one for each thread.
    held: dict[str, snowballstemmer.SnowballStemmer] = _local.__dict__.setdefault("held", {})
    if name not in held:
        held[name] = snowballstemmer.stemmer(name)
    return held[name]


def _without_stop_words(folded: str) -> str:
    han, words = _stop_patterns()
    return words.sub(lambda m: " " if m[0] in stop_words() else m[0], han.sub(" ", folded))


@cache
def _stop_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    han = sorted((w for w in stop_words() if w[0] > "\u33ff"), key=len, reverse=True)
    return re.compile("|".join(han)), re.compile(r"[^\W\d_]+")


def _stop_word_rows() -> Iterator[dict[str, str]]:
    text = files("kb").joinpath("data/stop_words.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
