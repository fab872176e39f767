"""What goes into the knowledge base and what comes out of it, as frozen values."""

from dataclasses import dataclass
from typing import Literal

from kb.documents import (
    Amendment,
    EditionKind,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Table,
    Visibility,
)
from kb.languages import Language
from kb.passages import EditionInfo, EditionStatus


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from, and what its user says of it; None leaves it to the masthead."""

    source: str  # name of the file, without its folder
    sha256: str  # of the file's bytes
    parser: str = "1"  # version of what read it: another one reads an unchanged file anew
    kind: EditionKind = "original"
    visibility: Visibility | None = None  # None: as the document already is, else public
    document_id: str | None = None
    symbol: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One line of a passages file, as CONTRACT.md describes it."""

    document_id: str
    paragraph: str
    language: Language
    text: str
    title: str | None = None
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one edition that was handed in."""

    status: Literal["added", "updated", "unchanged"]
    document_id: str
    symbol: str | None
    session: str | None
    language: Language
    edition: EditionKind
    version: int


@dataclass(frozen=True, slots=True)
class Removed:
    """What a withdrawal did; `editions` counts the texts withdrawn."""

    document_id: str
    editions: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document and the editions held of it, every version."""

    document_id: str
    symbol: str | None
    symbols: tuple[str, ...]  # all that it carries
    session: str | None
    agenda_item: str | None
    issuer: str | None
    title: str | None
    visibility: Visibility
    status: EditionStatus
    superseded_by: str | None  # id of the revision in force
    corrects: str | None  # symbol of the document that this corrigendum belongs to
    corrected_by: tuple[str, ...]  # ids of the corrigenda in force
    editions: tuple[EditionInfo, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One edition of a document, whole. `paragraphs` holds what is no table, footnote or figure.

    `Heading.before` counts among `paragraphs`.
    """

    summary: DocumentSummary
    edition: EditionInfo
    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    amendments: tuple[Amendment, ...]

    def footnotes_of(self, label: str) -> tuple[str, ...]:
        """Labels of the footnotes anchored in the paragraph `label` or below it."""
        return tuple(
            note.label
            for note in self.footnotes
            if note.anchor == label or (note.anchor or "").startswith(f"{label}(")
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the stores agree; `problems` is a line for each disagreement."""

    ok: bool
    problems: tuple[str, ...] = ()
