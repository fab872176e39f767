"""A record as it flows through the code: what it says, and what it rests on."""

from dataclasses import dataclass
from datetime import datetime

from kb.documents import Visibility
from kb.records.kinds import RecordKind, Statement
from kb.records.values import Status


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph, to the deepest degree, and the figure, date or name printed there."""

    document_id: str
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer last made of a record; `by` is None where she gave no name."""

    status: Status
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One fact. `sources` is never empty."""

    statement: Statement
    sources: tuple[Anchor, ...]
    status: Status = "reviewed"
    visibility: Visibility = "public"
    extracted_by: str = "landbrief"
    judgement: Judgement | None = None

    @property
    def id(self) -> str:
        """Unique over all kinds."""
        return self.statement.id

    @property
    def kind(self) -> RecordKind:
        """Which table it stands in."""
        return self.statement.kind
