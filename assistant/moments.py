"""The dates of one text that a question speaks of apart: between which it asks for a span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.alternatives import is_compared, sides_of
from assistant.drafts import Message
from assistant.elapsed import SpanAsked, TimeUnit, elapsed_message
from assistant.items import Item, items_of
from assistant.operands import TELLING, hits_in
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.reading import Reading, ReadSentence, ReadText
from assistant.segments import segments
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity
from kb.quantities import Kind as QuantityKind
from kb.sentences import Span

_TIMES: Final = frozenset[QuantityKind](("date", "year", "period"))
_TOLD: Final = 0.34  # of what tells a side apart, in the piece of its date
_CLEARLY: Final = 1.2  # times as much as in the piece of any other
_HELD: Final = 0.5  # of what the question speaks of, in the text
_NAMING: Final = frozenset(("party", "organization", "initiative", "convention"))
_DATES: Final = range(2, 9)
_DAY: Final = 2  # hyphens of a day in ISO form


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a few days, with its sentence, and its own piece of it."""

    iso: str
    quantity: Quantity
    sentence: ReadSentence
    piece: Span

    @property
    def starts(self) -> str:
        """The date, or the first day."""
        return self.iso.partition("/")[0]

    @property
    def ends(self) -> str:
        """The date, or the last day."""
        return self.iso.rpartition("/")[2]


def when_asked(text: str, whole: Question, vocabulary: Vocabulary) -> Question:
    """The question when that was of which `text` speaks."""
    asked = read_question(text, vocabulary, whole.reader)
    return replace(
        asked,
        language=whole.language,
        kinds=("when",),
        wants_quantity=_TIMES,
        wants_name=frozenset(),
        wants_items=False,
        wants_one=False,
        units=(),
        foreign=False,
    )


def sides_asked(
    asked: SpanAsked, question: Question, reading: Reading
) -> list[tuple[Question, Question]]:
    """Both sides as questions when; the second of what the first names, where it names nothing."""
    found = []
    vocabulary = reading.vocabulary
    for one, other in asked.sides or _compared(question, reading):
        first = when_asked(one, question, vocabulary)
        second = when_asked(other, question, vocabulary)
        names = [m for m in first.names if m.kind in _NAMING]
        if names and not any(m.kind in _NAMING for m in second.names):
            shared = " ".join(first.text[m.start : m.end] for m in names)
            second = when_asked(f"{shared} {other}", question, vocabulary)
        found.append((first, second))
    return found


def _compared(question: Question, reading: Reading) -> tuple[tuple[str, str], ...]:
    """The sides of "which came first, … or …, and how long after"."""
    if not is_compared(question):
        return ()
    texts = sides_of(question, reading.read(question.text, question.language))
    return (texts,) if texts is not None else ()


def own_items(one: Question, other: Question) -> tuple[Item, ...]:
    """What tells a side apart."""
    held = {(i.kind, i.key) for i in items_of(other)}
    return tuple(i for i in items_of(one) if i.kind in TELLING and (i.kind, i.key) not in held)


def moments(text: ReadText) -> list[Moment]:
    """The dates of the text in order, each once: those with their year, and spans of days."""
    found: dict[str, Moment] = {}
    for sentence in text.sentences:
        dates = [q for q in sentence.quantities if is_date(q)]
        bare = [replace(q, iso=None) for q in dates]
        pieces = segments(text.text, sentence.span, text.language, bare)
        for quantity in dates:
            piece = next((p for p in pieces if p.start <= quantity.start < p.end), sentence.span)
            iso = quantity.iso or ""
            found.setdefault(iso, Moment(iso, quantity, sentence, piece))
    return list(found.values())


def is_date(quantity: Quantity) -> bool:
    """Whether it is a date with its year, or a few days."""
    iso = quantity.iso or ""
    if quantity.kind not in TIME_KINDS or not iso[:1].isdigit():
        return False
    return "/" not in iso or all(edge.count("-") == _DAY for edge in iso.split("/"))


def span_between(
    one: Moment, other: Moment, unit: TimeUnit | None, language: Language
) -> Message | None:
    """The message that says what lies between the end of the earlier and the start of the later."""
    first, last = sorted((one, other), key=lambda moment: moment.starts)
    return elapsed_message(first.ends, last.starts, unit, language)


def between(
    sides: Sequence[tuple[Question, Question]], text: ReadText, reading: Reading
) -> tuple[Moment, Moment] | None:
    """The two dates of one text that the sides of the question speak of; None where either side's
    is not clearly one of them."""
    held = moments(text)
    if len(held) not in _DATES:
        return None
    for first, second in sides:
        one = told(own_items(first, second), held, text, reading)
        other = told(own_items(second, first), held, text, reading)
        if one is not None and other is not None and one != other:
            return one, other
    return None


def told(
    own: Sequence[Item], held: Sequence[Moment], text: ReadText, reading: Reading
) -> Moment | None:
    """The date in whose piece most is said of what tells a side apart; None where that is little,
    or nearly as much is said with another."""
    whole = sum(i.weight for i in own)
    if not whole or not held:
        return None
    shares = [_weight(hits_in(own, m.piece, m.sentence, text, reading)) / whole for m in held]
    best = max(range(len(held)), key=lambda at: shares[at])
    rest = max((s for at, s in enumerate(shares) if at != best), default=0.0)
    sure = shares[best] >= _TOLD and shares[best] >= _CLEARLY * rest
    return held[best] if sure else None


def first_and_last(question: Question, text: ReadText) -> tuple[Moment, Moment] | None:
    """The outermost of the dates that one sentence lists: as many as the question says, or more
    than two."""
    sizes = {int(q.value) for q in question.numbers if q.value in _DATES}
    for sentence in text.sentences:
        held = [m for m in moments(text) if m.sentence is sentence and "/" not in m.iso]
        if len(held) > 2 and (not sizes or len(held) in sizes):
            ordered = sorted(held, key=lambda m: m.starts)
            return ordered[0], ordered[-1]
    return None


def is_spoken_of(question: Question, text: ReadText, reading: Reading) -> bool:
    """Whether the text speaks of most that the question does."""
    items = [i for i in items_of(question) if i.kind in TELLING]
    held = {i for s in text.sentences for i in hits_in(items, s.span, s, text, reading)}
    return _weight(held) >= _HELD * _weight(items) > 0


def _weight(items: Iterable[Item]) -> float:
    return sum(i.weight for i in items)
