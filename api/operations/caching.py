"""`ETag` and `If-None-Match` on documents: what has not changed is not sent again."""

import hashlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PATH: Final = "/v1/documents"
_JSON: Final = "application/json"


class Conditional:
    """ASGI middleware: tags bodies below /v1/documents by their content, which says when they
    change; a generation number would also change when other documents do.

    A body may depend on who asks, so that nobody in between may keep it without asking.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not scope["path"].startswith(_PATH)
        ):
            await self._app(scope, receive, send)
            return
        tagged = _Tagged(send, Headers(scope=scope).get("if-none-match", ""))
        await self._app(scope, receive, tagged)


class _Tagged:
    """Holds a JSON body back until its tag is known."""

    def __init__(self, send: Send, known: str) -> None:
        self._send = send
        self._known = known
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] == "http.response.start" and _is_taggable(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        tag = tag_of(bytes(self._body))
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        headers["Cache-Control"] = "private, no-cache"
        headers.add_vary_header("Authorization")
        if _matches(tag, self._known):
            start["status"] = 304
            del headers["content-length"]
            del headers["content-type"]
            self._body.clear()
        await self._send(start)
        await self._send({"type": "http.response.body", "body": bytes(self._body)})


def tag_of(body: bytes) -> str:
    """A weak tag: the same text may be sent compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def _is_taggable(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith(_JSON)


def _matches(tag: str, known: str) -> bool:
    """Whether the client has it, by the weak comparison of RFC 9110."""
    if known.strip() == "*":
        return True
    bare = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in known.split(","))
