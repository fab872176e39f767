"""What a cell says: figures, dates, words and names, as a column of a record holds them.

Every function raises ValueError with the cause, to be shown to who wrote the cell.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ingestion.sheets.grids import AnyCell, Cell, Formula
from ingestion.sheets.headers import measure_of
from ingestion.words import fold
from kb.languages import LANGUAGES, Language
from kb.numerals import parse_digits
from kb.quantities import TIME_KINDS, Qualifier, Quantity, find_quantities
from kb.records.resolving import name_of
from kb.records.values import UNITS, dates_of
from kb.references import plain_digits

_GUARDED: Final = "=+-@\t\r"  # what a spreadsheet takes for the beginning of a formula
_PLAIN: Final = re.compile(
    r"\d{1,3}(?:[ ,.'’٬\u00a0\u202f\u2009]\d{3})+(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?"
)
_EXPONENT: Final = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_ISO: Final = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ]00:00(?::00)?(?:\.0+)?)?")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SEVERAL: Final = re.compile(r"\s*[;|；،\n]\s*")
_YEARS: Final = range(1900, 2101)
_REMEMBERED: Final = 65_536


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, with what the cell says beside it."""

    value: Decimal
    unit: str | None = None
    currency: str | None = None
    qualifier: Qualifier | None = None


def text_of(cell: AnyCell) -> str | None:
    """The text of a cell; None for an empty one. What would be a formula elsewhere is refused."""
    if isinstance(cell, Formula):
        raise ValueError("holds a formula: save its value")
    if cell is None:
        return None
    if isinstance(cell, datetime | date):
        return iso_of(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    written = str(cell)
    if written.startswith("'") and written[1:2] in tuple(_GUARDED):
        written = written[1:]  # the mark that an export sets before such text
    elif written.startswith(tuple(_GUARDED)) and not written.startswith(("- ", "– ")):
        raise ValueError(f'begins with "{written[0]}" as a formula does')
    written = _CONTROLS.sub(" ", written.removeprefix("- "))
    try:
        written.encode()
    except UnicodeEncodeError:
        raise ValueError("is not valid Unicode text") from None
    return " ".join(written.split()) or None


def figure_of(cell: AnyCell, language: Language) -> Figure | None:
    """The figure of a cell, in units; None for an empty one."""
    if isinstance(cell, Formula):
        cell = _computed(cell)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool | datetime | date):
        raise ValueError("is no number")
    if isinstance(cell, int | float | Decimal):
        return Figure(_checked(Decimal(str(cell))))
    written = plain_digits(" ".join(cell.replace("\u2212", "-").split())).removeprefix("'")
    if re.match(r"-\s?[\d.]|\(\s?[\d.,\s]+\)$", written):
        raise ValueError(f'"{cell.strip()}" is negative')
    if written.startswith(tuple(_GUARDED)):
        raise ValueError(f'begins with "{written[0]}" as a formula does')
    if _PLAIN.fullmatch(written):
        return Figure(_checked(parse_digits(written, language)))
    if _EXPONENT.fullmatch(written):
        return Figure(_checked(Decimal(written)))
    every = _quantities(written, language)
    found = [quantity for quantity in every if quantity.kind not in TIME_KINDS]
    if len(found) != 1 or _digits(written) > sum(_digits(quantity.text) for quantity in every):
        cause = "holds several figures" if len(found) > 1 else "is no number"
        raise ValueError(f'"{cell.strip()}" {cause}')
    one = found[0]
    unit = None if one.kind in ("money", "count") else one.unit
    return Figure(one.value, unit, one.currency, one.qualifier)


def date_of(cell: AnyCell, language: Language, *, last: bool = False) -> str | None:
    """The ISO date of a cell, as precise as it is; of a span its first day, or its `last`."""
    if isinstance(cell, Formula):
        cell = _computed(cell)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime | date):
        return iso_of(cell)
    if isinstance(cell, bool):
        raise ValueError("is no date")
    if isinstance(cell, int | float | Decimal):
        if cell not in _YEARS:
            raise ValueError(f'"{cell}" is no year')
        return str(int(cell))
    written = plain_digits(" ".join(cell.split())).removeprefix("'")
    match = _ISO.fullmatch(written)
    if match:
        iso = match[1]
    else:
        found = [q for q in find_quantities(written, language) if q.kind in TIME_KINDS]
        if len(found) != 1 or not found[0].iso or found[0].iso.startswith("--"):
            raise ValueError(f'"{cell.strip()}" is no date')
        iso = found[0].iso.split("/")[-1 if last else 0]
    dates_of(iso)
    if int(iso[:4]) not in _YEARS:
        raise ValueError(f'"{cell.strip()}" is no date of these times')
    return iso


def _computed(cell: Formula) -> Cell:
    if cell.value is None:
        raise ValueError("holds a formula without a value: open the file, save it, try again")
    return cell.value


def _quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The quantities of a cell in the language that reads most of it, that of its sheet before
    others: "16亿美元" in an English sheet is not 16."""
    order = (language, *(one for one in LANGUAGES if one != language))
    readings = [find_quantities(text, one) for one in order]
    return max(readings, key=lambda found: sum(one.end - one.start for one in found))


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def iso_of(moment: datetime | date) -> str:
    """The ISO day."""
    return moment.strftime("%Y-%m-%d") if moment.year >= 1000 else f"{moment.year:04}"


@lru_cache(_REMEMBERED)
def word_of(text: str, column: str, words: tuple[str, ...]) -> str:
    """The word of a column that a text in any of the six languages is."""
    folded = fold(text).replace("-", " ").replace("_", " ").strip(" .")
    for word in words:
        if folded == fold(word).replace("-", " ").replace("_", " "):
            return word
    for word in _words().get((column, folded), ()):
        if word in words:
            return word
    raise ValueError(f'"{text}" is none of {", ".join(words)}')


@lru_cache(_REMEMBERED)
def name_in(text: str, column: str) -> str:
    """The id of a name, or `name:text`."""
    return name_of(text, column)


def names_in(text: str, column: str) -> str:
    """The ids of several names, between semicolons or, as ids, between spaces."""
    ids = re.fullmatch(r"[a-z]+:\S+(?: [a-z]+:\S+)*", text)
    parts = text.split(" ") if ids else [part for part in _SEVERAL.split(text) if part]
    found = [name_in(part, column) for part in parts]
    unknown = [part for part, one in zip(parts, found, strict=True) if one.startswith("name:")]
    if len(found) > 1 and unknown:
        raise ValueError(f'"{unknown[0]}" is not known: of several names all must be')
    return " ".join(found)


@lru_cache(_REMEMBERED)
def unit_of(text: str) -> tuple[Decimal, str]:
    """The unit that a text is, and how many of it: "thousand ha" is 1000 and ha."""
    if text in UNITS:
        return Decimal(1), text
    measure = measure_of(text)
    if measure is not None and measure.unit in UNITS:
        return measure.scale, str(measure.unit)
    return Decimal(1), name_of(text, "unit")


@lru_cache(_REMEMBERED)
def currency_of(text: str) -> tuple[Decimal, str]:
    """The ISO code of a currency, and how many of it: "USD million" is 1000000 and USD."""
    if re.fullmatch(r"[A-Za-z]{3}", text):
        return Decimal(1), text.upper()
    measure = measure_of(text)
    if measure is None or measure.currency is None:
        raise ValueError(f'"{text}" is no currency that is known: write its ISO code')
    return measure.scale, measure.currency


def _checked(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("is no number")
    if value < 0:
        raise ValueError(f'"{value}" is negative')
    return value


@cache
def _words() -> Mapping[tuple[str, str], list[str]]:
    text = files("ingestion").joinpath("data/record_words.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        for language in LANGUAGES:
            for written in row[language].split(" | "):
                key = (row["column"], fold(written).replace("-", " "))
                found.setdefault(key, []).append(row["word"])
    return found
