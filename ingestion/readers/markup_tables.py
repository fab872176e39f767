"""Cells with spans made into plain rows, for HTML and Word tables alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingestion.readers.layout_tables import Rows
from ingestion.readers.plain_tables import even_rows

MOST_COLUMNS = 200
_MOST_ROWS_SPANNED = 2000


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
        row: list[str] = []
        waiting = list(cells)
        alone = len(waiting) == 1 and not pending
        while waiting or any(column >= len(row) for column in pending):
            column = len(row)
            if column >= MOST_COLUMNS:
                break
            if column in pending:
                text, left = pending.pop(column)
                row.append(text)
                if left > 1:
                    pending[column] = (text, left - 1)
                    if not waiting and not any(c > column for c in pending):
                        break
                continue
            if not waiting:
                row.append("")
                continue
            cell = waiting.pop(0)
            span = max(1, min(cell.columns, MOST_COLUMNS - column))
            for offset in range(span):
                row.append(cell.text if offset == 0 or not alone else "")
                if cell.rows > 1:
                    pending[column + offset] = (
                        cell.text,
                        min(cell.rows - 1, _MOST_ROWS_SPANNED),
                    )
        rows.append(row)
    return even_rows([row for row in rows if any(cell.strip() for cell in row)])
