"""What a reader thinks of an answer."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from api.schemas.base import MAX_QUESTION, Body, Text

_Words = Annotated[Text, Field(min_length=1, max_length=200)]


class PlaceBody(Body):
    """A paragraph of a document."""

    document_id: Text = Field(min_length=1, max_length=300, examples=["ICCD/COP(16)/4"])
    """Id or symbol of the document."""
    paragraph: Text = Field(min_length=1, max_length=100, examples=["39(a)"])
    """Label of the paragraph."""


class FeedbackRequest(Body):
    """A verdict on one answer: of a conversation, or else of the question that it answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {name: {"type": "string"}}, "required": [name]}
                for name in ("conversation_id", "question")
            ]
        }
    )

    verdict: Literal["up", "down"] = Field(examples=["down"])
    """Whether the answer was right and useful."""
    conversation_id: Text | None = Field(default=None, min_length=1, max_length=200)
    """The conversation that the answer is of."""
    turn: int | None = Field(default=None, ge=1, le=1_000_000, examples=[1])
    """Which of its answers that are kept, from 1; the last one when absent."""
    question: Text | None = Field(
        default=None, min_length=1, max_length=MAX_QUESTION, examples=["How many Parties set LDN?"]
    )
    """The question, where conversations are not kept."""
    comment: Text | None = Field(
        default=None, max_length=2_000, examples=["It is paragraph 39 that says it."]
    )
    """What is right or wrong with it. Leave names out: it is kept."""
    expected: PlaceBody | None = None
    """The paragraph that answers the question."""
    expected_words: list[_Words] = Field(
        default_factory=list, max_length=10, examples=[["150 million"]]
    )
    """Words or figures that a right answer says."""

    @model_validator(mode="after")
    def _names_an_answer(self) -> Self:
        if self.conversation_id is None and self.question is None:
            raise ValueError("conversation_id or question must say which answer is meant")
        return self


class FeedbackBody(Body):
    """The verdict is kept."""

    id: str = Field(examples=["feedback-0123456789abcdef"])
    """Names it in `landbrief feedback list`."""
    verdict: Literal["up", "down"] = Field(examples=["down"])
    """As given."""


class ReadyBody(Body):
    """Whether requests can be answered."""

    status: Literal["ready", "not_ready"] = Field(examples=["ready"])
    """`ready` where the stores are open and agree."""
    problems: list[str] = Field(examples=[[]])
    """What is not in order, one line each."""
