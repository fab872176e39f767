"""Records as tables for spreadsheets: CSV and XLSX, and the forms to fill in.

A cell never begins as a formula does: an apostrophe stands before such text, and goes again when
the file is ingested.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from api.schemas import RecordBody, RecordSourceBody
from kb.records.columns import Column, columns_of
from kb.records.kinds import RecordKind

SheetFormat = Literal["csv", "xlsx"]
_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r")
_NAMED: Final = frozenset({"name", "names", "unit"})
_BESIDE: Final = ("status", "visibility", "extracted_by", "sources", "quote")
_PROVENANCE: Final = ("document_id", "paragraph", "anchor")
_BOM: Final = "\ufeff"  # without it, spreadsheets do not know that the text is UTF-8


def columns(kind: RecordKind) -> list[str]:
    """The columns of an exported file: those of the kind, names in words, and where it stands."""
    own = columns_of(kind)
    names = [f"{column.name}_name" for column in own.values() if column.type in _NAMED]
    return [*own, *names, *_BESIDE]


def row(kind: RecordKind, record: RecordBody) -> list[str | int | float]:
    """The cells of one record."""
    values: dict[str, Any] = {
        **record.fields,
        **{f"{column}_name": name for column, name in record.names.items()},
        "id": record.id,
        "status": record.status,
        "visibility": record.visibility,
        "extracted_by": record.extracted_by,
        "sources": " ; ".join(_source(source) for source in record.sources),
        "quote": " ; ".join(source.quote for source in record.sources if source.quote),
    }
    return [_cell(values.get(column)) for column in columns(kind)]


def safe(text: str) -> str:
    """`text` as a cell that no spreadsheet computes."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def csv_lines(kind: RecordKind, records: Iterable[RecordBody]) -> Iterator[str]:
    """A CSV file, a line at a time, beginning with the names of its columns."""
    yield _BOM + _line(columns(kind))
    for record in records:
        yield _line(row(kind, record))


def xlsx(kind: RecordKind, records: Iterable[RecordBody]) -> bytes:
    """An Excel workbook with one sheet, named like the kind."""
    return _workbook([(kind, [columns(kind), *(row(kind, record) for record in records)])])


def template(kind: RecordKind, form: SheetFormat) -> bytes:
    """An empty file of a kind; its second row, which is passed over, says what to write where."""
    own = list(columns_of(kind).values())
    head = [*(column.name for column in own), *_PROVENANCE]
    hints = [*(_hint(column) for column in own), *_PROVENANCE_HINTS]
    hints[0] = f"# {hints[0]}"
    if form == "csv":
        return (_BOM + _line(head) + _line(hints)).encode()
    return _workbook([(kind, [head, hints])])


_PROVENANCE_HINTS: Final = (
    "document that says it; empty: this file is the source",
    "label of its paragraph, such as 8(b)",
    "the figure, date or name as printed there",
)
_HINTS: Final = {
    "name": "a name in any of the six languages, an ISO code, or an id such as organization:fao",
    "names": "names, between semicolons",
    "exact": "a number in units, such as 150000000",
    "date": "2024, 2024-06 or 2024-06-14",
    "unit": "ha, km2, %, t, year, day, or what is counted",
    "currency": "ISO code, such as USD",
    "text": "text",
}


def _hint(column: Column) -> str:
    if column.name == "id":
        return "your own id: a row with a known id takes its place; empty: made from the row"
    if column.name == "part_of":
        return "id of the record whose figure already includes this one"
    if column.name == "perhaps_part_of":
        return "id of a record whose figure may include this one"
    said = " | ".join(column.words) if column.type == "word" else _HINTS[column.type]
    return f"{said} (required)" if column.required else said


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    return value if isinstance(value, int | float) else safe(str(value))


def _source(source: RecordSourceBody) -> str:
    anchor = " ".join(source.anchor.split()).replace(" ; ", ", ")
    return f"{source.document_id} ¶ {source.paragraph} @ {anchor}"


def _line(cells: Sequence[str | int | float]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _workbook(sheets: Sequence[tuple[str, Sequence[Sequence[str | int | float]]]]) -> bytes:
    # Only for who wants one: it takes a while to import.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for cells in rows:
            written = []
            for value in cells:
                if isinstance(value, str):
                    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value))
                    cell.data_type = "s"
                    written.append(cell)
                else:
                    written.append(value)
            sheet.append(written)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
