"""What the inflected forms of one word share, in five languages; Chinese does not inflect.

These stems take off inflection only. Snowball goes further and makes one word of Niger and
Nigeria ("нигер"), of Bahrain and the sea ("بحر"); it also costs 15 to 55 µs a word. Words come
folded by `kb.word_forms.fold`.
"""

import re
from functools import lru_cache

from kb.languages import Language


@lru_cache(maxsize=1 << 15)
def stem(folded: str, language: Language) -> str:
    """What the inflected forms of one word share, from its folded form."""
    match language:
        case "en":
            return _stem_en(folded)
        case "fr":
            return _stem_fr(folded)
        case "es":
            return _stem_es(folded)
        case "ru":
            return _stem_ru(folded)
        case "ar":
            return _stem_ar(folded)
    return folded


def _stem_en(word: str) -> str:
    word = word.replace("isation", "ization")
    if word.startswith(("programme", "centre")):
        word = word.replace("programme", "program").replace("centre", "center")
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _stem_fr(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("eaux"):
        word = word[:-1]
    elif word.endswith("aux") and len(word) > 4:
        word = word[:-3] + "al"
    elif word.endswith(("s", "x")) and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 4:
        whole = word
        word = word.rstrip("e") if len(word.rstrip("e")) > 2 else word
        # "saoudienne" goes with "saoudien"; "données" is not "don".
        if word.endswith(("nn", "ll", "tt")) and len(whole) - len(word) == 1:
            word = word[:-1]
        elif word.endswith("iv"):
            word = word[:-1] + "f"
        elif word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
    return word


def _stem_es(word: str) -> str:
    # "japonés" goes with "japonesa".
    for ending in ("esas", "eses", "esa"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    if len(word) > 4 and word.endswith("ces"):
        word = word[:-3] + "z"
    elif len(word) > 4 and word.endswith("es") and word[-3] not in "aeiou":
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and word[-2] in "aeou":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "aeo" else word


_RU_ADJECTIVE = ("ыми", "ого", "ому", "ый", "ая", "ое", "ые", "ой", "ую", "ым", "ых")
_RU_AFTER_VELAR = ("ими", "ий", "ие", "их", "им")  # "ие" elsewhere belongs to nouns: "решение"
_RU_SOFT = ("его", "ему")  # adjectives; "экосистему" is a noun
_RU_NOUN = ("ями", "ами", "ией", "ью", "ям", "ам", "ях", "ах", "ов", "ев", "ей", "ом", "ем")
_RU_MAY_BE_STEM = ("ам", "ом", "ем", "ах", "ов", "ев")


def _stem_ru(word: str) -> str:
    if len(word) > 7 and word.endswith("ся"):  # "развивающихся"
        word = word[:-2]
    if len(word) <= 3:
        return word
    for ending in _RU_AFTER_VELAR:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            if word[-len(ending) - 1] in "кхшщжч":
                return word[: -len(ending)]
            break
    if word.endswith(_RU_SOFT) and word[-4] in "нщшчж":
        return word[:-3]
    for ending in _RU_ADJECTIVE:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)]
    for ending in _RU_NOUN:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + ("и" if ending == "ией" else "")
    return word[:-1] if word[-1] in "аеиоуыьюяй" else word


def other_stem_ru(word: str) -> str | None:
    """The stem of a word whose end only looks like an ending: "экосистем", "Вьетнам", "Китая"."""
    if word.endswith(_RU_MAY_BE_STEM) and len(word) > 3:
        return word
    return word[:-1] if word.endswith(("ей", "ая")) and len(word) > 4 else None


_AR_FEMININE = (
    "اتهما",
    "اتها",
    "اتهم",
    "اتنا",
    "اته",
    "تهما",
    "تها",
    "تهم",
    "تنا",
    "تين",
    "تان",
    "ات",
    "ته",
)
_AR_ENDINGS = ("هما", "ها", "هم", "ين", "ون", "ان")


def _stem_ar(word: str) -> str:
    """The ending -ه of the feminine stays, and plurals in -ات take it on.

    Taken off, it would make one word of "دورة", session, and "دور", role.
    """
    adjective = masculine(word)
    if adjective != word:
        return adjective
    for ending in _AR_FEMININE:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + "ه"
    for ending in _AR_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("ا") and len(word) > 3 else word


_NISBA = re.compile(r"(?<=..ي)(?:ه|ين|ون|ات|ا|تين)$")


def masculine(word: str) -> str:
    """Feminine and plural of an adjective in -ي, "سعوديه", as its masculine, "سعودي"."""
    return _NISBA.sub("", word)
