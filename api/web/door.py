"""Where requests for the page enter the framework, and how its pages leave it."""

import re
import secrets
from html import escape
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import is_loopback
from api.guard import host_name
from api.held_back import HeldBack
from api.web.doors import FRAMEWORK, is_asset, is_ours, page_policy

ATTRIBUTES: Final = "landbrief_html"
"""Where a page leaves the attributes of its `html` element, in the state of its request."""
FOREVER: Final = "public, max-age=31536000, immutable"
_PAGE: Final = "x-nicegui-content"
_HTML: Final = re.compile(rb"<html[^>]*>")
_UNWANTED: Final = frozenset({b"x-forwarded-prefix", b"x-forwarded-host"})


class PageDoor(BaseRoute):
    """A route for the paths of the page alone: at others the application answers as without it."""

    def __init__(self, page: ASGIApp, assets: ASGIApp) -> None:
        """`page` gives whoever comes a session; `assets` serves what needs none."""
        self._page = page
        self._assets = assets
        self.path = "/ (page)"

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the page answers."""
        wanted = scope["type"] in ("http", "websocket") and is_ours(scope["path"])
        return (Match.FULL, {"endpoint": self._page}) if wanted else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        scope.setdefault("state", {})
        # The framework would write them into its pages.
        scope["headers"] = [one for one in scope["headers"] if one[0] not in _UNWANTED]
        if is_asset(scope["path"]):
            # Nobody counts who fetches files: none of them makes a session or a page.
            await self._assets(scope, receive, _kept(scope["path"], send))
        elif scope["type"] == "http":
            await self._page(scope, receive, _Dressed(scope, send))
        else:
            await self._page(scope, receive, send)


def _kept(path: str, send: Send) -> Send:
    """Have browsers keep the framework's files, whose addresses change with its version."""

    async def sent(message: Message) -> None:
        is_file = path.startswith(FRAMEWORK) and message.get("status") == 200
        if message["type"] == "http.response.start" and is_file:
            MutableHeaders(raw=message["headers"])["cache-control"] = FOREVER
        await send(message)

    return sent


def _is_over_tls(headers: Headers) -> bool:
    """Whether the browser reached a proxy by TLS: elsewhere but on its own machine, it says where
    a request comes from over nothing less."""
    host = (host_name(headers.get("host", "")) or "").removesuffix(".localhost")
    return "sec-fetch-site" in headers and not is_loopback(host)


class _Dressed(HeldBack):
    """Gives a page its policy, its scripts the nonce, its root the language and the colours."""

    def __init__(self, scope: Scope, send: Send) -> None:
        super().__init__(send)
        self._scope = scope

    def is_held(self, start: Message) -> bool:
        """Whether it is one of the framework's pages; a cookie goes by TLS alone where it can."""
        headers = MutableHeaders(raw=start["headers"])
        if "set-cookie" in headers and _is_over_tls(Headers(scope=self._scope)):
            headers["set-cookie"] += "; secure"
        return headers.get(_PAGE) == "page" and "html" in headers.get("content-type", "")

    def finished(self, start: Message, body: bytes) -> bytes:
        """The page, dressed."""
        nonce = secrets.token_urlsafe(16)
        given = self._scope.get("state", {}).get(ATTRIBUTES, {})
        root = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
        if root:
            body = _HTML.sub(f"<html{root}>".encode(), body, count=1)
        # What a document or a reader says stands escaped in it: every tag is the framework's.
        body = body.replace(b"<script", f'<script nonce="{nonce}"'.encode())
        headers = MutableHeaders(raw=start["headers"])
        headers["content-length"] = str(len(body))
        headers["content-security-policy"] = page_policy(nonce)
        # With "no-referrer" a browser would not say that a form comes from this very site.
        headers["referrer-policy"] = "same-origin"
        return body
