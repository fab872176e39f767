"""A question in parts that another one may take over or put something else in place of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, Protocol

from assistant.claim_words import actions, places_of, role_patterns
from assistant.conversation_names import find_names, stems_of
from assistant.conversation_words import Cue, bare, has, places
from assistant.places import inside
from assistant.question import Question, Vocabulary, is_whole_noun
from assistant.question_reader import read_question
from assistant.question_words import Asking, find_asking
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import TIME_KINDS, find_quantities
from kb.quantity_words import find_count_nouns
from kb.references import find_symbols
from kb.sessions import find_session_mentions
from kb.terms import Mention
from kb.writing import fold

SlotKind = Literal["actor", "initiative", "body", "place", "time", "meeting", "rate"]
_OF_CONCEPTS: Final[dict[str, SlotKind]] = {
    "party": "actor",
    "organization": "actor",
    "initiative": "initiative",
    "convention": "body",
}
_COUNTED_WITHIN: Final = 28  # code points between "how many" and what is counted
_CALENDAR: Final = frozenset(("year", "month", "day", "week"))
_EMPTY: Final = re.compile(r"[（(][\s;,、]*[)）]")
_NEXT_WORD: Final = re.compile(r"\s+(?:de\s+|d['’])?([^\W\d_]{3,})")
_TWICE: Final = 2  # as long as "started" a name is another thing: "not started" is not
_STATES: Final = ("started", "completed", "in_progress")
_NEGATED_WITHIN: Final = 12  # code points between "not" and "started"


class Naming(Vocabulary, Protocol):
    """A vocabulary that has the names of its concepts too: `kb.terms.Terms`."""

    def name(self, concept_id: str, language: Language) -> str:
        """The usual name. Raises NotFound."""

    def __hash__(self) -> int:
        """What was read with it is remembered."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`text[start:end]` of a question: something of a kind that another may stand in for.

    `concept` is the id of what is named, None for times, meetings and documents.
    """

    kind: SlotKind
    start: int
    end: int
    text: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A question and its parts, as places in `text`.

    `asking` is the question word, `counted` the noun after "how many" or "which", `states` the
    words that say how far that is which is counted ("not yet started"), `terms` the common nouns
    that are names of the vocabulary, and `done` what says an action.
    """

    text: str
    question: Question
    slots: tuple[Slot, ...]
    asking: tuple[Asking, ...]
    counted: tuple[int, int] | None
    states: tuple[tuple[int, int], ...]
    terms: tuple[Mention, ...]
    done: tuple[tuple[int, int], ...]

    @property
    def language(self) -> Language:
        """That of the text."""
        return self.question.language

    def of(self, *kinds: SlotKind) -> tuple[Slot, ...]:
        """The slots of these kinds, in order."""
        return tuple(slot for slot in self.slots if slot.kind in kinds)

    @property
    def name_stems(self) -> frozenset[str]:
        """Stems of the words of names that the vocabulary does not know."""
        unknown = (s.text for s in self.of("actor", "initiative") if s.concept is None)
        return stems_of(unknown, self.language)

    @property
    def asks(self) -> bool:
        """Whether it has a question word that says what is wanted."""
        return any(one.kind not in ("about", "yes_no") for one in self.asking)


@lru_cache(maxsize=512)  # one turn looks at the same few texts again and again
def parts_of(text: str, vocabulary: Naming, language: Language | None = None) -> Parts:
    """The parts of `text`, in `language` where its own words do not tell."""
    question = read_question(text, vocabulary, language)
    own = question.language
    text = question.text
    found = vocabulary.find(text, own)
    meetings = _meetings(text)
    named = [m for m in question.names if m.kind != "term"]
    places_found = [p for p in _places(text, own) if not inside(p.start, p.end, named)]
    rates = [Slot("rate", s, e, text[s:e]) for s, e in places_of(text, own, "rate")]
    slots = [*meetings, *_times(text, own), *places_found, *rates]
    for mention in question.names:
        kind = _OF_CONCEPTS.get(mention.kind)
        if kind is not None and not _overlaps(mention.start, mention.end, slots):
            slots.append(Slot(kind, mention.start, mention.end, mention.text, mention.concept_id))
    asking = tuple(
        a for a in find_asking(text, own) if not inside(a.start, a.end, found, strictly=True)
    )
    slots += _unknown(text, own, question, [*slots, *asking])
    taken = [(slot.start, slot.end) for slot in slots]
    counted = _counted(text, own, asking, taken)
    terms = tuple(
        m for m in question.names if m.kind == "term" and not _within(m.start, m.end, taken)
    )
    return Parts(
        text,
        question,
        tuple(sorted(slots, key=lambda slot: slot.start)),
        asking,
        counted,
        tuple(_states(text, own, terms)),
        terms,
        tuple(
            (s, e)
            for _, s, e in actions(own).find(text)
            if not _within(s, e, taken) and not _is_noun(text, s, e, own, terms)
        ),
    )


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` without the spans."""
    for start, end in sorted(set(spans), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(_EMPTY.sub(" ", text).split())


def spaced(language: Language, *texts: str) -> str:
    """Texts joined as the language joins words; none of them empty."""
    kept = [one for one in (bare(text) for text in texts) if one]
    return ("" if language == "zh" else " ").join(kept)


def _meetings(text: str) -> list[Slot]:
    found = [
        Slot("meeting", m.start, m.end, text[m.start : m.end]) for m in find_session_mentions(text)
    ]
    for symbol in find_symbols(text):
        start = text.find(symbol)
        if start >= 0:
            found = [s for s in found if not start <= s.start < start + len(symbol)]
            found.append(Slot("meeting", start, start + len(symbol), symbol))
    return found


def _times(text: str, language: Language) -> list[Slot]:
    return [
        Slot("time", q.start, q.end, text[q.start : q.end])
        for q in find_quantities(text, language)
        if q.kind in TIME_KINDS and q.iso
    ]


def _places(text: str, language: Language) -> list[Slot]:
    return [Slot("place", s, e, text[s:e]) for s, e in places(text, language, "place")]


def _counted(
    text: str, language: Language, asking: Sequence[Asking], taken: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The noun that stands next after "how many" or "which"; after "how many", the next word where
    no such noun is known."""
    nouns = [
        n
        for n in find_count_nouns(text, language)
        if is_whole_noun(n, language) and n[0] not in _CALENDAR
    ]
    for one in asking:
        if one.kind not in ("how_many", "how_much", "which", "list"):
            continue
        for _, start, end in nouns:
            if 0 <= start - one.end <= _COUNTED_WITHIN and not _within(start, end, taken):
                return start, end
    first = next((a for a in asking if a.kind == "how_many"), None)
    match = _NEXT_WORD.match(text, first.end) if first is not None else None
    if match is None or language == "zh" or has(match[1], language, "pronoun"):
        return None
    span = match.span(1)
    stands = has(match[1], language, "partitive") or fold(match[1]) in stop_words()
    return None if stands or _within(*span, taken) else span


def _unknown(
    text: str, language: Language, question: Question, taken: Sequence[Slot | Asking]
) -> Iterable[Slot]:
    """Names that the vocabulary does not know."""
    known = [(m.start, m.end) for m in question.names]
    known += [(start, end) for _, start, end in find_count_nouns(text, language)]
    spans = [(one.start, one.end) for one in taken]
    for kind, start, end in find_names(text, language, known, spans):
        yield Slot(kind, start, end, text[start:end])


def _states(text: str, language: Language, terms: Sequence[Mention]) -> Iterable[tuple[int, int]]:
    """Words such as "started", with "not yet" where it stands near before them; none that is a part
    of a longer name ("inception workshop")."""
    patterns = role_patterns(language)["stage"]
    negations = places_of(text, language, "negation")
    for key in _STATES:
        for match in patterns[key].finditer(text):
            size = match.end() - match.start()
            longer = [t for t in terms if t.end - t.start > _TWICE * size]
            if inside(match.start(), match.end(), longer):
                continue
            yield match.start(), match.end()
            for start, end in negations:
                if 0 <= match.start() - end <= _NEGATED_WITHIN:
                    yield start, end


def _is_noun(text: str, start: int, end: int, language: Language, terms: Sequence[Mention]) -> bool:
    """Whether it is a noun ("the contributions"): a name, with an article before it."""
    if not inside(start, end, terms):
        return False
    before = text[:start].rstrip()
    return any(stop == len(before) for _, stop in places(before, language, "article"))


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(s <= start and end <= e for s, e in spans)


def _overlaps(start: int, end: int, slots: Iterable[Slot]) -> bool:
    return any(slot.start < end and start < slot.end for slot in slots)


def leaning(parts: Parts) -> tuple[int, ...]:
    """Where the text has words that stand for something said before: "its", "of them", "the
    others", "this initiative". "This year" stands for nothing, nor does the "it" of "it takes" and
    the "that" behind a noun or verb ("the things that decide"); the pronoun that French joins to a
    verb ("a-t-elle") is left to `joined_pronoun`.
    """
    text, language = parts.text, parts.language
    spots = {start for cue in _STANDING for start, _ in places(text, language, cue)}
    for cue in _POINTING:
        spots |= {
            start
            for start, end in places(text, language, cue)
            if not _is_calendar(text[end:], language) and not _joins_clauses(text, start, end)
        }
    taken = [(slot.start, slot.end) for slot in parts.slots]
    taken += places(text, language, "expletive")
    if language == "ar":
        spots = {s for s in spots if not _is_resumed(parts, s)}
    return tuple(
        sorted(s for s in spots if not _is_joined(text, s) and not _within(s, s + 1, taken))
    )


def is_possessive(parts: Parts, spot: int) -> bool:
    """Whether the word there may belong to something that the same sentence names ("sus")."""
    return any(start == spot for start, _ in places(parts.text, parts.language, "possessive"))


def _joins_clauses(text: str, start: int, end: int) -> bool:
    """Whether an English "that" goes on about the word before it, and has a clause behind it."""
    if text[start:end].casefold() not in _RELATIVES:
        return False
    before = text[:start].split()
    return bool(before and text[end:].strip(" ?.!")) and fold(before[-1]) not in stop_words()


def _is_resumed(parts: Parts, spot: int) -> bool:
    """Whether an Arabic pronoun goes back to the "what" or "which" of its own clause, with the
    name of who does it behind it."""
    text = parts.text
    end = spot + len(text[spot:].split(maxsplit=1)[0])
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    if has(text[spot:end], "ar", "partitive") or has(text[spot:end], "ar", "demonstrative"):
        return False
    return any(slot.start == behind for slot in parts.of("actor", "initiative", "body"))


_RELATIVES: Final = frozenset(("that", "those"))


def has_joined_pronoun(parts: Parts) -> bool:
    """Whether a pronoun is joined to a verb, which stands for a noun before it or before all."""
    spots = places(parts.text, parts.language, "pronoun")
    return any(_is_joined(parts.text, start) for start, _ in spots)


_STANDING: Final[tuple[Cue, ...]] = ("partitive", "remainder")
_POINTING: Final[tuple[Cue, ...]] = ("pronoun", "demonstrative")


def _is_joined(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "-‑"


def _is_calendar(rest: str, language: Language) -> bool:
    near = rest.lstrip()
    return any(start == 0 for start, _ in places(near, language, "calendar"))
