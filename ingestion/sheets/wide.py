"""Boards of progress: one row a country, one column an activity, in each cell how far it has come.

Each cell is a Party's participation in the programme, with the activity and, in its role, the
state; and of each activity it is counted how many countries have come how far, as milestones.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from ingestion.sheets.cells import date_of, name_in, text_of, word_of
from ingestion.sheets.grids import AnyCell, Formula, Grid, GridRow
from ingestion.sheets.headers import is_named, language_of
from ingestion.sheets.reports import RowError
from kb.documents import Visibility
from kb.languages import Language
from kb.records.columns import columns_of
from kb.records.kinds import Milestone, Participation, Statement
from kb.records.record import Anchor, Record
from kb.records.room import MADE
from kb.records.sources import ROW
from kb.terms import load_terms

_FEWEST_ACTIVITIES: Final = 2
_MOSTLY: Final = 0.6  # of the cells of a column of states say a state; the others are faults
_COUNTED: Final = "term:country"
_ROLES: Final[Mapping[str, str]] = {
    "completed": "completed",
    "in_progress": "participant",
    "not_started": "planned",
}
_WORDS: Final = columns_of("milestones")["progress"].words


@dataclass(frozen=True, slots=True)
class Board:
    """Where in the rows of a grid a board's columns stand, by index."""

    party: int
    activities: tuple[int, ...]
    programme: int | None
    as_of: int | None
    language: Language


def board_of(grid: Grid) -> Board | None:
    """The board that a grid is; None for any other table."""
    parties = [place for place, header in enumerate(grid.headers) if is_named(header, "party")]
    if len(parties) != 1:
        return None
    activities = tuple(
        place
        for place, header in enumerate(grid.headers)
        if place != parties[0] and header.strip() and _states(grid, place)
    )
    if len(activities) < _FEWEST_ACTIVITIES:
        return None
    return Board(
        parties[0],
        activities,
        _first(grid.headers, "programme", "initiative"),
        _first(grid.headers, "as_of"),
        language_of(grid.headers),
    )


def read_board(
    grid: Grid, board: Board, file: str, visibility: Visibility
) -> Iterator[tuple[int, Record | list[RowError]]]:
    """The records of a board, each with the number of its row, and the faults of its cells.

    An activity of which a cell cannot be read is not counted: its count would be wrong.
    """
    reader = _BoardReader(grid, board, file, visibility)
    for row in grid.rows:
        for result in reader.row(row):
            yield row.number, result
    yield from reader.counts()


class _BoardReader:
    def __init__(self, grid: Grid, board: Board, file: str, visibility: Visibility) -> None:
        self._grid, self._board, self._file = grid, board, file
        self._visibility = visibility
        self._sheet = grid.title
        self._own = _programme_named(grid.title or Path(file).stem)
        self._seen: dict[tuple[str, str], int] = {}
        self._unsure: set[tuple[str, int]] = set()
        self._found: dict[tuple[str, int, str, str | None], list[tuple[int, Anchor]]] = {}
        self._rows: dict[str, int] = {}

    def row(self, row: GridRow) -> Iterator[Record | list[RowError]]:
        """A record for each state that the row says, or the faults that keep it out."""
        try:
            country = text_of(_cell(row, self._board.party))
            if country is None:
                raise ValueError("is empty")
            party = name_in(country, "party")
        except ValueError as fault:
            self._doubt(self._own)
            yield [self._error(row, self._board.party, str(fault))]
            return
        try:
            programme = self._programme(row)
            as_of = self._as_of(row)
        except _CellFault as fault:
            self._doubt(self._own)
            yield [self._error(row, fault.place, str(fault))]
            return
        earlier = self._seen.setdefault((programme, party), row.number)
        if earlier != row.number:
            cause = f"the country stands in row {earlier} already"
            yield [self._error(row, self._board.party, cause)]
            return
        self._rows[programme] = self._rows.get(programme, 0) + 1
        for place in self._board.activities:
            try:
                cell = text_of(_cell(row, place))
                state = word_of(cell, "progress", _WORDS) if cell else None
            except ValueError as fault:
                self._unsure.add((programme, place))
                yield [self._error(row, place, str(fault))]
                continue
            if state is not None and cell is not None:
                yield self._participation(row, party, programme, place, state, cell, as_of)

    def counts(self) -> Iterator[tuple[int, Record]]:
        """How many countries have come how far in each activity that could be read whole."""
        for (programme, place, state, as_of), cells in self._found.items():
            if (programme, place) in self._unsure:
                continue
            fields = {
                "programme": programme,
                "activity": self._activity(place),
                "progress": state,
                "value": Decimal(len(cells)),
                "unit": _COUNTED,
                "of": Decimal(self._rows[programme]),
                "as_of": as_of,
            }
            sources = tuple(anchor for _, anchor in cells)
            yield cells[0][0], self._record(Milestone, fields, sources)

    def _doubt(self, programme: str) -> None:
        """A country that cannot be read leaves every count of its board unsure."""
        self._unsure.update((programme, place) for place in self._board.activities)
        self._unsure.update((one, place) for one, place, _, _ in self._found)

    def _participation(
        self,
        row: GridRow,
        party: str,
        programme: str,
        place: int,
        state: str,
        cell: str,
        as_of: str | None,
    ) -> Record:
        country = text_of(_cell(row, self._board.party))
        where = f"{ROW}{row.number}" + (f" of {self._sheet}" if self._sheet else "")
        words = f"{country} | {self._grid.headers[place]}: {cell}"
        anchor = Anchor(self._file, where, words)
        key = (programme, place, state, as_of)
        self._found.setdefault(key, []).append((row.number, anchor))
        fields = {
            "party": party,
            "programme": programme,
            "role": _ROLES[state],
            "activity": self._activity(place),
        }
        return self._record(Participation, fields, (anchor,))

    def _record(
        self, kind: type[Statement], fields: Mapping[str, object], sources: tuple[Anchor, ...]
    ) -> Record:
        said = [f"{name}={fields[name]}" for name in sorted(fields)]
        key = "\n".join([kind.kind, self._file, *said])
        made = f"{MADE}{hashlib.sha256(key.encode()).hexdigest()[:24]}"
        statement = kind.model_validate({**fields, "id": made})
        return Record(statement, sources, "reviewed", self._visibility, self._file)

    def _activity(self, place: int) -> str:
        return name_in(" ".join(self._grid.headers[place].split()), "activity")

    def _programme(self, row: GridRow) -> str:
        place = self._board.programme
        if place is None:
            return self._own
        try:
            written = text_of(_cell(row, place))
            return name_in(written, "programme") if written else self._own
        except ValueError as fault:
            raise _CellFault(place, str(fault)) from fault

    def _as_of(self, row: GridRow) -> str | None:
        place = self._board.as_of
        if place is None:
            return None
        try:
            return date_of(_cell(row, place), self._board.language)
        except ValueError as fault:
            raise _CellFault(place, str(fault)) from fault

    def _error(self, row: GridRow, place: int, cause: str) -> RowError:
        return RowError(row.number, self._grid.headers[place], cause, self._sheet)


class _CellFault(ValueError):
    """A cell beside the states that cannot be read."""

    def __init__(self, place: int, cause: str) -> None:
        super().__init__(cause)
        self.place = place


def _states(grid: Grid, place: int) -> bool:
    """Whether the cells of a column say how far something has come."""
    said = [cell for row in grid.rows if _text(cell := _cell(row, place))]
    good = sum(_is_state(cell) for cell in said)
    header = grid.headers[place]
    if any(is_named(header, column) for column in ("progress", "state", "stage", "status")):
        return False
    return bool(said) and good >= _MOSTLY * len(said)


def _text(cell: AnyCell) -> str:
    if isinstance(cell, Formula):
        return cell.text
    return "" if cell is None else str(cell).strip()


def _is_state(cell: AnyCell) -> bool:
    try:
        written = text_of(cell)
        return written is not None and bool(word_of(written, "progress", _WORDS))
    except ValueError:
        return False


def _cell(row: GridRow, place: int) -> AnyCell:
    return row.cells[place] if place < len(row.cells) else None


def _first(headers: Sequence[str], *columns: str) -> int | None:
    return next(
        (n for column in columns for n, header in enumerate(headers) if is_named(header, column)),
        None,
    )


def _programme_named(title: str) -> str:
    """The programme that the name of a sheet or file says, as one that is known if it can be."""
    written = " ".join(title.replace("_", " ").split())
    named = {m.concept_id for m in load_terms().find(written) if m.kind == "initiative"}
    return named.pop() if len(named) == 1 else f"name:{written}"
