"""A question and its answer."""

from typing import Any

from pydantic import Field

from api.schemas.base import MAX_QUESTION, Body, Text
from assistant.answer import Reason, StatementKind
from kb.documents import EditionKind
from kb.languages import Language


def _is_none(value: object) -> bool:
    return value is None


class AskRequest(Body):
    """A question."""

    question: Text = Field(
        min_length=1,
        max_length=MAX_QUESTION,
        examples=["How much did Saudi Arabia grant to the Riyadh drought partnership?"],
    )
    """The question, in any of the six languages."""
    language: Language | None = Field(default=None, examples=["en"])
    """Language of the answer; that of the question when absent."""
    conversation_id: Text | None = Field(default=None, max_length=200)
    """From an earlier answer, to ask on; a new one is made when absent."""
    documents: list[Text] | None = Field(default=None, max_length=100)
    """Ids or symbols of the only documents to answer from."""
    keep: bool = True
    """Keep the turn in its conversation; otherwise nothing remembers it."""
    stream: bool = False
    """Answer with server-sent events: `evidence`, `statement`…, `done`."""


class StatementBody(Body):
    """One sentence or quote of an answer."""

    text: str
    """The statement, without citation marks."""
    kind: StatementKind
    """What it rests on: a record, a verbatim quote, LandBrief's digest, a computation; or a note
    that says something of the answer itself."""
    citations: list[int]
    """Numbers (`n`) of the citations that it rests on."""


class CitationBody(Body):
    """A verbatim span of one paragraph."""

    n: int = Field(ge=1)
    """The number that marks it in `answer`."""
    document_id: str = Field(examples=["CRIC(23), item 2(a)"])
    """Identity of the document."""
    symbol: str | None = Field(examples=["ICCD/COP(16)/4"])
    """UN document symbol, null when not known."""
    session: str | None = Field(examples=["CRIC(23)"])
    """Session of the document, null when not known."""
    paragraph: str = Field(examples=["89", "table 1, row 3"])
    """Label of the paragraph whose text, sub-paragraphs included, the offsets count in."""
    language: Language
    """Language of the quoted edition."""
    edition: EditionKind
    """`original`, or `digest`: LandBrief's own summary."""
    version: int = Field(ge=1)
    """Version of the quoted edition."""
    quote: str
    """The text cited, verbatim."""
    start: int = Field(ge=0)
    """First code point of the quote in the paragraph's text."""
    end: int = Field(ge=0)
    """Code point after the last one of the quote."""
    label: str = Field(examples=["ICCD/COP(16)/4, para. 39 (a)"])
    """The citation in the UN form of the answer's language, down to the sub-paragraph."""
    url: str = Field(examples=["/v1/documents/ICCD/COP%2816%29/4/paragraphs/39%28a%29"])
    """Path of the paragraph in this interface."""


class AnswerBody(Body):
    """An answer; abstaining is one too, with its reason."""

    answer: str
    """The statements joined, with `[n]` marks."""
    language: Language
    """Language of the answer."""
    abstained: bool
    """Whether the documents hold no answer to give."""
    reason: Reason | None
    """Why it abstained or holds back, or null."""
    statements: list[StatementBody]
    """The answer, statement by statement."""
    citations: list[CitationBody]
    """What the statements rest on."""
    records: list[dict[str, Any]]
    """Typed records behind the answer."""
    conversation_id: str
    """Send it back to ask on."""
    asked_as: str | None = Field(default=None, exclude_if=_is_none)
    """The whole question that a follow-up was read as; absent where a question stands alone."""
    follow_ups: list[str]
    """Questions that could come next."""
    timings_ms: dict[str, float]
    """Milliseconds spent, by step."""


class EvidenceBody(Body):
    """Payload of the event `evidence`."""

    citations: list[CitationBody]
    """What the statements to come rest on."""
