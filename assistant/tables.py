"""Tables row by row, as their passages print them: "row | heading: cell | heading: cell"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.evidence import Source, source_of
from assistant.knowledge import Knowledge
from kb.errors import NotFound
from kb.passages import Passage
from kb.quantities import TIME_KINDS, Quantity, find_quantities

_ROW: Final = re.compile(r"^(?P<table>.+), row (?P<row>\d+)$")
_BAR: Final = " | "
_HEADED: Final = re.compile(r"^(?P<heading>.+?)[:：]\s*(?P<cell>.*)$", re.DOTALL)
_NEGATIVE: Final = re.compile(r"^\s*(?:\(\s*[\d.,\s]+\)|[-−–]\s?\d)")
_MOST_ROWS: Final = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a row; offsets count in the row's text."""

    heading: str
    quantity: Quantity
    negative: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is of, and its cells that hold a figure."""

    source: Source
    name: str
    cells: tuple[Cell, ...]

    def cell(self, heading: str) -> Cell | None:
        """The cell under `heading`."""
        return next((c for c in self.cells if c.heading == heading), None)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table in one text of a document."""

    document_id: str
    label: str
    caption: str
    heading_path: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of columns with figures, in order."""
        return tuple(dict.fromkeys(c.heading for row in self.rows for c in row.cells))

    def total_of(self, heading: str) -> Row | None:
        """The last row, where it is the sum of all others in that column: a printed total."""
        *parts, last = self.rows
        cells = [row.cell(heading) for row in parts]
        whole = last.cell(heading)
        if whole is None or len(parts) < 2 or not all(cells):
            return None
        added = sum(-c.quantity.value if c.negative else c.quantity.value for c in cells if c)
        return last if added == whole.quantity.value else None


def table_label(label: str) -> str | None:
    """The table of a row's label; None where it is none."""
    match = _ROW.match(label)
    return match["table"] if match else None


def read_row(source: Source) -> Row | None:
    """The row of a passage; None where it is not printed in cells with headings."""
    text = source.passage.text
    first, *others = text.split(_BAR)
    if source.passage.kind != "table_row" or not others or "\n" in text.strip():
        return None
    return Row(source, first.strip(), tuple(_cells(source.passage, len(first), others)))


def _cells(passage: Passage, at: int, cells: Sequence[str]) -> Iterator[Cell]:
    quantities = find_quantities(passage.text, passage.language)
    for piece in cells:
        at += len(_BAR)
        match = _HEADED.match(piece)
        if match:
            start, end = at + match.start("cell"), at + len(piece)
            inside = [q for q in quantities if start <= q.start and q.end <= end]
            if inside and inside[0].kind not in TIME_KINDS and inside[0].qualifier == "exact":
                negative = bool(_NEGATIVE.match(match["cell"]))
                yield Cell(match["heading"].strip(), inside[0], negative)
        at += len(piece)


def read_table(kb: Knowledge, row: Passage) -> Table | None:
    """The table that the passage is a row of, in the same text; None where it cannot be read."""
    label = table_label(row.label)
    if label is None:
        return None
    rows: list[Row] = []
    for number in range(1, _MOST_ROWS):
        passage = _same_text(kb, row, f"{label}, row {number}")
        if passage is None:
            break
        read = read_row(source_of(kb, passage))
        if read is None:
            return None
        rows.append(read)
    if len(rows) < 2:
        return None
    whole = _same_text(kb, row, label)
    caption = whole.text.split("\n", 1)[0] if whole else ""
    return Table(row.document_id, label, caption, row.heading_path, tuple(rows))


def _same_text(kb: Knowledge, like: Passage, label: str) -> Passage | None:
    try:
        found = kb.passage(like.document_id, label, language=like.language, edition=like.edition)
    except NotFound:
        return None
    same = (found.language, found.edition, found.version) == (
        like.language,
        like.edition,
        like.version,
    )
    return found if same else None
