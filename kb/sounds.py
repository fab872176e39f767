"""What a name keeps when it is written in another script: the order of its consonants.

"Beethoven", "Бетховен" and "بيتهوفن" are not one word to any stemmer, and few names are in a
vocabulary. Their consonants, told apart no further than the Arabic script does (p is b, v is f),
find them all the same. Han characters have no such sounds.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kb.arabic_words import readings
from kb.writing import HAN, fold

MARK: Final = "~"
"""Begins every token of this module: no word begins with it."""
_SHORTEST: Final = 3  # consonants: fewer say nothing
_SHORTEST_OF_WORD: Final = 4  # of a word that may be no name

_WORD: Final = re.compile(rf"[^\W\d_{HAN}]+")
_TWO_LETTERS: Final = (
    (re.compile("c(?=[eiy])|ch|sh"), "s"),
    (re.compile("ck|kh"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
)
_CONSONANTS: Final = {
    **dict(zip("bcdfgjklmnpqrstvxz", "bkdfggklmnbkrstfsz", strict=True)),
    **dict(zip("бвгджзклмнпрстфхцчшщ", "bfgdgzklmnbrstfkssss", strict=True)),
    **dict(zip("بتثجخدذرزسشصضطظغفقكلمنپچڤگ", "bttgkddrzsssdtzgfkklmnbsfg", strict=True)),
}
_TWICE: Final = re.compile(r"(.)\1+")


def names_in(text: str) -> Iterator[str]:
    """A token for each word of `text` that may be a name: one with a capital letter, or Arabic."""
    for word in _WORD.findall(text):
        if word[0].isupper() or _is_arabic(word):
            token = _token(word)
            if token is not None:
                yield token


def words_in(text: str) -> Iterator[str]:
    """As `names_in`, also of words without a capital letter if they are long enough."""
    for word in _WORD.findall(text):
        token = _token(word)
        if token is not None and len(token) > _SHORTEST_OF_WORD:
            yield token


@lru_cache(maxsize=1 << 17)
def _token(word: str) -> str | None:
    """The mark and the consonants of a word as it is written."""
    folded = fold(word)
    if not folded:
        return None
    if _is_arabic(folded):
        folded = readings(folded)[0]
    elif not folded.isascii():
        apart = unicodedata.normalize("NFD", folded)
        folded = "".join(c for c in apart if not unicodedata.combining(c))
    for pattern, letter in _TWO_LETTERS:
        folded = pattern.sub(letter, folded)
    sounds = "".join(_CONSONANTS.get(letter, "") for letter in folded)
    sounds = _TWICE.sub(r"\1", sounds).replace("ng", "n")
    return MARK + sounds if len(sounds) >= _SHORTEST else None


def _is_arabic(word: str) -> bool:
    return "\u0620" <= word[0] <= "\u06ff"
