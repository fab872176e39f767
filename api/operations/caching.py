"""`ETag` and `If-None-Match` on documents: what has not changed is not sent again."""

import hashlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.held_back import HeldBack

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


class _Tagged(HeldBack):
    """Holds a JSON body back until its tag is known."""

    def __init__(self, send: Send, known: str) -> None:
        super().__init__(send)
        self._known = known

    def is_held(self, start: Message) -> bool:
        """Whether it is a JSON body that was found."""
        kind = Headers(raw=start["headers"]).get("content-type", "")
        return start["status"] == 200 and kind.startswith(_JSON)

    def finished(self, start: Message, body: bytes) -> bytes:
        """The body with its tag; nothing of one that the client has."""
        tag = tag_of(body)
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        headers["Cache-Control"] = "private, no-cache"
        headers.add_vary_header("Authorization")
        if not _matches(tag, self._known):
            return body
        start["status"] = 304
        del headers["content-length"]
        del headers["content-type"]
        return b""


def tag_of(body: bytes) -> str:
    """A weak tag: the same text may be sent compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def _matches(tag: str, known: str) -> bool:
    """Whether the client has it, by the weak comparison of RFC 9110."""
    if known.strip() == "*":
        return True
    bare = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in known.split(","))
