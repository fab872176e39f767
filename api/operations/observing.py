"""A desk that counts, times and traces what is asked of it, through whichever door."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, cast

from api.desk import Desk, OnProgress, StreamEvent
from api.operations.metrics import Metrics
from api.operations.noting import note
from api.operations.tracing import Span, Tracing
from api.schemas import (
    AnswerBody,
    AskRequest,
    FileReportBody,
    IngestChoices,
    SearchBody,
    SearchRequest,
)


class ObservedDesk:
    """Passes every call on to `desk`; those that cost much are observed.

    Questions and queries are noted for the log only where `log_questions`.
    """

    def __init__(
        self, desk: Desk, metrics: Metrics, tracing: Tracing, *, log_questions: bool
    ) -> None:
        self._desk = desk
        self._metrics = metrics
        self._tracing = tracing
        self._log_questions = log_questions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def ask(self, request: AskRequest, owner: str | None = None) -> AnswerBody:
        """Answer a question."""
        self._note_question(request.question)
        started = perf_counter()
        with self._tracing.span("ask") as span:
            answer = self._desk.ask(request, owner)
            self._answered(answer, span, started)
        return answer

    def stream(
        self,
        request: AskRequest,
        is_cancelled: Callable[[], bool],
        owner: str | None = None,
    ) -> Generator[StreamEvent]:
        """Answer a question, told as the answer is made."""
        self._note_question(request.question)
        started = perf_counter()
        events = self._desk.stream(request, is_cancelled, owner)
        try:
            for event in events:
                if isinstance(event, AnswerBody):
                    # Steps are taken in several threads: a span that is in force cannot be.
                    with self._tracing.span("ask") as span:
                        self._answered(event, span, started)
                yield event
        finally:
            events.close()

    def search(self, request: SearchRequest) -> SearchBody:
        """Find paragraphs."""
        if self._log_questions:
            note(query=request.q)
        started = perf_counter()
        with self._tracing.span("search") as span:
            found = self._desk.search(request)
            span.set(hits=len(found.hits))
        note(hits=len(found.hits))
        self._metrics.work("search", perf_counter() - started)
        return found

    def ingest(
        self,
        paths: Sequence[Path],
        choices: IngestChoices,
        on_progress: OnProgress | None = None,
    ) -> Generator[FileReportBody]:
        """Ingest files and folders."""
        reports = self._desk.ingest(paths, choices, on_progress)
        try:
            while True:
                started = perf_counter()
                with self._tracing.span("ingest") as span:
                    report = next(reports, None)
                    if report is None:
                        return
                    span.set(status=report.status, paragraphs=report.paragraphs)
                self._metrics.file(report.status)
                self._metrics.work("ingest", perf_counter() - started)
                yield report
        finally:
            reports.close()

    def _note_question(self, question: str) -> None:
        if self._log_questions:
            note(question=question)

    def _answered(self, answer: AnswerBody, span: Span, started: float) -> None:
        seconds = perf_counter() - started
        self._metrics.answer(answer.reason)
        self._metrics.work("ask", seconds)
        reason = answer.reason or "answered"
        span.set(reason=reason, language=answer.language, citations=len(answer.citations))
        note(reason=reason, language=answer.language, work_ms=round(1000 * seconds, 1))


def observed(desk: Desk, metrics: Metrics, tracing: Tracing, *, log_questions: bool) -> Desk:
    """`desk`, observed."""
    return cast(Desk, ObservedDesk(desk, metrics, tracing, log_questions=log_questions))
