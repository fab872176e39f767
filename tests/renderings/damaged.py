"""PDFs that a reader must refuse: scanned, garbled by a legacy font, locked."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pypdfium2
from PIL import Image

from .model import Language, RenderedDocument
from .paint import paint_pictures
from .pdf import render_pdf

_LEGACY: Final[Mapping[Language, str]] = {"ru": "cp1251", "ar": "cp1256", "zh": "gb18030"}
LOCK: Final = "rain"


def render_scanned_pdf(document: RenderedDocument, path: Path, *, dpi: int = 75) -> None:
    """Writes pictures of the pages of `document` and no text at all."""
    with TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        render_pdf(document, printed)
        pdf = pypdfium2.PdfDocument(printed)
        pictures: list[Image.Image] = [
            page.render(scale=dpi / 72, grayscale=True).to_pil() for page in pdf
        ]
        pdf.close()
    paint_pictures(pictures, path)


def render_garbled_pdf(document: RenderedDocument, path: Path) -> None:
    """Writes `document` with a text layer as fonts from before Unicode give it: nonsense.

    Raises ValueError for a language written in plain Latin letters.
    """
    encoding = _LEGACY.get(document.language)
    if encoding is None:
        raise ValueError(f"no legacy encoding that garbles {document.language}")
    garbled = with_text(
        document, lambda text: text.encode(encoding, "replace").decode("cp1252", "ignore")
    )
    render_pdf(dataclasses.replace(garbled, language="en"), path)


def render_locked_pdf(document: RenderedDocument, path: Path) -> None:
    """Writes `document` so that it opens only with the password LOCK."""
    render_pdf(document, path, engine="fpdf2", password=LOCK)


def with_text(document: RenderedDocument, change: Callable[[str], str]) -> RenderedDocument:
    """`document` with every text in it changed."""
    changed: RenderedDocument = _changed(document, change)
    return dataclasses.replace(changed, language=document.language)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(entry, change) for entry in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        texts = {name: _changed(getattr(value, name), change) for name in names}
        return dataclasses.replace(value, **texts)
    return value
