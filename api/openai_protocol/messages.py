"""What a list of messages asks: the last question, and the questions before it."""

from dataclasses import dataclass
from typing import Final

from api.openai_protocol.errors import NotSupported
from api.openai_protocol.schemas import MODEL, ChatMessage, ChatRequest
from api.schemas import MAX_QUESTION

_NO_TOOLS: Final = ("none", "auto")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the questions that users asked before it, the oldest first."""

    question: str
    before: tuple[str, ...]


def asked(request: ChatRequest) -> Asked:
    """What `request` asks. Raises NotSupported naming the parameter that cannot be met."""
    _check(request)
    turns = [message for message in request.messages if message.role == "user"]
    texts = [text for turn in turns if (text := _text(turn, strictly=turn is turns[-1]).strip())]
    if not texts:
        raise NotSupported("no message of a user has a text: there is no question", "messages")
    *before, question = texts
    if len(question) > MAX_QUESTION:
        raise NotSupported(
            f"the question has {len(question)} characters, and at most {MAX_QUESTION} are read",
            "messages",
            "context_length_exceeded",
        )
    return Asked(question, tuple(text for text in before if len(text) <= MAX_QUESTION))


def said(messages: list[ChatMessage]) -> list[str]:
    """The text of every message."""
    return [_text(message) for message in messages]


def _check(request: ChatRequest) -> None:
    if request.model != MODEL:
        raise NotSupported(
            f'there is no model "{request.model}": there is "{MODEL}"',
            "model",
            "model_not_found",
            status=404,
        )
    if request.n not in (None, 1):
        raise NotSupported("n must be 1: the documents give one answer", "n")
    if request.logprobs:
        raise NotSupported("an answer has no logprobs", "logprobs")
    if any(one != "text" for one in request.modalities or ()):
        raise NotSupported("answers are text", "modalities")
    form = (request.response_format or {}).get("type", "text")
    if form != "text":
        raise NotSupported(
            f'response_format "{form}" is not supported: an answer is text, and the field '
            "`landbrief` of the response has it as JSON",
            "response_format",
        )
    if request.tool_choice is not None and request.tool_choice not in _NO_TOOLS:
        raise NotSupported("LandBrief calls no tools: tool_choice is none or auto", "tool_choice")


def _text(message: ChatMessage, *, strictly: bool = False) -> str:
    content = message.content
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    other = next((part.type for part in content if part.type != "text"), None)
    if strictly and other is not None:
        raise NotSupported(f'a part of the type "{other}" cannot be read: only text', "messages")
    return "\n".join(part.text for part in content if part.type == "text" and part.text)
