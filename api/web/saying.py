"""What a page says of an error: in the reader's language, never a traceback."""

from collections.abc import Mapping
from typing import Final

from api.operations.lines import Full
from api.web import words
from api.web.admission import NotAllowed, SignedOut, TooManyKeys, WrongKey
from kb.errors import (
    ChatModelFailed,
    IdentityConflict,
    InvalidQuery,
    LandBriefError,
    NotFound,
    StoreBusy,
    UnreadableFile,
    Withdrawn,
)
from kb.languages import Language

_KEYS: Final[Mapping[type[LandBriefError], str]] = {
    SignedOut: "shell.key_ended",
    NotAllowed: "shell.not_allowed",
    WrongKey: "shell.key_wrong",
    Withdrawn: "shell.withdrawn",
    NotFound: "shell.not_found",
    InvalidQuery: "shell.invalid",
    UnreadableFile: "shell.unreadable",
    IdentityConflict: "shell.conflict",
    StoreBusy: "shell.stores_busy",
    ChatModelFailed: "shell.chat_failed",
}
_ENOUGH: Final = (SignedOut, NotAllowed, WrongKey, StoreBusy)
"""Where the words in six languages say all there is to say."""


def said(language: Language, error: BaseException) -> str:
    """One plain sentence or two. The detail that names the thing is English where none is ours."""
    if isinstance(error, Full):
        return words.say(language, "shell.busy", seconds=str(error.seconds))
    if isinstance(error, TooManyKeys):
        return words.say(language, "shell.key_many", seconds=str(error.seconds))
    if not isinstance(error, LandBriefError):
        return words.say(language, "shell.unexpected")
    key = next((_KEYS[cls] for cls in type(error).__mro__ if cls in _KEYS), None)
    if key is None or (language == "en" and not isinstance(error, _ENOUGH)):
        return _sentence(str(error))
    text = words.say(language, key)
    return (
        text
        if isinstance(error, _ENOUGH)
        else f"{text} (\N{FIRST STRONG ISOLATE}{error}\N{POP DIRECTIONAL ISOLATE})"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
