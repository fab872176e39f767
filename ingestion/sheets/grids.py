"""Files of rows as grids of cells: CSV, XLSX, JSON."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ingestion.readers.limits import MEGABYTE, ReadLimits
from ingestion.readers.opening import read_bytes
from kb.errors import UnreadableFile

SUFFIXES: Final = frozenset({".csv", ".xlsx", ".json"})
COMMENT: Final = "#"  # begins a row that is no record, as in the templates
_SAMPLE: Final = 8_192  # characters that tell the separator
_MOST_COLUMNS: Final = 500
_HEADER_WITHIN: Final = 20  # rows of a sheet, under a title perhaps

Cell = str | int | float | Decimal | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that a spreadsheet computes, with what it last came to."""

    text: str
    value: Cell


AnyCell = Cell | Formula


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `number` is its place in the file as a reader counts it, from 1."""

    number: int
    cells: tuple[AnyCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file; `title` is the name of the sheet, or of the list in a JSON object."""

    title: str | None
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]


def read_grids(path: Path, limits: ReadLimits) -> tuple[Grid, ...]:
    """The tables of the file at `path`; rows without any content and comments are left out.

    Raises UnreadableFile when it is not of the form that its name promises.
    """
    content = read_bytes(path, limits)
    match path.suffix.lower():
        case ".csv":
            return (_from_csv(content),)
        case ".xlsx":
            return tuple(_from_xlsx(content, limits))
        case _:
            return tuple(_from_json(content))


def _from_csv(content: bytes) -> Grid:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile("is not UTF-8; save it as CSV UTF-8") from None
        text = content.decode("utf-16", errors="replace")
    if "\0" in text:
        raise UnreadableFile("holds NUL characters; save it as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    lines: list[tuple[int, list[str]]] = []
    begun = 1
    try:
        for cells in reader:
            lines.append((begun, cells))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"line {reader.line_num} is no CSV: {error}") from error
    return _grid(None, lines)


def _separator(text: str) -> str:
    """The separator of the first line that has one; spreadsheets of many countries write ";"."""
    for line in text[:_SAMPLE].splitlines():
        counts = {mark: line.count(mark) for mark in (",", ";", "\t")}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


def _from_xlsx(content: bytes, limits: ReadLimits) -> Iterator[Grid]:
    # Only for who has such a file: it takes a while to import.
    from openpyxl import load_workbook

    _refuse_bomb(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheets = [
            (sheet.title, [(n, list(row)) for n, row in enumerate(sheet.values, start=1)])
            for sheet in book.worksheets
        ]
        book.close()
        if any(_is_formula(cell) for _, rows in sheets for _, row in rows for cell in row):
            values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for (_, rows), sheet in zip(sheets, values.worksheets, strict=True):
                for (_, row), shown in zip(rows, sheet.values, strict=False):
                    row[:] = [
                        Formula(cell, value) if _is_formula(cell) else cell
                        for cell, value in zip(row, shown, strict=False)
                    ]
            values.close()
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFile("is no Excel workbook, or is damaged; save it again") from error
    for title, rows in sheets:
        if any(cell is not None for _, row in rows for cell in row):
            yield _grid(title, rows)


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith("=") and len(cell) > 1


def _refuse_bomb(content: bytes, limits: ReadLimits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile("is no Excel workbook, or is damaged; save it again") from error
    if size > limits.max_unpacked_bytes:
        raise UnreadableFile(
            f"unpacks to {size // MEGABYTE} MB; raise LANDBRIEF_MAX_UNPACKED_MB if you trust it"
        )


def _from_json(content: bytes) -> Iterator[Grid]:
    try:
        value: Any = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise UnreadableFile("is not UTF-8; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"is not JSON ({error})") from error
    if isinstance(value, list):
        yield _of_objects(None, value)
    elif isinstance(value, dict) and isinstance(value.get("items"), list):
        yield _of_objects(None, value["items"])
    elif isinstance(value, dict) and any(isinstance(part, list) for part in value.values()):
        for title, part in value.items():
            if isinstance(part, list):
                yield _of_objects(title, part)
    else:
        raise UnreadableFile("is no list of records; give a JSON list of objects")


def _of_objects(title: str | None, items: Sequence[Any]) -> Grid:
    if not all(isinstance(item, dict) for item in items):
        raise UnreadableFile("is no list of records; give a JSON list of objects")
    headers = tuple(dict.fromkeys(name for item in items for name in item))
    rows = tuple(
        GridRow(number, tuple(_flat(item.get(name)) for name in headers))
        for number, item in enumerate(items, start=1)
    )
    return Grid(title, headers, rows)


def _flat(value: Any) -> Cell:
    """A JSON value as one cell: sources as the export writes them, lists between semicolons."""
    if isinstance(value, list):
        return " ; ".join(_source(one) if isinstance(one, Mapping) else str(one) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str | int | float | Decimal | bool) or value is None:
        return value
    return str(value)


def _source(value: Mapping[str, Any]) -> str:
    where = f"{value.get('document_id', '')} ¶ {value.get('paragraph', '')}"
    return f"{where} @ {value.get('anchor') or value.get('quote') or ''}"


def _grid(title: str | None, lines: Sequence[tuple[int, Sequence[Any]]]) -> Grid:
    """The rows under the headers: the fullest of the first rows that hold only text."""
    head, widest = 0, 0
    for place, (_, cells) in enumerate(lines[:_HEADER_WITHIN]):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        filled = [cell for cell in cells if cell is not None and cell != ""]
        if len(texts) == len(filled) and len(texts) > widest and not _is_comment(cells):
            head, widest = place, len(texts)
            if len(texts) > 1:
                break
    if not widest:
        raise UnreadableFile("has no row of column names; see landbrief records template KIND")
    if len(lines[head][1]) > _MOST_COLUMNS:
        raise UnreadableFile(f"has more than {_MOST_COLUMNS} columns")
    headers = tuple("" if cell is None else str(cell).strip() for cell in lines[head][1])
    rows = tuple(
        GridRow(number, tuple(cells))
        for number, cells in lines[head + 1 :]
        if not _is_comment(cells) and any(cell is not None and str(cell).strip() for cell in cells)
    )
    return Grid(title, headers, rows)


def _is_comment(cells: Sequence[Any]) -> bool:
    return bool(cells) and isinstance(cells[0], str) and cells[0].lstrip().startswith(COMMENT)
