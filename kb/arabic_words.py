"""Arabic words as search reads them: what may stand joined in front of a word is taken off.

"وبالمدينة", "للمدينة" and "المدينة" meet in "مدينة"; whether a first و or ب belongs to the word
cannot be told, so that such words have two readings.
"""

from functools import lru_cache
from typing import Final

_FOLD: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_CONJUNCTIONS: Final = ("و", "ف")
_ARTICLES: Final = ("بال", "كال", "ال", "لل")
_PREPOSITIONS: Final = ("ب", "ك", "ل")
_SHORTEST: Final = 2  # letters that must be left of a word behind its article


def fold_letters(word: str) -> str:
    """`word` with one form of alef, ya, hamza and ta marbuta."""
    return word.translate(_FOLD)


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> tuple[str, ...]:
    """What is left of a folded word without what is joined in front of it, likeliest first."""
    word = fold_letters(word)
    forms = [word]
    if word.startswith(_CONJUNCTIONS) and len(word) > 3:
        forms.append(word[1:])
    likeliest = _without_article(forms[-1]) or forms[-1]
    found = [likeliest]
    for form in forms:
        bare = _without_article(form)
        if bare is not None:
            found.append(bare)
            continue
        found.append(form)
        if form.startswith(_PREPOSITIONS) and len(form) > 4:
            found.append(form[1:])
    return tuple(dict.fromkeys(found))


def _without_article(word: str) -> str | None:
    for article in _ARTICLES:
        if word.startswith(article):
            bare = word[len(article) :]
            return bare if len(bare) >= _SHORTEST else None
    return None
