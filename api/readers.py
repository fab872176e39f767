"""Who is asking: the owner's own commands, or anybody."""

import hmac

from fastapi import HTTPException, Request
from pydantic import SecretStr

from api.addresses import is_loopback
from api.desk import Desk


class Readers:
    """Gives each request its desk: the owner's to one that shows the token from this machine."""

    def __init__(self, public: Desk, own: Desk, token: SecretStr | None) -> None:
        """Without a `token` nobody is the owner."""
        self._public = public
        self._own = own
        self._token = token

    def any(self, request: Request) -> Desk:
        """The desk for a reader: what it may see depends on who asks."""
        return self._own if _is_near(request) and self._shows_token(request) else self._public

    def owner(self, request: Request) -> Desk:
        """The owner's desk. Raises HTTPException 401 or 403 for anyone else."""
        if not _is_near(request):
            raise HTTPException(403, "only commands on this machine may do this")
        if not self._shows_token(request):
            raise HTTPException(
                401, "the token is missing or wrong", headers={"WWW-Authenticate": "Bearer"}
            )
        return self._own

    def _shows_token(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if self._token is None or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.encode(), self._token.get_secret_value().encode())


def _is_near(request: Request) -> bool:
    return request.client is not None and is_loopback(request.client.host)
