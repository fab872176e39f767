"""Reading one file, apart from what becomes of it: here, or in a process of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingestion.readers.limits import ReadLimits
from ingestion.sheets.reports import RecordFile
from kb.documents import ParsedDocument, Visibility
from kb.languages import Language
from kb.records.record import Record
from kb.views import PassageRow


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as a document, and what was left out of it."""

    parsed: ParsedDocument
    notes: tuple[str, ...]


class Reading(Protocol):
    """Reads files. Every method raises UnreadableFile with the cause in one line."""

    def document(self, path: Path, limits: ReadLimits, language: Language | None) -> ReadDocument:
        """The document that the file holds; `language` where the user says which."""

    def passages(self, path: Path, limits: ReadLimits) -> tuple[PassageRow, ...]:
        """The lines of a passages file."""

    def records(
        self, path: Path, limits: ReadLimits, name: str, visibility: Visibility
    ) -> RecordFile:
        """The rows of a file of records, which is called `name`."""

    def candidates(self, parsed: ParsedDocument, document_id: str) -> tuple[Record, ...]:
        """The records that `parsed` seems to hold."""


class ReadingHere:
    """Reads in this process: for one's own files."""

    def document(self, path: Path, limits: ReadLimits, language: Language | None) -> ReadDocument:
        """The document that the file holds."""
        from ingestion.readers.choose import read_source
        from ingestion.structure import parse

        source = read_source(path, limits)
        return ReadDocument(parse(source, language), tuple(source.notes))

    def passages(self, path: Path, limits: ReadLimits) -> tuple[PassageRow, ...]:
        """The lines of a passages file."""
        from ingestion.readers.passages import read_passages

        return tuple(read_passages(path, limits))

    def records(
        self, path: Path, limits: ReadLimits, name: str, visibility: Visibility
    ) -> RecordFile:
        """The rows of a file of records."""
        from ingestion.sheets.rows import read_records

        return read_records(path, limits, name=name, visibility=visibility)

    def candidates(self, parsed: ParsedDocument, document_id: str) -> tuple[Record, ...]:
        """The records that `parsed` seems to hold."""
        from ingestion.extraction.candidates import candidates_of

        return candidates_of(parsed, document_id)
