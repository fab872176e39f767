"""A plain PDF of many pages, for the reader to work on."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

_LINES: Final = 44
_COLUMNS: Final = 88


def write_pdf(path: Path, texts: Sequence[str], pages: int) -> Path:
    """Numbered paragraphs, over and over, until `pages` pages are full.

    Raises ModuleNotFoundError where reportlab, a development dependency, is not installed.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4)
    lines: list[str] = []
    number = 0
    for page in range(pages):
        while len(lines) < _LINES:
            number += 1
            text = texts[(number - 1) % len(texts)]
            lines += [*wrap(f"{number}. {text}", _COLUMNS), ""]
        canvas.setFont("Times-Roman", 11)
        for row, line in enumerate(lines[:_LINES]):
            canvas.drawString(
                60, 780 - 16 * row, line.encode("latin-1", "replace").decode("latin-1")
            )
        canvas.drawString(290, 40, str(page + 1))
        lines = lines[_LINES:]
        canvas.showPage()
    canvas.save()
    return path
