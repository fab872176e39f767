"""Cells with spans made into plain rows, for HTML and Word tables alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.readers.layout_tables import Rows
from ingestion.readers.plain_tables import even_rows

MOST_COLUMNS: Final = 200
_MOST_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


def expanded(table: Iterable[Sequence[Cell]]) -> Rows:
    """The rows with every spanned place filled with the cell's text, all equally long.

    A cell that is alone in its row (a group's title) is not repeated along the row.
    """
    rows: list[list[str]] = []
    pending: dict[int, tuple[str, int]] = {}  # column → text, rows still to fill
    for cells in table:
        carried, pending = pending, {}
        row: list[str] = []
        waiting = list(cells)
        alone = len(waiting) == 1 and not carried
        while waiting or any(column >= len(row) for column in carried):
            column = len(row)
            if column >= MOST_COLUMNS:
                break
            if column in carried:
                text, left = carried[column]
                row.append(text)
                if left > 1:
                    pending[column] = (text, left - 1)
            elif waiting:
                cell = waiting.pop(0)
                for offset in range(max(1, min(cell.columns, MOST_COLUMNS - column))):
                    row.append(cell.text if offset == 0 or not alone else "")
                    if cell.rows > 1:
                        pending[column + offset] = (cell.text, min(cell.rows - 1, _MOST_ROWS))
            else:
                row.append("")
        rows.append(row)
    return even_rows([row for row in rows if any(cell.strip() for cell in row)])
