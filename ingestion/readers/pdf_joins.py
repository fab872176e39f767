"""Pages put one after the other, with the tables that a page cut made whole."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ingestion.blocks import Block
from ingestion.readers.joining import LineJoiner

_CONTINUED = re.compile(
    r"continued|suite|continuaci[óo]n|continúa|продолжение|续|續|تابع", re.IGNORECASE
)


def joined_pages(
    bodies: Sequence[list[Block]],
    notes: Sequence[list[Block]],
    parts_of_rows: Mapping[int, Collection[int]],
    joiner: LineJoiner,
) -> list[Block]:
    """The pages one after the other, page breaks between, a table cut by a page made one again.

    `parts_of_rows` gives, for a page counted from 1, the rows of its first table that may be the
    rest of a row that the page before began.
    """
    blocks: list[Block] = []
    for index, (body, footnotes) in enumerate(zip(bodies, notes, strict=True)):
        if index:
            blocks.append(Block("page_break", page=index))
        first = _first_table(body)
        last = _last_body(blocks) if first is not None and index else None
        if first is not None and last is not None and _same_columns(blocks[last], body[first]):
            parts = parts_of_rows.get(index + 1, ())
            blocks[last] = _longer(blocks[last], body[first], parts, joiner)
            body = body[first + 1 :]
        blocks += body
        blocks += footnotes
    while blocks and blocks[-1].kind == "page_break":
        blocks.pop()
    return [one for block in blocks for one in _unless_one_row(block)]


def _unless_one_row(block: Block) -> list[Block]:
    """A framed row that no other followed is no table: its cells are lines of text."""
    if block.kind != "table" or len(block.rows) > 1:
        return [block]
    return [Block("text", cell, page=block.page) for cell in block.rows[0] if cell]


def _first_table(body: Sequence[Block]) -> int | None:
    """Index of a table that begins a page, but for a line that says "continued"."""
    for index, block in enumerate(body[:3]):
        if block.kind == "table":
            return index
        if len(block.text) > 120 or not _CONTINUED.search(block.text):
            return None
    return None


def _last_body(blocks: Sequence[Block]) -> int | None:
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind == "table":
            return index
        if blocks[index].kind not in ("page_break", "footnote"):
            return None
    return None


def _same_columns(first: Block, second: Block) -> bool:
    return len(first.rows[0]) == len(second.rows[0])


def _longer(first: Block, second: Block, parts: Collection[int], joiner: LineJoiner) -> Block:
    """Both parts of a table, without the heading that the second repeats; a row of it that is in
    `parts` and comes first ends the last row of the first."""
    start = 1 if second.rows[0] == first.rows[0] else 0
    rows = second.rows[start:]
    if start not in parts or not rows:
        return replace(first, rows=(*first.rows, *rows))
    cells = zip(first.rows[-1], rows[0], strict=True)
    mended = tuple(joiner.join(above, below) for above, below in cells)
    return replace(first, rows=(*first.rows[:-1], mended, *rows[1:]))
