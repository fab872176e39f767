"""A plain PDF of many pages, for the reader to work on."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

_LINES: Final = 44
_COLUMNS: Final = 88
_LINE_MM: Final = 5.6


def write_pdf(path: Path, texts: Sequence[str], pages: int) -> Path:
    """Numbered paragraphs, over and over, until `pages` pages are full.

    Raises ModuleNotFoundError where fpdf2, a development dependency, is not installed.
    """
    from fpdf import FPDF

    paper = FPDF(format="A4")
    paper.set_auto_page_break(False)
    lines: list[str] = []
    number = 0
    for page in range(pages):
        while len(lines) < _LINES:
            number += 1
            text = texts[(number - 1) % len(texts)]
            lines += [*wrap(f"{number}. {text}", _COLUMNS), ""]
        paper.add_page()
        paper.set_font("Times", size=11)
        for row, line in enumerate(lines[:_LINES]):
            latin = line.encode("latin-1", "replace").decode("latin-1")
            paper.text(22, 24 + _LINE_MM * row, latin)
        paper.text(103, 284, str(page + 1))
        lines = lines[_LINES:]
    paper.output(str(path))
    return path
