"""What a question is about, and so what a later "it" may stand for."""

from collections.abc import Sequence
from typing import Final

from assistant.claim_words import has_role
from assistant.content_words import content_words
from assistant.conversation_joining import listed
from assistant.conversation_parts import Parts, Slot, without
from assistant.conversation_words import bare
from kb.analysis import stop_words
from kb.languages import Language
from kb.writing import fold

_GENERAL: Final = frozenset(("convention:unccd", "convention:cop", "convention:cric"))
_ADVERBS: Final[dict[Language, tuple[str, ...]]] = {"en": ("ally", "ely"), "es": ("mente",)}
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
    if found:
        return listed(parts.language, dict.fromkeys(named))
    tail = _tail(parts)
    counted = parts.text[slice(*parts.counted)] if parts.counted else ""
    texts = [n for n in named if n not in tail]
    texts += [counted] if counted not in tail else []
    return listed(parts.language, dict.fromkeys([*texts, tail]))


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
    words = tail.split()
    while words and _is_filler(words[0], language):
        del words[0]
    while words and _is_filler(words[-1], language):
        del words[-1]
    return bare(" ".join(words))


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
