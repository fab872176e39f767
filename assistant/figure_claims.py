"""What is computed from figures of the texts themselves: cells of one table, or of one sentence."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from assistant.drafts import DraftCitation
from kb.languages import Language
from kb.records.amounts import amount_in_words, has_forms, number_in_words
from kb.records.naming import Names
from kb.records.values import Qualifier
from kb.records.words import pattern

FigureOperation = Literal["sum", "difference", "share", "ratio"]
MOST_TERMS: Final = 4
"""Terms that a reader follows in one line; a longer sum is left to whoever holds the table."""
_SIGNS: Final[dict[FigureOperation, str]] = {
    "sum": "+",
    "difference": "−",
    "share": "/",
    "ratio": "/",
}
_HUNDRED: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FigureTerm:
    """A figure at `start` of the text that the citation is of (offsets as the citation's).

    `unit` is what `kb.quantities` reads there; `name` the words of the same text that say what it
    is of, empty for a figure of a sentence; `qualifier` what is read with it ("more than").
    """

    citation: DraftCitation
    value: Decimal
    unit: str | None
    start: int
    name: str = ""
    qualifier: Qualifier = "exact"


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A computation over `terms`. A difference is the first less the second, a share the first in
    per cent of the second, a ratio how many times the second the first is; `heading` is that of
    the column in which all stand, if they do.
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
    if claim.operation == "ratio":
        if values[0] <= values[1]:
            raise ValueError("the greater figure comes first")
        return (values[0] / values[1]).quantize(_TENTH, ROUND_HALF_UP)
    if values[0] > values[1]:
        raise ValueError("a part is not greater than its whole")
    return (_HUNDRED * values[0] / values[1]).quantize(Decimal(1), ROUND_HALF_UP)


def figures_in_words(claim: FigureClaim, language: Language, names: Names) -> str:
    """Such as "Cost (in euros): 310,000 (North) + 402,500 (South) = 712,500". Raises ValueError."""
    result = result_of(claim)
    units = {term.unit for term in claim.terms}
    # Figures of which the text counts only one by name are said as bare numbers.
    unit = units.pop() if len(units) == 1 else None
    terms = [
        _named(_said(t.value, unit, language, names, t.qualifier), t.name, language)
        for t in claim.terms
    ]
    if claim.operation == "share":
        total = amount_in_words(result, "%", language, names)
    elif claim.operation == "ratio":
        total = _said(result, None, language, names, _qualifier(claim))
    else:
        total = _said(result, unit, language, names, _qualifier(claim))
    text = f" {_SIGNS[claim.operation]} ".join(terms) + f" = {total}"
    if not claim.heading:
        return text
    return pattern("label", "is", language, name=claim.heading, n=text)


def _qualifier(claim: FigureClaim) -> Qualifier:
    """How exact the result is. Raises ValueError where bounds do not give one."""
    said = {term.qualifier for term in claim.terms} - {"exact"}
    if not said:
        return "exact"
    if claim.operation == "sum" and len(said) == 1:
        return said.pop()
    if claim.operation == "share" or "up_to" in said:
        raise ValueError("bounded figures give no result")
    return "about"


def _said(
    value: Decimal,
    unit: str | None,
    language: Language,
    names: Names,
    qualifier: Qualifier = "exact",
) -> str:
    for name in (unit, f"term:{unit}") if unit else ():
        if has_forms(name, language):
            return amount_in_words(value, name, language, names, qualifier=qualifier)
    return pattern("qualifier", qualifier, language, x=number_in_words(value, language))


def _named(amount: str, name: str, language: Language) -> str:
    if not name:
        return amount
    return f"{amount}（{name}）" if language == "zh" else f"{amount} ({name})"
