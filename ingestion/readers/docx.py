"""Word documents, read from their XML."""

import re
from typing import Final

from ingestion.blocks import Source
from ingestion.readers.clean import clean_line
from ingestion.readers.docx_package import Package
from ingestion.readers.docx_walk import DocumentWalk
from ingestion.readers.legible import check_legible
from ingestion.readers.limits import ReadLimits
from kb.errors import UnreadableFile

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_JUNK_TITLE = re.compile(r"\s*|word document|document\d*|untitled|microsoft word.*", re.IGNORECASE)


def read_docx(content: bytes, limits: ReadLimits) -> Source:
    """The blocks of a Word document: what is printed, in order, with the numbers that Word
    computes when it shows them.

    Raises UnreadableFile when it is locked, damaged, empty, garbled or a zip bomb.
    """
    package = Package(content, limits)
    walk = DocumentWalk(package)
    blocks = walk.blocks()
    text = "\n".join(
        part for block in blocks for part in (block.text, *(c for row in block.rows for c in row))
    )
    if not text.strip():
        raise UnreadableFile("a document without text; if it holds pictures of pages, run OCR")
    check_legible(text)
    return Source(MEDIA_TYPE, blocks, title=_title(package), notes=walk.notes())


def _title(package: Package) -> str | None:
    root = package.core_properties()
    element = root.find(_TITLE) if root is not None else None
    title = clean_line(element.text or "") if element is not None else ""
    return None if _JUNK_TITLE.fullmatch(title) else title
