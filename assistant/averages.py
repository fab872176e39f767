"""An amount by the number of those that it is for: "US$1.6 billion for 24 projects"."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assistant.drafts import Message
from assistant.question import Question
from assistant.question_words import hints
from kb.languages import Language
from kb.records.amounts import amount_in_words, has_forms
from kb.records.naming import shipped_names

_DIGITS: Final = 3  # that a reader needs of an average
_LEAST: Final = 2  # of one alone there is no average


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
