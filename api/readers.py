"""The desk that a request is answered at: what it may see and do depends on who asks."""

from fastapi import HTTPException, Request

from api.desk import Desk
from api.security.callers import KEY_ID, Caller, caller_in
from kb.roles import Role


class Readers:
    """Dependencies of routes: each gives the desk, or refuses who may not do what the route does.

    Whoever sent the request was found out before: `api/security/gatekeeper.py`.
    """

    def __init__(self, public: Desk, own: Desk) -> None:
        """`own` is the desk of those who may see internal documents."""
        self._public = public
        self._own = own

    def any(self, request: Request) -> Desk:
        """The desk of whoever may ask, search and read. Raises HTTPException, as those below."""
        return self._of(_allowed(request, "reader"))

    def editor(self, request: Request) -> Desk:
        """The desk of who may also upload and review."""
        return self._of(_allowed(request, "editor"))

    def admin(self, request: Request) -> Desk:
        """The desk of who may also remove documents, and make and revoke keys."""
        return self._of(_allowed(request, "admin"))

    def owner(self, request: Request) -> Desk:
        """The desk of this machine's user, whose commands show the token."""
        if not _allowed(request, "admin").is_owner:
            raise HTTPException(403, "only commands on this machine may do this")
        return self._own

    def _of(self, caller: Caller) -> Desk:
        return self._own if caller.sees_internal else self._public


def owner_of(request: Request) -> str | None:
    """Whose the request is: the id of its key; None where it came without one."""
    owner: str | None = getattr(request.state, KEY_ID, None)
    return owner


def name_of(request: Request) -> str | None:
    """The name of the key that the request came with; None where it came without one."""
    caller = caller_in(request.scope)
    return caller.key_name if caller else None


def sees_internal(request: Request) -> bool:
    """Whether whoever sent the request may see internal documents."""
    caller = caller_in(request.scope)
    return caller is not None and caller.sees_internal


def _allowed(request: Request, role: Role) -> Caller:
    caller = caller_in(request.scope)
    if caller is None:
        raise HTTPException(401, "this server wants a key", headers={"WWW-Authenticate": "Bearer"})
    if not caller.may(role):
        what = f'the key "{caller.key_name}" is for a {caller.role}' if caller.key_id else "no key"
        raise HTTPException(403, f"{what}: this wants one for {_named(role)}")
    return caller


def _named(role: Role) -> str:
    return f"an {role}" if role[0] in "ae" else f"a {role}"
