"""Captions of tables and figures, legends, and cells that a conversion damaged."""

import re
from collections.abc import Sequence
from functools import cache

from ingestion.pieces import is_title_like
from ingestion.words import words
from kb.documents import Amendment, Table
from kb.references import plain_digits

_LEGEND = re.compile(r"[(（]?[A-Z][A-Za-z0-9 .]{1,18}\s?[:：]\s?\S")
_TRAILING_LEGEND = re.compile(r"[(（][A-Z][A-Za-z0-9 .]{1,18}\s?[:：]\s?[^()（）]*[)）]$")
_DAMAGED_SHARE = re.compile(r"\((\d{1,4}) (\d{1,3})\)")
_COUNT_AND_SHARE = re.compile(r"\d{1,4} ?\(\d{1,3} ?%\)")


def caption_number(text: str, role: str) -> tuple[str, str] | None:
    """(number, rest of the line) of "Table 3" or "Figure 2. Title"; None for other text.

    `role` is "table" or "figure". A sentence that begins with such a reference is no caption.
    """
    if not is_title_like(text):
        return None
    match = _caption(role).fullmatch(plain_digits(text).strip())
    if match is None:
        return None
    return match["number"].replace("-", "."), text.strip()[match.start("rest") :].strip()


@cache
def _caption(role: str) -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in words(role))
    return re.compile(
        rf"(?:{names})\s?(?P<number>\d{{1,3}}(?:[.-]\d{{1,2}})?|[IVX]{{1,5}})"
        r"(?:\s?[.:：–—-]\s*|\s+|$)(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def is_legend(text: str) -> bool:
    """Whether a line under a picture spells out its abbreviations."""
    return bool(_LEGEND.match(text)) and len(text) < 400


def split_legend(caption: str) -> tuple[str, str]:
    """A caption and the legend in brackets that a reader put on its line; "" without one."""
    match = _TRAILING_LEGEND.search(caption)
    if match is None or not match.start():
        return caption, ""
    return caption[: match.start()].rstrip(), match.group()


def is_chart_line(text: str) -> bool:
    """Whether a line is what a chart prints of its axes and bars: figures and hardly a word."""
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    return is_title_like(text) and digits > letters and digits > 1


def amended_table(table: Table) -> tuple[Table, tuple[Amendment, ...]]:
    """The table with damaged cells read, and what was read.

    "(18 100)" in a column of counts with shares, "16 (89%)", is a damaged "18 (100%)".
    """
    amendments: list[Amendment] = []
    rows = [list(row) for row in table.rows]
    for column in range(len(table.columns)):
        cells = [row[column] for row in rows]
        if not any(_COUNT_AND_SHARE.fullmatch(cell.strip()) for cell in cells):
            continue
        for index, cell in enumerate(cells):
            match = _DAMAGED_SHARE.fullmatch(cell.strip())
            if match and int(match[2]) <= 100:
                reading = f"{match[1]} ({match[2]}%)"
                rows[index][column] = reading
                amendments.append(Amendment("reading", table.row_label(index), cell, reading))
    if not amendments:
        return table, ()
    fixed = Table(
        table.label, table.caption, table.columns, tuple(map(tuple, rows)), table.heading_path,
        table.note,
    )  # fmt: skip
    return fixed, tuple(amendments)


def even_rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows padded to one width, cells stripped."""
    width = max(len(row) for row in rows)
    return tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
