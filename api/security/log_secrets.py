"""Keeps secrets out of what is logged, whoever logs it and however it got there."""

import logging
import re
from collections.abc import Iterable
from typing import Final

from pydantic import SecretStr

from kb.settings import Settings

HIDDEN: Final = "********"
_KEY: Final = re.compile(r"(lb_[0-9a-f]{10})_[A-Za-z0-9_-]{8,}")
_BEARER: Final = re.compile(r"(?i)\b(bearer|x-api-key\W{1,4})\s*[A-Za-z0-9._~+/=-]{6,}")
_SHORTEST: Final = 6  # a shorter secret would hide words


class SecretsHidden(logging.Formatter):
    """What another formatter makes, without the secrets in it; traces are covered too."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = tuple(one for one in secrets if len(one) >= _SHORTEST)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return without_secrets(self._inner.format(record), self._secrets)


def without_secrets(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` with keys, bearers' tokens and `secrets` hidden; of a key its prefix stays."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    text = _KEY.sub(rf"\1_{HIDDEN}", text)
    return _BEARER.sub(rf"\1 {HIDDEN}", text)


def hide_secrets(settings: Settings) -> None:
    """From now on no line of this process's log holds a secret of `settings`, or a key."""
    values = (getattr(settings, field) for field in type(settings).model_fields)
    secrets = [one.get_secret_value() for one in values if isinstance(one, SecretStr)]
    for handler in logging.getLogger().handlers:
        inner = handler.formatter or logging.Formatter()
        if not isinstance(inner, SecretsHidden):
            handler.setFormatter(SecretsHidden(inner, secrets))
