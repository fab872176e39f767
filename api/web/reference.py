"""A place in a document, as pages hand it around and write it in addresses."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from api.schemas import CitationBody, RecordSourceBody
from api.web.words import say
from kb.documents import EditionKind
from kb.languages import Language
from kb.references import cite

_FOOTNOTE: Final = re.compile(r"fn (\d+)")
_RLI: Final = "\N{RIGHT-TO-LEFT ISOLATE}"
_PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
_SESSION: Final = re.compile(r"([A-Z][A-Z./-]*)\((\d+)\)(.*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph, or the span of it from `start` to `end`: code points of the whole paragraph.

    `also` are further spans of it.
    """

    document_id: str
    paragraph: str
    language: Language | None = None
    edition: EditionKind | None = None
    version: int | None = None
    start: int | None = None
    end: int | None = None
    also: tuple[tuple[int, int], ...] = ()

    @property
    def path(self) -> str:
        """Its page, at that paragraph."""
        wanted = {"paragraph": self.paragraph, "language": self.language, "edition": self.edition}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"/documents/{quote(self.document_id)}?{query}"


def cited(citation: CitationBody | RecordSourceBody) -> Reference:
    """The place that a citation, or a source of a record, names."""
    return Reference(
        citation.document_id,
        citation.paragraph,
        citation.language,
        citation.edition,
        citation.version,
        citation.start,
        citation.end,
    )


def short_form(
    paragraph: str,
    symbol: str | None,
    session: str | None,
    document_id: str,
    language: Language = "en",
) -> str:
    """The shortest form that tells documents apart: `CRIC 23 ¶89`, `COP 16/4 ¶8`.

    Words such as "table 1" are in `language`, each in its own direction: a chip reads from left
    to right.
    """
    label = f"¶{paragraph}" if paragraph[:1].isdigit() else _label(paragraph, language)
    return f"{short_document(symbol, session, document_id)} {label}"


def paragraph_in_words(label: str, language: Language) -> str:
    """A number as it is; "table 1, row 2" and its like in the language."""
    if label[:1].isdigit():
        return label
    try:
        return cite("", label, language).lstrip(" ,،，")
    except ValueError:
        return label  # a row of somebody's file


def _label(paragraph: str, language: Language) -> str:
    note = _FOOTNOTE.fullmatch(paragraph)
    if note:
        said = say(language, "shell.chip_footnote", number=note[1])
    else:
        said = paragraph_in_words(paragraph, language)
    return f"{_RLI}{said}{_PDI}" if language == "ar" else said


def short_document(symbol: str | None, session: str | None, document_id: str) -> str:
    """A document's short name: of its symbol the body, session and number, else its session."""
    body = (symbol or session or document_id).removeprefix("ICCD/")
    match = _SESSION.fullmatch(body)
    return f"{match[1]} {match[2]}{match[3]}" if match else body
