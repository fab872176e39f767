"""Text in the form in which required forms are looked for.

Independent of `kb.analysis`, which is part of what is being measured.
"""

import re
import unicodedata
from typing import Final

_SHORT_WORD: Final = 3
"""Words up to this length keep their accents: "sí" is not "si", "año" not "ano"."""

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫٪،؛؟", "01234567890123456789,.%,;?")
_ARABIC_LETTERS: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_MARKS: Final = re.compile(
    r"[\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_QUOTES: Final = re.compile('["«»“”„‟《》〈〉「」『』]')
_APOSTROPHES: Final = re.compile("[’‘‛`´ʼ]")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\uff0d]")
_LETTER: Final = r"[^\W\d_]"
_HYPHEN_IN_WORD: Final = re.compile(rf"(?<={_LETTER})-(?={_LETTER})|(?<={_LETTER})-(?=\d)")
_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SPACE_AT_HAN: Final = re.compile(rf"(?<=[{_HAN}])\s+(?=\w)|(?<=\w)\s+(?=[{_HAN}])")
_SPACE_BEFORE_PERCENT: Final = re.compile(r"(?<=\d)\s+(?=%)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def fold(text: str, *, keep_case: bool = False) -> str:
    """`text` in compatibility form, with plain digits, without marks of writing and quotes.

    Case goes unless `keep_case`; Latin accents go from words of four letters and more, Russian ё
    becomes е (й stays), Arabic letters get one form each; spaces beside Han characters go, since
    printing sets them or not; hyphens inside words become spaces. Length may change.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DIGITS)
    plain = _DASHES.sub("-", _APOSTROPHES.sub("'", _QUOTES.sub("", _MARKS.sub("", plain))))
    if not keep_case:
        plain = plain.casefold()
    plain = _WORD.sub(lambda match: _fold_word(match[0]), plain)
    plain = _HYPHEN_IN_WORD.sub(" ", plain)
    plain = _SPACE_BEFORE_PERCENT.sub("", " ".join(plain.split()))
    return _SPACE_AT_HAN.sub("", plain)


def is_han(character: str) -> bool:
    """Whether `character` is a Han character."""
    return bool(re.match(f"[{_HAN}]", character))


def is_arabic(character: str) -> bool:
    """Whether `character` is a letter of the Arabic script."""
    return "\u0620" <= character <= "\u06ff" and character.isalpha()


def is_alphabetic(character: str) -> bool:
    """Whether `character` is a letter of a script that parts words by spaces."""
    return character.isalpha() and not is_han(character)


def _fold_word(word: str) -> str:
    word = word.translate(_ARABIC_LETTERS).replace("ё", "е").replace("Ё", "Е")
    if word.isascii() or len(word) <= _SHORT_WORD or not _LATIN.search(word):
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
