"""What surrounds the text of a PDF: page one, the table of contents, headers and footers."""

from typing import Final

from .flow import MARGIN, Flow
from .model import Contents, ContentsEntry
from .sheet import HEIGHT, WIDTH
from .typeset import Line, Piece, Style

_RIGHT_COLUMN: Final = WIDTH - 175
_SMALL: Final = Style(9, 11.5)
_BARCODE: Final = (1.2, 0.6, 2.0, 0.6, 1.2, 1.2, 0.6, 2.0, 1.2, 0.6, 0.6, 2.0, 0.6, 1.2)


def first_page(flow: Flow, body: Style) -> None:
    """Draws the masthead and the summary at the top of the first page."""
    _columns(flow)
    masthead = flow.document.masthead
    wide = WIDTH - 2 * MARGIN
    bold = Style(body.size, body.leading, bold=True)
    flow.text(masthead.body, Style(11, 14, bold=True), MARGIN, wide)
    flow.text(masthead.session, bold, MARGIN, wide)
    flow.text(masthead.place_and_dates, body, MARGIN, wide)
    for index, line in enumerate(masthead.item):
        flow.text(line, bold if index else body, MARGIN, wide)
    width = flow.right - flow.left
    flow.space(18)
    flow.text(masthead.title, Style(14, 17, bold=True), flow.left, width)
    if masthead.byline is not None:
        flow.space(8)
        flow.text(masthead.byline, Style(12, 15, bold=True), flow.left, width)
    if masthead.summary:
        flow.space(10)
        flow.open_box()
        heading = Style(12, 16, bold=True)
        flow.text(masthead.summary_heading or "", heading, flow.left + width / 2 - 24, width / 2)
        for paragraph in masthead.summary:
            flow.space(6)
            flow.text(paragraph, body, flow.left, width, first=24)
        flow.close_box()


def _columns(flow: Flow) -> None:
    """The two columns: the organisation on the left, symbol and distribution on the right."""
    document = flow.document
    organisation, *convention = document.masthead.organisation
    flow.y = 58
    flow.at(organisation, Style(12, 15), MARGIN)
    if document.symbol is not None:
        flow.at(document.symbol, Style(11, 14), WIDTH - MARGIN, right=True)
    flow.rule(MARGIN, WIDTH - MARGIN, flow.y + 5)
    top = flow.y + 10
    large = Style(16, 19, bold=True)
    for index, line in enumerate(convention):
        flow.at(line, large, MARGIN, y=top + (index + 1) * large.leading)
    for index, line in enumerate(document.masthead.distribution):
        flow.at(line, _SMALL, _RIGHT_COLUMN, y=top + 6 + (index + 1) * _SMALL.leading)
    flow.y = top + max(
        len(convention) * large.leading,
        6 + len(document.masthead.distribution) * _SMALL.leading,
    )
    flow.y += 10
    flow.rule(MARGIN, WIDTH - MARGIN, flow.y, 1.5)
    flow.y += 6


def contents(flow: Flow, table: Contents, body: Style) -> None:
    """Draws the table of contents: dot leaders, then paragraphs and pages."""
    flow.text(table.heading, Style(14, 18, bold=True), MARGIN, WIDTH - 2 * MARGIN)
    columns = [flow.right - 50 * at for at in reversed(range(len(table.columns)))]
    flow.y += 14
    for name, x in zip(table.columns, columns, strict=True):
        flow.at(name, Style(8, 10), x, right=True)
    flow.y += 4
    for entry in table.entries:
        _entry(flow, entry, columns, body)
        flow.y += 3


def _entry(flow: Flow, entry: ContentsEntry, columns: list[float], body: Style) -> None:
    number, _, title = entry.text.partition(" ")
    if number[-1:] not in (".", "-"):
        number, title = "", entry.text
    x = flow.left - 40 + 26 * entry.level
    flow.text(title, body, x, columns[0] - 40 - x, label=number or None, label_x=x - 26)
    if not entry.page:
        return
    last = flow.setter.wrap(title, body, columns[0] - 40 - x)[-1]
    start = x + last.width + 3
    dots = "." * int((columns[0] - 34 - start) / flow.setter.text_width(".", body))
    flow.line(Line((Piece(dots),), 0.0, (), last=True), body, start, flow.y)
    if entry.paragraphs is not None and len(columns) > 1:
        flow.at(entry.paragraphs, body, columns[0], right=True)
    flow.at(entry.page, body, columns[-1], right=True)


def furniture(flow: Flow) -> None:
    """Draws headers and footers, once it is known how many pages there are."""
    document, pages = flow.document, list(flow.pages)
    bottom = HEIGHT - 46
    for number, page in enumerate(pages, start=1):
        flow.pages = [page]
        even = number % 2 == 0
        if number == 1:
            flow.at(f"{document.job_number}    150626    220626", Style(8, 10), MARGIN, y=bottom)
            _barcode(flow, document.job_number, bottom)
            continue
        header = Style(9, 11, bold=document.symbol is not None)
        edge = MARGIN if even else WIDTH - MARGIN
        flow.at(document.running_header, header, edge, y=50, right=not even)
        flow.rule(MARGIN, WIDTH - MARGIN, 55)
        flow.at(f"{number}/{len(pages)}", Style(9, 11, bold=True), edge, y=bottom, right=not even)
        job = document.job_number.partition(" ")[0]
        flow.at(job, Style(7, 9), WIDTH - edge, y=bottom, right=even)
    flow.pages = pages


def _barcode(flow: Flow, job_number: str, y: float) -> None:
    x = WIDTH - MARGIN - 60
    for width in _BARCODE:
        flow.box(x, y - 22, width, 14, filled=True)
        x += width + 2
    digits = "".join(char for char in job_number if char.isdigit())
    flow.at(f"*{digits}*", Style(8, 10), WIDTH - MARGIN - 60, y=y)
