"""Files into the knowledge base: each one whole or not at all, and none stops another."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from ingestion.readers.limits import ReadLimits
from ingestion.readers.opening import check_inside
from ingestion.reading import Reading, ReadingHere
from ingestion.sheets.grids import SUFFIXES
from ingestion.sheets.naming import named_sources
from ingestion.sheets.reports import RowError
from kb.documents import EditionKind, ParsedDocument, Visibility
from kb.errors import LandBriefError, StoreBusy, StoreDamaged, UnreadableFile
from kb.languages import Language
from kb.records.provenance import Held, Place
from kb.records.record import Record
from kb.views import Added, Origin, PassageRow

if TYPE_CHECKING:
    from ingestion.extraction.model_proposals import ProposalModel

PARSER: Final = "1"  # a new version reads unchanged files anew
PASSAGES: Final = ".jsonl"

FileStatus = Literal["added", "updated", "unchanged", "rejected"]
OnProgress = Callable[[int, int, Path], None]
"""Called before each file with how many are done, how many there are, and the next one."""

_log = logging.getLogger(__name__)


class RecordShelf(Protocol):
    """Where the records of a file go."""

    def add_file(
        self, name: str, fingerprint: str, records: Sequence[Record]
    ) -> Literal["added", "updated", "unchanged"]:
        """Store what a file of records says."""

    def held_places(self, places: Iterable[Place]) -> Mapping[Place, tuple[str, Held]]:
        """Of each document, by id or symbol, and paragraph: its id, and what is held of it."""


class Shelf(Protocol):
    """What the pipeline asks of a knowledge base."""

    @property
    def records(self) -> RecordShelf:
        """The shelf of records."""

    def add(self, parsed: ParsedDocument, origin: Origin) -> Added:
        """Store one edition."""

    def add_passages(self, rows: Iterable[PassageRow], origin: Origin) -> Sequence[Added]:
        """Store the passages of a passages file."""


class Proposals(Protocol):
    """Where candidate records go, to wait for a reviewer."""

    def awaits(self, document_id: str, language: Language, fingerprint: str) -> bool:
        """Whether nothing was proposed yet from that text by the rules of `fingerprint`."""

    def propose(
        self,
        document_id: str,
        language: Language,
        records: Sequence[Record],
        fingerprint: str | None = None,
    ) -> object:
        """Make `records` the candidates of that text."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user says of the files, over what they say of themselves."""

    document_id: str | None = None
    symbol: str | None = None
    language: Language | None = None
    title: str | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `paragraphs` counts the numbered ones, or all where none is."""

    path: str
    status: FileStatus
    reason: str | None = None
    document_id: str | None = None
    symbol: str | None = None
    session: str | None = None
    language: Language | None = None
    edition: EditionKind | None = None
    paragraphs: int = 0
    footnotes: int = 0
    tables: int = 0
    records: int = 0
    row_errors: tuple[RowError, ...] = ()  # rows of a file of records that were not stored


def ingest_paths(
    shelf: Shelf,
    paths: Sequence[Path],
    *,
    options: IngestOptions,
    limits: ReadLimits,
    on_progress: OnProgress | None = None,
    proposals: Proposals | None = None,
    model: "ProposalModel | None" = None,
    reading: Reading | None = None,
) -> Iterator[FileReport]:
    """Ingest files, and folders with all they hold; a report for each file, in order.

    With `proposals`, what the documents say as records is proposed there; with `model`, also what
    it reads in each paragraph. `reading` reads the files, in this process when None.
    A file that cannot be read is reported as rejected with the cause and stores nothing. Raises
    StoreBusy or StoreDamaged when the stores themselves cannot be used.
    """
    reading = reading or ReadingHere()
    found = list(_files(paths))
    for done, (path, root) in enumerate(found):
        if on_progress:
            on_progress(done, len(found), path)
        yield _ingest(shelf, path, root, options, limits, proposals, model, reading)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Each file with the folder that it must lie in; hidden ones are left out."""
    for path in paths:
        if not path.is_dir():
            yield path, path.parent
            continue
        for found in sorted(path.rglob("*")):
            visible = not any(part.startswith(".") for part in found.relative_to(path).parts)
            if visible and (found.is_symlink() or not found.is_dir()):
                yield found, path


def _ingest(
    shelf: Shelf,
    path: Path,
    root: Path,
    options: IngestOptions,
    limits: ReadLimits,
    proposals: Proposals | None,
    model: "ProposalModel | None",
    reading: Reading,
) -> FileReport:
    try:
        if not path.exists() and not path.is_symlink():
            raise UnreadableFile("there is no such file")
        check_inside(path, root)
        if path.suffix.lower() == PASSAGES:
            return _ingest_passages(shelf, path, options, limits, reading)
        if path.suffix.lower() in SUFFIXES:
            return _ingest_records(shelf, path, options, limits, reading)
        return _ingest_document(shelf, path, options, limits, proposals, model, reading)
    except (StoreBusy, StoreDamaged):
        raise
    except (LandBriefError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return FileReport(str(path), "rejected", " ".join(reason.split()))
    except Exception as error:  # a reader's own defect stops no other file
        _log.exception("reading %s failed", path.name)
        return FileReport(str(path), "rejected", f"could not be read ({type(error).__name__})")


def _ingest_document(
    shelf: Shelf,
    path: Path,
    options: IngestOptions,
    limits: ReadLimits,
    proposals: Proposals | None,
    model: "ProposalModel | None",
    reading: Reading,
) -> FileReport:
    read = reading.document(path, limits, options.language)
    parsed = read.parsed
    if options.title:
        parsed = replace(parsed, masthead=replace(parsed.masthead, title=options.title))
    if not parsed.paragraphs and not parsed.tables:
        raise UnreadableFile("no paragraph found in it; check that it is a document with text")
    origin = _origin(path, options)
    added = shelf.add(parsed, origin)
    if proposals is not None and added.edition == "original":
        _propose(proposals, parsed, added, origin, model, reading)
    return FileReport(
        str(path),
        added.status,
        "; ".join(read.notes) or None,
        added.document_id,
        added.symbol,
        added.session,
        added.language,
        added.edition,
        paragraphs=len(parsed.numbered) or len(parsed.paragraphs),
        footnotes=len(parsed.footnotes),
        tables=len(parsed.tables),
    )


def _propose(
    proposals: Proposals,
    parsed: ParsedDocument,
    added: Added,
    origin: Origin,
    model: "ProposalModel | None",
    reading: Reading,
) -> None:
    """Proposes what the document says; also of an unchanged one, by rules it has not seen."""
    from ingestion.extraction.candidates import RULES

    by_rules = f"{origin.sha256} {RULES}"
    fingerprint = f"{by_rules} {model.name}" if model is not None else by_rules
    if not proposals.awaits(added.document_id, added.language, fingerprint):
        return
    try:
        found = reading.candidates(parsed, added.document_id)
    except Exception:  # a rule's own defect takes no document out of the reader's hands
        _log.exception("no records were found in %s", origin.source)
        return
    if model is not None:
        from ingestion.extraction.model_proposals import model_candidates

        try:
            found = (*found, *model_candidates(parsed, added.document_id, model))
        except LandBriefError as error:
            _log.warning("%s is read by rules alone: %s", origin.source, error)
            fingerprint = by_rules  # the next time the model is asked again
    proposals.propose(added.document_id, added.language, found, fingerprint)


def _ingest_passages(
    shelf: Shelf, path: Path, options: IngestOptions, limits: ReadLimits, reading: Reading
) -> FileReport:
    rows = reading.passages(path, limits)
    added = tuple(shelf.add_passages(rows, _origin(path, options)))
    if not added:
        raise UnreadableFile("no passage found in it")
    one = added[0] if len({item.document_id for item in added}) == 1 else None
    languages = {item.language for item in added}
    return FileReport(
        str(path),
        _joint_status([item.status for item in added]),
        None,
        one.document_id if one else None,
        one.symbol if one else None,
        one.session if one else None,
        next(iter(languages)) if len(languages) == 1 else None,
        added[0].edition,
        paragraphs=len(rows),
    )


def _ingest_records(
    shelf: Shelf, path: Path, options: IngestOptions, limits: ReadLimits, reading: Reading
) -> FileReport:
    """The good rows are stored; the others are reported, each with its cause."""
    origin = _origin(path, options)
    visibility = options.visibility or "public"
    read = reading.records(path, limits, origin.source, visibility)
    found, unheld = named_sources(read, shelf.records.held_places)
    rows = len(found.records) + len({(error.sheet, error.row) for error in found.errors})
    bad = rows - len(found.records)
    first = found.errors[0] if found.errors else None
    where = f"row {first.row}{f', {first.column}' if first.column else ''}" if first else ""
    cause = f"{where}: {first.cause}" if first else None
    if not found.records:
        reason = f"none of its {rows} rows can be stored; {cause}" if cause else "holds no rows"
        return FileReport(str(path), "rejected", reason, row_errors=found.errors)
    left_out = f"{bad} of {rows} rows not stored; {cause}" if cause else None
    fingerprint = f"{origin.sha256} {PARSER} {visibility}"
    status = shelf.records.add_file(origin.source, fingerprint, found.records)
    return FileReport(
        str(path),
        status,
        "; ".join(one for one in (left_out, unheld) if one) or None,
        records=len(found.records),
        row_errors=found.errors,
    )


def _joint_status(statuses: Sequence[FileStatus]) -> FileStatus:
    for status in ("updated", "added"):
        if status in statuses:
            return status
    return "unchanged"


def _origin(path: Path, options: IngestOptions) -> Origin:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Origin(
        source=os.fsencode(path.name).decode("utf-8", "replace"),  # names need not be Unicode
        sha256=digest,
        parser=PARSER,
        visibility=options.visibility,
        document_id=options.document_id,
        symbol=options.symbol,
        title=options.title,
    )
