"""The rules of one server: whom it asks for a key, and what who shows none may do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from pydantic import SecretStr

from api.addresses import is_loopback
from api.security.key_ring import KeyRing, Keys
from api.security.rates import Rates
from kb.errors import SettingsError
from kb.roles import Role
from kb.settings import Settings

WITHOUT_KEY: Final[Role] = "editor"
"""Who shows no key, where none is asked: removing and making keys stay with the owner."""
_WRONG_KEYS_PER_MINUTE: Final = 20  # from one address


def _few_wrong_keys() -> Rates:
    return Rates(_WRONG_KEYS_PER_MINUTE)


@dataclass(frozen=True, slots=True)
class Access:
    """`without_key` is the role of who shows no key, None where that opens nothing.

    `token` makes its bearer the owner, on this machine alone. `is_private` says that nothing but
    this machine reaches the server: requests without a key are not counted then. `wrong_keys`
    counts those shown at all doors together.
    """

    ring: KeyRing | None
    token: SecretStr | None
    without_key: Role | None
    is_private: bool
    wrong_keys: Rates = field(default_factory=_few_wrong_keys)


def access_of(settings: Settings, keys: Keys | None, *, insecure: bool = False) -> Access:
    """The rules that `settings` make: on loopback no key is asked unless they require it.

    Elsewhere one is, unless `insecure`.
    """
    is_local = is_loopback(settings.host)
    asked = settings.require_key or not (insecure or is_local)
    return Access(
        KeyRing(keys) if keys is not None else None,
        settings.api_token,
        None if asked else WITHOUT_KEY,
        is_private=is_local,
    )


def check_exposure(settings: Settings, *, insecure: bool, has_keys: Callable[[], bool]) -> None:
    """Raise SettingsError where the server would be open to other machines without a key."""
    if insecure and settings.require_key:
        raise SettingsError("--insecure and LANDBRIEF_REQUIRE_KEY contradict each other")
    if insecure or is_loopback(settings.host) or has_keys():
        return
    raise SettingsError(
        f"{settings.host} can be reached from other machines, who could read and write all: "
        "make a key first (landbrief keys add NAME --role admin), serve on 127.0.0.1, "
        "or say --insecure"
    )
