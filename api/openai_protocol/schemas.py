"""The shapes of the OpenAI protocol, as far as LandBrief has a use for them."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema
from pydantic.config import JsonDict

from api.schemas import AnswerBody, Body, Text
from kb.languages import Language

MODEL: Final = "landbrief"
MAX_MESSAGES: Final = 1_000
_QUESTION: Final[JsonDict] = {
    "type": "object",
    "required": ["role", "content"],
    "properties": {"role": {"const": "user"}, "content": {"type": "string", "pattern": r"\S"}},
}


def _only(schema: dict[str, Any]) -> WithJsonSchema:
    """Document that nothing else is met: other values are read, and refused in plain words."""
    return WithJsonSchema({"anyOf": [schema, {"type": "null"}]})


class ChatPart(Body):
    """A part of a message."""

    type: Annotated[Text, WithJsonSchema({"const": "text"})]
    """`text`; another sort cannot be read."""
    text: Text | None = None
    """The text of a part of that sort."""


class ChatMessage(Body):
    """What was said."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    """Who said it; only what users said is read."""
    content: Text | list[ChatPart] | None = None
    """What was said."""


class StreamOptions(Body):
    """How to stream."""

    include_usage: StrictBool | None = None
    """End with a chunk that has the usage."""


class ChatRequest(Body):
    """A conversation to go on with. What is not named here is taken and has no effect."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [
                        {
                            "role": "user",
                            "content": "How much did Saudi Arabia grant to the Riyadh drought "
                            "partnership?",
                        }
                    ],
                }
            ]
        }
    )

    model: Text = Field(min_length=1, max_length=200, examples=[MODEL])
    """`landbrief`."""
    messages: list[ChatMessage] = Field(
        min_length=1, max_length=MAX_MESSAGES, json_schema_extra={"contains": _QUESTION}
    )
    """The turns; the last one of a user is answered, in the light of those before it."""
    stream: StrictBool | None = None
    """Answer with server-sent events."""
    stream_options: StreamOptions | None = None
    """How to stream."""
    user: Text | None = Field(default=None, max_length=512)
    """Who asks: a request with a single question goes on with this user's conversation."""
    language: Language | None = None
    """LandBrief's own: language of the answer; that of the question when absent."""
    documents: list[Text] | None = Field(default=None, max_length=100)
    """LandBrief's own: ids or symbols of the only documents to answer from."""
    n: Annotated[StrictInt | None, _only({"const": 1})] = None
    """1: there is one answer."""
    logprobs: Annotated[StrictBool | None, _only({"const": False})] = None
    """false: an answer has no probabilities."""
    modalities: Annotated[
        list[Text] | None, _only({"type": "array", "maxItems": 10, "items": {"const": "text"}})
    ] = Field(default=None, max_length=10)
    """`text`."""
    response_format: Annotated[
        dict[str, Any] | None,
        _only({"type": "object", "properties": {"type": {"const": "text"}}}),
    ] = None
    """`{"type": "text"}`."""
    tool_choice: Annotated[Text | dict[str, Any] | None, _only({"enum": ["none", "auto"]})] = None
    """`none` or `auto`: LandBrief calls no tools of yours."""


class UrlCitation(Body):
    """A source that a stretch of the content rests on."""

    start_index: int
    """Where the mark begins in the content, in Unicode code points."""
    end_index: int
    """Where it ends."""
    url: str
    """The paragraph in this server's interface."""
    title: str
    """The citation in its UN form."""


class Annotation(Body):
    """One mark in the content."""

    type: Literal["url_citation"] = "url_citation"
    """Always `url_citation`."""
    url_citation: UrlCitation
    """What it cites."""


class AssistantMessage(Body):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    """Always `assistant`."""
    content: str
    """The statements with `[n]` marks, and below them the sources."""
    refusal: None = None
    """Always null: that the documents do not say is an answer."""
    annotations: list[Annotation]
    """One for each mark, in order."""


class Choice(Body):
    """The one answer."""

    index: int = 0
    """Always 0."""
    message: AssistantMessage
    """The answer."""
    finish_reason: Literal["stop"] = "stop"
    """Always `stop`: an answer is whole."""
    logprobs: None = None
    """Always null."""


class Usage(Body):
    """The length of what was said, in estimated tokens: LandBrief charges for none."""

    prompt_tokens: int
    """Of all messages."""
    completion_tokens: int
    """Of the answer."""
    total_tokens: int
    """Of both."""


class ChatCompletion(Body):
    """An answer in the shape of the protocol."""

    id: str
    """Of this answer."""
    object: Literal["chat.completion"] = "chat.completion"
    """Always `chat.completion`."""
    created: int
    """When, in seconds since 1970."""
    model: str
    """`landbrief`."""
    choices: list[Choice]
    """One."""
    usage: Usage
    """Estimated."""
    landbrief: AnswerBody
    """The answer as `/v1/ask` gives it: typed statements, verbatim quotes, records, reason."""


class ModelBody(Body):
    """A model that can be asked."""

    id: str
    """Its name."""
    object: Literal["model"] = "model"
    """Always `model`."""
    created: int
    """When it began, in seconds since 1970."""
    owned_by: str
    """Whose it is."""


class ModelList(Body):
    """The models that can be asked."""

    object: Literal["list"] = "list"
    """Always `list`."""
    data: list[ModelBody]
    """One."""


class ChatErrorPart(Body):
    """What went wrong."""

    message: str
    """What happened and what to do, in one line."""
    type: str
    """Kind of the error."""
    param: str | None
    """The parameter that is wrong, if one is."""
    code: str | None
    """A finer kind."""


class ChatError(Body):
    """An error in the shape of the protocol."""

    error: ChatErrorPart
    """What went wrong."""
