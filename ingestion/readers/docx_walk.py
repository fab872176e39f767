"""The walk through a Word document that makes its blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block
from ingestion.readers.docx_notes import note_bodies, note_numbers
from ingestion.readers.docx_numbering import Numbering
from ingestion.readers.docx_package import Package, R, W, is_on, value
from ingestion.readers.docx_runs import (
    PAGE_BREAK,
    ParagraphText,
    RunReader,
    is_deleted_mark,
    is_page_break_before,
)
from ingestion.readers.docx_styles import Styles
from ingestion.readers.docx_tables import has_inner_borders, table_rows
from ingestion.readers.layout_tables import (
    Rows,
    as_lines,
    is_contents,
    is_masthead,
    is_numbered_list,
)
from ingestion.readers.line_shape import breaks_off, is_short_title
from ingestion.readers.marks import footnote_body
from kb.errors import UnreadableFile

_MASTHEAD_BLOCKS: Final = 15  # a table among the first blocks may be a masthead
_MASTHEAD_ROWS: Final = 3
_MASTHEAD_LENGTH: Final = 600  # characters
_CONTAINERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


class DocumentWalk:
    """Walks one document; call `blocks` once, then `notes`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        body = package.document().find(W + "body")
        if body is None:
            raise UnreadableFile("a Word document without a body; open and save it in Word")
        self._body = body
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._runs = RunReader(self._styles, note_numbers(package, body))
        self._note_bodies = note_bodies(package)
        self._found: list[Block] = []
        self._carried = ""  # text of a paragraph whose end a tracked change took away
        self._left_out = 0

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the document in reading order."""
        self._header_of_first_page()
        self._children(self._body)
        return tuple(self._found)

    def notes(self) -> tuple[str, ...]:
        """What was left out, and why."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[str]:
        if self._runs.deletions or self._runs.insertions:
            yield (
                f"tracked changes: {self._runs.deletions} deleted passages left out, "
                f"{self._runs.insertions} inserted ones kept"
            )
        if self._left_out:
            yield f"{self._left_out} embedded files left out"

    def _header_of_first_page(self) -> None:
        section = next(iter(self._body.iter(W + "sectPr")), None)
        if section is None:
            return
        kind = "first" if is_on(section.find(W + "titlePg")) else "default"
        for reference in section.iter(W + "headerReference"):
            if value(reference, "type") == kind:
                header = self._package.by_id(reference.get(R + "id") or "")
                if header is not None:
                    self._header(header)

    def _header(self, header: etree._Element) -> None:
        for paragraph in header.iter(W + "p"):
            for line in re.split(r"[\n\t\f]+", self._runs.read(paragraph).text):
                if line.strip() and not re.fullmatch(r"[\W\d]*", line.strip()):
                    self._found.append(Block("text", line.strip()))

    def _children(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tbl":
                self._table(element)
            elif element.tag == W + "altChunk":
                self._left_out += 1
            elif element.tag in _CONTAINERS:
                self._children(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        found = self._runs.read(paragraph)
        found.text, self._carried = self._carried + found.text, ""
        if is_deleted_mark(paragraph):
            self._carried = found.text
            return
        if is_page_break_before(paragraph) and self._found:
            self._found.append(Block("page_break"))
        place = self._numbering.place(paragraph)
        number = self._numbering.number(place) if place else None
        level = self._styles.heading_level(paragraph)
        depth = place.level if place else None
        if found.text.strip():
            self._lines(found, number, level, depth)
        elif PAGE_BREAK in found.text:
            self._found.append(Block("page_break"))
        self._found += (Block("image", text) for text in found.images)
        self._footnotes([found])
        for box in found.boxes:
            self._children(box)

    def _lines(
        self, found: ParagraphText, number: str | None, level: int | None, depth: int | None
    ) -> None:
        if level is None and found.bold and _is_heading_like(found.text):
            level = 0
        if level is not None:
            text = re.sub(r"\s*[\n\f]\s*", " ", found.text).strip()
            self._found.append(Block("heading", text, level=level, number=number))
            return
        if body := footnote_body(found.text):
            self._found.append(Block("footnote", body[1], number=body[0]))
            return
        if len(self._found) < _MASTHEAD_BLOCKS and "\t" in found.text:
            cells = tuple(cell.strip() for cell in found.text.split("\t") if cell.strip())
            if is_masthead((cells,)):
                self._found += (Block("text", cell) for cell in cells)
                return
        for part_index, page in enumerate(found.text.split(PAGE_BREAK)):
            if part_index:
                self._cut_page()
            lines = [line.strip(" ") for line in page.split("\n")]
            for index, line in enumerate(lines):
                if not line.strip():
                    continue
                more = any(rest.strip() for rest in lines[index + 1 :])
                runs_on = more and breaks_off(line)
                self._found.append(
                    Block("text", line, number=number, indent=depth, complete=not runs_on)
                )
                number = None

    def _cut_page(self) -> None:
        """A page break inside of a paragraph: what stands before it may go on behind it."""
        if self._found and self._found[-1].kind == "text":
            self._found[-1] = replace(self._found[-1], complete=False)
        if self._found:
            self._found.append(Block("page_break"))

    def _footnotes(self, paragraphs: Sequence[ParagraphText]) -> None:
        """The bodies of the notes whose marks stand in `paragraphs`."""
        for part, note_id, number in (note for found in paragraphs for note in found.notes):
            element = self._note_bodies.get((part, note_id))
            if element is not None:
                text = self._plain(element, [])
                text = re.sub(rf"^\s*{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}\s*", "", text)
                text = re.sub(rf"^{re.escape(number)}\s+", "", text)
                self._found.append(Block("footnote", text, number=number))

    def _plain(self, parent: etree._Element, read: list[ParagraphText]) -> str:
        """The paragraphs under `parent` as lines, automatic numbers in front; adds them to
        `read`."""
        lines = []
        for paragraph in parent.iter(W + "p"):
            place = self._numbering.place(paragraph)
            number = self._numbering.number(place) if place else None
            found = self._runs.read(paragraph)
            read.append(found)
            text = found.text.replace(PAGE_BREAK, " ").strip()
            if text:
                lines.append(f"{number} {text}" if number else text)
        return "\n".join(lines)

    def _table(self, table: etree._Element) -> None:
        read: list[ParagraphText] = []
        rows = table_rows(table, lambda cell: self._plain(cell, read))
        if rows:
            self._place_table(table, rows)
        for found in read:
            for box in found.boxes:
                self._children(box)
        self._footnotes(read)

    def _place_table(self, table: etree._Element, rows: Rows) -> None:
        before = self._found[-1].text if self._found else None
        if is_contents(rows, before):
            self._add_lines(as_lines(rows))
        elif len(rows[0]) == 1 or self._is_masthead(table, rows):
            self._add_lines(_cells_once(rows))
        elif is_numbered_list(rows):
            self._add_lines([" ".join(cell for cell in row if cell) for row in rows])
        else:
            self._found.append(Block("table", rows=rows))

    def _is_masthead(self, table: etree._Element, rows: Rows) -> bool:
        if len(self._found) > _MASTHEAD_BLOCKS:
            return False
        length = sum(len(cell) for row in rows for cell in row)
        bare = not has_inner_borders(table, self._styles)
        small = len(rows) <= _MASTHEAD_ROWS and length < _MASTHEAD_LENGTH
        return is_masthead(rows) or (bare and small)

    def _add_lines(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._found += (Block("text", line) for line in text.split("\n") if line.strip())


def _cells_once(rows: Rows) -> list[str]:
    """The cells row by row, one that spans several places once."""
    found: list[str] = []
    for row in rows:
        found += (cell for index, cell in enumerate(row) if cell and cell not in row[:index])
    return list(dict.fromkeys(found))


def _is_heading_like(text: str) -> bool:
    """Short and without a final mark."""
    return is_short_title(text) and "\t" not in text[12:]
