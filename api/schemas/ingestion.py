"""Files that come in, and what becomes of them."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Body, Text
from api.schemas.errors import Problem
from kb.documents import EditionKind, Visibility
from kb.languages import Language

FileStatus = Literal["added", "updated", "unchanged", "rejected"]


class RowErrorBody(Body):
    """Why one row of a file of records was not stored."""

    row: int
    """Its place in the file, from 1; in JSON the first object is 1."""
    column: str | None
    """The column's name in the file, null for the whole row."""
    cause: str
    """What is wrong with it."""
    sheet: str | None = None
    """The sheet of a workbook that has several."""


class FileReportBody(Body):
    """What became of one file."""

    path: str
    """The file."""
    status: FileStatus
    """`unchanged` when the very text was already there."""
    reason: str | None
    """Why it was rejected, or what was left out of it, in one line."""
    document_id: str | None
    """Identity of the document."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session, null when not known."""
    language: Language | None
    """Language of the edition."""
    edition: EditionKind | None
    """Kind of the edition."""
    paragraphs: int
    """Numbered paragraphs stored."""
    footnotes: int
    """Footnotes stored."""
    tables: int
    """Tables stored."""
    records: int
    """Records stored."""
    row_errors: list[RowErrorBody] = Field(default_factory=list)
    """Rows of a file of records that were not stored; the others were."""


class IngestBody(Body):
    """What became of each file."""

    files: list[FileReportBody]
    """One report a file."""


class IngestChoices(Body):
    """What the user says of the files, over what they say of themselves."""

    document_id: Text | None = Field(default=None, max_length=300)
    """Identity to give to the document."""
    symbol: Text | None = Field(default=None, max_length=300)
    """UN document symbol."""
    language: Language | None = None
    """Language of the text."""
    title: Text | None = Field(default=None, max_length=2_000)
    """Title of the document."""
    visibility: Visibility | None = None
    """Who may see it; as it is when absent, and public at first."""


class IngestRequest(Body):
    """Files that lie on this machine, to be ingested by the server that owns the stores."""

    paths: list[str]
    """Absolute paths of files and folders; names need not be Unicode."""
    choices: IngestChoices = IngestChoices()
    """What the user says of them."""


class Progress(Body):
    """How far an ingestion is."""

    done: int
    """Files done."""
    total: int
    """Files found so far."""


class IngestEvent(Body):
    """One line of a streamed ingestion: exactly one field is set."""

    progress: Progress | None = None
    """It went on."""

    file: FileReportBody | None = None
    """A file is done."""
    problem: Problem | None = None
    """The ingestion ended here, for this reason."""
