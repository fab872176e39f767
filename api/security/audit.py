"""Who changed what, and when: a line of JSON for each write, beside the stores.

Neither what people ask nor any secret is ever in it.
"""

import getpass
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api.security.callers import who_acts

FILE_NAME: Final = "audit.jsonl"
_TEXT: Final = 300  # characters of one value


class Audit:
    """Appends to `audit.jsonl` in `home`, which its user alone may read."""

    def __init__(self, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = home / FILE_NAME
        self._now = now

    def note(self, action: str, **what: str | int | None) -> None:
        """Write down that whoever acts now did `action`; values that are None are left out."""
        caller = who_acts()
        line = {
            "at": self._now().isoformat(timespec="milliseconds"),
            "who": caller.who if caller else f"command ({_login()})",
            "address": caller.address if caller else None,
            "action": action,
            **what,
        }
        told = {name: _short(value) for name, value in line.items() if value is not None}
        text = json.dumps(told, ensure_ascii=True) + "\n"
        # One write to a file opened for appending: lines of several processes do not mix.
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, text.encode("ascii"))
        finally:
            os.close(handle)


def _short(value: str | int) -> str | int:
    return value[:_TEXT] if isinstance(value, str) else value


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return "unknown"
