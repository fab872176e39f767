"""Who a reader of the page is: the rules of `api/security/gatekeeper.py`, asked again each time."""

from typing import Final

from api.addresses import is_loopback
from api.security.access import Access
from api.security.callers import Caller
from api.security.rates import Rates, network_of
from api.security.secret_keys import id_in
from kb.errors import LandBriefError
from kb.keys import ApiKey


class SignedOut(LandBriefError):
    """The key that signed in was revoked, or the server has come to ask for one."""


class NotAllowed(LandBriefError):
    """The reader's role does not include what was asked."""


class WrongKey(LandBriefError):
    """What was shown is no key in use."""


class TooManyKeys(LandBriefError):
    """Too many wrong ones came from one address; `seconds` is when to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong keys: try again in {seconds} s")
        self.seconds: Final = seconds


class Admission:
    """Knows callers by the id of their key. Methods that say so may take a while."""

    def __init__(self, access: Access, by_key: Rates, by_address: Rates) -> None:
        """What is done is counted by key, without one by address."""
        self._access = access
        self._by_key = by_key
        self._by_address = by_address

    @property
    def asks_key(self) -> bool:
        """Whether nothing is open without a key."""
        return self._access.without_key is None

    def caller(self, key_id: str | None, address: str) -> Caller | None:
        """The caller who signed in with that key, or came without one; None: she has to sign in.

        May take a while.
        """
        if key_id is not None and self._access.ring is not None:
            key = self._access.ring.in_use(key_id)
            return _holder(key, address) if key else None
        role = self._access.without_key
        return Caller(role, address=address) if role else None

    def still(self, caller: Caller | None) -> Caller:
        """The same caller with the rights she has now. Raises SignedOut. May take a while."""
        now = self.caller(caller.key_id, caller.address or "") if caller else None
        if now is None:
            raise SignedOut("the key was revoked")
        return now

    def wait(self, caller: Caller) -> int | None:
        """None where she may act, which is counted; else the seconds to wait."""
        if caller.key_id is not None:
            return self._by_key.wait(caller.key_id)
        address = caller.address or ""
        if self._access.is_private or is_loopback(address):
            return None
        return self._by_address.wait(network_of(address))

    def key_in(self, shown: str) -> str | None:
        """The id of the key in use whose text was shown; None for a wrong one. May take a while."""
        text = shown.strip()
        ring = self._access.ring
        if ring is None or id_in(text) is None:
            return None
        key = ring.find(text)
        return key.id if key else None

    def check_wrong(self, address: str) -> None:
        """Raise TooManyKeys where so many were wrong that no more are looked at."""
        seconds = self._access.wrong_keys.left(network_of(address))
        if seconds is not None:
            raise TooManyKeys(seconds)

    def wrong(self, address: str) -> LandBriefError:
        """What to tell who showed a wrong key, which is counted."""
        seconds = self._access.wrong_keys.wait(network_of(address))
        return (
            WrongKey("the key is wrong, or was revoked")
            if seconds is None
            else TooManyKeys(seconds)
        )


def _holder(key: ApiKey, address: str) -> Caller:
    return Caller(key.role, key.internal, key.id, key.name, address=address)
