"""Secrets of API keys: how they look, and the slow hash that is kept of them."""

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PREFIX: Final = "lb_"
_FORM: Final = re.compile(r"lb_([0-9a-f]{10})_([A-Za-z0-9_-]{43})")
# Secrets are 256 random bits, which nobody guesses however fast the hash is: the least that OWASP
# advises for Argon2id keeps a wrong key from costing the server more than it costs the sender.
_PASSES: Final = 2
_MEMORY_KIB: Final = 19_456
_LANES: Final = 1


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key: `text` is shown once, `hashed` is kept."""

    id: str
    text: str
    hashed: str


def make_key() -> MadeKey:
    """A key that nobody has."""
    key_id = secrets.token_hex(5)
    text = f"{PREFIX}{key_id}_{secrets.token_urlsafe(32)}"
    return MadeKey(key_id, text, _hasher().hash(text))


def shown_prefix(key_id: str) -> str:
    """The part of a key that may be shown: it tells which key it is, and opens nothing."""
    return f"{PREFIX}{key_id}"


def id_in(text: str) -> str | None:
    """The id of the key that `text` has the form of; None where it has another form."""
    found = _FORM.fullmatch(text)
    return found[1] if found else None


def is_made_of(hashed: str, text: str) -> bool:
    """Whether `hashed` was made of `text`. Takes some 20 ms and 19 MB, on purpose."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, text)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    # Not at the top: without keys nothing is hashed.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)
