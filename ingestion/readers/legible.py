"""Refuses text that is there and cannot be read: letters that a font or a conversion renamed."""

import re
import unicodedata
from typing import Final

from ingestion.readers.plausibility import (
    COMMON_HAN,
    likeness_to_latin_languages,
    likeness_to_russian,
)
from kb.errors import UnreadableFile

_SAMPLE: Final = 200_000  # characters
_LETTERS_TO_JUDGE: Final = 40
_LETTERS_FOR_FREQUENCIES: Final = 300
_FEWEST_WORDS: Final = 15  # different ones
_USUAL_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "the of and to in for on by with that is de la le les des du et en que el los las del "
        "para con un una une на по для что не из от при как его это",
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BASIC_LATIN = re.compile(r"[a-zA-Z]")
# What UTF-8 bytes look like when they are read one by one.
_TAIL: Final = (
    "\u0080-\u009f\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
    "\u0192\u02c6\u02dc\u20ac\u2122"
)
_READ_BYTE_BY_BYTE = re.compile(rf"[ÃÐÑØÙ][{_TAIL}]|â€|[ä-é][{_TAIL}]{{2}}")
_GIBBERISH_HAN = re.compile(r"锟斤拷|烫烫|屯屯")
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue002-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def check_legible(text: str) -> None:
    """Raise UnreadableFile when most of `text` is no language. Short text is given the doubt."""
    cause = garbling(text)
    if cause:
        raise UnreadableFile(
            f"garbled text: {cause}; get a copy whose text can be searched, or run OCR on it"
        )


def garbling(text: str) -> str | None:
    """Why `text` cannot be read, or None when nothing is wrong with it."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    letters = sum(map(str.isalpha, sample))
    unmapped = len(_UNMAPPED.findall(sample))
    if unmapped >= 10 and unmapped > 0.05 * (letters + unmapped):
        return "its font does not say which characters it shows"
    if letters < _LETTERS_TO_JUDGE:
        return None
    return _renamed_letters(sample, letters) or _unlikely_letters(sample, letters)


def _renamed_letters(text: str, letters: int) -> str | None:
    if len(_READ_BYTE_BY_BYTE.findall(text)) > max(4, 0.01 * letters):
        return "it was read in the wrong encoding and saved so"
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    if not words:
        return None
    accented = sum(_is_accented_noise(word) for word in words)
    if accented > 0.2 * len(words):
        return "accented letters stand for those of another script (a legacy font)"
    if len(_GIBBERISH_HAN.findall(text)) * 2 > 0.05 * letters:
        return "lost characters were replaced by noise"
    cyrillic = [word for word in words if _CYRILLIC.search(word)]
    swapped = sum(bool(re.search(r"[а-яё][А-ЯЁ]", word)) for word in cyrillic)
    if len(cyrillic) >= 10 and swapped > 0.3 * len(cyrillic):
        return "its Cyrillic letters are those of another encoding"
    mixed = sum(_mixes_scripts(word) for word in words)
    if mixed > 0.3 * len(words):
        return "its words mix scripts"
    return None


def _is_accented_noise(word: str) -> bool:
    accented = sum("\xaa" <= c <= "\xff" for c in word)
    return accented >= 2 and accented > 0.6 * len(word)


def _mixes_scripts(word: str) -> bool:
    has_latin = bool(_BASIC_LATIN.search(word))
    return has_latin and bool(re.search(r"[\u0400-\u04ff\u0600-\u06ff]", word)) and len(word) > 3


def _unlikely_letters(text: str, letters: int) -> str | None:
    han = _HAN.findall(text)
    if len(set(han)) > 40 and sum(c in COMMON_HAN for c in han) < 0.3 * len(han):
        return "its Han characters are not those of any text"
    if letters < _LETTERS_FOR_FREQUENCIES or len(han) > 0.3 * letters:
        return None
    words = [word.lower() for word in _WORD.findall(text)]
    usual = sum(word in _USUAL_WORDS for word in words)
    # A list, or a text that repeats itself, has odd frequencies and is no nonsense.
    if len(set(words)) < _FEWEST_WORDS or usual > 0.02 * len(words):
        return None
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_BASIC_LATIN.findall(text))
    if cyrillic > 0.6 * letters and likeness_to_russian(text) < 0.75:
        return "its Cyrillic letters make no words"
    # Capitals only, or an accent over each letter, is still a text; a shifted alphabet is not.
    plain = unicodedata.normalize("NFD", text)
    if latin > 0.6 * letters and likeness_to_latin_languages(plain) < 0.72:
        return "its Latin letters make no words"
    return None
