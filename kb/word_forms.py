"""Words of running text in the six languages, and the keys by which two forms of one word meet.

A name is stored and a text is read through the same keys, of three sorts:

- the exact form, folded: case, accents, ё, Arabic vowel signs and alef forms do not count, and in
  Arabic neither do the article and the prefixes و ف ب ك ل;
- the strict form of Arabic, which keeps the article (`=` + form);
- the stem of one language (`fr:degrad`).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from kb.languages import Language
from kb.stems import masculine, other_stem_ru, stem

_ARABIC_LETTER = (
    "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc"
)
_LETTER = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u0370-\u052f"
    f"\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a{_ARABIC_LETTER}"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_HAN}]"
    rf"|(?:[A-Za-zА-Яа-я]\.){{2,}}"  # U.S.A. is one word
    rf"|[{_LETTER}]+"
    r"|\d+(?:[.,٫]\d+)*"
    # What may stand inside a name is passed over, other marks end it; "_" and "*" are Markdown's.
    r"|[^\s\-‐‑‒–—―'’ʼ`´\"“”„«»《》〈〉「」『』_*\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ue000\ue001]"
)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(rf"[{_ARABIC_LETTER}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

LATIN_LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr", "es")
STOP_WORDS: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset({"the", "of", "a", "an", "for", "in", "on", "to", "by", "with", "s"}),
    "fr": frozenset(
        {"le", "la", "les", "l", "de", "du", "des", "d", "a", "au", "aux", "en", "pour"}
        | {"par", "sur", "dans", "contre", "face"}
    ),
    "es": frozenset(
        {"el", "la", "los", "las", "de", "del", "a", "al", "en", "para", "por", "con"}
        | {"sobre", "ante", "contra"}
    ),
    "ru": frozenset(
        {"в", "во", "на", "по", "о", "об", "с", "со", "для", "к", "ко", "из", "от", "за"}
    ),
    "ar": frozenset({"في", "من", "علي", "الي", "عن", "بشان", "مع", "اجل"}),
    "zh": frozenset({"的", "之"}),
}
"""Words that a reader adds or leaves out of a name without making it another; folded forms."""

_ALL_STOP_WORDS: Final = frozenset().union(*STOP_WORDS.values())


class Word(NamedTuple):
    """One word, Han character, number or mark: `text[start:end] == raw`."""

    start: int
    end: int
    raw: str
    keys: tuple[str, ...]  # every key under which a name may hold it
    is_stop: bool


def words_of(text: str, languages: tuple[Language, ...]) -> list[Word]:
    """The words of `text` in order; Latin words get stems of those of `languages` that use Latin.

    Hyphens, apostrophes, quotation marks and invisible marks are no words: names match across
    them. Other punctuation is a word of its own, which only a name that has it too goes across.
    """
    latin = tuple(language for language in languages if language in LATIN_LANGUAGES)
    words: list[Word] = []
    for match in _WORD.finditer(text):
        raw = match.group()
        words.append(Word(match.start(), match.end(), raw, *_keys_in_text(raw, latin)))
    return words


def raw_words(name: str) -> list[str]:
    """The words of a name as they are written; see `words_of`."""
    return _WORD.findall(name)


@lru_cache(maxsize=1 << 15)
def _keys_in_text(raw: str, latin: tuple[Language, ...]) -> tuple[tuple[str, ...], bool]:
    folded = fold(raw)
    keys = [folded]
    if _LATIN.match(raw):
        if _PLURAL_ACRONYM.fullmatch(raw):
            keys.append(folded[:-1])
        keys += [f"{language}:{stem(folded, language)}" for language in latin]
    elif _CYRILLIC.match(raw):
        keys.append(f"ru:{stem(folded, 'ru')}")
        if other := other_stem_ru(folded):
            keys.append(f"ru:{other}")
    elif _ARABIC.match(raw):
        keys += _arabic_keys(folded)
    return tuple(dict.fromkeys(keys)), folded in _ALL_STOP_WORDS


def _arabic_keys(folded: str) -> list[str]:
    keys: list[str] = []
    for bare in _without_prefixes(folded):
        keys.append(f"={bare}")
        for noun in (bare, _without_article(bare)):
            keys += [noun, masculine(noun), f"ar:{stem(noun, 'ar')}"]
    return keys


@lru_cache(maxsize=1 << 15)
def key_in_name(raw: str, language: Language, exact: bool, strict: bool) -> str:
    """The key under which a word of a name is stored.

    Acronyms, numbers and words of another script than the language's have no stem.
    """
    folded = fold(raw)
    if language == "ar" and _ARABIC.match(raw):
        if strict:
            return f"={folded}"
        bare = _without_joined_article(folded)
        if not raw.startswith(_FIRST_LETTER_LAM):
            bare = _without_article(bare)
        return bare if exact else f"ar:{stem(bare, 'ar')}"
    if exact or strict or is_acronym(raw) or not _written_in(raw, language):
        return folded
    other = other_stem_ru(folded) if language == "ru" and not folded.endswith("ая") else None
    return f"{language}:{other or stem(folded, language)}"


def is_acronym(raw: str) -> bool:
    """Whether a word is written in capitals only, as acronyms are; numbers and marks count too."""
    return raw == raw.upper() and (raw.isascii() or not _ARABIC.match(raw))


def is_han(raw: str) -> bool:
    """Whether a word is a Han character."""
    return re.match(f"[{_HAN}]", raw) is not None


def _written_in(raw: str, language: Language) -> bool:
    if language in LATIN_LANGUAGES:
        return _LATIN.match(raw) is not None
    return language == "ru" and _CYRILLIC.match(raw) is not None


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """`word` without what readers write in more than one way; see the module."""
    if word.isascii():
        lower = word.lower()
        if lower[0].isalpha():
            return lower.replace(".", "")
        return lower.replace(",", ".") if lower[0].isdigit() else lower
    if _CYRILLIC.match(word):
        composed = unicodedata.normalize("NFC", word).lower().replace("\u0301", "")
        return composed.replace("ё", "е").replace(".", "")
    if _ARABIC.match(word):
        return _fold_arabic(unicodedata.normalize("NFKC", word))
    if word[0].isdigit():
        return word.translate(_DIGITS).replace(",", ".").replace("٫", ".")
    apart = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in apart if not unicodedata.combining(c))
    return letters.replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ı", "i")


_ARABIC_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_FORMS = str.maketrans("آأإٱىةﻻکیە", "اااايهلكيه")


def _fold_arabic(word: str) -> str:
    return _ARABIC_SIGNS.sub("", word).translate(_ARABIC_FORMS)


def _without_prefixes(word: str) -> list[str]:
    """`word` and what is left of it when it is read with a joined conjunction or preposition."""
    forms = [word]
    if word.startswith(("و", "ف")) and len(word) > 2:
        forms.append(word[1:])
    for form in tuple(forms):
        if form.startswith("لل") and len(form) > 4:
            forms.append("ال" + form[2:])
        if form.startswith(("ب", "ك", "ل")) and len(form) > 3:
            forms.append(form[1:])
    return forms


def _without_joined_article(word: str) -> str:
    """Inside a name "والتنمية" is read with its article; a bare و may belong to the word."""
    if word.startswith(("وال", "بال", "كال", "فال")) and len(word) > 5:
        return word[1:]
    if word.startswith(("ولل", "لل")) and len(word) > 4:
        return "ال" + word[word.index("لل") + 2 :]
    return word


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_FIRST_LETTER_LAM = ("أل", "إل", "آل")  # "ألمانيا" has no article
