"""What is computed from figures of the texts themselves: cells of one table, or of one sentence."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from assistant.drafts import DraftCitation
from kb.errors import NotFound
from kb.languages import Language
from kb.records.amounts import amount_in_words, number_in_words
from kb.records.naming import Names
from kb.records.words import pattern

FigureOperation = Literal["sum", "difference", "share"]
MOST_TERMS: Final = 4
"""Terms that a reader follows in one line; a longer sum is left to whoever holds the table."""
_SIGNS: Final[dict[FigureOperation, str]] = {"sum": "+", "difference": "−", "share": "/"}
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class FigureTerm:
    """A figure at `start` of the text that the citation is of (offsets as the citation's).

    `unit` is what `kb.quantities` reads there; `name` the words of the same text that say what it
    is of, empty for a figure of a sentence.
    """

    citation: DraftCitation
    value: Decimal
    unit: str | None
    start: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A computation over `terms`. A difference is the first less the second, a share the first in
    per cent of the second; `heading` is that of the column in which all stand, if they do.
    """

    terms: tuple[FigureTerm, ...]
    operation: FigureOperation
    heading: str = ""


def result_of(claim: FigureClaim) -> Decimal:
    """What the operation gives. Raises ValueError for figures that must not be combined."""
    values = [term.value for term in claim.terms]
    if not 2 <= len(values) <= MOST_TERMS or len({t.unit for t in claim.terms if t.unit}) > 1:
        raise ValueError("figures of different units, or too many")
    if claim.operation == "sum":
        if len(set(values)) < len(values):
            raise ValueError("equal figures may be one figure said twice")
        return sum(values, Decimal(0))
    if len(values) != 2 or not values[0] or not values[1]:
        raise ValueError("two figures are needed")
    if claim.operation == "difference":
        if values[0] <= values[1]:
            raise ValueError("the greater figure comes first")
        return values[0] - values[1]
    if values[0] > values[1]:
        raise ValueError("a part is not greater than its whole")
    return (_HUNDRED * values[0] / values[1]).quantize(Decimal(1), ROUND_HALF_UP)


def figures_in_words(claim: FigureClaim, language: Language, names: Names) -> str:
    """Such as "Cost (in euros): 310,000 (North) + 402,500 (South) = 712,500". Raises ValueError."""
    result = result_of(claim)
    terms = [_named(_said(t.value, t.unit, language, names), t.name, language) for t in claim.terms]
    if claim.operation == "share":
        total = amount_in_words(result, "%", language, names)
    else:
        total = _said(result, claim.terms[0].unit, language, names)
    text = f" {_SIGNS[claim.operation]} ".join(terms) + f" = {total}"
    if not claim.heading:
        return text
    return pattern("label", "is", language, name=claim.heading, n=text)


def _said(value: Decimal, unit: str | None, language: Language, names: Names) -> str:
    if unit is None:
        return number_in_words(value, language)
    try:
        return amount_in_words(value, unit, language, names)
    except (KeyError, NotFound):
        return number_in_words(value, language)


def _named(amount: str, name: str, language: Language) -> str:
    if not name:
        return amount
    return f"{amount}（{name}）" if language == "zh" else f"{amount} ({name})"
