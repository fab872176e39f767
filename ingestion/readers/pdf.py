"""PDF files: glyphs to lines, lines to paragraphs, tables and footnotes, page by page."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingestion.blocks import Block, Source
from ingestion.readers.clean import clean_line
from ingestion.readers.legible import check_legible
from ingestion.readers.limits import ReadLimits
from ingestion.readers.pdf_assembly import Assembly
from ingestion.readers.pdf_direction import reading_order
from ingestion.readers.pdf_glyphs import document_title, open_pages
from ingestion.readers.pdf_pages import (
    CHARACTERS_OF_A_PAGE,
    Page,
    oriented,
    page_of,
    without_furniture,
)
from kb.errors import UnreadableFile

_TRAILER: Final = 2048  # bytes at the end of a file among which its end mark must stand
_JUNK_TITLE = re.compile(
    r"\s*|untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|wpd|rtf|tmp)|document\d*"
    r"|\d{5,}\w*|.{0,3}",
    re.IGNORECASE,
)


def read_pdf(content: bytes, limits: ReadLimits) -> Source:
    """The blocks of a PDF.

    Raises UnreadableFile when it is locked, damaged, cut short, scanned without text, garbled or
    longer than the limits allow.
    """
    _check_end(content)
    pages = [page_of(glyphs) for glyphs in open_pages(content, limits.max_pages)]
    _check_text(pages)
    order = reading_order([line for page in pages for line in page.lines])
    pages = [oriented(page, order) for page in pages]
    running, bare_pages = without_furniture(pages)
    blocks = [Block("text", text, page=1) for text in running] + Assembly(bare_pages).blocks()
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


def _check_text(pages: Sequence[Page]) -> None:
    text = "\n".join(line.text for page in pages for line in page.lines)
    scans = sum(page.is_scan for page in pages)
    if scans and (scans == len(pages) or len(text) < CHARACTERS_OF_A_PAGE * len(pages)):
        raise UnreadableFile("scanned pages without text; run OCR first, for example with ocrmypdf")
    if not any(character.isalnum() for character in text):
        raise UnreadableFile(
            "a PDF without text (empty pages, or letters drawn as shapes); run OCR first"
        )
    check_legible(text)


def _notes(pages: Sequence[Page]) -> Iterator[str]:
    scans = [str(page.number) for page in pages if page.is_scan]
    if scans:
        word = "page" if len(scans) == 1 else "pages"
        yield f"{word} {', '.join(scans)}: scanned without text, left out; run OCR to read them"
