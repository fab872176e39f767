"""Sentences with the amounts and dates that they state, to measure `kb.quantities` by.

`{"id", "lang", "text", "amounts": [{"value", "unit", "qualifier"}], "dates": [iso]}`: `value` is a
decimal in units as a text ("1600000000"), `unit` a currency code, "ha", "km2", "%" or what is
counted, `qualifier` one of CONTRACT.md's; a null unit or qualifier is not measured (the ends of a
range, things that no word list names). A date is ISO with its precision, a period "2024/2027".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, get_args

from evals.fields import list_of, object_of, text_of
from evals.measures.matching_pairs import paired_off
from evals.outcomes import Outcome
from evals.questions import Split
from kb.languages import Language, as_language
from kb.quantities import TIME_KINDS, Qualifier, Quantity, find_quantities

_QUALIFIERS: Final[tuple[Qualifier, ...]] = get_args(Qualifier)
_ISO: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}(?:-\d{2}(?:-\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, area, share or count; None: not measured."""

    value: Decimal
    unit: str | None
    qualifier: Qualifier | None

    def is_of(self, found: Quantity) -> bool:
        """Whether `found` says it."""
        return (
            found.kind not in TIME_KINDS
            and found.value == self.value
            and self.unit in (None, found.unit)
            and self.qualifier in (None, found.qualifier)
        )


@dataclass(frozen=True, slots=True)
class QuantityCase:
    """One sentence and what it states."""

    id: str
    language: Language
    text: str
    amounts: tuple[Amount, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuantitySet:
    """The sentences of one file; `sha256` is that of its bytes."""

    name: str
    cases: tuple[QuantityCase, ...]
    sha256: str
    split: Split | None = None


def read_quantity_case(value: object) -> QuantityCase:
    """The sentence that one line's object describes. Raises ValueError."""
    fields = object_of(value, ("id", "lang", "text", "amounts", "dates"))
    dates = [_date(date) for date in list_of(fields, "dates")]
    return QuantityCase(
        text_of(fields, "id"),
        as_language(text_of(fields, "lang")),
        text_of(fields, "text"),
        tuple(_amount(one) for one in list_of(fields, "amounts")),
        tuple(dates),
    )


def score_quantities(one: QuantitySet) -> tuple[Outcome, ...]:
    """What is found in each sentence, held against what it states."""
    return tuple(_outcome(one.name, case) for case in one.cases)


def _outcome(set_name: str, case: QuantityCase) -> Outcome:
    found = find_quantities(case.text, case.language)
    amounts = [q for q in found if q.kind not in TIME_KINDS]
    dates = [q for q in found if q.kind in TIME_KINDS]
    amount_pairs = paired_off(case.amounts, amounts, lambda gold, one: gold.is_of(one))
    date_pairs = paired_off(case.dates, dates, lambda gold, one: gold == one.iso)
    right = len(amount_pairs) + len(date_pairs)
    stated = len(case.amounts) + len(case.dates)
    values: dict[str, float] = {}
    if stated:
        values["quantity_recall"] = right / stated
    if found:
        values["quantity_precision"] = right / len(found)
    elif not stated:  # numbers that are no quantities, and were left alone
        values["quantity_precision"] = 1.0
    missed = [str(gold.value) for i, gold in enumerate(case.amounts) if i not in amount_pairs]
    missed += [gold for i, gold in enumerate(case.dates) if i not in date_pairs]
    used = {id(q) for q in (*amount_pairs.values(), *date_pairs.values())}
    return Outcome(
        set_name,
        case.id,
        case.language,
        "quantities",
        case.text,
        values,
        remarks=(
            *(f"does not find {one}" for one in missed),
            *(f"finds {_said(q)}, which is not stated so" for q in found if id(q) not in used),
        ),
    )


def _said(found: Quantity) -> str:
    if found.kind in TIME_KINDS:
        return str(found.iso)
    return " ".join(str(x) for x in (found.qualifier, found.value, found.unit) if x is not None)


def _amount(value: object) -> Amount:
    fields: Mapping[str, object] = object_of(value, ("value", "unit", "qualifier"))
    unit, qualifier = fields["unit"], fields["qualifier"]
    if qualifier is not None and qualifier not in _QUALIFIERS:
        raise ValueError(f"amounts: qualifier {qualifier!r} is none of: {', '.join(_QUALIFIERS)}")
    if unit is not None and not isinstance(unit, str):
        raise ValueError("amounts: unit is not a text")
    try:
        number = Decimal(text_of(fields, "value"))
    except InvalidOperation as error:
        raise ValueError(f"amounts: {fields['value']!r} is not a number") from error
    return Amount(number, unit, next((q for q in _QUALIFIERS if q == qualifier), None))


def _date(value: object) -> str:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise ValueError(f"dates: {value!r} is not an ISO date")
    return value
