"""The walk through an HTML page that makes its blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from ingestion.blocks import Block
from ingestion.readers.clean import clean_text
from ingestion.readers.html_footnotes import page_notes
from ingestion.readers.html_inline import BLOCKS, Inline, is_dropped, page_styles, tidy
from ingestion.readers.layout_tables import as_lines, is_contents, is_masthead, is_numbered_list
from ingestion.readers.line_shape import breaks_off, is_short_title
from ingestion.readers.marks import footnote_body
from ingestion.readers.markup_tables import Cell, expanded
from ingestion.readers.numerals import web_number
from ingestion.readers.text_lines import LineReader

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_LITERAL_NUMBER = re.compile(
    r"\s*[(（]?(?P<core>\d{1,3}|[^\W\d_]{1,4})(?:[.)）、](?!\d)|\s?[-–—]\s)"
)
_LONG_CELL: Final = 600  # characters; a cell of a layout table holds whole paragraphs


@dataclass(slots=True)
class _List:
    form: str
    number: int
    step: int


class PageWalk:
    """Walks one page; call `blocks` once."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._notes = page_notes(root)
        self._inline = Inline(page_styles(root), self._notes.marks, self._notes.back)
        self._holds_blocks = _elements_with_blocks(root)
        self._found: list[Block] = []
        self._lists: list[_List] = []
        self._number: str | None = None

    def blocks(self) -> Iterator[Block]:
        """The blocks of the page in reading order."""
        body = self._root.find(".//body")
        self._children(self._root if body is None else body)
        yield from self._found

    def _visit(self, element: HtmlElement) -> None:
        tag = element.tag
        if is_dropped(element) or element in self._notes.back:
            return
        if element in self._notes.bodies:
            self._footnote(element)
        elif tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif element.get("role") == "heading":
            level = element.get("aria-level", "")
            self._heading(element, int(level) if level.isdecimal() else 2)
        elif tag in ("ol", "ul", "menu", "dir"):
            self._list(element)
        elif tag == "li":
            self._item(element)
        elif tag == "table":
            self._table(element)
        elif tag == "pre":
            self._preformatted(element)
        elif tag != "hr":
            self._children(element)

    def _children(self, element: HtmlElement) -> None:
        """Blocks of what stands in `element`: runs of inline content, and blocks between them."""
        bold = element.tag in ("p", "div", "li", "td") and self._inline.is_bold(element)
        parts = [clean_text(element.text or "")]
        for child in element:
            inline = child.tag not in BLOCKS and child not in self._holds_blocks
            if inline and child not in self._notes.bodies:
                self._inline.add(child, parts)
                self._images(child)
            else:
                self._flush(parts, bold=bold)
                self._visit(child)
            parts.append(clean_text(child.tail or ""))
        self._flush(parts, bold=bold)

    def _flush(self, parts: list[str], *, bold: bool = False) -> None:
        """The inline content gathered so far as blocks; a line break ends one."""
        raw = "".join(parts)
        parts.clear()
        pieces = [tidy(piece) for piece in raw.split("\v")]
        for index, text in enumerate(pieces):
            if not text:
                continue
            following = pieces[index + 1] if index + 1 < len(pieces) else ""
            self._add_text(text, following, bold=bold)

    def _add_text(self, text: str, following: str, *, bold: bool) -> None:
        if body := footnote_body(text):
            self._found.append(Block("footnote", body[1], number=body[0]))
            return
        number, self._number = self._number, None
        if number and _is_written_out(number, text):
            number = None
        if bold and not number and is_short_title(text):
            self._found.append(Block("heading", text, level=0))
            return
        runs_on = bool(following) and breaks_off(text)
        depth = len(self._lists) or None
        self._found.append(Block("text", text, number=number, indent=depth, complete=not runs_on))

    def _images(self, element: HtmlElement) -> None:
        for image in element.iter("img"):
            alt = tidy(clean_text(image.get("alt") or ""))
            self._found.append(Block("image", alt.replace("\n", " ")))

    def _heading(self, element: HtmlElement, level: int) -> None:
        text = self._inline.text(element).replace("\n", " ")
        self._number = None
        if text:
            self._found.append(Block("heading", text, level=level))

    def _footnote(self, element: HtmlElement) -> None:
        number = self._notes.bodies[element]
        text = self._inline.text(element)
        if body := footnote_body(text):
            text = body[1]
        text = re.sub(rf"^\s*[\[(]?{re.escape(number)}[\])]?[.:]?\s+(?=\S)", "", text)
        self._number = None
        self._found.append(Block("footnote", text, number=number))

    def _list(self, element: HtmlElement) -> None:
        form, start, step = "bullet", element.get("start", ""), 1
        if element.tag == "ol":
            form = _style_form(element) or element.get("type") or "1"
            if element.get("reversed") is not None:
                step = -1
                start = start or str(sum(child.tag == "li" for child in element))
        first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        outer, self._number = self._number, None
        self._lists.append(_List(form, first, step))
        if outer:  # "1. (a) …": the number of an item that begins with a list is its own line
            self._found.append(Block("text", "", number=outer, indent=len(self._lists) - 1))
        self._children(element)
        self._lists.pop()
        self._number = None

    def _item(self, element: HtmlElement) -> None:
        if not self._lists:
            self._children(element)
            return
        current = self._lists[-1]
        value = element.get("value", "")
        if re.fullmatch(r"-?\d{1,6}", value):
            current.number = int(value)
        form = _style_form(element) or element.get("type") or current.form
        if form in ("bullet", "disc", "circle", "square"):
            self._number = "•"
        else:
            self._number = web_number(form, current.number)
        current.number += current.step
        self._children(element)
        self._number = None

    def _preformatted(self, element: HtmlElement) -> None:
        lines = clean_text(element.text_content()).split("\n")
        self._found += LineReader(lines, markdown=False).blocks()

    def _table(self, element: HtmlElement) -> None:
        number, self._number = self._number, None
        rows = [
            [cell for cell in row if cell.tag in ("td", "th")]
            for row in element.iter("tr")
            if next(row.iterancestors("table")) is element and not is_dropped(row)
        ]
        if _is_layout(element, rows):
            for row in rows:
                for cell in row:
                    self._children(cell)
            return
        caption = element.find("caption")
        if caption is not None and (text := self._inline.text(caption)):
            self._found.append(Block("text", text.replace("\n", " ")))
        cells = [[self._cell(cell) for cell in row] for row in rows]
        found = expanded(cells)
        if not found:
            return
        before = self._found[-1].text if self._found else None
        if is_contents(found, before):
            self._found += (Block("text", line) for line in as_lines(found))
        elif is_numbered_list(found):
            self._found += (Block("text", " ".join(filter(None, row))) for row in found)
        elif len(self._found) < 12 and is_masthead(found):
            for line in (line for row in rows for cell in row for line in self._lines(cell)):
                self._found.append(Block("text", line))
        elif len(found[0]) == 1:
            self._found += (
                Block("text", line) for row in found for line in row[0].split("\n") if line
            )
        else:
            self._found.append(Block("table", rows=found, number=number))

    def _cell(self, cell: HtmlElement) -> Cell:
        return Cell(self._inline.text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))

    def _lines(self, cell: HtmlElement) -> list[str]:
        return [line for line in self._inline.text(cell).split("\n") if line]


def _is_layout(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    """Whether a table only places things: it holds tables, headings, lists or long passages."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(".//th") is not None or table.find("caption") is not None:
        return False
    if any(
        True
        for tag in ("table", "h1", "h2", "h3", "ol", "pre")
        for _ in table.iter(tag)
        if _ is not table
    ):
        return True
    lengths = [len(cell.text_content()) for row in rows for cell in row]
    return bool(lengths) and (len(lengths) == 1 or max(lengths) > _LONG_CELL * len(rows))


def _is_written_out(number: str, text: str) -> bool:
    """Whether the text of a list item begins with its own number; any, where the list has none."""
    match = _LITERAL_NUMBER.match(text)
    return match is not None and (number == "•" or match["core"] == number.strip("().、"))


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return int(value) if re.fullmatch(r"\d{1,4}", value) and int(value) else 1


def _style_form(element: HtmlElement) -> str | None:
    match = _LIST_STYLE.search(element.get("style") or "")
    return match[1].lower() if match else None


def _elements_with_blocks(root: HtmlElement) -> frozenset[HtmlElement]:
    """Every element, such as a span or a link, with a block somewhere inside of it."""
    found: set[HtmlElement] = set()
    for element in root.iter():
        if element.tag in BLOCKS:
            for ancestor in element.iterancestors():
                if ancestor in found:
                    break
                found.add(ancestor)
    return frozenset(found)
