"""Rows of a file as records: each good one whole, each bad one reported."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from ingestion.readers.limits import ReadLimits
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
from ingestion.sheets.grids import AnyCell, Formula, Grid, GridRow, read_grids
from ingestion.sheets.headers import Layout, Measure, default_unit, layout
from ingestion.sheets.reports import RecordFile, RowError, RowPlace
from ingestion.sheets.wide import board_of, read_board
from kb.documents import Visibility
from kb.errors import UnreadableFile
from kb.records.columns import Column, columns_of
from kb.records.kinds import RECORD_KINDS, STATEMENTS, RecordKind
from kb.records.record import Anchor, Record
from kb.records.room import MADE
from kb.records.shipped import anchors
from kb.records.sources import ROW
from kb.references import parse_label

_ID: Final = re.compile(r"[^\W_][\w .:/()\[\],&+-]{0,199}")
_LONGEST_SOURCE: Final = 300  # characters of a row that are kept as its words
_ONE: Final = Decimal(1)
_NAMED_ROWS: Final = 5  # of those that share an id
_LAST_DAYS: Final = frozenset({"deadline", "end", "until", "period_end"})
_DEFAULTS: Final[Mapping[RecordKind, Mapping[str, str]]] = {
    "targets": {"unit": "term:target"},
    "milestones": {"unit": "term:country"},
    "participations": {"role": "participant"},
    "funding": {"purpose": "term:funding"},
}


def read_records(
    path: Path,
    limits: ReadLimits,
    *,
    name: str,
    visibility: Visibility = "public",
    kind: RecordKind | None = None,
) -> RecordFile:
    """The records of the file at `path`, which is called `name` in their sources.

    Raises UnreadableFile when it is no table of records at all.
    """
    grids = read_grids(path, limits)
    readers: list[_Reader | _Board] = []
    for grid in grids:
        board = board_of(grid) if kind in (None, "participations", "milestones") else None
        if board is not None:
            readers.append(_Board(grid, tuple(read_board(grid, board, name, visibility))))
            continue
        parts = _parts(grid, kind, name)
        readers += [_Reader(part, name, visibility, single=len(grids) == 1) for part in parts]
    if not readers:
        raise UnreadableFile("holds no table")
    found: list[tuple[_Reader | _Board, int, Record]] = []
    errors: list[RowError] = []
    for reader in readers:
        for number, result in reader:
            if isinstance(result, Record):
                found.append((reader, number, result))
            else:
                errors += result
    kept, twice = _once(found)
    errors += twice
    order = {reader.sheet: place for place, reader in enumerate(readers)}
    return RecordFile(
        tuple(kept),
        tuple(sorted(errors, key=lambda one: (order.get(one.sheet, 0), one.row))),
        tuple(dict.fromkeys(kind for reader in readers for kind in reader.kinds)),
        {
            record.id: RowPlace(number, reader.paragraph_column, reader.sheet)
            for reader, number, record in found
        },
    )


@dataclass(frozen=True, slots=True)
class _Part:
    grid: Grid
    layout: Layout


def _parts(grid: Grid, kind: RecordKind | None, name: str) -> Iterator[_Part]:
    """The rows of each kind: one, unless a column says the kind of each row."""
    lower = [header.strip().lower() for header in grid.headers]
    if kind is None and "kind" in lower:
        place = lower.index("kind")
        by_kind: dict[str, list[GridRow]] = defaultdict(list)
        for row in grid.rows:
            by_kind[str(row.cells[place] if place < len(row.cells) else "").strip()].append(row)
        for said, rows in by_kind.items():
            known = next((one for one in RECORD_KINDS if one == said), None)
            yield _Part(
                Grid(grid.title, grid.headers, tuple(rows)), layout(grid.headers, known, None)
            )
        return
    hint = grid.title or Path(name).stem
    yield _Part(grid, layout(grid.headers, kind, hint))


@dataclass(frozen=True, slots=True)
class _Board:
    """A board of progress, read."""

    grid: Grid
    results: tuple[tuple[int, Record | list[RowError]], ...]
    kinds: tuple[RecordKind, ...] = ("participations", "milestones")
    paragraph_column: str | None = None

    @property
    def sheet(self) -> str | None:
        """The name of its sheet."""
        return self.grid.title

    def __iter__(self) -> Iterator[tuple[int, Record | list[RowError]]]:
        return iter(self.results)


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, part: _Part, file: str, visibility: Visibility, *, single: bool) -> None:
        self._grid, self._layout = part.grid, part.layout
        self._file = file
        self._visibility = visibility
        self.kind: RecordKind = part.layout.kind
        self.kinds = (self.kind,)
        place = part.layout.places.get("paragraph", part.layout.places.get("sources"))
        self.paragraph_column = part.grid.headers[place] if place is not None else None
        self.sheet = None if single else part.grid.title
        self._columns = tuple(columns_of(self.kind).values())
        self._units = {
            column: default_unit(part.grid.headers[place])
            for column, place in part.layout.places.items()
        }

    def __iter__(self) -> Iterator[tuple[int, Record | list[RowError]]]:
        for row in self._grid.rows:
            yield row.number, self._record(row)

    def _record(self, row: GridRow) -> Record | list[RowError]:
        errors: list[RowError] = []
        fields: dict[str, Any] = {}
        for column in self._columns:
            try:
                self._fill(fields, column, self._cell(row, column.name))
            except ValueError as fault:
                errors.append(self._error(row, column.name, str(fault)))
        try:
            sources = self._sources(row)
        except ValueError as fault:
            errors.append(self._error(row, "paragraph", str(fault)))
            sources = ()
        if errors:
            return errors
        self._complete(fields)
        if not fields.get("id"):
            fields["id"] = _made_id(self.kind, fields, sources)
        try:
            statement = STATEMENTS[self.kind].model_validate(fields)
        except ValidationError as fault:
            return [
                self._error(row, str(one["loc"][0]) if one["loc"] else None, _cause(one["msg"]))
                for one in fault.errors()
            ]
        return Record(statement, sources, "reviewed", self._visibility, self._file)

    def _fill(self, fields: dict[str, Any], column: Column, cell: AnyCell) -> None:
        """What `cell` says, in `fields`; a figure may say its unit, currency and qualifier too."""
        name, language = column.name, self._layout.language
        measure = self._layout.measures.get(name, Measure())
        if column.type == "exact":
            figure = figure_of(cell, language)
            if figure is None:
                return
            fields[name] = figure.value * measure.scale
            beside = {
                "unit": figure.unit or measure.unit or self._units.get(name),
                "currency": figure.currency or measure.currency,
                "qualifier": figure.qualifier if figure.qualifier != "exact" else None,
            }
            if name in ("value", "amount"):
                for other, said in beside.items():
                    if said and any(one.name == other for one in self._columns):
                        fields.setdefault(other, said)
            return
        if column.type == "date":
            date = date_of(cell, language, last=name in _LAST_DAYS)
            if date is not None:
                fields[name] = date
            return
        text = text_of(cell)
        if text is None:
            return
        match column.type:
            case "word":
                fields[name] = word_of(text, name, column.words)
            case "name":
                fields[name] = name_in(text, name)
            case "names":
                fields[name] = names_in(text, name)
            case "unit":
                self._scale(fields, "value", *unit_of(text), "unit")
            case "currency":
                self._scale(fields, "amount", *currency_of(text), "currency")
            case _:
                if name == "id" and not _ID.fullmatch(text):
                    raise ValueError(f'"{text[:40]}" is no id: letters, digits and - . _ : /')
                fields[name] = text

    def _scale(
        self, fields: dict[str, Any], amount: str, scale: Decimal, said: str, name: str
    ) -> None:
        if scale != _ONE and amount in fields:
            fields[amount] *= scale
        known = fields.get(name)
        if known is not None and known != said and known in ("ha", "km2", "%"):
            raise ValueError(f"is {said}, but the figure is in {known}")
        fields[name] = said

    def _complete(self, fields: dict[str, Any]) -> None:
        """What other columns or the kind of the file say in place of an empty cell."""
        if self.kind == "targets":
            if "subject" not in fields and "party" in fields:
                fields["subject"] = fields["party"]
            if "party" not in fields and fields.get("subject", "").startswith("party:"):
                fields["party"] = fields["subject"]
            if "value" not in fields:
                fields["value"] = _ONE
                fields["unit"] = "term:target"
                return
        for name, default in _DEFAULTS.get(self.kind, {}).items():
            if not (self.kind == "targets" and name == "unit"):
                fields.setdefault(name, default)

    def _sources(self, row: GridRow) -> tuple[Anchor, ...]:
        given = text_of(self._cell(row, "sources"))
        document = text_of(self._cell(row, "document_id"))
        if given:
            return anchors(given, document or self._file)
        words = self._words(row)
        if document is None:
            where = f"{ROW}{row.number}" + (f" of {self.sheet}" if self.sheet else "")
            return (Anchor(self._file, where, words),)
        paragraph = text_of(self._cell(row, "paragraph"))
        if paragraph is None:
            raise ValueError(f'is missing: where in "{document}"?')
        label = parse_label(paragraph).text
        return (Anchor(document, label, text_of(self._cell(row, "anchor")) or words),)

    def _words(self, row: GridRow) -> str:
        cells = (cell.value if isinstance(cell, Formula) else cell for cell in row.cells)
        texts = (" ".join(str(cell).split()) for cell in cells if cell is not None)
        return " | ".join(text for text in texts if text)[:_LONGEST_SOURCE]

    def _cell(self, row: GridRow, column: str) -> AnyCell:
        place = self._layout.places.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def _error(self, row: GridRow, column: str | None, cause: str) -> RowError:
        place = self._layout.places.get(column or "")
        shown = self._grid.headers[place] if place is not None else column
        return RowError(row.number, shown, cause, self.sheet)


def _once(
    found: Sequence[tuple[_Reader | _Board, int, Record]],
) -> tuple[list[Record], list[RowError]]:
    """The records whose ids stand once. Of rows that share a given id none is stored, since none
    is known to be the right one; a row that says again what another says is left out."""
    by_id: dict[str, list[tuple[_Reader | _Board, int, Record]]] = defaultdict(list)
    for one in found:
        by_id[one[2].id].append(one)
    kept: list[Record] = []
    errors: list[RowError] = []
    for record_id, some in by_id.items():
        if len(some) == 1:
            kept.append(some[0][2])
            continue
        rows = ", ".join(str(number) for _, number, _ in some[:_NAMED_ROWS])
        if len(some) > _NAMED_ROWS:
            rows += f" and {len(some) - _NAMED_ROWS} more"
        made = record_id.startswith(MADE)
        if made:
            kept.append(some[0][2])
        cause = "say the same" if made else f'have the id "{record_id}"'
        errors += [
            RowError(number, None if made else "id", f"the rows {rows} {cause}", reader.sheet)
            for reader, number, _ in (some[1:] if made else some)
        ]
    return kept, errors


def _made_id(kind: RecordKind, fields: Mapping[str, Any], sources: Iterable[Anchor]) -> str:
    """An id made of what the row says: the same for the same row, wherever in the file."""
    said = [f"{name}={fields[name]}" for name in sorted(fields)]
    places = [
        f"{one.document_id}¶{one.paragraph}" for one in sources if not one.paragraph.startswith(ROW)
    ] or [one.document_id for one in sources]
    digest = hashlib.sha256("\n".join([kind, *said, *places]).encode()).hexdigest()
    return f"{MADE}{digest[:24]}"


def _cause(message: str) -> str:
    """A fault of pydantic's in plain words."""
    if message == "Field required":
        return "is empty"
    return message.removeprefix("Value error, ")
