"""Files taken in at one desk: where they are read, what they may replace, and a note of each."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api import bodies
from api.desk import OnProgress
from api.gate import Gate
from api.schemas import FileReportBody, IngestChoices, Progress
from api.security.audit import Audit
from api.visible_shelf import VisibleShelf
from kb.documents import Visibility
from kb.knowledge_base import PUBLIC, KnowledgeBase
from kb.settings import Settings

if TYPE_CHECKING:
    from ingestion.isolated import IsolatedReading
    from ingestion.reading import Reading
    from kb.chat_model import RecordReader

OpenReading = Callable[[], "Reading"]


class ReadingApart:
    """The one process of a server that reads files for it, started when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reading: IsolatedReading | None = None

    def __call__(self) -> "IsolatedReading":
        """What reads files there."""
        if self._reading is None:
            from ingestion.isolated import IsolatedReading
            from ingestion.parsing_values import Bounds

            self._reading = IsolatedReading(
                Bounds(
                    seconds=self._settings.parse_seconds,
                    memory_mb=self._settings.parse_memory_mb,
                    result_mb=self._settings.parse_result_mb,
                )
            )
        return self._reading

    def close(self) -> None:
        """End the process; harmless to repeat."""
        if self._reading is not None:
            self._reading.close()


class DeskIngestion:
    """Takes files into `kb` until `gate` is closed; `reading` opens what reads them, in this
    process when None."""

    def __init__(
        self,
        kb: KnowledgeBase,
        settings: Settings,
        visibility: frozenset[Visibility],
        gate: Gate,
        audit: Audit,
        reading: OpenReading | None,
    ) -> None:
        self._kb = kb
        self._settings = settings
        self._visibility = visibility
        self._gate = gate
        self._audit = audit
        self._reading = reading

    def reports(
        self,
        paths: Sequence[Path],
        choices: IngestChoices,
        on_progress: OnProgress | None = None,
    ) -> Generator[FileReportBody]:
        """Ingest files and folders; one report as each file is done."""
        # Not at the top: the readers of all formats would slow down every question.
        from ingestion.pipeline import IngestOptions, ingest_paths
        from ingestion.readers.limits import ReadLimits

        def passed(done: int, total: int, _next: Path) -> None:
            if on_progress is not None:
                on_progress(Progress(done=done, total=total))

        sees_all = self._visibility != PUBLIC
        reports = iter(
            ingest_paths(
                self._kb if sees_all else VisibleShelf(self._kb, self._visibility),
                paths,
                options=IngestOptions(**choices.model_dump()),
                limits=ReadLimits(
                    max_file_mb=self._settings.max_file_mb,
                    max_pages=self._settings.max_pages,
                    max_unpacked_mb=self._settings.max_unpacked_mb,
                ),
                on_progress=passed,
                proposals=self._kb.records,
                model=_record_reader(self._settings),
                reading=self._reading() if self._reading is not None else None,
            )
        )
        while True:
            with self._gate.entered():
                report = next(reports, None)
            if report is None:
                return
            body = bodies.report_body(report)
            self._note(body, choices)
            yield body

    def _note(self, report: FileReportBody, choices: IngestChoices) -> None:
        if report.status != "unchanged":
            self._audit.note(
                "ingest",
                outcome=report.status,
                file=Path(report.path).name.encode("utf-8", "replace").decode(),
                document=report.document_id,
                records=report.records or None,
                visibility=choices.visibility,
            )


def _record_reader(settings: Settings) -> "RecordReader | None":
    """The chat model that reads records, where the settings want one."""
    if not settings.extract_with_chat_model or settings.chat_model is None:
        return None
    from ingestion.extraction.model_schema import INSTRUCTION, schema
    from kb.chat_model import RecordReader, chat_model_of

    return RecordReader(chat_model_of(settings), settings.chat_model, INSTRUCTION, schema())
