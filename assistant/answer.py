"""The answer: statements with citations, as every door serves it."""

from dataclasses import dataclass, field
from typing import Literal

from kb.documents import EditionKind
from kb.languages import Language
from kb.records.record import Record

StatementKind = Literal["record", "quote", "digest", "computed", "note"]
Reason = Literal[
    "not_in_documents",
    "off_topic",
    "false_premise",
    "unclear_question",
    "withheld_by_gate",
    "degraded",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of one passage: `passage text[start:end] == quote`.

    `paragraph` is a top-level label, for offsets count in its text, which includes its
    sub-paragraphs; `label` names the deepest sub-paragraph that holds the span.
    """

    n: int  # the mark in the answer, from 1
    document_id: str
    symbol: str | None
    session: str | None
    paragraph: str
    language: Language
    edition: EditionKind
    version: int
    quote: str
    start: int
    end: int
    label: str  # UN form in the answer's language
    url: str  # path of the paragraph in the HTTP interface


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or quote; `citations` are the numbers of the citations it rests on."""

    text: str
    kind: StatementKind
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. Abstaining is an ordinary answer with a reason.

    `records` are those that its statements say or compute with, in the order of the statements.
    In a conversation, `asked_as` is the whole question that a turn was read as, where it leant on
    the turns before.
    """

    question: str
    language: Language
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...] = ()
    abstained: bool = False
    reason: Reason | None = None
    follow_ups: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    conversation_id: str | None = None
    asked_as: str | None = None

    @property
    def text(self) -> str:
        """The statements joined, each followed by its `[n]` marks."""
        return "\n".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in self.statements)
