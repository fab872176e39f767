"""Whether a question asks for several things: "which companies", "who else", "qué países"."""

import re
from decimal import Decimal
from typing import Final

from assistant.question import FIGURE_KINDS, Question
from assistant.question_words import Asking, Hint, find_asking, hints
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import Quantity

_KINDS: Final = frozenset(("which", "list", "about", "who", "where", "paragraph"))
_ASKING: Final = frozenset(("which", "where"))
_TWO: Final = Decimal(2)
_MOST: Final = 60  # "the 18 countries" are a list, "the 300 countries" are a count
_BEFORE: Final = 6  # Han characters between a number and the question word
_NEAR: Final = 16  # code points between the question word and a number or noun
# Words after the question word up to which a plural is looked for: adjectives stand before nouns.
_WITHIN: Final[dict[Language, int]] = {"en": 3, "es": 2, "fr": 1, "ru": 2, "ar": 1, "zh": 1}
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
        r"|م[^\W\d_]ا[^\W\d_]{1,3}|[^\W\d_]{2}ائ[^\W\d_]|أ[^\W\d_]{3}ة)"
    ),
}
_ALSO: Final = re.compile(r"(?:\b(?:and|et|y|e|и)|،\s*و?)\s*(?:[^\W\d_]+\s+)?$", re.IGNORECASE)
_GOVERNED: Final = re.compile(
    r"\b(?:in|at|on|from|by|with|to|for|of|through|under|into|between|among)\s+$", re.IGNORECASE
)
_AUXILIARY: Final = re.compile(
    r"\s*(?:[,;:?]|$|(?:are|were|did|do|have|had|will|would|can|could|should|may|must|need)\b)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def asks_several(question: Question) -> bool:
    """Whether every one of several things is asked for, as far as the wording tells."""
    if {"compare", "sum"} & set(question.kinds) or question.asks_member or question.wants_person:
        return False
    if FIGURE_KINDS & set(question.kinds):
        return False
    if question.kind not in _KINDS:
        return False
    listed = "list" in question.kinds and not question.weighs
    return listed or _is_plural(question)


def wants_parties(question: Question) -> bool:
    """Whether the things asked for are Parties: "which of the countries", not "which benefits do
    countries see"."""
    if question.wants_name != {"party"}:
        return False
    text, language = question.text, question.language
    asked = [a for a in find_asking(text, language) if a.kind in (*_ASKING, "who", "list")]
    places = hints(text, language, "asks_party")
    return not asked or any(s - a.end <= _NEAR and a.start < e for a in asked for s, e in places)


def size_asked(question: Question) -> frozenset[Decimal]:
    """How many there are of what is asked for, where the question says it: "which six"."""
    text = question.text
    asked = [a for a in find_asking(text, question.language) if a.kind in (*_ASKING, "who", "list")]
    return frozenset(
        q.value
        for q in question.numbers
        if q.kind in ("count", "number")
        and 1 < q.value <= _MOST
        and (not asked or any(_is_by(q, a, question.language) for a in asked))
    )


def _is_by(number: Quantity, asked: Asking, language: Language) -> bool:
    """Whether a number belongs to what is asked for: it follows the question word; in Chinese it
    may stand before it ("的三项目标是什么")."""
    if 0 <= number.start - asked.end <= _NEAR:
        return True
    return language == "zh" and 0 <= asked.start - number.end <= _BEFORE


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
    if hints(text, language, "several"):
        return True
    sizes = size_asked(question)
    if sizes and not (question.weighs and sizes == {_TWO}):
        return True
    if question.kind == "where" and any(_TWO < q.value <= _MOST for q in question.numbers):
        return True
    # A "which" after another question word is mostly a relative pronoun.
    asked = [
        a
        for i, a in enumerate(find_asking(text, language))
        if a.kind in _ASKING and (not i or _ALSO.search(text[: a.start]))
    ]
    if question.kind == "about" and not find_asking(text, language):
        asked = [Asking("about", 0, 0)]
    # "Which organizations" is one question word.
    asked += [
        Asking("which", a.start, a.start + at)
        for a in find_asking(text, language)
        if a.kind == "who" and (at := text[a.start : a.end].find(" ")) > 0
    ]
    return any(_plural_after(text, a, language) is not None for a in asked)


def _plural_after(text: str, asked: Asking, language: Language) -> tuple[int, int] | None:
    """Where the plural noun that a question word asks for stands."""
    own = [(s, e) for s, e in hints(text, language, "several") if s < asked.end and asked.start < e]
    plural = _PLURAL.get(language)
    following = list(_WORD.finditer(text, asked.end))[: _WITHIN[language]]
    if own:
        return following[0].span() if following and language != "zh" else own[0]
    is_word = asked.start < asked.end
    if plural is None or (language == "fr" and is_word):
        return None
    if language == "ru" and is_word and not text[: asked.end].casefold().endswith("каким"):
        return None
    for place, word in enumerate(following):
        folded = word[0].casefold()
        if folded in stop_words():
            return None
        if plural.fullmatch(folded) and not (place and _is_verb(text, asked, word.end(), language)):
            return word.span()
    return None


def _is_verb(text: str, asked: Asking, end: int, language: Language) -> bool:
    """Whether an English word in -s that follows a noun is what the noun does: "which company
    leads the alliance", not "which environmental treaties did" or "at which big meetings"."""
    if language != "en" or asked.start == asked.end or _GOVERNED.search(text[: asked.start]):
        return False
    return not _AUXILIARY.match(text[end:])
