"""Chat models: the one place that knows how LangChain makes them."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final, Protocol

from kb.errors import LandBriefError, SettingsError
from kb.settings import Settings

PACKAGES: Final[Mapping[str, str]] = {
    "openai": "langchain_openai",
    "anthropic": "langchain_anthropic",
    "ollama": "langchain_ollama",
}
"""Providers that the extra `chat` installs, and the package of each."""


class ChatModel(Protocol):
    """The part of LangChain's BaseChatModel that is used here."""

    def invoke(self, input: Any) -> Any:  # noqa: A002 (LangChain's name)
        """A message, whose `content` is its text, or a list of parts of it."""


def check_chat_model(name: str, is_installed: Callable[[str], bool] | None = None) -> None:
    """Raises SettingsError where a model of that name cannot be made, as far as can be told
    without importing anything: the name has no provider, or the provider's package is missing.
    """
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise SettingsError(
            f'the chat model "{name}" names no provider: write provider:model, such as "ollama:…"'
        )
    package = PACKAGES.get(provider)
    if package is not None and not (is_installed or _is_installed)(package):
        raise SettingsError(
            f'the chat model "{name}" needs {package.replace("_", "-")}: '
            'install the extra "chat" (pip install "landbrief[chat]")'
        )


def open_chat_model(
    name: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    seconds: float | None = None,
    retries: int | None = None,
    most_tokens: int | None = None,
) -> ChatModel:
    """The chat model of that name, as LangChain's `init_chat_model` reads it ("openai:gpt-5"), with
    no temperature. What is not given is left to the provider, and so to its own variables.

    `seconds` is how long the service may be silent, `retries` how often a failed request is sent
    again, `most_tokens` the longest reply. Raises SettingsError where it cannot be made: a package
    or a key is missing, nobody knows it.
    """
    if name.partition(":")[0] in PACKAGES:
        check_chat_model(name)
    from langchain.chat_models import init_chat_model

    given = _options(name, base_url, api_key, seconds, retries, most_tokens)
    try:
        model: ChatModel = init_chat_model(name, temperature=0, **given)
    except Exception as error:  # each provider has its own exceptions
        raise SettingsError(f'no chat model "{name}": {error}') from error
    return model


def chat_model_of(settings: Settings) -> ChatModel:
    """The chat model that the settings name. Raises SettingsError where it cannot be made, or
    none is named."""
    if settings.chat_model is None:
        raise SettingsError("no chat model is set: LANDBRIEF_CHAT_MODEL names one")
    key = settings.chat_api_key
    return open_chat_model(
        settings.chat_model,
        base_url=settings.chat_base_url,
        api_key=key.get_secret_value() if key is not None else None,
        seconds=settings.chat_timeout_seconds,
        retries=settings.chat_retries,
        most_tokens=settings.chat_token_budget,
    )


def _options(
    name: str,
    base_url: str | None,
    api_key: str | None,
    seconds: float | None,
    retries: int | None,
    most_tokens: int | None,
) -> dict[str, Any]:
    """What the provider's class is told, in its own words."""
    if name.startswith("ollama:"):
        client: dict[str, Any] = {} if seconds is None else {"timeout": seconds}
        if api_key is not None:
            client["auth"] = _Bearer(api_key)
        told: dict[str, Any] = {
            "base_url": base_url,
            "num_predict": most_tokens,
            "client_kwargs": client or None,
        }
    else:
        told = {
            "base_url": base_url,
            "api_key": api_key,
            "timeout": seconds,
            "max_retries": retries,
            "max_tokens": most_tokens,
        }
    return {key: value for key, value in told.items() if value is not None}


class _Bearer:
    """Signs requests of httpx; unlike a header, it does not show the key where it is printed."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._key}"
        return request


def _is_installed(package: str) -> bool:
    return find_spec(package) is not None


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
