"""An amount by the number of those that it is for: "US$1.6 billion for 24 projects"."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assistant.drafts import Message
from assistant.items import Item, items_of
from assistant.operands import TELLING, hits_in
from assistant.pairs_of_figures import weight_of
from assistant.question import Question
from assistant.question_words import hints
from assistant.reading import Reading, ReadText
from assistant.segments import parts
from kb.languages import Language
from kb.quantities import Quantity
from kb.records.amounts import amount_in_words, has_forms
from kb.records.naming import shipped_names
from kb.sentences import Span

_DIGITS: Final = 3  # that a reader needs of an average
_LEAST: Final = 2  # of one alone there is no average
_SAID: Final = 0.5  # of what is asked about, in the sentence
_STEM: Final = 5  # letters by which a word is known in its forms
BOUNDS: Final = frozenset(("up_to", "at_least", "more_than"))
"""Qualifiers of figures that give no average."""


@dataclass(frozen=True, slots=True)
class Average:
    """An amount and the number that it is divided by, of one sentence of a text."""

    amount: Quantity
    count: Quantity
    sentence: Span


def asks_average(question: Question) -> bool:
    """Whether an amount is asked for by the number of something: "on average", "per project"."""
    if question.is_empty or question.foreign or question.kind == "yes_no":
        return False
    return bool(hints(question.text, question.language, "asks_average"))


def average_message(
    amount: Decimal, unit: str, count: Decimal, counted: str, language: Language
) -> Message | None:
    """Such as "US$1.6 billion ÷ 24 projects ≈ US$66.7 million"; None where it cannot be said."""
    if count < _LEAST or amount <= 0 or not has_forms(unit, language):
        return None
    names = shipped_names()
    average = rounded(amount / count)
    divisor = next((u for u in (counted, f"term:{counted}") if has_forms(u, language)), None)
    if divisor is None:
        return None
    return Message(
        "average_is",
        (
            ("amount", amount_in_words(amount, unit, language, names)),
            ("count", amount_in_words(count, divisor, language, names)),
            ("average", amount_in_words(average, unit, language, names)),
        ),
    )


def rounded(value: Decimal) -> Decimal:
    """`value` with three digits that count."""
    places = value.adjusted() - _DIGITS + 1
    return value.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP).normalize() + 0


def average_in(question: Question, text: ReadText, reading: Reading) -> Average | None:
    """The only amount and the only number of what the question names that stand in one part of a
    sentence, where that speaks of most of what is asked; None where two parts do."""
    items = [i for i in items_of(question) if i.kind in TELLING and not _asks(i, question)]
    spoken = {*question.units, *question.nouns, *(m.concept_id for m in question.names)}
    found: list[Average] = []
    for sentence in text.sentences:
        held = hits_in(items, sentence.span, sentence, text, reading)
        if weight_of(held) < _SAID * weight_of(items):
            continue
        for part in parts(text.text, sentence.span):
            inside = [q for q in sentence.quantities if part.start <= q.start < part.end]
            amounts = [q for q in inside if q.kind in ("money", "area")]
            counts = [q for q in inside if q.kind == "count"]
            named = [q for q in counts if {str(q.unit), f"term:{q.unit}"} & spoken]
            if len(amounts) == len(named) == len(counts) == 1:
                found.append(Average(amounts[0], named[0], sentence.span))
    plain = [one for one in found if not {one.amount.qualifier, one.count.qualifier} & BOUNDS]
    return plain[0] if len(found) == len(plain) == 1 else None


def message_of(average: Average, language: Language) -> Message | None:
    """The message that says the average; None where it cannot be said."""
    amount, count = average.amount, average.count
    if amount.unit is None or count.unit is None:
        return None
    return average_message(amount.value, amount.unit, count.value, count.unit, language)


def _asks(item: Item, question: Question) -> bool:
    """Whether the word only says that an average is asked for."""
    text, language = question.text, question.language
    return item.kind == "word" and any(
        text[start:end].lower().startswith(item.key[:_STEM])
        for start, end in hints(text, language, "asks_average")
    )
