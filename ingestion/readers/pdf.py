"""PDF files: glyphs to lines, lines to paragraphs, tables and footnotes, page by page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingestion.blocks import Block, Source
from ingestion.readers.clean import clean_line
from ingestion.readers.joining import LineJoiner
from ingestion.readers.layout_tables import as_lines, is_contents, is_masthead, is_numbered_list
from ingestion.readers.legible import check_legible
from ingestion.readers.limits import ReadLimits
from ingestion.readers.pdf_aligned import aligned_tables
from ingestion.readers.pdf_cells import PageTable
from ingestion.readers.pdf_columns import flows_of, gutter_of
from ingestion.readers.pdf_direction import ReadingOrder, in_reading_order, reading_order
from ingestion.readers.pdf_footnotes import Note, joined_notes, split_notes
from ingestion.readers.pdf_furniture import (
    Margin,
    furniture_of,
    is_page_number,
    is_plain_furniture,
    margins_of,
)
from ingestion.readers.pdf_glyphs import PageGlyphs, Rectangle, document_title, open_pages
from ingestion.readers.pdf_lines import Line, lines_of
from ingestion.readers.pdf_paragraphs import Layout, ParagraphBuilder, layout_of, without_leaders
from ingestion.readers.pdf_ruled import ruled_tables
from kb.errors import UnreadableFile

_TRAILER: Final = 2048  # bytes at the end of a file among which its end mark must stand
_CHARACTERS_OF_A_PAGE: Final = 20  # fewer than these, on a page that is a picture: a scan
_SCAN_SHARE: Final = 0.4  # of the page's area
_JUNK_TITLE = re.compile(
    r"\s*|untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|wpd|rtf|tmp)|document\d*"
    r"|\d{5,}\w*|.{0,3}",
    re.IGNORECASE,
)
_CONTINUED = re.compile(
    r"continued|suite|continuaci[óo]n|continúa|продолжение|续|續|تابع", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    horizontal: tuple[Rectangle, ...]
    vertical: tuple[Rectangle, ...]
    is_scan: bool


def read_pdf(content: bytes, limits: ReadLimits) -> Source:
    """The blocks of a PDF.

    Raises UnreadableFile when it is locked, damaged, cut short, scanned without text, garbled or
    longer than the limits allow.
    """
    _check_end(content)
    pages = [_page(glyphs) for glyphs in open_pages(content, limits.max_pages)]
    _check_text(pages)
    order = reading_order([line for page in pages for line in page.lines])
    pages = [_oriented(page, order) for page in pages]
    running, bare_pages = _without_furniture(pages)
    blocks = [Block("text", text, page=1) for text in running] + _Assembly(bare_pages).blocks()
    title = clean_line(document_title(content) or "")
    return Source(
        "application/pdf",
        tuple(blocks),
        title=None if _JUNK_TITLE.fullmatch(title) else title,
        notes=tuple(_notes(pages)),
    )


def _check_end(content: bytes) -> None:
    """A PDF ends with a mark; a reader would repair a cut file and silently lose its last pages."""
    end = content.rstrip(b"\x00 \r\n\t")[-_TRAILER:]
    if b"%%EOF" not in end and b"startxref" not in end:
        raise UnreadableFile("cut short: the end of the PDF is missing; get the file again")


def _page(glyphs: PageGlyphs) -> _Page:
    scan = len(glyphs.characters) < _CHARACTERS_OF_A_PAGE and glyphs.image_share > _SCAN_SHARE
    return _Page(
        glyphs.number,
        glyphs.width,
        glyphs.height,
        tuple(lines_of(glyphs)),
        glyphs.horizontal_rules,
        glyphs.vertical_rules,
        scan,
    )


def _check_text(pages: Sequence[_Page]) -> None:
    text = "\n".join(line.text for page in pages for line in page.lines)
    scans = sum(page.is_scan for page in pages)
    if scans and (scans == len(pages) or len(text) < _CHARACTERS_OF_A_PAGE * len(pages)):
        raise UnreadableFile("scanned pages without text; run OCR first, for example with ocrmypdf")
    if not any(character.isalnum() for character in text):
        raise UnreadableFile(
            "a PDF without text (empty pages, or letters drawn as shapes); run OCR first"
        )
    check_legible(text)


def _notes(pages: Sequence[_Page]) -> Iterator[str]:
    scans = [str(page.number) for page in pages if page.is_scan]
    if scans:
        word = "page" if len(scans) == 1 else "pages"
        yield f"{word} {', '.join(scans)}: scanned without text, left out; run OCR to read them"


def _oriented(page: _Page, order: ReadingOrder) -> _Page:
    """The page with logical text, mirrored where it is read from right to left."""
    lines = tuple(in_reading_order(line, order, page.width) for line in page.lines)
    if not order.right_to_left:
        return replace(page, lines=lines)

    def mirrored(box: Rectangle) -> Rectangle:
        return page.width - box[2], box[1], page.width - box[0], box[3]

    return replace(
        page,
        lines=lines,
        horizontal=tuple(map(mirrored, page.horizontal)),
        vertical=tuple(map(mirrored, page.vertical)),
    )


def _without_furniture(pages: Sequence[_Page]) -> tuple[tuple[str, ...], list[_Page]]:
    """The running title at the top of page 1, if there is one, and the pages without furniture."""
    margins: list[Margin] = []
    for page in pages:
        places = [(line.baseline, line.size, line.text) for line in page.lines]
        margins += margins_of(page.number, places, page.height)
    furniture = furniture_of(margins, len(pages))
    tops = {(m.page, m.place): m.text for m in margins if m.top and m.page == 1}
    running = tuple(
        text
        for place, text in sorted(tops.items())
        if place in furniture and not is_page_number(text) and not is_plain_furniture(text)
    )
    return running, [
        replace(
            page,
            lines=tuple(
                line
                for place, line in enumerate(page.lines)
                if (page.number, place) not in furniture
            ),
        )
        for page in pages
    ]


class _Assembly:
    """Puts the pages of one document together; call `blocks` once."""

    def __init__(self, pages: Sequence[_Page]) -> None:
        self._pages = pages
        self._joiner = LineJoiner(line.text for page in pages for line in page.lines)
        self._layout: Layout = layout_of([page.lines for page in pages])
        self._gutter: float | None = None  # of the page before
        self._open_separators: tuple[float, ...] = ()  # of a table that the page cut

    def blocks(self) -> list[Block]:
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
        return _joined_tables(bodies, pages)

    def _body(self, page: _Page, lines: Sequence[Line]) -> list[Block]:
        layout = self._layout
        tables = ruled_tables(lines, page.horizontal, page.vertical, self._joiner)
        taken = {index for table in tables for index in table.lines}
        rest = [line for index, line in enumerate(lines) if index not in taken]
        blocks: list[Block] = []
        waiting = list(tables)
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


def _joined_tables(bodies: Sequence[list[Block]], notes: Sequence[list[Block]]) -> list[Block]:
    """The pages one after the other, page breaks between, a table cut by a page made one again."""
    blocks: list[Block] = []
    for index, (body, footnotes) in enumerate(zip(bodies, notes, strict=True)):
        if index:
            blocks.append(Block("page_break", page=index))
        first = _first_table(body)
        last = _last_body(blocks) if first is not None and index else None
        if first is not None and last is not None and _same_columns(blocks[last], body[first]):
            blocks[last] = _longer(blocks[last], body[first])
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


def _longer(first: Block, second: Block) -> Block:
    rows = second.rows[1:] if second.rows[0] == first.rows[0] else second.rows
    return replace(first, rows=(*first.rows, *rows))
