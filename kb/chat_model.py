"""Chat models: the one place that knows how LangChain makes them."""

from typing import Any, Protocol

from kb.errors import SettingsError


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
