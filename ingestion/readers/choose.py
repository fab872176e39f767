"""One door for all formats: the reader is chosen by what the file is."""

from pathlib import Path

from ingestion.blocks import Source
from ingestion.readers.docx import read_docx
from ingestion.readers.html import read_html
from ingestion.readers.limits import ReadLimits
from ingestion.readers.opening import SUFFIXES, check_inside, check_kind, read_bytes
from ingestion.readers.pdf import read_pdf
from ingestion.readers.text import read_text

__all__ = ["SUFFIXES", "ReadLimits", "check_inside", "read_source"]


def read_source(path: Path, limits: ReadLimits) -> Source:
    """The blocks of the file at `path`.

    Raises UnreadableFile, with the cause and the remedy in one line, when it cannot become a
    document: nothing of it is to be kept then.
    """
    content = read_bytes(path, limits)
    match check_kind(path.suffix, content):
        case "pdf":
            return read_pdf(content, limits)
        case "docx":
            return read_docx(content, limits)
        case "html":
            return read_html(content)
        case _:
            return read_text(content, path.suffix.lower())
