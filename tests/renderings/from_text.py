"""Renderable documents: the two founding ones, if their text is at hand, and our own notes.

The founding texts are the user's, so they are looked for in the folder that LANDBRIEF_ORIGINALS
names, else in `../shared/seeds` beside the repository, and a test that needs them skips without.
"""

import os
from pathlib import Path
from typing import Final

from .model import Language, RenderedDocument
from .notes import read_note
from .seeds import SEEDS, read_seed

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_NOTES: Final = _REPOSITORY / "tests" / "fixtures" / "documents"
LANGUAGES: Final[tuple[Language, ...]] = ("ar", "zh", "en", "fr", "ru", "es")


class OriginalsMissing(Exception):
    """The founding texts are not on this machine."""


def originals_folder() -> Path:
    """Where the founding texts are looked for; it need not exist."""
    named = os.environ.get("LANDBRIEF_ORIGINALS")
    return Path(named) if named else _REPOSITORY.parent / "shared" / "seeds"


def original_file(name: str) -> Path:
    """The text file of the founding document `name` (`cop16` or `cric23`).

    Raises OriginalsMissing if no file in the folder begins like it.
    """
    folder = originals_folder()
    for path in sorted(folder.glob("*.txt")):
        if SEEDS[name].session in path.read_text(encoding="utf-8")[:400]:
            return path
    raise OriginalsMissing(f"no text of {name} in {folder}: set LANDBRIEF_ORIGINALS")


def founding_document(name: str) -> RenderedDocument:
    """The founding document `name`, clean: joined paragraphs, footnotes in their place.

    Raises OriginalsMissing as `original_file` does.
    """
    return read_seed(SEEDS[name], original_file(name).read_text(encoding="utf-8"))


def note(language: Language) -> RenderedDocument:
    """Our own `note` fixture in that language."""
    return read_note(_NOTES, language)
