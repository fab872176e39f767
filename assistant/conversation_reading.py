"""Reads a turn of a conversation as a question that stands alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.content_words import content_words
from assistant.conversation_joining import as_question
from assistant.conversation_parts import (
    Naming,
    SlotKind,
    has_joined_pronoun,
    is_possessive,
    leaning,
    parts_of,
)
from assistant.conversation_rewriting import Rewriting, is_of_state
from assistant.conversation_topic import topic_of
from assistant.conversation_turn import Relation, Turn, Understood
from assistant.conversation_words import (
    Cue,
    bare,
    has,
    is_plain,
    places,
    without_leading,
    without_trailing,
)
from assistant.question_words import Kind, hints
from kb.languages import LANGUAGES, Language, detect_language
from kb.references import cite

_WHOLE: Final = 3  # things asked about that make a question whole without any name
_PERHAPS_WHOLE: Final = 2  # … that may
_MOST_LEANING: Final = 5  # things asked about beside a word that stands for another
_WHOLE_AFTER_AND: Final = 5  # … where it begins with "and"
_SHORT: Final = 6  # words of a text whose language its own words seldom tell
_COUNTING: Final = frozenset[Kind](("how_many", "how_much", "which", "list", "who", "about"))
_ACTORS: Final[tuple[SlotKind, ...]] = ("actor",)
_BACK: Final = 3  # turns that are looked through for something of the kind that is put in
_BESIDE_CUE: Final = 1  # content words beside "source" or "tell me more"
_LATIN: Final = frozenset[Language](("en", "fr", "es"))


def understood(
    text: str,
    before: Sequence[Turn],
    vocabulary: Naming,
    *,
    language: Language | None = None,
    documents: Sequence[str] | None = None,
) -> Understood:
    """What `text` asks after the turns `before`, the oldest first.

    A question that is whole in itself inherits nothing. `language` is the answer's where it is
    wished, `documents` what the search is restricted to; a turn that leans on the one before
    inherits its restriction.
    """
    chosen = None if documents is None else tuple(documents)
    whole = Understood(text, "whole", "", chosen, language)
    if not before:
        return whole
    last = before[-1]
    reading = _Reading(text, last, vocabulary)
    found = reading.pointing() or reading.leaning(before)
    if found is None:
        return whole

    def completed(one: Understood) -> Understood:
        second = completed(one.otherwise) if one.otherwise else None
        if one.relation == "whole":
            return replace(whole, topic=one.topic, otherwise=second)
        limited = one.documents or chosen or last.documents
        read = replace(one, documents=limited, language=language or reading.language)
        if one.relation != "continued" or limited or not last.cited:
            return replace(read, otherwise=second)
        read = replace(read, otherwise=second)
        return _near_first(read, reading.own, last, everywhere=reading.is_of_initiative(one))

    return completed(found)


def _near_first(read: Understood, own: str, last: Turn, *, everywhere: bool) -> Understood:
    """The reading where the last answer was found: there in full, there by what the turn says
    itself, and then anywhere; in full `everywhere` at once, where several documents may tell."""
    documents = tuple(dict.fromkeys(document for document, _ in last.cited))
    alone = replace(read, asked=own, documents=documents, near=True)
    if everywhere:
        return replace(read, own=own, otherwise=replace(alone, otherwise=read.otherwise))
    there = replace(read, own=own, documents=documents)
    return replace(there, otherwise=replace(alone, otherwise=read))


class _Reading:
    """One turn in the light of the last one."""

    def __init__(self, text: str, last: Turn, vocabulary: Naming) -> None:
        self.language = _language(text, last.language)
        self._last = last
        self._vocabulary = vocabulary
        self._text = " ".join(text.split())
        core = _without_courtesy(self._text, self.language)
        self.corrects = self.joins = False
        for _ in range(3):
            shorter = without_leading(core, self.language, "correction")
            meant = without_leading(shorter, self.language, "meant")
            self.corrects |= meant != core
            joined = without_leading(meant, self.language, "connective")
            joined = without_leading(joined, self.language, "what_about")
            self.joins |= joined != meant
            if joined == core:
                break
            core = joined
        plain = without_trailing(core, self.language, "emphasis")
        core = core if is_plain(plain) else plain
        plain = without_trailing(core, self.language, "particle")
        self.joins |= plain != core.rstrip(" ?？؟.。!") and not self._asks(core)
        self.core = core if is_plain(plain) else plain
        self.parts = parts_of(self.core, vocabulary, self.language)

    def _asks(self, text: str) -> bool:
        return parts_of(text, self._vocabulary, self.language).asks

    @property
    def own(self) -> str:
        """What the turn says itself, as a question."""
        return as_question(self.parts.text, self.language)

    def is_of_initiative(self, read: Understood) -> bool:
        """Whether what was read names an initiative: any document may speak of it."""
        slots = parts_of(read.asked, self._vocabulary, self.language).of("initiative")
        return any(slot.concept is not None for slot in slots)

    def pointing(self) -> Understood | None:
        """A question for the paragraph that the last answer cites: its source, or more of it."""
        last, question = self._last, self.parts.question
        if question.references or self.parts.slots:
            return None
        left = self._content_outside("source", "more", "that_paragraph")
        asks_source = has(self.core, self.language, "source")
        asks_more = has(self.core, self.language, "more")
        of_that = has(self.core, self.language, "that_paragraph")
        if not (asks_source or asks_more or of_that) or left > _BESIDE_CUE:
            return None
        if not last.cited:
            topic = last.topic or topic_of(parts_of(last.asked, self._vocabulary, last.language))
            return Understood(topic, "continued", topic) if asks_more and topic else None
        document, label = last.cited[0]
        asked = cite(document, label, self.language)
        return Understood(asked, "paragraph", last.topic, (document,))

    def _content_outside(self, *cues: Cue) -> int:
        taken = [span for cue in cues for span in places(self.core, self.language, cue)]
        left = list(self.core)
        for start, end in taken:
            left[start:end] = " " * (end - start)
        rest = parts_of("".join(left).strip() or "?", self._vocabulary, self.language).question
        return len(rest.words) + len(rest.names)

    def leaning(self, before: Sequence[Turn]) -> Understood | None:
        """The question with what it lacks; None where it lacks nothing. Where its own words do not
        tell which, the other reading is the second one."""
        relation = self._relation()
        if relation is None:
            return None
        base = self._base(before, relation)
        read = Rewriting(self.parts, base, self._vocabulary, self.language).read(relation)
        if relation != "continued" or self.joins or self.corrects or self._refers():
            return read
        if self._content() < _PERHAPS_WHOLE:
            return read
        return Understood(self._text, "whole", read.topic, otherwise=read)

    def _base(self, before: Sequence[Turn], relation: Relation) -> Turn:
        """The turn that is leant on: where something is corrected that had been put in place of
        something else, the turn that put it there."""
        turns = [t for t in reversed(before) if t.relation != "paragraph"]
        if relation == "replaced":
            asking = [t for t in turns if not self.corrects or t.relation in ("whole", "replaced")]
            kinds = {slot.kind for slot in self.parts.slots}
            alike = (t for t in asking[:_BACK] if kinds & self._kinds_of(t))
            turns = [*alike, *asking, *turns] if kinds else [*asking, *turns]
        return turns[0] if turns else before[-1]

    def _kinds_of(self, turn: Turn) -> set[str]:
        return {slot.kind for slot in parts_of(turn.asked, self._vocabulary, turn.language).slots}

    def _relation(self) -> Relation | None:
        parts, language = self.parts, self.language
        question = parts.question
        if question.references or question.decisions:
            return None
        if has(self.core, language, "why") and self._content_outside("why", "pronoun") == 0:
            return "why"
        cued = self.joins or self.corrects
        refers = self._refers()
        content = self._content()
        named = parts.of("initiative", "meeting", *(() if cued else _ACTORS))
        # "The secretariat" may be anybody's.
        named += parts.of("body") if content >= _PERHAPS_WHOLE and not cued else ()
        asks = parts.asks or (bool(parts.asking) and content > 0 and not cued)
        if asks and not (self.corrects and parts.asking[0].start > 0):
            if not refers and (
                (named and content > 0)
                or (not cued and self._is_named())
                or content >= (_WHOLE_AFTER_AND if cued else _WHOLE)
            ):
                return None
            return "continued" if self._speaks_anew() else "refined"
        if cued:
            return "replaced"
        if refers:
            return "continued"
        if named or content >= _WHOLE or question.kind != "about":
            return None
        # A keyword or two: "In Africa?", "2024?"
        return "replaced" if content <= 1 and not self._is_sentence() else None

    def _refers(self) -> bool:
        """Whether a word stands for something that was said before, and not in the turn itself: in
        a turn that says little, or one that begins with it."""
        parts = self.parts
        content = self._content()
        if has_joined_pronoun(parts) and content < _WHOLE and not parts.slots:
            return True
        spots = leaning(parts)
        if not spots:
            return False
        own = [slot.end for slot in parts.of("actor", "initiative", "body")]
        if is_possessive(parts, spots[0]) and any(end <= spots[0] for end in own):
            return False
        if content < _WHOLE and not parts.of("initiative"):
            return True
        return content <= _MOST_LEANING and not self._names_before(spots[0])

    def _is_named(self) -> bool:
        """Whether it says itself what it is about, however little it says beside that."""
        named = self.parts.of("initiative", "meeting", "actor", "body")
        return bool(self.parts.of("initiative")) or len(named) > 1

    def _names_before(self, spot: int) -> bool:
        """Whether something is named before that place that the word there may stand for."""
        parts = self.parts
        ends = [s.end for s in parts.of("actor", "initiative", "body")]
        ends += [t.end for t in parts.terms]
        ends += [parts.counted[1]] if parts.counted else []
        return any(end <= spot for end in ends)

    def _is_sentence(self) -> bool:
        return bool(self.parts.question.nouns) and bool(self.parts.done)

    def _content(self) -> int:
        """How many things it asks about, beside names, the noun that is counted, and words that
        stand for others."""
        parts = self.parts
        counted = parts.counted
        terms = [
            t
            for t in parts.terms
            if counted is None or not (t.start < counted[1] and counted[0] < t.end)
        ]
        standing = sum(
            word.stem in _stems(self.core, self.language) for word in parts.question.words
        )
        names = parts.name_stems
        named = sum(word.stem in names for word in parts.question.words)
        words = len(parts.question.words) - standing - named
        if self.language == "zh":
            words = (words + 1) // 2
        return (
            words
            + len({t.start for t in terms})
            + len(parts.of("time"))
            + len(parts.question.numbers)
        )

    def _speaks_anew(self) -> bool:
        """Whether it is a question of its own about the same, not another question word on it."""
        parts = self.parts
        if self._has_predicate() or self._has_subject():
            return True
        if parts.counted is None or parts.states or has(self.core, self.language, "partitive"):
            return False
        last = parts_of(self._last.asked, self._vocabulary, self._last.language)
        if set(last.question.units) & set(parts.question.units):
            return False
        at_start = bool(parts.asking) and not bare(parts.text[: parts.asking[0].start])
        return at_start and parts.question.units not in ((), ("country",))

    def _has_subject(self) -> bool:
        """Whether a pronoun beside "of them" stands for what was spoken of."""
        taken = places(self.parts.text, self.language, "partitive")
        taken += places(self.parts.text, self.language, "remainder")
        return any(not any(s <= spot < e for s, e in taken) for spot in leaning(self.parts))

    def _has_predicate(self) -> bool:
        """Whether it says something new of what the last question was about."""
        parts = self.parts
        if is_of_state(parts) and parts.question.kind in _COUNTING:
            return False
        fresh = self._content() - len(parts.of("time")) - len(parts.question.numbers)
        if parts.counted is not None:
            counted = parts.text[slice(*parts.counted)]
            stems = {word.stem for word in content_words(counted, self.language)}
            fresh -= sum(word.stem in stems for word in parts.question.words)
        return fresh > 0


def _stems(text: str, language: Language) -> frozenset[str]:
    """Stems of the words that stand for others."""
    spans = [span for cue in _STANDING for span in places(text, language, cue)]
    return frozenset(
        word.stem for start, end in spans for word in content_words(text[start:end], language)
    )


_STANDING: Final[tuple[Cue, ...]] = ("pronoun", "partitive", "remainder", "demonstrative")


def _without_courtesy(text: str, language: Language) -> str:
    """`text` without the "thanks" or "ok" that it begins with."""
    start = next((end for begin, end in hints(text, language, "courtesy") if begin == 0), 0)
    rest = bare(text[start:])
    return text[start:].lstrip(" ,.;:!،。，！") if start and rest else text


def _language(text: str, last: Language) -> Language:
    """The language of a turn: of a short one in Latin letters, that of the turn before where it
    begins as that language begins a turn."""
    detected = detect_language(text)
    if detected is None or detected == last:
        return last
    if last in _LATIN and detected in _LATIN and len(text.split()) <= _SHORT:
        core = without_leading(text, last, "connective")
        other = without_leading(text, detected, "connective")
        if core != text or other == text:
            return last
    return detected if detected in LANGUAGES else last
