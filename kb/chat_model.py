"""Chat models: the one place that knows how LangChain makes them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from kb.errors import LandBriefError, SettingsError


class ChatModel(Protocol):
    """The part of LangChain's BaseChatModel that is used here."""

    def invoke(self, input: Any) -> Any:  # noqa: A002 (LangChain's name)
        """A message, whose `content` is its text, or a list of parts of it."""


def open_chat_model(name: str) -> ChatModel:
    """The chat model of that name, as LangChain's `init_chat_model` reads it ("openai:gpt-5"), with
    no temperature.

    Raises SettingsError where it cannot be made: a package or a key is missing, nobody knows it.
    """
    from langchain.chat_models import init_chat_model

    try:
        model: ChatModel = init_chat_model(name, temperature=0)
    except Exception as error:  # each provider has its own exceptions
        raise SettingsError(f'no chat model "{name}": {error}') from error
    return model


def text_of(message: Any) -> str:
    """The text of a message, whatever its content is made of."""
    content = getattr(message, "content", message)
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else [content]
    return " ".join(p["text"] if isinstance(p, dict) and "text" in p else str(p) for p in parts)


class RecordReader:
    """A chat model that reads records out of a paragraph, in the structured form of `schema`.

    `schema` is the JSON schema of the answer, whose `records` are the records. The paragraph is
    handed over as data: what it says is never an instruction.
    """

    def __init__(self, model: Any, name: str, instruction: str, schema: Mapping[str, Any]) -> None:
        self._model = model.with_structured_output(dict(schema))
        self._name = name
        self._instruction = instruction

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def propose(self, text: str, language: str) -> Sequence[Mapping[str, Any]]:
        """The records that the model reads in `text`. Raises LandBriefError where it fails."""
        messages = [
            ("system", self._instruction),
            ("human", f"Language: {language}\n<paragraph>\n{text}\n</paragraph>"),
        ]
        try:
            answer = self._model.invoke(messages)
        except Exception as error:  # each provider has its own exceptions
            raise LandBriefError(f"the chat model {self._name} failed: {error}") from error
        records = answer.get("records") if isinstance(answer, Mapping) else None
        return [one for one in records or () if isinstance(one, Mapping)]
