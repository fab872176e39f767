"""An amount a day, or a month, as what it makes in a year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.arithmetic import TIMES_A_YEAR
from assistant.averages import BOUNDS
from assistant.claim_words import ids_of
from assistant.drafts import Message
from assistant.items import items_of
from assistant.operands import TELLING, hits_in
from assistant.pairs_of_figures import weight_of
from assistant.question import Question
from assistant.question_words import hints
from assistant.reading import Reading, ReadText
from assistant.segments import segments
from kb.records.amounts import amount_in_words, has_forms, number_in_words
from kb.records.naming import shipped_names
from kb.records.words import pattern
from kb.sentences import Span

_NEAR: Final = 24  # code points around an amount in which its rate stands
_SAID: Final = 0.4  # of what is asked about, in the sentence
_ASKING: Final = frozenset(("how_much", "how_many", "sum"))


@dataclass(frozen=True, slots=True)
class Yearly:
    """What is said of it, and the sentence that gives the rate."""

    message: Message
    sentence: Span


def asks_yearly(question: Question) -> bool:
    """Whether it asks what an amount at one rate makes in a year."""
    year = "year" in question.rates or hints(question.text, question.language, "whole_year")
    return bool(year and set(TIMES_A_YEAR) & question.rates and _ASKING & set(question.kinds))


def yearly_in(question: Question, text: ReadText, reading: Reading) -> Yearly | None:
    """The only amount of the text at the smaller rate that the question names, where it asks what
    that makes a year; None where there is none, or two."""
    smaller = [one for one in TIMES_A_YEAR if one in question.rates]
    if not asks_yearly(question) or len(smaller) != 1:
        return None
    items = [i for i in items_of(question) if i.kind in TELLING]
    found: list[Yearly] = []
    for sentence in text.sentences:
        held = hits_in(items, sentence.span, sentence, text, reading)
        if weight_of(held) < _SAID * weight_of(items):
            continue
        pieces = segments(text.text, sentence.span, text.language, sentence.quantities)
        for q in sentence.quantities:
            piece = next((p for p in pieces if p.start <= q.start < p.end), sentence.span)
            around = text.text[max(piece.start, q.start - _NEAR) : min(piece.end, q.end + _NEAR)]
            rates = ids_of(around, text.language, "rate")
            if q.kind != "money" or q.qualifier in BOUNDS or rates != {smaller[0]}:
                continue
            message = _message(q.value, q.unit, smaller[0], question)
            if message is not None:
                found.append(Yearly(message, sentence.span))
    return found[0] if len(found) == 1 else None


def _message(value: Decimal, unit: str | None, rate: str, question: Question) -> Message | None:
    """Such as "US$1 billion × 365 = US$365 billion per year"."""
    language = question.reader
    if unit is None or not has_forms(unit, language):
        return None
    times, names = TIMES_A_YEAR[rate], shipped_names()
    total = amount_in_words(value * times, unit, language, names)
    return Message(
        "scaled_is",
        (
            ("amount", amount_in_words(value, unit, language, names)),
            ("times", number_in_words(times, language)),
            ("total", pattern("per", "year", language, x=total)),
        ),
    )
