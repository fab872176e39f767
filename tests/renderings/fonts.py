"""Finds the fonts that the PDF renderings are set in.

DejaVu (Debian: fonts-dejavu-core) has Latin, Cyrillic and Arabic; Han characters need another one
(Debian: fonts-wqy-microhei), without which a PDF can name a font that its reader must have.
"""

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from .model import Language

Face = Literal["text", "bold", "han", "han_bold"]

_HAN_FILES: Final = (
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "uming.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
)


class FontMissing(Exception):
    """A font that a rendering needs is not on this machine."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font files; `han` is None where the PDF only names a font for Han characters."""

    text: Path
    bold: Path
    han: Path | None = None

    def file(self, face: Face) -> Path | None:
        """The file of `face`; bold Han characters are the regular ones drawn thicker."""
        return {"text": self.text, "bold": self.bold}.get(face, self.han)


def fonts_for(language: Language) -> Fonts:
    """The fonts for that language. Raises FontMissing without DejaVu."""
    stem = "DejaVuSans" if language == "ar" else "DejaVuSerif"
    return Fonts(_dejavu(f"{stem}.ttf"), _dejavu(f"{stem}-Bold.ttf"), han_font())


def han_font() -> Path | None:
    """The first known font with Han characters on this machine."""
    return next((_files()[name] for name in _HAN_FILES if name in _files()), None)


def _dejavu(name: str) -> Path:
    if name not in _files():
        raise FontMissing(f"{name} not found: install DejaVu (Debian: fonts-dejavu-core)")
    return _files()[name]


@functools.cache
def _files() -> Mapping[str, Path]:
    """The font files of this machine by name, looked for where systems keep them."""
    shared = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    folders = [Path(folder) / "fonts" for folder in shared]
    folders += [Path.home() / ".local/share/fonts", Path.home() / "Library/Fonts"]
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.tt[fc]")):
            found.setdefault(path.name, path)
    return found
