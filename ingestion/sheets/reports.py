"""What was read of a file of records, and why a row of it was not stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.records.kinds import RecordKind
from kb.records.record import Record


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was not stored. `row` is as a reader of the file counts, from 1 for its first
    line; in JSON, the first object is 1. `column` is its name in the file, None for the whole row.
    """

    row: int
    column: str | None
    cause: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where in its file a record stands; `column` is the one that names its paragraph."""

    row: int
    column: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file of records says. `places` has each record by its id."""

    records: tuple[Record, ...]
    errors: tuple[RowError, ...]
    kinds: tuple[RecordKind, ...]
    places: Mapping[str, RowPlace] = field(default_factory=dict)
