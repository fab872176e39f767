"""From what a reviewer writes in the columns of a record to what they hold."""

from collections.abc import Mapping

from ingestion.sheets.cells import (
    currency_of,
    date_of,
    figure_of,
    name_in,
    names_in,
    text_of,
    unit_of,
    word_of,
)
from kb.errors import InvalidQuery
from kb.languages import Language
from kb.records.columns import Column, column_of
from kb.records.kinds import RecordKind


def corrected(
    kind: RecordKind, written: Mapping[str, str | None], language: Language
) -> dict[str, object]:
    """The values of columns as they are stored: names as ids, figures in units, dates in ISO.

    Raises InvalidQuery naming the column and what is wrong with it.
    """
    found: dict[str, object] = {}
    for name, text in written.items():
        column = column_of(kind, name)
        try:
            found[name] = _value(column, text, language)
        except ValueError as error:
            raise InvalidQuery(f"{name}: {error}") from error
        if found[name] is None and column.required:
            raise InvalidQuery(f"{name}: may not be empty")
    return found


def _value(column: Column, written: str | None, language: Language) -> object:
    text = text_of(written)
    if text is None:
        return "exact" if column.name == "qualifier" else None
    match column.type:
        case "exact":
            figure = figure_of(text, language)
            return figure and figure.value
        case "date":
            return date_of(text, language, last=column.name in ("end", "until", "period_end"))
        case "word":
            return word_of(text, column.name, column.words)
        case "name":
            return name_in(text, column.name)
        case "names":
            return names_in(text, column.name)
        case "unit":
            return unit_of(text)[1]
        case "currency":
            return currency_of(text)[1]
        case _:
            return text
