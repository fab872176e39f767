"""Text into search tokens, for each of the six languages.

Words are folded and stemmed (Snowball), Han runs become single characters and pairs, numbers lose
their grouping ("1,600", "1 600", "١٦٠٠" are one token), symbols and decisions ("ICCD/COP(16)/4",
"8/COP.15") are one token beside their parts. Latin words are stemmed in the text's language, other
scripts in their own.
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

from kb.languages import Language
from kb.references import find_decisions, find_symbols

VERSION: Final = "1"  # an index made by another version is rebuilt

Concepts = Callable[[str], Sequence[str]]
"""The ids of the known concepts that a text of any language names, such as "party:SAU"."""

OTHER_LANGUAGE_WEIGHT: Final = 0.6  # of a query word stemmed as another language would
CONCEPT_WEIGHT: Final = 1.5

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")
_DROPPED: Final = re.compile(
    r"[\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN: Final = re.compile(
    rf"""(?P<grouped>(?<![\d.,])\d{{1,3}}(?:[,.'’\ \u00a0\u202f]\d{{3}})+(?!\d))
       |(?P<number>\d+(?:[.,]\d+)*)
       |(?P<han>[{_HAN}]+)
       |(?P<word>[^\W\d_{_HAN}]+(?:['’][^\W\d_{_HAN}]+)*)""",
    re.VERBOSE,
)
_ELISION: Final = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]")
_ARABIC_FOLD: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_SNOWBALL: Final[dict[Language, str]] = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "ar": "arabic",
}
_LATIN: Final[tuple[Language, ...]] = ("en", "fr", "es")


def fold(text: str) -> str:
    """`text` in compatibility form and lower case, with plain digits, without marks of writing.

    Length may change: only for matching, never for offsets.
    """
    normal = unicodedata.normalize("NFKC", text).lower().translate(_DIGITS)
    return _DROPPED.sub("", normal).replace("ё", "е")


def index_tokens(text: str, language: Language | None) -> list[str]:
    """The tokens under which `text` is found, in order, repeated as often as they occur."""
    tokens = list(_tokens(fold(text), _latin(language)))
    tokens.extend(_references(text))
    return tokens


def query_tokens(
    text: str, language: Language | None, concepts: Concepts | None = None
) -> dict[str, float]:
    """The tokens to look for, with weights in (0, 2], most weighty analysis kept.

    Stop words are left out unless nothing else is there. Latin words are also stemmed as the two
    other Latin-script languages would, at a lower weight: names and loan words are found in every
    edition.
    """
    own = _latin(language)
    folded = fold(text)
    kept = _without_stop_words(folded)
    if not any(True for _ in _tokens(kept, own)):
        kept = folded
    weights: dict[str, float] = {}
    for analyzer in _LATIN:
        weight = 1.0 if analyzer == own else OTHER_LANGUAGE_WEIGHT
        for token in _tokens(kept, analyzer):
            weights[token] = max(weight, weights.get(token, 0.0))
    for token in _references(text):
        weights[token] = 1.0
    for concept in concepts(text) if concepts else ():
        weights[concept] = CONCEPT_WEIGHT
    return weights


@cache
def stop_words() -> frozenset[str]:
    """Words of the six languages, folded, that say nothing of what a question is about."""
    return frozenset(fold(row["word"]) for row in _stop_word_rows())


def _tokens(folded: str, latin: Language) -> Iterator[str]:
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        text = match[0]
        if kind == "word":
            yield from _word_tokens(text, latin)
        elif kind == "han":
            yield from text
            yield from map("".join, pairwise(text))
        elif kind == "grouped":
            yield re.sub(r"\D", "", text)
        else:
            yield from _number_tokens(text)


def _word_tokens(word: str, latin: Language) -> Iterator[str]:
    if "'" in word or "’" in word:
        word = _ELISION.sub("", word) if latin == "fr" else re.split("['’]", word)[0]
    if word:
        yield stem(word, _language_of(word, latin))


def _number_tokens(number: str) -> Iterator[str]:
    plain = number.replace(",", ".")
    yield plain
    if plain.count(".") > 1:
        yield from plain.split(".")


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
    """The stem of one folded word, without accents; Arabic letter forms are folded after it."""
    name = _SNOWBALL.get(language)
    stemmed = _stemmers(name).stemWord(word) if name else word
    if language == "ar":
        return stemmed.translate(_ARABIC_FOLD)
    if stemmed.isascii():
        return stemmed
    decomposed = unicodedata.normalize("NFD", stemmed)
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
