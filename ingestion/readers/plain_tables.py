"""Tables written with tabs, bars or aligned columns among the lines of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.readers.inline_markup import plain
from ingestion.readers.layout_tables import Rows

_BARS = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_GRID_RULE = re.compile(r"\s*\+[-=+:]+\+\s*")
# A number or letter, a tab and its text: a paragraph, a heading or a list item.
_NUMBERED = re.compile(
    r"\s*(?:\(?\w{1,5}[.)\-–]|(?=\S*\d)[\w.\-]{1,8}|[^\W\d_]{3,8}\s?[-–.])\t[^\t]*[^\W\d][^\t]*"
)
_GAP = re.compile(r" {2,}")
_LEADER = re.compile(r"[.…·]{4,}")
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 3


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Rows of cells and the number of lines that they took."""

    rows: Rows
    lines: int


def table_at(lines: Sequence[str], start: int) -> FoundTable | None:
    """The table that begins at `lines[start]`, or None."""
    return _barred(lines, start) or _tabbed(lines, start) or _aligned(lines, start)


def _barred(lines: Sequence[str], start: int) -> FoundTable | None:
    outer = bool(_BARS.fullmatch(lines[start]) or _GRID_RULE.fullmatch(lines[start]))
    inner = (
        start + 1 < len(lines)
        and "|" in lines[start]
        and "|" in lines[start + 1]
        and _RULE.fullmatch(lines[start + 1]) is not None
    )
    if not outer and not inner:
        return None
    end = start
    while end < len(lines) and ("|" in lines[end] or _GRID_RULE.fullmatch(lines[end])):
        end += 1
    rows = [
        _bar_cells(line)
        for line in lines[start:end]
        if not _RULE.fullmatch(line) and not _GRID_RULE.fullmatch(line)
    ]
    if end - start < 2 or not rows or max(map(len, rows)) < 2:
        return None
    return FoundTable(even_rows(rows), end - start)


def _bar_cells(line: str) -> list[str]:
    body = line.strip().removeprefix("|")
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    cells = re.split(r"(?<!\\)\|", body)
    return [plain(re.sub(r"<br\s*/?>", "\n", cell.strip())) for cell in cells]


def _tabbed(lines: Sequence[str], start: int) -> FoundTable | None:
    end = start
    while end < len(lines) and "\t" in lines[end].strip("\n\t "):
        if _NUMBERED.fullmatch(lines[end]):
            break
        end += 1
    # The first column's heading may be empty, the last cells of a row as well.
    if end - start < 2:
        return None
    rows = [
        [plain(cell.strip()) for cell in line.rstrip().split("\t")] for line in lines[start:end]
    ]
    counts = [len(row) for row in rows]
    usual = max(set(counts), key=lambda n: (counts.count(n), n))
    if usual < 2 or counts.count(usual) < 0.6 * len(counts) or max(counts) > usual + 2:
        return None
    return FoundTable(even_rows(rows), end - start)


def _aligned(lines: Sequence[str], start: int) -> FoundTable | None:
    """Three lines or more of as many cells, three or more, with wide gaps between them.

    Lines with leaders belong to a table of contents, and numbered ones to the text.
    """
    end = start
    rows: list[list[str]] = []
    while end < len(lines):
        cells = _GAP.split(lines[end].strip())
        if len(cells) < _FEWEST_COLUMNS or (rows and len(cells) != len(rows[0])):
            break
        if _LEADER.search(lines[end]) or not all(cells):
            break
        rows.append([plain(cell) for cell in cells])
        end += 1
    if len(rows) < _FEWEST_ROWS:
        return None
    return FoundTable(even_rows(rows), end - start)


def even_rows(rows: Sequence[Sequence[str]]) -> Rows:
    """The rows, short ones filled with empty cells, columns that are empty throughout left out."""
    columns = max(map(len, rows), default=0)
    full = [[*row, *[""] * (columns - len(row))] for row in rows]
    kept = [c for c in range(columns) if any(row[c].strip() for row in full)]
    return tuple(tuple(row[c] for c in kept) for row in full)
