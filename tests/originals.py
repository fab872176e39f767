"""The two founding documents, which are the user's and never in the repository."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.readers.choose import ReadLimits, read_source
from ingestion.structure import parse
from kb.documents import ParsedDocument

_BESIDE = Path(__file__).parents[2] / "shared" / "seeds"


def originals_folder() -> Path:
    """Skips the test, saying why, where the originals are not at hand."""
    named = os.environ.get("LANDBRIEF_ORIGINALS")
    folder = Path(named) if named else _BESIDE
    if not folder.is_dir() or not any(folder.iterdir()):
        pytest.skip("the founding documents are not here: set LANDBRIEF_ORIGINALS to their folder")
    return folder


def originals() -> Iterator[ParsedDocument]:
    for path in sorted(originals_folder().iterdir()):
        yield parse(read_source(path, ReadLimits()))


def original(session: str) -> ParsedDocument:
    """The one of that session, "COP(16)" or "CRIC(23)"."""
    return next(document for document in originals() if document.masthead.session == session)
