"""Finds out who asks before a byte of the body is read, and keeps out who may not come in."""

import hmac
from collections.abc import Collection
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import is_loopback
from api.security.access import Access
from api.security.callers import PUBLIC_VIEW, VIEW, Caller, acting, note_caller
from api.security.rates import Rates, network_of
from api.security.refusals import Refused, refuse
from api.security.secret_keys import PREFIX, id_in

OPEN_PATHS: Final = frozenset({"/", "/docs", "/openapi.json", "/healthz", "/readyz"})
"""Pages and states that hold nothing of the documents: they are given to anybody."""
OPEN_FOLDERS: Final = ("/web/",)
OWNER_FOLDER: Final = "/internal/"
_UPLOADS: Final = ("POST", "/v1/documents")


class Gatekeeper:
    """ASGI middleware: notes the caller of each request, or answers 401, 403 or 429 itself.

    Every path that is not open wants a caller: a route that forgets to ask for one is closed to
    who shows no key. `own_doors` are folders whose pages know their readers by themselves;
    what is fetched below `uncounted` is not counted: a page is made of many such files.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        access: Access,
        by_key: Rates,
        by_address: Rates,
        own_doors: Collection[str] = (),
        uncounted: Collection[str] = (),
    ) -> None:
        self._app = app
        self._access = access
        self._by_key = by_key
        self._by_address = by_address
        self._open = (*OPEN_FOLDERS, *own_doors)
        self._uncounted = tuple(uncounted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        try:
            caller = await self._admitted(scope)
        except Refused as refused:
            await refuse(refused, scope, receive, send)
            return
        if caller is not None:
            note_caller(scope, caller)
        with acting(caller):
            await self._app(scope, receive, _private(send) if caller else send)

    async def _admitted(self, scope: Scope) -> Caller | None:
        """The caller; None at an open door. Raises Refused."""
        path: str = scope["path"]
        address = _address(scope)
        if path.startswith(OWNER_FOLDER):
            return self._owner(scope, address)
        is_open = path in OPEN_PATHS or path.startswith(self._open)
        caller = await self._caller(scope, address, is_open=is_open)
        if not path.startswith(self._uncounted):
            self._count(caller, address)
        if (scope.get("method"), path) == _UPLOADS and caller and not caller.may("editor"):
            # The route says so too, but only once the whole file has come.
            raise Refused(403, f'the key "{caller.key_name}" is for a reader: this wants an editor')
        return caller

    def _owner(self, scope: Scope, address: str | None) -> Caller:
        if not _is_near(address):
            raise Refused(403, "only commands on this machine may do this")
        if not self._shows_token(_shown(scope)):
            raise Refused(401, "the token is missing or wrong")
        return _owner(scope, address)

    async def _caller(self, scope: Scope, address: str | None, *, is_open: bool) -> Caller | None:
        shown = _shown(scope)
        if _is_near(address) and self._shows_token(shown):
            return _owner(scope, address)
        without = self._access.without_key
        # What never was one of our keys counts as none where none is asked: programs send
        # something because their protocol wants it. A key of ours that opens nothing is told so.
        key = next((one for one in shown if one.startswith(PREFIX)), None)
        if key is not None and not is_open:
            return await self._holder(key, address)
        if without is not None:
            return Caller(without, address=address)
        if is_open:
            return None
        if shown:
            raise self._wrong(address)
        raise Refused(401, "this server wants a key: send it as Authorization: Bearer …")

    async def _holder(self, text: str, address: str | None) -> Caller:
        ring = self._access.ring
        key = None
        if ring is not None and id_in(text) is not None:
            key = ring.known(text)
            if key is None:
                self._check_wrong(self._access.wrong_keys.left(network_of(address or "")))
                key = await run_in_threadpool(ring.find, text)
        if key is None:
            raise self._wrong(address)
        return Caller(key.role, key.internal, key.id, key.name, address=address)

    def _wrong(self, address: str | None) -> Refused:
        self._check_wrong(self._access.wrong_keys.wait(network_of(address or "")))
        return Refused(401, "the key is wrong, or was revoked")

    @staticmethod
    def _check_wrong(wait: int | None) -> None:
        """Raise Refused where so many were wrong that no more are looked at."""
        if wait is not None:
            raise Refused(429, f"too many wrong keys: try again in {wait} s", wait)

    def _count(self, caller: Caller | None, address: str | None) -> None:
        if caller is not None and caller.is_owner:
            return
        if caller is not None and caller.key_id is not None:
            wait = self._by_key.wait(caller.key_id)
        elif caller is not None and (self._access.is_private or _is_near(address)):
            return  # the user's own programs, on a machine that asks for no key
        else:
            wait = self._by_address.wait(network_of(address or ""))
        if wait is not None:
            raise Refused(429, f"too many requests: try again in {wait} s", wait)

    def _shows_token(self, shown: Collection[str]) -> bool:
        token = self._access.token
        if token is None:
            return False
        wanted = token.get_secret_value().encode()
        return any(hmac.compare_digest(one.encode(), wanted) for one in shown)


def _shown(scope: Scope) -> tuple[str, ...]:
    """What the request shows of itself: a bearer's token, a key."""
    headers = Headers(scope=scope)
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    both = (bearer.strip() if scheme.lower() == "bearer" else "", headers.get("x-api-key", ""))
    return tuple(one for one in both if one)


def _private(send: Send) -> Send:
    """What one reader may see, no cache gives to another one."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", "private, no-cache")
            headers.add_vary_header("Authorization, X-API-Key")
        await send(message)

    return sent


def _owner(scope: Scope, address: str | None) -> Caller:
    sees_internal = Headers(scope=scope).get(VIEW) != PUBLIC_VIEW
    return Caller("admin", sees_internal, is_owner=True, address=address)


def _address(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


def _is_near(address: str | None) -> bool:
    return address is not None and is_loopback(address)
