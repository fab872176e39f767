"""Styles, tab stops and the one picture of the DOCX rendering."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image, ImageDraw

from .model import Language

_TOC_NUMBER: Final = (30, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.SPACES)  # points
_TOC_COLUMNS: Final = (
    (355, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS),
    (410, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS),
)
_LOCALES: Final[Mapping[Language, Mapping[str, str]]] = {
    "ar": {"bidi": "ar-SA"},
    "zh": {"eastAsia": "zh-CN"},
    "en": {"val": "en-GB"},
    "fr": {"val": "fr-FR"},
    "ru": {"val": "ru-RU"},
    "es": {"val": "es-ES"},
}


def add_styles(word: Any, language: Language) -> None:
    """Adds the styles that python-docx's template lacks and sets the language of the text."""
    styles = word.styles
    for numbering in list(styles.element.iter(qn("w:numPr"))):
        numbering.getparent().remove(numbering)  # it names lists of python-docx's template
    for setting in styles.element.iter(qn("w:lang")):
        for name, value in _LOCALES[language].items():
            setting.set(qn(f"w:{name}"), value)
    reference = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    note = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    note.font.size = Pt(8)
    for level in (1, 2):
        styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)


def tab_stops(paragraph: Any, columns: int, *, numbered: bool) -> None:
    """Sets the tab stops of a contents line: after its number, then before each column."""
    number = (_TOC_NUMBER,) if numbered else ()
    for position, alignment, leader in (*number, *_TOC_COLUMNS[-columns:]):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(position), alignment, leader)


def bar_chart() -> BytesIO:
    """A PNG picture without text."""
    picture = Image.new("L", (440, 160), 255)
    draw = ImageDraw.Draw(picture)
    for at, height in enumerate((60, 90, 130, 80)):
        draw.rectangle((40 + 100 * at, 160 - height, 90 + 100 * at, 160), fill=150)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    buffer.seek(0)
    return buffer
