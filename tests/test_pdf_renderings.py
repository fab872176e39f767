"""PDF renderings show what their document holds, so that a parser can be judged by them."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from renderings.checks import founding, in_order, openings, squeezed
from renderings.damaged import LOCK, render_garbled_pdf, render_locked_pdf, render_scanned_pdf
from renderings.docx import render_docx
from renderings.fonts import FontMissing, fonts_for
from renderings.from_text import LANGUAGES, note
from renderings.html import render_html
from renderings.model import Language, RenderedDocument, anchors, labelled
from renderings.pdf import Engine, Layout, lay_out, render_pdf

LAYOUTS: tuple[Layout, ...] = ("plain", "hanging", "number_on_own_line", "narrow")
READABLE: tuple[Language, ...] = ("zh", "en", "fr", "ru", "es")  # Arabic comes out in visual order


@pytest.fixture(autouse=True)
def _fonts() -> None:
    try:
        fonts_for("en")
    except FontMissing as missing:
        pytest.skip(str(missing))


def page_texts(path: Path, password: str | None = None) -> list[str]:
    with pypdfium2.PdfDocument(path, password=password) as pdf:
        return [squeezed(page.get_textpage().get_text_range()) for page in pdf]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", READABLE)
def test_a_pdf_shows_every_part_in_order(
    language: Language, layout: Layout, tmp_path: Path
) -> None:
    document = note(language)
    render_pdf(document, tmp_path / "note.pdf", layout=layout)
    assert not in_order(openings(document), "".join(page_texts(tmp_path / "note.pdf")))


@pytest.mark.parametrize("engine", ["fpdf2", "reportlab"])
@pytest.mark.parametrize("name", ["cop16", "cric23"])
def test_a_founding_document_in_pdf_shows_every_part_in_order(
    name: str, engine: Engine, tmp_path: Path
) -> None:
    document = founding(name)
    if engine == "fpdf2" and fonts_for("zh").han is None:
        engine = "reportlab"
    render_pdf(document, tmp_path / "founding.pdf", engine=engine)
    assert not in_order(openings(document), "".join(page_texts(tmp_path / "founding.pdf")))


def test_an_arabic_pdf_is_shaped_and_keeps_its_numbers(tmp_path: Path) -> None:
    render_pdf(note("ar"), tmp_path / "note.pdf")
    text = "".join(page_texts(tmp_path / "note.pdf"))
    assert sum("\u0620" <= char <= "\u06ff" for char in text) > 3000
    assert {str(number) for number in range(1, 21)} <= set(re.findall(r"\d+", text))


@pytest.mark.parametrize("language", READABLE)
def test_every_page_but_the_first_has_a_running_header_and_its_number(
    language: Language, tmp_path: Path
) -> None:
    render_pdf(note(language), tmp_path / "note.pdf")
    first, *later = page_texts(tmp_path / "note.pdf")
    assert "GE.26-01234(" in first
    for number, text in enumerate(later, start=2):
        assert "ICCD/COP(17)/91" in text
        assert f"{number}/{len(later) + 1}" in text


def test_a_narrow_column_breaks_paragraphs_with_footnotes_in_between() -> None:
    broken = [found for language in LANGUAGES for found in lay_out(note(language), "narrow").breaks]
    assert len(broken) >= 12
    assert sum(found.notes for found in broken) >= 6


def test_the_founding_documents_are_broken_with_footnotes_in_between() -> None:
    broken = [found for name in ("cop16", "cric23") for found in lay_out(founding(name)).breaks]
    assert len(broken) >= 8
    assert sum(found.notes for found in broken) >= 3


def test_a_footnote_stands_on_the_page_of_its_reference(tmp_path: Path) -> None:
    document = note("en")
    render_pdf(document, tmp_path / "note.pdf")
    pages = page_texts(tmp_path / "note.pdf")
    parts = {part.label: squeezed(part.text) for part in labelled(document)}
    for mark, label in anchors(document).items():
        body = squeezed(document.footnote(mark).text)[:20]
        assert [body in page for page in pages] == [parts[label][-20:] in page for page in pages]


def test_the_number_stands_alone_where_the_layout_says_so(tmp_path: Path) -> None:
    render_pdf(note("en"), tmp_path / "note.pdf", layout="number_on_own_line")
    with pypdfium2.PdfDocument(tmp_path / "note.pdf") as pdf:
        lines = [
            line.strip()
            for page in pdf
            for line in page.get_textpage().get_text_range().split("\n")
        ]
    assert {f"{number}." for number in range(1, 21)} <= set(lines)


@pytest.mark.parametrize("language", ["ar", "zh", "en"])
def test_a_scanned_pdf_has_pages_and_no_text(language: Language, tmp_path: Path) -> None:
    render_scanned_pdf(note(language), tmp_path / "scan.pdf")
    assert set(page_texts(tmp_path / "scan.pdf")) == {""}


@pytest.mark.parametrize("language", ["ru", "ar", "zh"])
def test_a_garbled_pdf_has_no_letter_of_its_language(language: Language, tmp_path: Path) -> None:
    render_garbled_pdf(note(language), tmp_path / "garbled.pdf")
    text = "".join(page_texts(tmp_path / "garbled.pdf"))
    assert len(text) > 2000
    assert not re.search(r"[\u0400-\u06ff\u4e00-\u9fff]", text)


def test_a_locked_pdf_opens_only_with_its_password(tmp_path: Path) -> None:
    render_locked_pdf(note("en"), tmp_path / "locked.pdf")
    assert page_texts(tmp_path / "locked.pdf", LOCK)
    with pytest.raises(pypdfium2.PdfiumError):
        page_texts(tmp_path / "locked.pdf")


RENDERERS: dict[str, Callable[[RenderedDocument, Path], None]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "html": render_html,
    "scan": render_scanned_pdf,
}


@pytest.mark.parametrize("language", ["ar", "zh", "en"])
@pytest.mark.parametrize("kind", RENDERERS)
def test_rendering_twice_gives_the_same_bytes(
    kind: str, language: Language, tmp_path: Path
) -> None:
    for name in ("once", "twice"):
        RENDERERS[kind](note(language), tmp_path / name)
    assert (tmp_path / "once").read_bytes() == (tmp_path / "twice").read_bytes()
