"""How the figures of records are said: amounts, what they are of, how exact they are."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kb.languages import Language
from kb.records.amounts import amount_in_words
from kb.records.columns import amount_column
from kb.records.naming import Names
from kb.records.record import Record
from kb.records.values import Qualifier
from kb.records.words import word


def dashed(parts: Sequence[str], language: Language) -> str:
    """Several parts as one label."""
    return ("——" if language == "zh" else " – ").join(parts)


def termed(amount: str, label: str, language: Language) -> str:
    """An amount with its label in brackets."""
    if not label:
        return amount
    return f"{amount}（{label}）" if language == "zh" else f"{amount} ({label})"


def label_of(record: Record, column: str, language: Language, names: Names) -> str:
    """What the column of a record holds, in words; empty where it holds nothing."""
    value = getattr(record.statement, column)
    if value is None:
        return ""
    if column == "progress":
        return word("progress", value, language)
    return names.name(value, language) if ":" in value else str(value)


def shared_by(records: Sequence[Record], column: str) -> str | None:
    """What all the records have in the column; None where they differ."""
    values = {getattr(record.statement, column) for record in records}
    found: str | None = values.pop() if len(values) == 1 else None
    return found


def value_of(record: Record) -> Decimal:
    """The amount or value. Raises ValueError for records without one."""
    column = amount_column(record.kind)
    if column is None:
        raise ValueError(f"{record.kind} have no figure")
    found: Decimal = getattr(record.statement, column)
    return found


def qualifier_of(records: Sequence[Record]) -> Qualifier:
    """How exact what is computed of them is."""
    said: set[Qualifier] = {getattr(r.statement, "qualifier", "exact") for r in records}
    return said.pop() if len(said) == 1 else "about"


def amount_of(
    record: Record,
    value: Decimal,
    language: Language,
    names: Names,
    qualifier: Qualifier | None = None,
) -> str:
    """A value in the unit of the record."""
    one: Any = record.statement
    own: Qualifier = getattr(one, "qualifier", "exact")
    return amount_in_words(
        value,
        one.currency if record.kind == "funding" else one.unit,
        language,
        names,
        qualifier=qualifier or own,
        per=getattr(one, "per", None),
    )
