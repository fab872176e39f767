"""Rows of a Word table."""

from collections.abc import Callable, Iterator

from lxml import etree

from ingestion.readers.docx_package import W, value
from ingestion.readers.docx_styles import Styles
from ingestion.readers.layout_tables import Rows
from ingestion.readers.markup_tables import MOST_COLUMNS
from ingestion.readers.plain_tables import even_rows


def table_rows(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Rows:
    """The rows, merged cells filled with their text; `text_of` reads a `w:tc` element.

    A cell that is alone in its row (a group's title) is not repeated along the row.
    """
    rows: list[list[str]] = []
    above: dict[int, str] = {}  # text of the merged cell that reaches down in each column
    for element in _rows(table):
        if element.find(f"{W}trPr/{W}del") is not None:
            continue
        row = [""] * _count(element.find(f"{W}trPr/{W}gridBefore"), default=0)
        reaching: dict[int, str] = {}
        cells = list(_cells(element))
        for cell in cells:
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and value(merged) != "restart"
            text = above.get(len(row), "") if goes_on else text_of(cell)
            for offset in range(_count(cell.find(f"{W}tcPr/{W}gridSpan"), default=1)):
                if merged is not None:
                    reaching[len(row)] = text
                row.append(text if offset == 0 or len(cells) > 1 else "")
        above = reaching
        rows.append(row)
    return even_rows([row for row in rows if any(cell.strip() for cell in row)])


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == W + "tr":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(element)


def _count(element: etree._Element | None, *, default: int) -> int:
    text = value(element) or ""
    return min(int(text), MOST_COLUMNS) if text.isdecimal() else default


def has_inner_borders(table: etree._Element, styles: Styles) -> bool:
    """Whether lines are drawn between the columns of a table, as a table of data has."""
    inside = table.find(f"{W}tblPr/{W}tblBorders/{W}insideV")
    if inside is None:
        style = value(table.find(f"{W}tblPr/{W}tblStyle"))
        inside = styles.property(style, "tblPr/tblBorders/insideV")
    if inside is not None:
        return value(inside) not in ("nil", "none")
    sides = (side for name in ("left", "right") for side in table.iter(W + name))
    return any(
        side.getparent().tag == W + "tcBorders" and value(side) not in (None, "nil", "none")
        for side in sides
    )
