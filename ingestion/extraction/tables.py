"""Figures in the cells of tables: money, areas and shares by the unit that a heading or the caption
names, and how far activities have come.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from ingestion.extraction.excerpts import MOST_OF_NAME, excerpt, name_of
from ingestion.extraction.figures import counted
from ingestion.extraction.proposals import Proposal
from ingestion.extraction.reading import Passage
from ingestion.extraction.words import words_of
from kb.currency_names import currency_at, shared_at
from kb.documents import Table
from kb.languages import Language
from kb.numerals import parse_digits
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.quantity_patterns import patterns
from kb.quantity_words import find_count_nouns
from kb.records.values import UNITS
from kb.references import plain_digits
from kb.sentences import Span

_NUMBER: Final = re.compile(r"\d[\d.,'’٬٫]*")
_GROUP: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_STATUS: Final = re.compile(
    r"(\d+)\s*(?:[(（]\s*(\d+(?:[.,]\d+)?)\s*[%％٪]\s*[)）])?(?:\s*\[sic:.*\])?"
)
_BRACKETED: Final = r"[(（]([^()（）]*[^\W\d_][^()（）]*)[)）]"
_HAN_OPEN: Final = re.compile(r"\s?(?:以|之)[前后]|\s?[前后]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d){1,2})?")
_OF_YEAR: Final = re.compile(
    r"(?:(?:year|année|año|عام|سنة)\s)?(?:19|20)\d\d(?:\s?(?:年|год[ау]?(?!\w)|г\.))?",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_HAN_WORD: Final = re.compile(r"[\u3400-\u9fff]|[A-Za-z]+")
# Arabic joins "in" and "the" to the names of units: "بملايين الدولارات".
_ARABIC_JOINED: Final = re.compile(r"(?<![^\W\d_])(?:[وفبكل]?ال|لل|ب)(?=[^\W\d_]{3})")
_NEAR_UNIT: Final = 16
_MOST_BEHIND_HEAD: Final = 1  # words: "Projects approved"
_FEWEST_ROWS: Final = 2
_DECIMAL: Final = re.compile(r"[\d٠-٩][.,٫][\d٠-٩]{1,2}(?![\d٠-٩])")
_DIGIT: Final = re.compile(r"[\d٠-٩]")
_LETTER_OR_SIGN: Final = re.compile(r"[^\W\d_]|[€$£%％٪]")


@dataclass(frozen=True, slots=True)
class _Measure:
    """What the figures of a column are: `value` in the cell times `scale`, in `unit`."""

    unit: str
    scale: int


def unit_above(table: Table, texts: Iterable[str]) -> str:
    """What the texts around a table print in brackets behind its number: "Table 5.1 … (in
    thousands of dollars)"; empty where they print nothing there.
    """
    number = table.label.split()[-1]
    if not number[:1].isalnum():
        return ""
    named = re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)[^|]{{0,200}}?{_BRACKETED}")
    for text in texts:
        if found := named.search(plain_digits(text)):
            return found[1]
    return ""


def table_figures(table: Table, rows: list[Passage], above: str = "") -> Iterator[Proposal]:
    """A proposal for each cell whose unit is known; `rows` are the passages of the rows.

    `above` is what stands in brackets over the table, where its caption names no unit.
    """
    if any(column.strip() and not _names(column) for column in table.columns[1:]):
        return  # a row of figures in place of the headings
    language = rows[0].language if rows else "en"
    first = rows[0] if rows else None
    general = _measure(f"{table.caption}\n{table.note}", language, first)
    general = general or _measure(above, language, first)
    monies = _currency_column(table, rows)
    subject = _caption(table) or (rows[0].subject if rows else "")
    year = _year(table.caption, language)
    for number, column in enumerate(table.columns[1:], start=1):
        own = _measure(column, language, first)
        counts = _counts(column, rows) or (own is None and _is_whole(table, number))
        measure = own or (None if counts else general)
        as_of = _year(column, language) or year
        for row, passage in zip(table.rows, rows, strict=True):
            of_row = monies.get(passage.paragraph.label) if not (own or counts) else None
            found = _cell(row, number, of_row or measure, passage)
            name = name_of(excerpt_of(f"{row[0]} — {column}"))
            if found is None or name is None or not row[0].strip():
                continue
            value, unit, focus = found
            fields = {
                "subject": subject,
                "measure": name,
                "value": value,
                "unit": unit,
                "as_of": as_of,
            }
            yield Proposal("observations", fields, passage, focus, Span(0, len(passage.text)))


def milestones(table: Table, rows: list[Passage]) -> Iterator[Proposal]:
    """How many have finished, are doing and have not begun what a row names."""
    if not rows:
        return
    words = rows[0].words
    progress = {
        number: found[0]
        for number, column in enumerate(table.columns)
        if number and len(found := words.search("progress", column)) == 1
    }
    if len(progress) < 2 or len(set(progress.values())) != len(progress):
        return
    whole = _whole(table, rows[0])
    if whole is None:
        return
    unit, of = whole
    programme = rows[0].topics[0] if rows[0].topics else _caption(table) or rows[0].subject
    for row, passage in zip(table.rows, rows, strict=True):
        activity = name_of(excerpt_of(row[0]))
        for number, state in progress.items():
            match = _STATUS.fullmatch(plain_digits(row[number]).strip())
            focus = _place(passage.text, row, number)
            if match is None or activity is None or focus is None:
                continue
            fields = {
                "programme": programme,
                "activity": activity,
                "progress": state,
                "value": Decimal(match[1]),
                "unit": unit,
                "of": of,
                "share": Decimal(match[2].replace(",", ".")) if match[2] else None,
                "as_of": _year(table.caption, passage.language),
            }
            yield Proposal("milestones", fields, passage, focus, Span(0, len(passage.text)))


def _names(column: str) -> bool:
    bare = column.strip()
    return any(letter.isalpha() for letter in bare) or _YEAR.fullmatch(bare) is not None


def excerpt_of(text: str) -> str:
    """The first words of a caption or cell."""
    return excerpt(text, Span(0, len(text)), Span(0, 0), MOST_OF_NAME)


def _caption(table: Table) -> str | None:
    return name_of(excerpt_of(table.caption.split("\n")[0]))


def _counts(column: str, rows: list[Passage]) -> bool:
    """Whether a column counts something, so that the unit of the caption is not its own."""
    if not rows:
        return False
    words, heading = rows[0].words, _OF_YEAR.sub(" ", column).strip()
    if "column" in words.search("counted", heading):
        return True
    head = words.at("counted", heading, 0)
    if head is None or head[0] != "head":
        return False
    rest = heading[head[1] :].split()
    return not rest or (rows[0].language != "zh" and len(rest) <= _MOST_BEHIND_HEAD)


def _is_whole(table: Table, number: int) -> bool:
    """Whether a column holds whole numbers where all the others have decimals: it counts."""
    others = [n for n in range(1, len(table.columns)) if n != number]
    own = [row[number].strip() for row in table.rows if row[number].strip()]
    decimals = [
        bool(_DECIMAL.search(row[n])) for row in table.rows for n in others if _DIGIT.search(row[n])
    ]
    if len(own) < _FEWEST_ROWS or len(decimals) < _FEWEST_ROWS or not all(decimals):
        return False
    return all(one.isdecimal() for one in own)


def _whole(table: Table, row: Passage) -> tuple[str, Decimal | None] | None:
    """What a progress table counts, and of how many, by its caption or headings."""
    for text in (table.caption, *table.columns, *row.paragraph.heading_path):
        for quantity in find_quantities(text, row.language):
            if quantity.kind == "count" and quantity.unit:
                return counted(quantity.unit, row.language, row.terms), quantity.value
    for text in (table.caption, *table.columns[:1]):
        for unit, _, _ in find_count_nouns(text, row.language):
            return counted(unit, row.language, row.terms), None
    return None


def _measure(text: str, language: Language, row: Passage | None = None) -> _Measure | None:
    """The unit that `text` names, with its scale: "(Thousands of United States dollars)".

    A currency that several countries share is that of the country that `row` and its table name.
    """
    plain = plain_digits(text)
    if language == "ar":
        plain = _ARABIC_JOINED.sub(lambda m: " " * len(m[0]), plain)
    currency = _currency(plain, language, row)
    p = patterns(language)
    for match in p.unit.finditer(plain):
        word = p.units[match.lastgroup or ""]
        if currency and word.role == "currency" and currency[1].end >= match.end():
            break  # "Namibian dollars"
        before = plain[max(0, match.start() - _NEAR_UNIT) : match.start()]
        if word.role == "area" and len(match[0].strip()) <= 2 and not before.rstrip().endswith("("):
            continue  # "ha" is a verb too
        unit = word.id if word.role != "area" or word.id in UNITS else f"name:{word.id}"
        return _Measure(unit, _scale(_around(plain, Span(*match.span())), language))
    if currency is None:
        return None
    return _Measure(currency[0], _scale(_around(plain, currency[1]), language))


def _currency(text: str, language: Language, row: Passage | None) -> tuple[str, Span] | None:
    """The first currency that `text` names, and where."""
    for match in (_HAN_WORD if language == "zh" else _WORD).finditer(text):
        own = currency_at(text, match.start(), language)
        if own:
            return own[0], Span(match.start(), own[1])
        shared = shared_at(text, match.start(), language)
        if shared and row is not None:
            code = row.currencies.decide(shared[0], row.paragraph, (text,), language)
            return (code, Span(match.start(), shared[1])) if code else None
    return None


def _around(text: str, unit: Span) -> str:
    return text[max(0, unit.start - _NEAR_UNIT) : unit.end + _NEAR_UNIT]


def _currency_column(table: Table, rows: list[Passage]) -> dict[str, _Measure]:
    """The currency of each row, by its label, where a column of the table says it."""
    found: dict[str, _Measure] = {}
    for number, column in enumerate(table.columns):
        if not rows or not rows[0].words.search("currency", column):
            continue
        for row, passage in zip(table.rows, rows, strict=True):
            measure = _measure(row[number], passage.language, passage)
            if measure is not None:
                found[passage.paragraph.label] = measure
    return found


def _scale(text: str, language: Language) -> int:
    found = words_of(language).search("scale", text)
    return max((int(one) for one in found), default=1)


def _cell(
    row: tuple[str, ...], number: int, measure: _Measure | None, passage: Passage
) -> tuple[Decimal, str, Span] | None:
    written = plain_digits(row[number]).strip()
    focus = _place(passage.text, row, number)
    bare = _GROUP.sub("", written)
    if focus is None:
        return None
    if _NUMBER.fullmatch(bare):
        if measure is None:
            return None
        try:
            value = parse_digits(bare, passage.language) * measure.scale
        except (InvalidOperation, ValueError):
            return None
        return value, measure.unit, focus
    if not _LETTER_OR_SIGN.search(written):
        return None  # "(58.5)" is negative, "–" is nothing
    amounts = [q for q in find_quantities(written, passage.language) if q.kind not in TIME_KINDS]
    if all(q.currency is None for q in amounts):  # "145 000 000 dirhams" in the row of a country
        inside = [q for q in passage.quantities if focus.start <= q.start < focus.end]
        amounts = [q for q in inside if q.currency] or amounts
    if measure is None and not any(q.currency for q in amounts):
        return None
    if len(amounts) != 1 or not _is_all(amounts[0], written):
        return None
    one = amounts[0]
    own = one.kind in ("money", "share") or (one.kind == "area" and one.unit in UNITS)
    return (one.value, one.unit, focus) if own and one.unit else None


def _is_all(quantity: Quantity, written: str) -> bool:
    return len(quantity.text) >= len(written) - 2


def _place(text: str, row: tuple[str, ...], number: int) -> Span | None:
    """Where the cell stands in the text of its row."""
    if not row[number].strip():
        return None
    start = 0
    for index, cell in enumerate(row[: number + 1]):
        found = text.find(cell, start)
        if found < 0:
            return None
        if index == number:
            # Behind the column's heading, which may hold the same figure.
            found = text.find(f": {cell}", max(0, found - 2))
            return Span(found + 2, found + 2 + len(cell)) if found >= 0 else None
        start = found + len(cell)
    return None


def _year(text: str, language: Language) -> str | None:
    years = [q for q in find_quantities(text, language) if q.kind == "year" and q.iso]
    if len(years) != 1:
        return None
    before, after = text[: years[0].start], text[years[0].end :]
    words = words_of(language)
    open_ended = words.ends_with("deadline", before) or words.ends_with("compared", before, "from")
    return None if open_ended or _HAN_OPEN.match(after) else years[0].iso
