"""What a browser must not do to a server, and what pages of the server may load."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.responses import problem_response

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY: Final = "Content-Security-Policy"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For what is no page: whatever a document holds, a browser runs nothing of it."""
_PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGES: Final = frozenset({"/", "/docs"})
_NO_POLICIES: Final[Mapping[str, str]] = MappingProxyType({})


class BrowserGuard:
    """ASGI middleware: no writes from pages of other sites, and no outside resource in ours.

    `policies` are the content security policies of pages below a path, the longest that fits; a
    response that has one of its own keeps it. Pages of `origins` may send requests.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        policies: Mapping[str, str] = _NO_POLICIES,
        origins: Collection[str] = (),
    ) -> None:
        self._app = app
        self._policies = sorted(policies.items(), key=lambda one: -len(one[0]))
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "websocket":
            # A browser asks no leave to open one, and says which page wants it.
            if self._is_foreign(Headers(scope=scope)):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault(_POLICY, self._policy(scope["path"]))
            await send(message)

        if scope["method"] not in _SAFE_METHODS and self._is_foreign(Headers(scope=scope)):
            refusal = problems.problem(
                problems.FORBIDDEN, "pages of other sites may not send requests to LandBrief"
            )
            await problem_response(refusal)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _is_foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or origin in self._origins:
            return False
        try:
            return urlsplit(origin).netloc != headers.get("host")
        except ValueError:
            return True

    def _policy(self, path: str) -> str:
        for folder, policy in self._policies:
            if path.startswith(folder):
                return policy
        return _PAGE if path in _PAGES else _NOTHING


class KnownHosts:
    """ASGI middleware: only requests that name one of `hosts` as the server they want.

    A site whose name was made to resolve to this machine (DNS rebinding) would otherwise count as
    the server's own page.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] in ("http", "websocket"):
            host = Headers(scope=scope).get("host", "")
            if host_name(host) not in self._hosts:
                await self._refuse(host, scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _refuse(self, host: str, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        body = problems.problem(
            problems.FORBIDDEN, f'this server does not answer to the name "{host}"'
        )
        await problem_response(body)(scope, receive, send)


def host_name(host: str) -> str | None:
    """The name in a `Host` header, without its port; None for what cannot be one."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
