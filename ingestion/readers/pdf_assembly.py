"""The pages of one PDF put together: tables, footnotes, columns and paragraphs."""

from collections.abc import Sequence

from ingestion.blocks import Block
from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import as_lines, is_contents, is_masthead, is_numbered_list
from ingestion.readers.pdf_aligned import aligned_tables
from ingestion.readers.pdf_cells import PageTable
from ingestion.readers.pdf_columns import flows_of, gutter_of
from ingestion.readers.pdf_footnotes import Note, joined_notes, split_notes
from ingestion.readers.pdf_joins import joined_pages
from ingestion.readers.pdf_lines import Line
from ingestion.readers.pdf_pages import Page
from ingestion.readers.pdf_paragraphs import Layout, ParagraphBuilder, layout_of, without_leaders
from ingestion.readers.pdf_ruled import ruled_tables


class Assembly:
    """Puts the pages of one document together; call `blocks` once."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._joiner = LineJoiner(line.text for page in pages for line in page.lines)
        self._layout: Layout = layout_of([page.lines for page in pages])
        self._gutter: float | None = None  # of the page before
        self._open_separators: tuple[float, ...] = ()  # of a table that the page cut
        self._parts: dict[int, frozenset[int]] = {}  # of a page's first table, `parts_of_rows`

    def blocks(self) -> list[Block]:
        """The blocks of all pages in reading order."""
        bodies: list[list[Block]] = []
        notes: list[list[Note]] = []
        next_number, open_note = 1, False
        for page in self._pages:
            body, found = split_notes(
                page.lines,
                page.horizontal,
                self._layout.size,
                self._layout.right - self._layout.left,
                self._joiner,
                open_note=open_note,
                next_number=next_number,
            )
            numbers = [int(n.number) for n in found if n.number and n.number.isdecimal()]
            next_number = max([next_number, *(n + 1 for n in numbers)])
            open_note = bool(found) and not found[-1].text.rstrip().endswith((".", "。"))
            notes.append(found)
            bodies.append(self._body(page, body))
        pages = joined_notes(notes, self._joiner)
        return joined_pages(bodies, pages, self._parts, self._joiner)

    def _body(self, page: Page, lines: Sequence[Line]) -> list[Block]:
        layout = self._layout
        tables = ruled_tables(lines, page.horizontal, page.vertical, self._joiner)
        taken = {index for table in tables for index in table.lines}
        rest = [line for index, line in enumerate(lines) if index not in taken]
        blocks: list[Block] = []
        waiting = list(tables)
        if tables:
            self._parts[page.number] = tables[0].parts_of_rows
        flows = flows_of(
            rest,
            layout.left,
            layout.right,
            first_page=page.number == 1,
            gutter=self._gutter,
        )
        self._gutter = gutter_of(rest, layout.left, layout.right, self._gutter)
        for flow in flows:
            right = max(max(line.right for line in flow.lines), 0.0)
            full = right > layout.right - 0.2 * (layout.right - layout.left)
            builder = ParagraphBuilder(layout, self._joiner, layout.right if full else right)
            if flow.masthead:
                blocks += builder.blocks(flow.lines, masthead=True)
                continue
            width = min(
                layout.right - layout.left, max(1.0, right - min(line.left for line in flow.lines))
            )
            found = aligned_tables(
                flow.lines, page.horizontal, width, self._joiner, self._open_separators
            )
            self._open_separators = ()
            if found and not tables and not blocks:
                self._parts[page.number] = found[0].parts_of_rows
            blocks += self._flow(flow.lines, found, waiting, builder, page.number)
            ends = found and len(flow.lines) - 1 in found[-1].lines
            if ends and blocks and blocks[-1].kind == "table":
                self._open_separators = found[-1].separators
        for table in waiting:
            blocks += self._table(table, page.number, blocks)
        return blocks

    def _flow(
        self,
        lines: Sequence[Line],
        aligned: Sequence[PageTable],
        waiting: list[PageTable],
        builder: ParagraphBuilder,
        page: int,
    ) -> list[Block]:
        """Blocks of one flow, tables at their heights."""
        starts = {min(table.lines): table for table in aligned}
        inside = {index for table in aligned for index in table.lines}
        blocks: list[Block] = []
        text: list[Line] = []

        def close() -> None:
            blocks.extend(builder.blocks(text))
            text.clear()

        for index, line in enumerate(lines):
            while waiting and waiting[0].top > line.baseline:
                close()
                blocks += self._table(waiting.pop(0), page, blocks)
            if index in starts:
                close()
                blocks += self._table(starts[index], page, blocks)
            if index not in inside:
                text.append(line)
        close()
        return blocks

    def _table(self, table: PageTable, page: int, before: Sequence[Block]) -> list[Block]:
        """A table's block; a table of contents, a masthead or a numbered list as its lines."""
        rows = table.rows
        if any(is_contents(rows, text) for text in (None, *(b.text for b in before[-3:]))):
            lines = table.printed or as_lines(rows)
            return [Block("text", without_leaders(line), page=page) for line in lines]
        if is_numbered_list(rows):
            return [Block("text", " ".join(filter(None, row)), page=page) for row in rows]
        if page == 1 and len(before) < 15 and is_masthead(rows):
            return [Block("text", cell, page=page) for row in rows for cell in row if cell]
        return [Block("table", rows=rows, page=page)]
