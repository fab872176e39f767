"""Whether a question asks for several things: "which companies", "who else", "qué países"."""

import re
from collections.abc import Iterable
from typing import Final

from assistant.question import FIGURE_KINDS, Question
from assistant.question_words import Asking, Hint, find_asking, hints
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import Quantity

_KINDS: Final = frozenset(("which", "list", "about", "who", "where", "paragraph"))
_ASKING: Final = frozenset(("which", "where"))
_SOME: Final = frozenset(("count", "number"))
_MOST: Final = 60  # "the 18 countries" are a list, "the 300 countries" are a count
_WITHIN: Final = 3  # words between the question word and a plural
_AMOUNTS: Final[tuple[Hint, ...]] = ("asks_money", "asks_share", "asks_area", "asks_date")
# How plurals end that follow "which"; the question words of French are plural themselves, and
# Chinese has none. Arabic plurals without an ending have a long vowel inside the word.
_PLURAL: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(?:[^\W\d_]{2,}(?:[^su\W]|[ei])s|people|media|criteria)"),
    "es": re.compile(r"[^\W\d_]{2,}s"),
    "fr": re.compile(r"[^\W\d_]{3,}(?:s|aux|eux)"),
    "ru": re.compile(r"[^\W\d_]{3,}(?:ам|ям)"),
    "ar": re.compile(
        r"(?:ال)?(?:[^\W\d_]{3,}(?:ات|تان|تين|يون|ون)|أ[^\W\d_]{2}ا[^\W\d_]"
        r"|م[^\W\d_]ا[^\W\d_]{1,3}|[^\W\d_]{2}ائ[^\W\d_])"
    ),
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def asks_several(question: Question) -> bool:
    """Whether every one of several things is asked for, as far as the wording tells."""
    if {"compare", "sum"} & set(question.kinds) or question.asks_member or question.wants_person:
        return False
    if FIGURE_KINDS & set(question.kinds):
        return False
    return question.wants_items or (question.kind in _KINDS and _is_plural(question))


def names_several(text: str, language: Language) -> bool:
    """Whether a plural that is no amount or date follows "which": "which tools of financing"."""
    places = [place for hint in _AMOUNTS for place in hints(text, language, hint)]
    asked = [a for a in find_asking(text, language) if a.kind in ("which", "list")]
    for a in asked:
        found = _plural_after(text, a, language)
        if found is not None and not any(s < found[1] and found[0] < e for s, e in places):
            return True
    return False


def _is_plural(question: Question) -> bool:
    """Whether the wording is that of more than one: "quiénes", "哪些", "which six measures"."""
    text, language = question.text, question.language
    if hints(text, language, "several") or _some(question.numbers):
        return True
    asked = [a for a in find_asking(text, language) if a.kind in _ASKING]
    if question.kind == "about" and not asked:
        asked = [Asking("about", 0, 0)]
    return any(_plural_after(text, a, language) is not None for a in asked)


def _some(numbers: Iterable[Quantity]) -> bool:
    values = (q.value for q in numbers if q.kind in _SOME and q.value is not None)
    return any(1 < value <= _MOST for value in values)


def _plural_after(text: str, asked: Asking, language: Language) -> tuple[int, int] | None:
    """Where the plural noun that a question word asks for stands."""
    own = [(s, e) for s, e in hints(text, language, "several") if s < asked.end and asked.start < e]
    plural = _PLURAL.get(language)
    following = [m for m in _WORD.finditer(text, asked.end)][:_WITHIN]
    if own:
        first = following[0].span() if following and language != "zh" else own[0]
        return first
    if plural is None:
        return None
    for word in following:
        folded = word[0].casefold()
        if folded in stop_words():
            return None
        if plural.fullmatch(folded):
            return word.span()
    return None
