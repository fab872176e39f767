"""A desk in this process: over an open knowledge base."""

import uuid
from collections.abc import Generator, Sequence
from pathlib import Path

from api import bodies
from api.desk import EditionChoice, OnProgress
from api.gate import Gate
from api.naming import find_document
from api.pagination import after_cursor, cursor_at
from api.record_bodies import RecordBodies
from api.record_requests import query_of
from api.schemas import (
    AnswerBody,
    AskRequest,
    ChangeList,
    CountBody,
    DocumentBody,
    DocumentList,
    FileReportBody,
    FindingBody,
    FindingList,
    FindingSourceBody,
    FindingsRequest,
    FootnoteBody,
    IngestChoices,
    InitBody,
    JudgedBody,
    JudgeRequest,
    ParagraphBody,
    Progress,
    RecordList,
    RecordRequest,
    ReindexBody,
    RemovedBody,
    SearchBody,
    SearchRequest,
    TotalList,
    VerifyBody,
)
from api.visible import VisibleKnowledge
from assistant.assistant import Assistant
from kb.documents import Visibility
from kb.errors import NotFound
from kb.knowledge_base import PUBLIC, KnowledgeBase
from kb.languages import Language
from kb.passages import Passage
from kb.records.findings import PREFIX, FindingStatus
from kb.records.query import RecordQuery
from kb.records.values import Status
from kb.references import cite
from kb.settings import Settings
from kb.views import DocumentSummary


class LocalDesk:
    """Works on `kb`, which stays the caller's to close. Any number of threads may call it.

    `assistant` must not know more than `visibility` allows. Desks that share a `gate` stop
    writing when it is closed.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        assistant: Assistant,
        settings: Settings,
        *,
        visibility: frozenset[Visibility] = PUBLIC,
        gate: Gate | None = None,
    ) -> None:
        self._kb = kb
        self._visibility = visibility
        self._seen = VisibleKnowledge(kb, visibility)
        self._assistant = assistant
        self._settings = settings
        self._gate = gate or Gate()

    def ask(self, request: AskRequest) -> AnswerBody:
        """Answer a question."""
        documents = [self._named(name).document_id for name in request.documents or ()]
        answer = self._assistant.ask(
            request.question, language=request.language, documents=documents or None
        )
        records = RecordBodies(self._kb.records, answer.language).bodies(answer.records)
        return bodies.answer_body(answer, request.conversation_id or uuid.uuid4().hex, records)

    def search(self, request: SearchRequest) -> SearchBody:
        """Find paragraphs."""
        document = request.document and self._named(request.document).document_id
        hits = self._seen.search(
            request.q,
            k=request.k,
            language=request.language,
            documents=[document] if document else None,
            edition=request.edition,
        )
        return SearchBody(hits=[bodies.hit_body(hit) for hit in hits])

    def documents(
        self, *, language: Language | None = None, limit: int = 50, cursor: str | None = None
    ) -> DocumentList:
        """A page of the documents held, by id; withdrawn ones are not among them."""
        held = [summary for summary in self._seen.documents() if summary.status != "withdrawn"]
        rest = after_cursor(held, cursor, key=lambda summary: summary.document_id)
        page = rest[:limit]
        more = len(rest) > limit
        return DocumentList(
            items=[bodies.item_body(summary, language) for summary in page],
            next_cursor=cursor_at(page[-1].document_id) if more else None,
        )

    def document(self, document: str, choice: EditionChoice) -> DocumentBody:
        """One edition of a document."""
        view = self._seen.document(
            self._named(document).document_id,
            language=choice.language,
            edition=choice.edition,
            version=choice.version,
        )
        return bodies.document_body(view)

    def paragraph(self, document: str, label: str, choice: EditionChoice) -> ParagraphBody:
        """One paragraph of one edition."""
        passage = self._seen.passage(
            self._named(document).document_id,
            label,
            language=choice.language,
            edition=choice.edition,
            version=choice.version,
        )
        return bodies.paragraph_body(passage, self._footnotes(passage))

    def records(self, request: RecordRequest) -> RecordList:
        """A page of records."""
        page = self._kb.records.page(self._query(request))
        return self._bodies(request).page(page.items, page.next_cursor)

    def record_count(self, request: RecordRequest, by: Sequence[str]) -> CountBody:
        """How many records there are, in all and by up to two columns."""
        query = self._query(request)
        groups = self._kb.records.groups(query, by) if by else ()
        return self._bodies(request).count(self._kb.records.count(query), groups, by)

    def record_totals(self, request: RecordRequest, by: Sequence[str]) -> TotalList:
        """What may be summed, summed."""
        totals = self._kb.records.totals(self._query(request), by)
        return TotalList(items=self._bodies(request).totals(totals, by))

    def record_changes(self, request: RecordRequest, first: str, second: str) -> ChangeList:
        """What two sessions or documents say of the same things."""
        changes = self._kb.records.changes(self._query(request), first, second)
        return ChangeList(items=self._bodies(request).changes(changes))

    def ingest(
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

        reports = iter(
            ingest_paths(
                self._kb,
                paths,
                options=IngestOptions(**choices.model_dump()),
                limits=ReadLimits(
                    max_file_mb=self._settings.max_file_mb,
                    max_pages=self._settings.max_pages,
                    max_unpacked_mb=self._settings.max_unpacked_mb,
                ),
                on_progress=passed,
                proposals=self._kb.records,
            )
        )
        while True:
            with self._gate.entered():
                report = next(reports, None)
            if report is None:
                return
            yield bodies.report_body(report)

    def remove(self, document: str, version: int | None) -> RemovedBody:
        """Withdraw a document, or one version of it."""
        if version is None and self._kb.records.holds_file(document):
            with self._gate.entered():
                records = self._kb.records.remove_file(document)
            return RemovedBody(document_id=document, version=None, editions=0, records=records)
        with self._gate.entered():
            removed = self._kb.remove(self._named(document).document_id, version=version)
        return RemovedBody(
            document_id=removed.document_id, version=version, editions=removed.editions
        )

    def judge(self, request: JudgeRequest) -> JudgedBody:
        """Accept or reject candidate records and findings."""
        ids = [one for one in request.ids if not one.startswith(PREFIX)]
        found = [one for one in request.ids if one.startswith(PREFIX)]
        with self._gate.entered():
            if request.all_of is not None:
                ids += self._kb.records.waiting_of(self._named(request.all_of).document_id)
            status: Status = "reviewed" if request.verdict == "accept" else "rejected"
            changed = self._kb.records.judge(ids, status)
            if found:
                of_findings: FindingStatus = (
                    "accepted" if request.verdict == "accept" else "rejected"
                )
                changed += self._kb.records.judge_findings(found, of_findings)
        return JudgedBody(verdict=request.verdict, changed=changed)

    def findings(self, request: FindingsRequest) -> FindingList:
        """Compare all figures anew, and show where they do not agree."""
        with self._gate.entered():
            self._kb.records.check()
        found = self._kb.records.findings(request.status, self._visibility)
        return FindingList(
            items=[
                FindingBody(
                    id=one.id,
                    kind=one.kind,
                    rule=one.rule,
                    status=one.status,
                    records=list(one.records),
                    sources=[
                        FindingSourceBody(
                            document_id=document,
                            paragraph=label,
                            label=cite(document, label, request.language),
                        )
                        for document, label in one.paragraphs
                    ],
                    detail=one.detail,
                )
                for one in found
            ]
        )

    def init(self) -> InitBody:
        """Load the shipped knowledge."""
        with self._gate.entered():
            self._kb.init_shipped()
        return InitBody(home=str(self._kb.home), documents=len(self._seen.documents()))

    def verify(self) -> VerifyBody:
        """Where the stores disagree."""
        return VerifyBody(problems=list(self._kb.verify().problems))

    def reindex(self) -> ReindexBody:
        """Rebuild the derived stores."""
        with self._gate.entered():
            self._kb.reindex()
        return ReindexBody(documents=len(self._seen.documents()))

    def _query(self, request: RecordRequest) -> RecordQuery:
        return query_of(request, self._kb.records, self._visibility, self._document_id)

    def _bodies(self, request: RecordRequest) -> RecordBodies:
        return RecordBodies(self._kb.records, request.language)

    def _document_id(self, name: str) -> str | None:
        try:
            return self._seen.summary(name).document_id
        except NotFound:
            return None

    def _named(self, name: str) -> DocumentSummary:
        """The document that `name` means; NotFound names what is near."""
        try:
            return self._seen.summary(name)
        except NotFound:
            return find_document(name, self._seen.documents())

    def _footnotes(self, passage: Passage) -> list[FootnoteBody]:
        if not passage.footnotes:
            return []
        view = self._seen.document(
            passage.document_id,
            language=passage.language,
            edition=passage.edition,
            version=passage.version,
        )
        return [
            bodies.footnote_body(note) for note in view.footnotes if note.label in passage.footnotes
        ]
