"""A desk in this process: over an open knowledge base."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from api import bodies
from api.brief_bodies import brief_body
from api.desk import EditionChoice, OnProgress, StreamEvent
from api.desk_conversations import DeskConversations
from api.desk_ingestion import DeskIngestion, OpenReading
from api.desk_keys import DeskKeys
from api.desk_reviewing import DeskReviewing
from api.gate import Gate
from api.made_bodies import MadeBodies
from api.naming import find_document
from api.pagination import after_cursor, cursor_at
from api.record_bodies import RecordBodies, RememberedBodies
from api.record_requests import query_of
from api.schemas import (
    AnswerBody,
    AskRequest,
    BriefBody,
    BriefRequest,
    ChangeList,
    ConversationBody,
    ConversationItem,
    ConversationList,
    CountBody,
    DocumentBody,
    DocumentList,
    EvidenceBody,
    FileReportBody,
    FindingList,
    FindingsRequest,
    FootnoteBody,
    IngestChoices,
    InitBody,
    JudgedBody,
    JudgeRequest,
    ParagraphBody,
    RecordList,
    RecordRequest,
    ReindexBody,
    RemovedBody,
    SearchBody,
    SearchRequest,
    TotalList,
    TurnRequest,
    VerifyBody,
)
from api.schemas.keys import KeyBody, KeyList, KeyRequest, NewKeyBody
from api.security.audit import Audit
from api.visible import VisibleKnowledge
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.brief.writer import Briefer
from assistant.conversation_keeping import TurnStore
from assistant.conversation_next import NextQuestions
from assistant.streaming import Done, EvidenceFound, Said
from kb.documents import Visibility
from kb.errors import NotFound
from kb.knowledge_base import PUBLIC, KnowledgeBase
from kb.languages import Language
from kb.passages import Passage
from kb.records.query import RecordQuery
from kb.settings import Settings
from kb.terms import load_terms
from kb.views import DocumentSummary

if TYPE_CHECKING:
    pass


class LocalDesk:
    """Works on `kb`, which stays the caller's to close. Any number of threads may call it.

    `assistant` must not know more than `visibility` allows. Desks that share a `gate` stop
    writing when it is closed. `reading` opens what reads files, in this process when None.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        assistant: Assistant,
        settings: Settings,
        *,
        visibility: frozenset[Visibility] = PUBLIC,
        gate: Gate | None = None,
        reading: OpenReading | None = None,
        turns: TurnStore | None = None,
    ) -> None:
        self._kb = kb
        self._visibility = visibility
        self._seen = VisibleKnowledge(kb, visibility)
        self._briefer = Briefer(self._seen, load_terms())
        self._settings = settings
        self._gate = gate or Gate()
        self._audit = Audit(kb.home)
        self._reviewing = DeskReviewing(kb.records, visibility, self._gate, self._audit)
        self._keys = DeskKeys(kb.keys, self._gate, self._audit)
        self._ingestion = DeskIngestion(kb, settings, visibility, self._gate, self._audit, reading)
        self._next = NextQuestions(
            kb.records,
            lambda: kb.generation,
            lambda: Assistant(VisibleKnowledge(kb, visibility), load_terms()),
            most=settings.follow_ups,
        )
        self._record_bodies = RememberedBodies(kb.records, lambda: kb.generation)
        self._made = MadeBodies(self._body)
        self._conversations = DeskConversations(
            kb, assistant, settings, self._made.of, sees_all=visibility != PUBLIC, turns=turns
        )

    def ask(self, request: AskRequest, owner: str | None = None) -> AnswerBody:
        """Answer a question in a conversation."""
        return self._made.of(self._conversations.ask(request, self._chosen(request), owner))

    def stream(
        self,
        request: AskRequest,
        is_cancelled: Callable[[], bool],
        owner: str | None = None,
    ) -> Generator[StreamEvent]:
        """Answer a question in a conversation, told as the answer is made."""
        for event in self._conversations.stream(
            request, self._chosen(request), owner, is_cancelled
        ):
            match event:
                case EvidenceFound(citations):
                    found = [bodies.citation_body(one) for one in citations]
                    yield EvidenceBody(citations=found)
                case Said(statement):
                    yield bodies.statement_body(statement)
                case Done(answer):
                    yield self._made.of(answer)

    def conversations(
        self, owner: str | None, *, limit: int = 50, cursor: str | None = None
    ) -> ConversationList:
        """A page of the owner's conversations."""
        return self._conversations.page(owner, limit, cursor)

    def conversation(self, conversation_id: str, owner: str | None) -> ConversationBody:
        """A conversation with its turns."""
        return self._conversations.read(conversation_id, owner)

    def rename_conversation(
        self, conversation_id: str, owner: str | None, title: str
    ) -> ConversationItem:
        """Give a conversation another title."""
        with self._gate.entered():
            return self._conversations.rename(conversation_id, owner, title)

    def delete_conversation(self, conversation_id: str, owner: str | None) -> None:
        """Delete a conversation with its turns."""
        with self._gate.entered():
            self._conversations.delete(conversation_id, owner)
        self._audit.note("conversation.delete", conversation=conversation_id)

    def keep_turn(self, request: TurnRequest) -> None:
        """Keep a turn that another process has answered."""
        with self._gate.entered():
            self._conversations.keep(request)

    def close(self) -> None:
        """Ends what is done behind the answers; harmless to repeat."""
        self._next.close()
        self._conversations.close()

    def brief(self, request: BriefRequest) -> BriefBody:
        """Write a briefing note."""
        today = datetime.now(UTC).date()
        return brief_body(
            self._briefer.write(request.topic, request.language, today, request.sections)
        )

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
        return self._ingestion.reports(paths, choices, on_progress)

    def remove(self, document: str, version: int | None) -> RemovedBody:
        """Withdraw a document, or one version of it."""
        if version is None and self._kb.records.holds_file(document):
            with self._gate.entered():
                records = self._kb.records.remove_file(document, sees=self._visibility)
            self._audit.note("remove", document=document, records=records)
            return RemovedBody(document_id=document, version=None, editions=0, records=records)
        with self._gate.entered():
            removed = self._kb.remove(self._named(document).document_id, version=version)
        self._audit.note("remove", document=removed.document_id, version=version)
        return RemovedBody(
            document_id=removed.document_id, version=version, editions=removed.editions
        )

    def judge(self, request: JudgeRequest) -> JudgedBody:
        """Accept or reject candidate records and findings."""
        document = request.all_of and self._named(request.all_of).document_id
        return self._reviewing.judge(request, document)

    def findings(self, request: FindingsRequest) -> FindingList:
        """Compare all figures anew, and show where they do not agree."""
        return self._reviewing.findings(request)

    def keys(self) -> KeyList:
        """The keys, revoked ones too."""
        return self._keys.all()

    def add_key(self, request: KeyRequest) -> NewKeyBody:
        """Make a key."""
        return self._keys.add(request)

    def revoke_key(self, name: str) -> KeyBody:
        """Have a key open nothing any more."""
        return self._keys.revoke(name)

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
        self._audit.note("reindex")
        return ReindexBody(documents=len(self._seen.documents()))

    def _chosen(self, request: AskRequest) -> list[str] | None:
        """Ids of the documents that the request names; None where it names none."""
        return [self._named(name).document_id for name in request.documents or ()] or None

    def _body(self, answer: Answer) -> AnswerBody:
        records = self._record_bodies.of(answer.records, answer.language)
        suggested = replace(answer, follow_ups=self._next.after(answer))
        return bodies.answer_body(suggested, answer.conversation_id or "", records)

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
