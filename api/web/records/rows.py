"""Pages of rows as a grid shows them: text alone, ready for the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.desk import Desk
from api.schemas import RecordBody, RecordSourceBody
from api.web.records.asked import Asked
from api.web.records.cells import Cell, Reading
from api.web.records.columns import COLUMNS
from api.web.reference import Reference, cited, short_form
from kb.languages import Language

PAGE: Final = 60
"""Rows fetched at once."""
_MOST_MARKS: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph that a row rests on; `reference` is None where nothing can be opened."""

    text: str
    reference: Reference | None
    sentence: str
    citation: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a grid: a cell for each of its kind's columns. `more` marks are left out."""

    id: str
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]
    more: int
    is_candidate: bool

    @property
    def data(self) -> Mapping[str, Any]:
        """What the browser gets."""
        return {
            "cells": [[cell.text, cell.before, cell.after, cell.note] for cell in self.cells],
            "marks": [
                [
                    mark.text,
                    mark.reference is not None,
                    mark.sentence,
                    (mark.reference.language if mark.reference else None) or "",
                    mark.citation,
                ]
                for mark in self.marks
            ],
            "more": self.more,
            "candidate": self.is_candidate,
        }


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows, in order; `next_cursor` asks for those after them."""

    rows: tuple[Row, ...]
    next_cursor: str | None


def row_page(desk: Desk, asked: Asked, language: Language, cursor: str | None = None) -> RowPage:
    """A page of rows. Raises InvalidQuery."""
    found = desk.records(asked.request(language, limit=PAGE, cursor=cursor))
    return RowPage(tuple(row_of(one, language) for one in found.items), found.next_cursor)


def row_of(record: RecordBody, language: Language) -> Row:
    """One record as a row."""
    reading = Reading(record, language)
    marks = _marks(record.sources, language)
    return Row(
        record.id,
        tuple(column.cell(reading) for column in COLUMNS[record.kind]),
        marks[:_MOST_MARKS],
        max(0, len(marks) - _MOST_MARKS),
        record.status == "candidate",
    )


def _marks(sources: Sequence[RecordSourceBody], language: Language) -> tuple[Mark, ...]:
    found: dict[str, Mark] = {}
    for one in sources:
        mark = _mark(one, language)
        found.setdefault(mark.text, mark)
    return tuple(found.values())


def _mark(source: RecordSourceBody, language: Language) -> Mark:
    if source.status in ("file", "not_held"):
        named = source.symbol or source.session or source.document_id
        return Mark(f"{named}, {source.paragraph}", None, source.quote or "", "")
    text = short_form(source.paragraph, source.symbol, source.session, source.document_id, language)
    return Mark(text, cited(source), source.quote or "", source.label or "")
