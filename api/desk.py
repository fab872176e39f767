"""The seam between the doors and the stores: a command does not know where its work is done."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from api.schemas import (
    AnswerBody,
    AskRequest,
    ChangeList,
    CountBody,
    DocumentBody,
    DocumentList,
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
    TotalList,
    VerifyBody,
)
from kb.documents import EditionKind
from kb.languages import Language

OnProgress = Callable[[Progress], None]


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

    def ask(self, request: AskRequest) -> AnswerBody:
        """Answer a question."""

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

    def init(self) -> InitBody:
        """Load the shipped knowledge."""

    def verify(self) -> VerifyBody:
        """Where the stores disagree."""

    def reindex(self) -> ReindexBody:
        """Rebuild the derived stores."""
