"""Who asks, as the doors see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.roles import ROLES, Role

if TYPE_CHECKING:
    from starlette.types import Scope

VIEW: Final = "X-LandBrief-View"
PUBLIC_VIEW: Final = "public"
"""What an owner's command sends that wants to see no more than everybody may."""
_CALLER: Final = "caller"
KEY_ID: Final = "key_id"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request, with what she may do and see."""

    role: Role
    sees_internal: bool = False
    key_id: str | None = None
    key_name: str | None = None
    is_owner: bool = False  # shows the token of this machine's user
    address: str | None = None

    def may(self, role: Role) -> bool:
        """Whether she may do what `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def who(self) -> str:
        """Her name in the audit log."""
        if self.is_owner:
            return "owner"
        return f"key {self.key_id} ({self.key_name})" if self.key_id else "nobody"


def note_caller(scope: "Scope", caller: Caller) -> None:
    """Have the rest of the application know who sent the request."""
    state = scope.setdefault("state", {})
    state[_CALLER] = caller
    if caller.key_id is not None:
        state[KEY_ID] = caller.key_id


def caller_in(scope: "Scope") -> Caller | None:
    """Who sent the request; None where nobody has looked, who may do nothing then."""
    caller = scope.get("state", {}).get(_CALLER)
    return caller if isinstance(caller, Caller) else None


_acting: ContextVar[Caller | None] = ContextVar("landbrief_acting", default=None)


@contextmanager
def acting(caller: Caller | None) -> Iterator[None]:
    """Whatever is done in the block, in its threads too, `caller` does."""
    token = _acting.set(caller)
    try:
        yield
    finally:
        _acting.reset(token)


def who_acts() -> Caller | None:
    """Who does what is being done; None for a command in this process."""
    return _acting.get()
