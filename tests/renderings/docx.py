"""Renders a document as a Word file: automatic numbers, real footnotes, headers, footers.

`numbers`: "automatic" leaves every number to Word's lists, as UN templates do, wherever a list can
spell it (Arabic heading numbers are words and stay typed); "typed" types each with a tab.
`summary`: "boxed" puts it into a framed table of one cell, "plain" into paragraphs.
`page_breaks`: manual breaks inside some paragraphs. (Word goes on with the same paragraph after
one; LibreOffice numbers the rest anew, so leave them out of files that it is to convert.)
"""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from docx import Document
from docx.shared import Mm, Pt

from .model import (
    Annex,
    Contents,
    Figure,
    FlowItem,
    Heading,
    Para,
    RenderedDocument,
    SubParagraph,
    Table,
    plain,
    spans,
)
from .word_lists import WordLists
from .word_parts import (
    add_footnotes,
    element,
    field,
    footnote_reference,
    page_break,
    right_to_left,
)
from .word_parts import number as list_number
from .word_styles import add_styles, bar_chart, tab_stops

Numbers = Literal["automatic", "typed"]
Summary = Literal["boxed", "plain"]

_FIXED_TIME: Final = (2026, 1, 1, 0, 0, 0)
_BREAK_EVERY: Final = 6  # every sixth numbered paragraph that is long enough holds a page break
_LONG: Final = 60  # characters, and of Han characters
_LONG_HAN: Final = 24


def render_docx(
    document: RenderedDocument,
    path: Path,
    *,
    numbers: Numbers = "automatic",
    summary: Summary = "boxed",
    page_breaks: bool = True,
) -> None:
    """Writes `document` to `path`."""
    buffer = BytesIO()
    _Writing(document, numbers, summary, page_breaks).write().save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as fixed:
        for name in sorted(made.namelist()):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, made.read(name))


class _Writing:
    def __init__(
        self, document: RenderedDocument, numbers: Numbers, summary: Summary, page_breaks: bool
    ) -> None:
        self.document = document
        self.page_breaks = page_breaks
        self.automatic = numbers == "automatic"
        self.summary = summary
        self.lists = WordLists(document)
        self.word = Document()
        self.paragraphs_met = 0

    def write(self) -> Any:
        """The whole Word document."""
        add_styles(self.word, self.document.language)
        if self._numbered_styles:
            for level in self.lists.heading_formats:
                style = self.word.styles[f"Heading {level}"]
                list_number(style, self.lists.headings, level - 1)
        self._surroundings()
        self._masthead()
        if self.document.contents is not None:
            self._contents(self.document.contents)
        for item in self.document.flow:
            self._item(item)
        self.lists.write(self.word.part.numbering_part.element)
        add_footnotes(self.word, self.document, self.lists.bullets)
        if self.document.right_to_left:
            right_to_left(self.word.element.body)
        return self.word

    @property
    def _numbered_styles(self) -> bool:
        """Whether headings take their numbers from their styles, and hold none themselves."""
        return self.automatic and bool(self.lists.heading_formats)

    @property
    def _long(self) -> int:
        return _LONG_HAN if self.document.language == "zh" else _LONG

    def _surroundings(self) -> None:
        """Page size, headers that differ on left and right pages, footers with page fields."""
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.different_first_page_header_footer = True
        self.word.settings.odd_and_even_pages_header_footer = True
        job = self.document.job_number
        digits = "".join(char for char in job if char.isdigit())
        section.first_page_footer.paragraphs[0].add_run(f"{job}    150626    220626")
        section.first_page_footer.add_paragraph(f"*{digits}*")
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].add_run(self.document.running_header)
        for footer in (section.footer, section.even_page_footer):
            field(footer.paragraphs[0], "PAGE", "2")
            footer.paragraphs[0].add_run("/")
            field(footer.paragraphs[0], "NUMPAGES", "6")
            footer.paragraphs[0].add_run(f"\t{job.partition(' ')[0]}")

    def _masthead(self) -> None:
        masthead = self.document.masthead
        organisation, *convention = masthead.organisation
        table = self.word.add_table(rows=2, cols=2)
        table.cell(0, 0).text = organisation
        table.cell(0, 1).text = self.document.symbol or ""
        table.cell(1, 0).text = "\n".join(convention)
        cell = table.cell(1, 1)
        for index, line in enumerate(masthead.distribution):
            (cell.add_paragraph() if index else cell.paragraphs[0]).add_run(line)
        self._bold(masthead.body)
        self._bold(masthead.session)
        self._text(masthead.place_and_dates)
        for line in masthead.item:
            self._text(line)
        self._bold(masthead.title, size=14)
        if masthead.byline is not None:
            self._bold(masthead.byline, size=12)
        if masthead.summary:
            self._summary(masthead.summary_heading or "", masthead.summary)

    def _summary(self, heading: str, paragraphs: tuple[str, ...]) -> None:
        if self.summary == "plain":
            self._bold(heading, size=12)
            for text in paragraphs:
                self._text(text)
            return
        cell = self.word.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
        cell.paragraphs[0].add_run(heading).bold = True
        for text in paragraphs:
            self._fill(cell.add_paragraph(), text)

    def _contents(self, contents: Contents) -> None:
        heading = self._bold(contents.heading, size=14)
        heading.paragraph_format.page_break_before = True
        columns_shown = len(contents.columns)
        columns = self.word.add_paragraph("\t" + "\t".join(contents.columns))
        tab_stops(columns, columns_shown, numbered=False)
        for entry in contents.entries:
            number_, _, title = entry.text.partition(" ")
            text = f"{number_}\t{title}" if number_[-1] in ".-" else entry.text
            paragraph = self.word.add_paragraph(style=f"TOC {entry.level}")
            tab_stops(paragraph, columns_shown, numbered=True)
            cells = [text, *([entry.paragraphs] if entry.paragraphs else []), entry.page]
            paragraph.add_run("\t".join(cell for cell in cells if cell))

    def _item(self, item: FlowItem) -> None:
        match item:
            case Heading():
                self._heading(item)
            case Para():
                self._para(item)
            case Table():
                self._table(item)
            case Figure():
                self._figure(item)
            case Annex():
                self.lists.restart_paragraphs()
                label = self._fill(self.word.add_paragraph(style="Heading 1"), item.label)
                label.paragraph_format.page_break_before = True
                title = self._fill(self.word.add_paragraph(style="Heading 1"), item.title)
                for paragraph in (label, title):
                    list_number(paragraph, 0)

    def _heading(self, heading: Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {heading.level}")
        if heading.number is None:
            list_number(paragraph, 0)
        elif not self._numbered_styles:
            paragraph.add_run(f"{heading.number}\t")
        self._fill(paragraph, heading.text)

    def _para(self, para: Para) -> None:
        paragraph = self.word.add_paragraph()
        if para.number is not None and self.automatic:
            list_number(paragraph, self.lists.paragraphs)
        elif para.number is not None:
            paragraph.add_run(f"{para.number}\t")
        self.paragraphs_met += 1
        due = self.page_breaks and self.paragraphs_met % _BREAK_EVERY == 0
        broken = due and len(plain(para.text)) >= self._long
        self._fill(paragraph, para.text, broken=broken)
        parts_list = self.lists.parts(para.subparagraphs) if self.automatic else None
        for part in para.subparagraphs:
            self._part(part, parts_list)

    def _part(self, part: SubParagraph, parts_list: int | None) -> None:
        paragraph = self.word.add_paragraph()
        if parts_list is None:
            paragraph.paragraph_format.left_indent = Pt(28 * (part.degree + 1))
            paragraph.add_run(f"{part.mark}\t")
        else:
            list_number(paragraph, parts_list, part.degree - 1)
        self._fill(paragraph, part.text)

    def _table(self, table: Table) -> None:
        self._text(table.label)
        self._bold(table.caption)
        made = self.word.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        for cells in (table.columns, *table.rows):
            row = made.add_row()
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        made.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
        if table.source is not None:
            self._text(table.source)

    def _figure(self, figure: Figure) -> None:
        self._text(figure.label)
        self._bold(figure.caption)
        self.word.add_paragraph().add_run().add_picture(bar_chart(), width=Mm(110))
        if figure.legend is not None:
            self._text(figure.legend)

    def _bold(self, text: str, size: int = 11) -> Any:
        paragraph = self._text(text)
        for run in paragraph.runs:
            run.bold = True
            run.font.size = Pt(size)
        return paragraph

    def _text(self, text: str) -> Any:
        return self._fill(self.word.add_paragraph(), text)

    def _fill(self, paragraph: Any, text: str, *, broken: bool = False) -> Any:
        """Adds `text`, its footnote references and, if `broken`, a page break near its middle."""
        marks = {note.mark: at for at, note in enumerate(self.document.footnotes, start=1)}
        for span in spans(text):
            if span.reference:
                custom = span.text if span.text == "*" else None
                footnote_reference(paragraph, marks[span.text], custom)
                continue
            middle = _middle(span.text) if broken and len(span.text) >= self._long else None
            if middle is None:
                paragraph.add_run(span.text)
            else:
                paragraph.add_run(span.text[:middle])
                page_break(paragraph.add_run())
                paragraph.add_run(span.text[middle:])
                broken = False
        return paragraph


def _middle(text: str) -> int | None:
    """A place near the middle of `text` where a line could end."""
    for at in range(len(text) // 2, len(text)):
        if text[at - 1] == " " or min(text[at - 1 : at + 1]) >= "\u4e00":
            return at
    return None
