"""What a number counts, by the word printed behind it, where no list of words names it."""

import re
from typing import Final

from ingestion.extraction.words import words_of
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import Quantity
from kb.writing import fold

_OF_ALL: Final = re.compile(r"(?:out of|sur|de un total de|из|أصل) $")
_FEWEST_LETTERS: Final = 4
_WORD: Final = re.compile(r"[ \u00a0]([^\W\d_]+(?:['’-][^\W\d_]+)*)")
# In the plural or in the case that follows a number, as the printed noun must be.
_NOUN: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[a-z]{3,}(?<!ss)s"),
    "fr": re.compile(r"[a-zà-ÿœ]{3,}(?<!é)(?<!ée)[sx]"),
    "es": re.compile(r"(?!\w+(?:[ai]d|ist)[oa]s$)[a-zà-ÿ]{3,}s"),
    "ru": re.compile(
        r"[а-яё]{2,}(?:ов|ев|ий|ей|ок|ек|а|я|и|ы|ь|ам|ям|ах|ях|ами|ями|[бвгджзклмнпрстфхцчшщ])"
    ),
    "ar": re.compile(r"[\u0621-\u064a]{2,}[\u064b-\u0652\u0621-\u064a]*"),
}
_ADJECTIVE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[a-z]+"),
    "ru": re.compile(r"[а-яё]+(?:ых|их|ые|ие|ым|им|ыми|ими|ой)"),
}


def printed_noun(text: str, amount: Quantity, language: Language) -> str | None:
    """The noun behind a number in digits, with the adjective before it, as a name; else None."""
    noun = _NOUN.get(language)
    if words_of(language).at("no_count", text, _after_space(text, amount.end)) is not None:
        return None
    if _OF_ALL.search(text[max(0, amount.start - 12) : amount.start]):
        return None
    if noun is None or not amount.text[-1:].isdecimal() or amount.value < 2:
        return None
    first = _WORD.match(text, amount.end)
    if first is None or _is_common(first[1]):
        return None
    adjective = _ADJECTIVE.get(language)
    if noun.fullmatch(first[1]) and not (
        language == "ru" and adjective and adjective.fullmatch(first[1])
    ):
        return f"name:{first[1]}"
    if adjective is None or not adjective.fullmatch(first[1]):
        return None
    second = _WORD.match(text, first.end())
    if second is None or _is_common(second[1]) or not noun.fullmatch(second[1]):
        return None
    if words_of(language).at("difference", first[1], 0) is not None:
        return f"name:{second[1]}"  # "45 more nurseries"
    return f"name:{first[1]} {second[1]}"


def _after_space(text: str, place: int) -> int:
    return place + 1 if text[place : place + 1] in (" ", "\u00a0") else place


def _is_common(word: str) -> bool:
    return len(word) < _FEWEST_LETTERS or fold(word) in stop_words()
