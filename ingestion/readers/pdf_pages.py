"""Pages of a PDF as lines in reading order, without what is printed on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingestion.readers.pdf_direction import ReadingOrder, in_reading_order
from ingestion.readers.pdf_drawing import Rectangle
from ingestion.readers.pdf_furniture import (
    Margin,
    furniture_of,
    is_page_number,
    is_plain_furniture,
    margins_of,
)
from ingestion.readers.pdf_glyphs import PageGlyphs
from ingestion.readers.pdf_lines import Line
from ingestion.readers.pdf_words import lines_of

CHARACTERS_OF_A_PAGE: Final = 20  # fewer than these, on a page that is a picture: a scan
_SCAN_SHARE: Final = 0.4  # of the page's area


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page from top to bottom, and the ruled lines on it, in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    horizontal: tuple[Rectangle, ...]
    vertical: tuple[Rectangle, ...]
    is_scan: bool


def page_of(glyphs: PageGlyphs) -> Page:
    """The lines of a page in visual order, and whether it is a scan without text."""
    scan = len(glyphs.characters) < CHARACTERS_OF_A_PAGE and glyphs.image_share > _SCAN_SHARE
    return Page(
        glyphs.number,
        glyphs.width,
        glyphs.height,
        tuple(lines_of(glyphs)),
        glyphs.horizontal_rules,
        glyphs.vertical_rules,
        scan,
    )


def oriented(page: Page, order: ReadingOrder) -> Page:
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


def without_furniture(pages: Sequence[Page]) -> tuple[tuple[str, ...], list[Page]]:
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
