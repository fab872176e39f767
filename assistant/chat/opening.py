"""The chat model that the settings name, ready to word answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kb.settings import Settings

if TYPE_CHECKING:
    from assistant.chat.drafting import ChatWriter


@contextmanager
def open_writer(settings: Settings) -> Iterator["ChatWriter | None"]:
    """A writer while the block runs; None where no chat model is set.

    The model is made when the first answer needs it: LangChain is slow to import. Raises
    SettingsError for a name without a provider and for a package that is missing.
    """
    if settings.chat_model is None:
        yield None
        return
    # Not at the top: nobody else should wait for these.
    from assistant.chat.drafting import ChatLimits, ChatWriter
    from kb.chat_model import chat_model_of, check_chat_model
    from kb.chat_model_turns import StreamedModel

    check_chat_model(settings.chat_model)
    turns = StreamedModel(settings.chat_model, lambda: chat_model_of(settings))
    limits = ChatLimits(
        seconds=settings.chat_timeout_seconds,
        tokens=settings.chat_token_budget,
        rounds=settings.chat_tool_rounds,
    )
    try:
        yield ChatWriter(turns, limits)
    finally:
        turns.close()
