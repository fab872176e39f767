"""Documents made for the tests of what the list and the reader show."""

from typing import Any

from api.schemas import (
    DocumentBody,
    EditionBody,
    OutlineParagraph,
)
from api.web.documents.links import Links
from api.web.visitor import Visitor
from kb.languages import Language

HELD = {"ICCD/COP(16)/4": "ICCD/COP(16)/4", "8/COP.15": "Decisions of COP 15", "own": "own"}
NO_LINKS = Links({}, but="")


def visitor_made(language: Language = "en") -> Visitor:
    work: Any = None
    return Visitor(language, "system", None, asks_key=False, work=work)


def edition_made(language: Language = "en", **given: Any) -> EditionBody:
    values = {
        "language": language,
        "edition": "original",
        "version": 1,
        "status": "current",
        "title": "Land",
        "source": "x.md",
        "paragraphs": 2,
    }
    return EditionBody(**(values | given))


def body_made(**given: Any) -> DocumentBody:
    values = {
        "document_id": "ICCD/COP(15)/9",
        "symbol": "ICCD/COP(15)/9",
        "session": "COP(15)",
        "title": "Land",
        "language": "en",
        "edition": "original",
        "version": 1,
        "status": "current",
        "superseded_by": None,
        "corrected_by": [],
        "editions": [edition_made()],
        "headings": [],
        "paragraphs": [],
        "footnotes": [],
        "tables": [],
        "figures": [],
        "amendments": [],
    }
    return DocumentBody(**(values | given))


def paragraph_made(
    label: str, text: str = "Text.", path: tuple[str, ...] = (), **given: Any
) -> Any:
    return OutlineParagraph(
        paragraph=label,
        text=text,
        heading_path=list(path),
        footnotes=[],
        subparagraphs=[],
        **given,
    )
