"""The keys in use, and whose a given text is."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from api.security.secret_keys import id_in, is_made_of
from kb.keys import ApiKey

_FRESH_SECONDS: Final = 1.0
"""How long another process may go on taking a key that was revoked in this one."""


class Keys(Protocol):
    """Where keys are kept."""

    @property
    def changes(self) -> int:
        """A number that grows with every change made in this process."""

    def all(self) -> tuple[ApiKey, ...]:
        """Every key, revoked ones too."""


class KeyRing:
    """Knows keys again without the slow hash. Any thread may call any method.

    What was verified is remembered as a hash under a secret of this process, one for each key.
    """

    def __init__(
        self,
        keys: Keys,
        *,
        matches: Callable[[str, str], bool] = is_made_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`matches` says whether a kept hash was made of a text."""
        self._keys = keys
        self._matches = matches
        self._clock = clock
        self._pepper = secrets.token_bytes(32)
        self._verified: dict[str, bytes] = {}
        self._in_use: Mapping[str, ApiKey] = MappingProxyType({})
        self._changes = -1
        self._fresh_until = float("-inf")
        self._hashing = threading.Lock()

    def known(self, text: str) -> ApiKey | None:
        """The key whose text is known here already; None tells nothing. Never waits."""
        if self._is_stale():
            return None
        key = self._in_use.get(id_in(text) or "")
        return key if key is not None and self._remembers(key, text) else None

    def find(self, text: str) -> ApiKey | None:
        """The key in use whose text is `text`, else None. May take a while."""
        if self._is_stale():
            self._read()
        key = self._in_use.get(id_in(text) or "")
        if key is None:
            return None
        if self._remembers(key, text):
            return key
        # One at a time: a flood of wrong keys must not take the memory of as many hashes.
        with self._hashing:
            if not self._matches(key.hash, text):
                return None
        self._verified[key.id] = self._digest(key, text)
        return key

    def in_use(self, key_id: str) -> ApiKey | None:
        """The key with that id, which was shown before; None once it is revoked.

        May take a while.
        """
        if self._is_stale():
            self._read()
        return self._in_use.get(key_id)

    def _is_stale(self) -> bool:
        return self._changes != self._keys.changes or self._clock() > self._fresh_until

    def _read(self) -> None:
        changes, until = self._keys.changes, self._clock() + _FRESH_SECONDS
        in_use = {key.id: key for key in self._keys.all() if key.revoked_at is None}
        self._verified = {one: told for one, told in self._verified.items() if one in in_use}
        self._in_use, self._changes, self._fresh_until = in_use, changes, until

    def _remembers(self, key: ApiKey, text: str) -> bool:
        told = self._verified.get(key.id)
        return told is not None and hmac.compare_digest(told, self._digest(key, text))

    def _digest(self, key: ApiKey, text: str) -> bytes:
        # The kept hash is part of it: what was verified against another one counts no more.
        return hashlib.blake2b(f"{key.hash}\n{text}".encode(), key=self._pepper).digest()
