"""The glyphs of a PDF's pages with their places.

With `pdf_drawing` the only module that calls pdfium. Everything is turned upright: x grows to the
right and y to the top of the page as it is shown, in points.
"""

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from unicodedata import normalize

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingestion.readers.clean import clean_text
from ingestion.readers.pdf_drawing import Rectangle, Upright, drawn_on, upright_of
from kb.errors import UnreadableFile

Floats = NDArray[np.float64]

_UPRIGHT: Final = 0.1  # radians


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """One page. The arrays have one entry a glyph, in the order in which the file draws them;
    `spaced[i]` says that the file has a space in front of glyph i."""

    number: int  # from 1
    width: float
    height: float
    characters: Sequence[str]
    left: Floats
    right: Floats
    bottom: Floats
    top: Floats
    baseline: Floats
    size: Floats  # of the font as it is shown
    spaced: NDArray[np.bool_]
    horizontal_rules: tuple[Rectangle, ...]
    vertical_rules: tuple[Rectangle, ...]
    image_share: float  # of the page's area, at most 1
    is_bold: Callable[[int], bool]  # of the glyph at an index; only while the page is open


def open_pages(content: bytes, most_pages: int) -> Iterator[PageGlyphs]:
    """The pages of a PDF, one after the other.

    Raises UnreadableFile for a locked or damaged file and one with more than `most_pages`.
    """
    document = _open(content)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFile("a PDF without pages; get the file again")
        if count > most_pages:
            raise UnreadableFile(
                f"{count} pages, more than the limit of {most_pages}; "
                "raise LANDBRIEF_MAX_PAGES to read it"
            )
        for index in range(count):
            yield from _open_page(document, index)
    finally:
        document.close()


def document_title(content: bytes) -> str | None:
    """The title in a PDF's properties."""
    document = _open(content)
    try:
        return str(document.get_metadata_value("Title")) or None
    finally:
        document.close()


def _open(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise UnreadableFile(
                "password-protected PDF; open it, remove the password and save it again"
            ) from error
        raise UnreadableFile("damaged PDF that cannot be opened; get the file again") from error


def _open_page(document: Any, index: int) -> Iterator[PageGlyphs]:
    try:
        page = document[index]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"damaged PDF: page {index + 1} cannot be read; get the file again"
        ) from error
    try:
        yield _read_page(page, text, index + 1)
    finally:
        text.close()
        page.close()


def _read_page(page: Any, text: Any, number: int) -> PageGlyphs:
    upright = upright_of(page)
    characters, places, spaced, indices = _glyphs(text.raw, upright)
    width, height = upright.size
    horizontal, vertical, image_area = drawn_on(page, upright)

    def is_bold(position: int) -> bool:
        return _is_bold(text.raw, indices[position])

    return PageGlyphs(
        number,
        width,
        height,
        characters,
        places[:, 0],
        places[:, 1],
        places[:, 2],
        places[:, 3],
        places[:, 4],
        places[:, 5],
        np.array(spaced, dtype=np.bool_),
        tuple(horizontal),
        tuple(vertical),
        min(1.0, image_area / max(1.0, width * height)),
        is_bold,
    )


def _glyphs(text: Any, upright: Upright) -> tuple[list[str], Floats, list[bool], list[int]]:
    """Characters, their left, right, bottom, top, baseline and size, whether a space stands in
    front, and their indices in pdfium's text page."""
    unicode_of, loose_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    origin_of, angle_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetCharAngle
    nominal_of = pdfium.FPDFText_GetFontSize
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    shown_at = upright.quarters * math.pi / 2
    turn = upright.box
    page_width, page_height = upright.size
    characters: list[str] = []
    places: list[tuple[float, float, float, float, float, float]] = []
    sizes: dict[tuple[float, int], float] = {}
    spaced: list[bool] = []
    indices: list[int] = []
    space = False
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code <= 0x20 or code == 0xA0 or 0x2000 <= code <= 0x200B or code in (0x202F, 0x3000):
            if code == 0x02:  # pdfium's sign for a hyphen at the end of a line
                code = 0x2D
            else:
                space = True
                continue
        elif code == 0xFFFE:
            code = 0x2D
        character = _clean(code)
        if not character:
            continue
        loose_box(text, index, box_at)
        origin_of(text, index, x_at, y_at)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        base = y.value
        # An upright glyph begins at its origin; only the others are worth asking for their angle.
        if upright.quarters or abs(left - x.value) > 1.0 or not bottom <= base <= top:
            angle = (angle_of(text, index) + shown_at) % (2 * math.pi)  # pdfium turns clockwise
            if min(angle, 2 * math.pi - angle) > _UPRIGHT:
                continue
        if upright.quarters or upright.left or upright.bottom:
            _, base, _, _ = turn(x.value, y.value, x.value, y.value)
            left, bottom, right, top = turn(left, bottom, right, top)
        if not (-page_width < left <= right < 2 * page_width and 0 <= base <= page_height):
            continue  # far beside the page, or nowhere: a damaged file
        # A font's size means nothing without the matrix, and asking for it each time is slow.
        key = (nominal_of(text, index), int(top - bottom))
        size = sizes.get(key)
        if size is None:
            size = sizes[key] = key[0] * _scale(text, index)
        characters.append(character)
        places.append((left, right, bottom, top, base, size))
        spaced.append(space)
        indices.append(index)
        space = False
    array = np.array(places, dtype=np.float64).reshape(-1, 6)
    return characters, array, spaced, indices


@lru_cache(maxsize=4096)
def _clean(code: int) -> str:
    if 0xFB00 <= code <= 0xFB06:  # "ﬁ": one glyph, two letters
        return normalize("NFKC", chr(code))
    return clean_text(chr(code)) if code <= 0x10FFFF else "\ufffd"


def _scale(text: Any, index: int) -> float:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        return 1.0
    return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0


def _is_bold(text: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", errors="replace").lower().replace(" ", "")
    if any(word in name for word in ("bold", "black", "heavy", "simhei", "heiti", "-demi")):
        return True
    if any(word in name for word in ("regular", "roman", "light", "book", "italic", "oblique")):
        return False
    return bool(pdfium.FPDFText_GetFontWeight(text, index) >= 700)
