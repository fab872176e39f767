"""What a number counts: the noun after it, in Chinese and Arabic also the noun before it."""

import re
from typing import Final

from kb.languages import Language
from kb.quantity_words import RUSSIAN_ADJECTIVES, count_nouns, forms, forms_of
from kb.word_patterns import alternation

# An adjective before "and", which may join it to another: "low-income and lower-middle-income".
_JOINED_ADJECTIVE: Final = {
    "en": r"(?:[\w’']+-[\w’'-]+|[^\W\d]\w*(?:al|ed|ing|ive|ic|ous|ary|ern))\s(?:and|or)",
    "ru": r"[^\W\d]\w*(?:ых|их|ыми|ими|ым|им|ые|ие)\s(?:и|или)",
}
# Forms that take any ending match adjectives of the same stem too: "страновых", "региональный".
_NO_ADJECTIVE: Final = {
    "ru": r"(?![^\W\d_])" + "".join(rf"(?<!{ending})" for ending in RUSSIAN_ADJECTIVES)
}
_SMALL: Final = "ثلاثة|ثلاث|أربعة|أربع|خمسة|خمس|ستة|ست|سبعة|سبع|ثمانية|ثماني|ثمان|تسعة|تسع|عشرة|عشر"


def noun_after(language: Language) -> re.Pattern[str]:
    """The noun that a number counts: the nearest within four words and before a stop word; in
    Chinese right after the classifier, or the head of a phrase that ends in 的."""
    source = count_nouns(language)[0].pattern
    if language == "zh":
        classifier = alternation(forms(language, "classifier"))
        phrase = r"[^\d，。；、：（）()“”,.;\s][^\d，。；：（）(),.;]{0,24}的"
        near = r"[^\d，。；、：（）(),.;]{1,10}?"
        ways = rf"(?:(?:{classifier})\s?(?:|{phrase}(?:{near})?|{near})|\s?)"
        return re.compile(rf"\s?{ways}(?:{source})")
    part = alternation(forms(language, "partitive"))
    return re.compile(
        rf"(?:\s(?:{part})(?=\s))?{_words(language)}[\s\u00a0-]+(?:{source})"
        rf"{_NO_ADJECTIVE.get(language, '')}",
        re.IGNORECASE,
    )


def head_after(language: Language) -> re.Pattern[str] | None:
    """After an English noun in the singular: the head that it describes, in "18 country reports".

    Matches any word there; the groups of `count_nouns` say which noun of the list it is, if any.
    """
    if language != "en":
        return None
    source = count_nouns(language)[0].pattern
    stop = alternation(forms(language, "stop"))
    word = rf"[\s\u00a0-]+(?!(?:{stop})(?!\w))[^\W\d][\w’'-]*"
    return re.compile(rf"{_words(language)}[\s\u00a0-]+(?:{source})|{word}", re.IGNORECASE)


def noun_before(language: Language) -> str | None:
    """Regex source of a number whose noun stands before it, with the group `counted` for the noun
    and one of `definite` (a word), `definite_digits` or `definite_one` for the number.

    Arabic only: "اتفاقيات ريو الثلاث", "البلدان الـ 18", "مشروع واحد على الأقل".
    """
    if language != "ar":
        return None
    nouns = alternation(forms(language, "count"), start=False)
    near = _words(language, most=2)
    number = (
        rf"(?P<definite>ال(?:{_SMALL})(?:\sعشرة?)?)(?!\w)|الـ?\s?(?P<definite_digits>\d{{1,4}})(?!\d)"
        r"|(?P<definite_one>واحدة?|واحد[اًا]+)(?!\w)(?(floor)|(?=(?:\s\w+){0,3}?\sعلى الأقل))"
    )
    least = alternation(forms_of("ar", "qualifier", "at_least"), start=False)
    floor = rf"(?P<floor>(?:{least})\s)?"
    return rf"{floor}[وفبك]?(?:ال|لل|ل)?(?P<counted>{nouns}){near}\s(?:{number})"


def han_noun_before() -> re.Pattern[str]:
    """A Chinese noun before its number: "加入方案的国家约有130个"."""
    source = count_nouns("zh")[0].pattern
    return re.compile(rf"(?:{source})(?:数量|总数|数)?[约有为达共计已到超过逾近多至少\s]{{0,6}}$")


def is_singular(noun: str, listed: tuple[str, ...]) -> bool:
    """Whether an English noun is in the singular; `listed` are its forms."""
    plurals = (noun + "s", noun + "es", noun.removesuffix("y") + "ies")
    return any(plural in listed for plural in plurals)


def _words(language: Language, most: int = 3) -> str:
    """Up to `most` words between a number and its noun."""
    stop = alternation(forms(language, "stop"))
    word = rf"[\s\u00a0-]+(?!(?:{stop})(?![\w]))[^\W\d][\w’'-]*"
    if adjective := _JOINED_ADJECTIVE.get(language):
        word = rf"(?:[\s\u00a0]+{adjective}(?=\s)|{word})"
    return rf"(?:{word}){{0,{most}}}?"
