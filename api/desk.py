"""The seam between the doors and the stores: a command does not know where its work is done."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

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
    StatementBody,
    TotalList,
    TurnRequest,
    VerifyBody,
)
from api.schemas.keys import KeyBody, KeyList, KeyRequest, NewKeyBody
from kb.documents import EditionKind
from kb.languages import Language

OnProgress = Callable[[Progress], None]
StreamEvent = EvidenceBody | StatementBody | AnswerBody
"""One of the events `evidence`, `statement` and `done`."""


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """Which text of a document is wanted; None leaves it to the reader's best."""

    language: Language | None = None
    edition: EditionKind | None = None
    version: int | None = None


class Desk(Protocol):
    """Everything that a door can ask for. `document` is an id or a symbol.

    Every method may raise a LandBriefError; NotFound names what is near.
    """

    def ask(self, request: AskRequest, owner: str | None = None) -> AnswerBody:
        """Answer a question, in a conversation of `owner`: the id of a key, None without one."""

    def stream(
        self,
        request: AskRequest,
        is_cancelled: Callable[[], bool],
        owner: str | None = None,
    ) -> Generator[StreamEvent]:
        """Answer a question, told as it is made: evidence, statements, at last the whole answer.

        Ends early, soon after `is_cancelled` or when it is closed.
        """

    def conversations(
        self, owner: str | None, *, limit: int = 50, cursor: str | None = None
    ) -> ConversationList:
        """A page of the owner's conversations, the last one spoken in first."""

    def conversation(self, conversation_id: str, owner: str | None) -> ConversationBody:
        """A conversation with its turns."""

    def rename_conversation(
        self, conversation_id: str, owner: str | None, title: str
    ) -> ConversationItem:
        """Give a conversation another title."""

    def delete_conversation(self, conversation_id: str, owner: str | None) -> None:
        """Delete a conversation with its turns."""

    def brief(self, request: BriefRequest) -> BriefBody:
        """Write a briefing note."""

    def keep_turn(self, request: TurnRequest) -> None:
        """Keep a turn that another process has answered."""

    def search(self, request: SearchRequest) -> SearchBody:
        """Find paragraphs."""

    def documents(
        self, *, language: Language | None = None, limit: int = 50, cursor: str | None = None
    ) -> DocumentList:
        """A page of the documents held, by id."""

    def document(self, document: str, choice: EditionChoice) -> DocumentBody:
        """One edition of a document."""

    def paragraph(self, document: str, label: str, choice: EditionChoice) -> ParagraphBody:
        """One paragraph of one edition."""

    def records(self, request: RecordRequest) -> RecordList:
        """A page of records. Raises InvalidQuery, as the three below."""

    def record_count(self, request: RecordRequest, by: Sequence[str]) -> CountBody:
        """How many records there are, in all and by up to two columns."""

    def record_totals(self, request: RecordRequest, by: Sequence[str]) -> TotalList:
        """What may be summed, summed."""

    def record_changes(self, request: RecordRequest, first: str, second: str) -> ChangeList:
        """What two sessions or documents say of the same things."""

    def ingest(
        self,
        paths: Sequence[Path],
        choices: IngestChoices,
        on_progress: OnProgress | None = None,
    ) -> Generator[FileReportBody]:
        """Ingest files and folders; one report as each file is done, its `path` as given.

        Closing the generator ends the work after the file in hand.
        """

    def remove(self, document: str, version: int | None) -> RemovedBody:
        """Withdraw a document, or one version of it."""

    def judge(self, request: JudgeRequest) -> JudgedBody:
        """Accept or reject candidate records and findings."""

    def findings(self, request: FindingsRequest) -> FindingList:
        """Compare all figures anew, and show where they do not agree."""

    def keys(self) -> KeyList:
        """The API keys, revoked ones too."""

    def add_key(self, request: KeyRequest) -> NewKeyBody:
        """Make a key, whose secret is told this once."""

    def revoke_key(self, name: str) -> KeyBody:
        """Have the key with that id, prefix or name open nothing any more."""

    def init(self) -> InitBody:
        """Load the shipped knowledge."""

    def verify(self) -> VerifyBody:
        """Where the stores disagree."""

    def reindex(self) -> ReindexBody:
        """Rebuild the derived stores."""
