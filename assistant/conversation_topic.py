"""What a question is about, and so what a later "it" may stand for."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.claim_words import has_role
from assistant.content_words import content_words
from assistant.conversation_joining import listed
from assistant.conversation_parts import Parts, Slot, without
from assistant.conversation_words import bare, places
from kb.analysis import stop_words
from kb.languages import Language
from kb.writing import fold

_GENERAL: Final = frozenset(("convention:unccd", "convention:cop", "convention:cric"))
_ADVERBS: Final[dict[Language, tuple[str, ...]]] = {"en": ("ally", "ely"), "es": ("mente",)}
_AUXILIARIES: Final = re.compile(r"\b(?:do|does|did|has|have|had)\b(?=.*\w)", re.IGNORECASE)
_OF: Final[dict[Language, re.Pattern[str]]] = {
    "fr": re.compile(r"(?:\s+(?:de |d['’])(?!la |les )[^\W\d_]{3,})+"),
    "es": re.compile(r"(?:\s+de\s+(?!la |los |las )[^\W\d_]{3,})+"),
    "en": re.compile(r"\s+of\s+[^\W\d_]{3,}(?:\s+[^\W\d_]{3,}s\b)?"),
}
_SHORTEST: Final = 2
_FEWEST_WORDS: Final = 2  # that make a topic without any name


def topic_of(parts: Parts) -> str:
    """The names and words of a whole question that a later "it" may stand for: the initiatives
    named, with the actors; else what is counted and what the verb is about.
    """
    found = initiatives(parts)
    named = [
        s.text
        for s in parts.slots
        if s in found or (s.kind in ("actor", "body") and s.concept not in _GENERAL)
    ]
    # A name that nobody knows may be a part of what is meant: "the contributions of the Office".
    if any(slot.concept is not None for slot in found):
        return listed(parts.language, dict.fromkeys(named))
    tail = _tail(parts)
    counted = what_is_counted(parts)
    texts = [n for n in named if n not in tail]
    texts += [counted] if counted not in tail else []
    return listed(parts.language, dict.fromkeys([*texts, tail]))


def what_is_counted(parts: Parts) -> str:
    """The noun that is counted, with what it is of: "kilometres of terrace walls"."""
    if parts.counted is None:
        return ""
    start, end = parts.counted
    pattern = _OF.get(parts.language)
    match = pattern.match(parts.text, end) if pattern else None
    return parts.text[start : match.end() if match else end]


def initiatives(parts: Parts) -> list[Slot]:
    """The initiatives named, without the meetings at which something was said of another."""
    found = parts.of("initiative")
    lasting = [s for s in found if not has_role(s.text, parts.language, "event")]
    return lasting or list(found)


def _tail(parts: Parts) -> str:
    """What stands behind the question word, the noun that is counted and the last verb that has
    things behind it, without dates and meetings; empty where too little is left."""
    text, language = parts.text, parts.language
    out = [(s.start, s.end) for s in parts.of("time", "meeting", "place", "rate")]
    out += [(a.start, a.end) for a in parts.asking]
    begin = 0
    if parts.counted is not None:
        begin = parts.counted[0]
    elif parts.asking and language != "zh":
        begin = parts.asking[0].end
    verbs = sorted(end for _, end in parts.done if end > begin and not _is_in_term(end, parts))
    for end in verbs:
        if _is_enough(parts, end, out):
            begin = end
    kept = [(s - begin, e - begin) for s, e in out if s >= begin]
    tail = bare(without(text[begin:], kept))
    if language == "zh":
        return tail
    if language == "en":
        tail = " ".join(_AUXILIARIES.sub(" ", tail).split())
    words = tail.split()
    if _begins_with_verb(parts, words):
        del words[0]
    while words and _is_filler(words[0], language):
        del words[0]
    while words and _is_filler(words[-1], language):
        del words[-1]
    return bare(" ".join(words))


def _begins_with_verb(parts: Parts, words: Sequence[str]) -> bool:
    """Whether the first word stands where a verb does: before an article, and no known noun."""
    if parts.language not in ("fr", "es") or len(words) < _FEWEST_WORDS + 1:
        return False
    known = {t.text.casefold() for t in parts.terms}
    after = places(words[1], parts.language, "article")
    bound = any(start == 0 and end == len(words[1]) for start, end in after)
    counted = parts.text[slice(*parts.counted)] if parts.counted else ""
    return bound and words[0].casefold() not in known and words[0] != counted


def _is_enough(parts: Parts, begin: int, out: Sequence[tuple[int, int]]) -> bool:
    """Whether things are named behind `begin`, or several words stand there."""
    verbs = set(parts.done)
    if any(t.start >= begin and (t.start, t.end) not in verbs for t in parts.terms):
        return True
    rest = without(parts.text[begin:], [(s - begin, e - begin) for s, e in out if s >= begin])
    return len(list(content_words(rest, parts.language))) >= _FEWEST_WORDS


def _is_filler(word: str, language: Language) -> bool:
    plain = fold(bare(word))
    return (
        len(plain) < _SHORTEST
        or plain in stop_words()
        or all(fold(one) in stop_words() for one in plain.split("-"))
        or plain.endswith(_ADVERBS.get(language, ("\0",)))
    )


def _is_in_term(end: int, parts: Parts) -> bool:
    return any(t.start < end < t.end for t in parts.terms)
