"""Puts into a turn what it lacks, or puts it into the question before."""

import re
from dataclasses import dataclass
from typing import Final

from assistant.content_words import content_words
from assistant.conversation_joining import as_question, inserted, listed, with_topic
from assistant.conversation_parts import (
    Naming,
    Parts,
    Slot,
    parts_of,
    spaced,
    without,
)
from assistant.conversation_topic import initiatives, topic_of
from assistant.conversation_turn import Relation, Turn, Understood
from assistant.conversation_words import bare, places
from kb.errors import NotFound
from kb.languages import Language

_OPENED: Final = re.compile(r"[（(]")  # before a topic that was put in
_BESIDE_ASKING: Final = 4  # code points between "combien" and what is counted
_ENDS: Final = " \t.?!。？！؟"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One turn and the one that it leans on."""

    new: Parts
    base: Turn
    vocabulary: Naming
    language: Language  # of the new turn

    def read(self, relation: Relation) -> Understood:
        """The whole question."""
        match relation:
            case "why":
                return self._why()
            case "continued":
                return self._continued()
            case "refined":
                # Words of two languages make no question.
                same = self._old.language == self.language
                return self._refined() if same else self._continued()
            case _:
                return self._replaced()

    @property
    def _old(self) -> Parts:
        return parts_of(self.base.asked, self.vocabulary, self.base.language)

    @property
    def _topic(self) -> str:
        """What "it" may stand for."""
        return self.base.topic or topic_of(self._old)

    def _why(self) -> Understood:
        old = self._old
        left = without(old.text, [(a.start, a.end) for a in old.asking])
        return self._understood(spaced(self.language, self.new.text, left), "why")

    def _continued(self) -> Understood:
        """The new question with the topic of the old one behind it."""
        topic = self._topic_beside()
        asked = with_topic(self._counting(), topic, self.language)
        new = self.new
        if new.of("initiative"):
            return Understood(asked, "continued", topic_of(new))
        next_topic = self._next_topic(topic)
        nearer = self._nearer(topic)
        other = Understood(nearer, "continued", next_topic) if nearer else None
        return Understood(asked, "continued", next_topic, otherwise=other)

    def _nearer(self, topic: str) -> str | None:
        """The new question with what the last one said itself of that topic: "it" may be there."""
        if self.base.relation != "continued":
            return None
        last = parts_of(self.base.question, self.vocabulary, self.base.language)
        left = without(last.text, [(a.start, a.end) for a in last.asking])
        return with_topic(
            self._counting(), listed(self.language, [bare(left), topic]), self.language
        )

    def _next_topic(self, topic: str) -> str:
        """What a later "it" may stand for: what this question names itself, and the initiatives
        that were spoken of, or all that was spoken of."""
        own = [
            self.new.text[t.start : t.end]
            for t in self.new.terms
            if (t.start, t.end) not in self.new.done
        ]
        before = parts_of(topic, self.vocabulary, self.language)
        kept = [s.text for s in initiatives(before)] or [topic]
        return listed(self.language, dict.fromkeys([*own, *kept]))

    def _counting(self) -> str:
        """The new question with what the old one counted, where it says "how many" of nothing."""
        new, old = self.new, self._old
        asking = next((a for a in new.asking if a.kind == "how_many"), None)
        if asking is None or new.counted is not None or old.counted is None:
            return new.text
        if old.language != new.language:
            return new.text
        counted = old.text[slice(*old.counted)]
        return spaced(self.language, new.text[: asking.end], counted, new.text[asking.end :])

    def _refined(self) -> Understood:
        """Another question word, filter or state on the old question."""
        old, new = self._old, self.new
        counts = old.counted is not None and new.counted is None and not new.slots
        if is_of_state(new) and counts:
            return self._understood(self._in_state(old), "refined")
        return self._understood(self._in_place_of_asking(old), "refined")

    def _in_place_of_asking(self, old: Parts) -> str:
        """The old question with the new one in place of its question word, and without those parts
        that the new one has too."""
        new = self.new
        kinds = {slot.kind for slot in new.slots}
        spans = [(s.start, s.end) for s in old.slots if s.kind in kinds]
        spans += old.states if new.states else ()
        spans += [(a.start, a.end) for a in old.asking[1:]]
        begin, end = 0, 0
        if old.asking:
            begin, end = old.asking[0].start, old.asking[0].end
        counted = ""
        if old.counted is not None and new.counted is not None:
            if _begins_with_preposition(new):
                counted = old.text[slice(*old.counted)]
            if 0 <= old.counted[0] - end <= _BESIDE_ASKING:
                end = old.counted[1]
            else:
                spans.append(old.counted)
        before = without(old.text[:begin], [s for s in spans if s[1] <= begin])
        after = without(old.text[end:], [(s - end, e - end) for s, e in spans if s >= end])
        said = _stems(new.text, self.language)
        if said and _stems(f"{before} {after}", self.language) <= said:
            return new.text
        joined = spaced(self.language, before, _without_partitive(new), after)
        return with_topic(joined, counted, self.language)

    def _replaced(self) -> Understood:
        """The old question with the new things in place of those of their kinds."""
        old, new = self._old, self.new
        if self._is_slots_only():
            return self._understood(self._with_slots(old), "replaced")
        if is_of_state(new):
            return self._understood(self._in_state(old), "refined")
        for attempt in (self._at_preposition, self._of_last_change, self._counted, self._term):
            asked = attempt(old)
            if asked is not None:
                return self._understood(asked, "replaced")
        one = len({t.start for t in new.terms}) + len(new.question.words) <= 1
        if self.base.relation == "continued" and one and not _begins_with_phrase(new):
            return self._of_another_thing()
        return self._understood(self._anew(old), "replaced")

    def _of_another_thing(self) -> Understood:
        """The last question, asked of what the new turn names in place of what it was about."""
        last = parts_of(self.base.question, self.vocabulary, self.base.language)
        before = parts_of(self._topic, self.vocabulary, self.base.language)
        topic = [bare(self.new.text), *(s.text for s in initiatives(before))]
        told = listed(self.language, dict.fromkeys(topic))
        return Understood(with_topic(last.text, told, self.language), "replaced", told)

    def _in_state(self, old: Parts) -> str:
        """The old question with another state: "not yet begun" for "completed"."""
        states = self.new.states
        said = [self.new.text[min(s for s, _ in states) : max(e for _, e in states)]]
        at = max([e for _, e in (old.counted or (0, 0),)] + [a.end for a in old.asking])
        spans = list(old.states)
        before = without(old.text[:at], [s for s in spans if s[1] <= at])
        after = without(old.text[at:], [(s - at, e - at) for s, e in spans if s >= at])
        return as_question(spaced(self.language, before, *said, after), self.language)

    def _is_slots_only(self) -> bool:
        """Whether the new turn has nothing that the old question has not, beside slots."""
        if not self.new.slots:
            return False
        old_stems = {word.stem for word in self._old.question.words}
        old_terms = {t.concept_id for t in self._old.question.names}
        old_stems |= self.new.name_stems
        words = [w for w in self.new.question.words if w.stem not in old_stems]
        terms = [t for t in self.new.terms if t.concept_id not in old_terms]
        return not words and not terms

    def _with_slots(self, old: Parts) -> str:
        text = old.text
        changes: list[tuple[int, int, str]] = []
        added: list[str] = []
        for slot in self.new.slots:
            place = _place_for(slot, old)
            if place is None:
                added.append(self.new.text if len(self.new.slots) == 1 else slot.text)
            else:
                changes.append((place.start, place.end, self._said(slot, old.language)))
        for start, end, said in sorted(changes, reverse=True):
            text = text[:start] + said + text[end:]
        for one in added:
            text = inserted(text, one, old.language)
        return text

    def _said(self, slot: Slot, language: Language) -> str:
        """The slot in the language of the question that it is put into."""
        if slot.concept is None or language == self.new.language:
            return slot.text
        try:
            return self.vocabulary.name(slot.concept, language)
        except NotFound:
            return slot.text

    def _at_preposition(self, old: Parts) -> str | None:
        """In place of the last phrase of the old question that begins with the same preposition."""
        own = [e for s, e in places(self.new.text, self.language, "preposition") if s == 0]
        if not own or old.language != self.language:
            return None
        word = self.new.text[: own[0]].casefold()
        found = [
            (s, e)
            for s, e in places(old.text, old.language, "preposition")
            if old.text[s:e].casefold() == word
            and s > 0
            and not any(a.start <= s < a.end for a in old.asking)
        ]
        if not found:
            return None
        start = found[-1][0]
        times = [t for t in old.of("time", "meeting") if t.start >= start]
        if times and times[0].start - found[-1][1] <= 3:
            return None
        end = min([len(old.text.rstrip(_ENDS)), *(t.start for t in times)])
        text = old.text[:start] + bare(self.new.text) + " " + old.text[end:].lstrip()
        return as_question(text, old.language)

    def _of_last_change(self, old: Parts) -> str | None:
        """In place of what the turn before had put in, where that was an actor and this names
        none that is known."""
        if self.base.relation != "replaced" or self.new.slots:
            return None
        own = parts_of(self.base.question, self.vocabulary, self.base.language)
        put_in = {s.text for s in own.of("actor", "initiative", "place")}
        found = [s for s in old.of("actor", "initiative", "place") if s.text in put_in]
        if not found:
            return None
        return old.text[: found[0].start] + bare(self.new.text) + old.text[found[0].end :]

    def _counted(self, old: Parts) -> str | None:
        """In place of the noun that is counted, where the new turn is such a noun."""
        new = self.new
        if old.counted is None or not new.question.nouns or new.question.words or new.terms:
            return None
        start, end = old.counted
        return old.text[:start] + bare(new.text) + old.text[end:]

    def _term(self, old: Parts) -> str | None:
        """In place of the last name of a thing, where the new turn is nothing but such a name."""
        new = self.new
        if len({t.start for t in new.terms}) != 1 or new.question.words or new.slots:
            return None
        verbs = set(old.done)
        held = [
            t
            for t in old.terms
            if (old.counted is None or t.end <= old.counted[0] or t.start >= old.counted[1])
            and (t.start, t.end) not in verbs
            and not _OPENED.search(old.text[: t.start])
        ]
        if not held:
            return None
        last = held[-1]
        return old.text[: last.start] + bare(new.text) + old.text[last.end :]

    def _anew(self, old: Parts) -> str:
        """The old question word and what it counts, with the new words and the old names."""
        new = self.new
        asking = [old.text[a.start : a.end] for a in old.asking]
        if old.counted is not None:
            asking.append(old.text[slice(*old.counted)])
        still_open = old.question.status in ("not_started", "in_progress") and not new.states
        states = [old.text[s:e] for s, e in sorted(set(old.states))] if still_open else []
        kinds = {slot.kind for slot in new.slots}
        named = [s.text for s in old.slots if s.kind not in kinds | {"body", "rate"}]
        before = ""
        if old.asking:
            first = old.asking[0].start
            early = [s for s in old.slots if s.end <= first and s.kind not in kinds]
            if early and not any(t.end <= first for t in old.terms):
                before = old.text[:first]
                named = [n for n in named if all(n != s.text for s in early)]
        joined = before + spaced(self.language, *asking, *states, new.text)
        if not old.of("initiative", "actor") and _begins_with_phrase(new):
            named.append(self._topic)
        return with_topic(joined, listed(self.language, named), self.language)

    def _topic_beside(self) -> str:
        """The old topic without what the new turn names itself, in its own language."""
        topic = parts_of(self._topic, self.vocabulary, self.base.language)
        own = {slot.concept for slot in self.new.slots}
        named = [
            self._translated(slot, topic.language)
            for slot in topic.of("initiative", "actor", "body")
            if slot.concept not in own and not (slot.kind == "actor" and self.new.of("actor"))
        ]
        if topic.of("initiative"):
            return listed(self.language, dict.fromkeys(named))
        drop = [(s.start, s.end) for s in topic.of("actor") if self.new.of("actor")]
        text = bare(without(topic.text, drop))
        extra = self._answered() if self._old.question.wants_name or _is_which(self._old) else []
        return listed(self.language, [text, *extra[:1]])

    def _answered(self) -> list[str]:
        """Names of the initiatives that the last answer's records are of."""
        return [
            self.vocabulary.name(one, self.language)
            for one in self.base.subjects
            if one.startswith("initiative:") and one not in self._old.question.concepts
        ]

    def _translated(self, slot: Slot, written: Language) -> str:
        if slot.concept is None or written == self.language:
            return slot.text
        try:
            return self.vocabulary.name(slot.concept, self.language)
        except NotFound:
            return slot.text

    def _understood(self, asked: str, relation: Relation) -> Understood:
        topic = topic_of(parts_of(asked, self.vocabulary, self.base.language))
        return Understood(asked, relation, topic)


def _place_for(slot: Slot, old: Parts) -> Slot | None:
    """The slot of the old question that the new one stands in for: of its kind, the last one."""
    found = [one for one in old.slots if one.kind == slot.kind]
    return found[-1] if found else None


def is_of_state(parts: Parts) -> bool:
    """Whether it says nothing but how far something is: "not yet begun"."""
    outside = [t for t in parts.terms if not any(s <= t.start < e for s, e in parts.states)]
    words = len(parts.question.words) // (2 if parts.language == "zh" else 1)
    return bool(parts.states) and not outside and words <= len(parts.states) + 1


def _begins_with_phrase(new: Parts) -> bool:
    """Whether the new turn begins with a preposition: it adds to the old question."""
    return any(start == 0 for start, _ in places(new.text, new.language, "preposition"))


def _is_which(parts: Parts) -> bool:
    return parts.question.kind in ("which", "who", "list")


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(text, language))


def _begins_with_preposition(new: Parts) -> bool:
    first = min((a.start for a in new.asking), default=0)
    return bool(new.text[:first].strip())


def _without_partitive(new: Parts) -> str:
    return without(new.text.strip(_ENDS), places(new.text.strip(_ENDS), new.language, "partitive"))
