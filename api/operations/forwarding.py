"""What a worker hands on to the owner of the stores, and how the owner takes it."""

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import anyio
import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.responses import problem_response

_LINK: Final = b"x-landbrief-link"
_CLIENT: Final = b"x-landbrief-client"
_READING: Final = ("/v1/search", "/v1/documents", "/v1/records")
_ASK: Final = "/v1/ask"
_IN_CONVERSATION: Final = b"conversation_id"
_MOST_BYTES: Final = 1 << 20  # of a question; a longer body is refused by the application
_MOST_SECONDS: Final = 10.0
_HOP: Final = frozenset(
    {
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te"),
        *(b"trailer", b"transfer-encoding", b"upgrade"),
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where the owner listens for its workers, on this machine alone, and what proves one."""

    url: str
    secret: str


class FromWorkers:
    """ASGI middleware of the owner: a request that a worker hands on counts as its client's.

    Anybody else who names a client is not believed.
    """

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self._app = app
        self._secret = secret.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            given = dict(scope["headers"])
            proof = given.get(_LINK)
            if proof is not None and hmac.compare_digest(proof, self._secret):
                client = given.get(_CLIENT, b"").decode("ascii", "replace")
                scope["client"] = (client, 0) if client else None
            scope["headers"] = [
                (name, value) for name, value in scope["headers"] if name not in (_LINK, _CLIENT)
            ]
        await self._app(scope, receive, send)


class ToOwner:
    """ASGI middleware of a worker: what only reads is done here, everything else by the owner.

    A turn of a conversation that goes on is the owner's too, who knows the turns before it.
    """

    def __init__(self, app: ASGIApp, link: Link) -> None:
        self._app = app
        self._link = link
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            # A proxy named in the environment would carry the secret out of this machine.
            async with httpx.AsyncClient(
                base_url=self._link.url,
                timeout=httpx.Timeout(None, connect=5.0),
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=32),
                trust_env=False,
            ) as self._client:
                await self._app(scope, receive, send)
            return
        if scope["type"] != "http" or _only_reads(scope):
            await self._app(scope, receive, send)
            return
        if scope["method"] == "POST" and scope["path"] == _ASK:
            taken, receive = await _taken(receive)
            if taken is None or _IN_CONVERSATION not in taken:
                await self._app(scope, receive, send)
                return
        await self._forward(scope, receive, send)

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._client is None:
            raise RuntimeError("the application has not started")
        path = scope.get("raw_path") or scope["path"].encode()
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        client = (scope.get("client") or ("", 0))[0]
        headers = [(name, value) for name, value in scope["headers"] if name not in _HOP]
        named = [(n, v) for n, v in headers if n not in (_LINK, _CLIENT)]
        named += [(_LINK, self._link.secret.encode()), (_CLIENT, client.encode())]
        sent = anyio.Event()
        request = self._client.build_request(
            scope["method"],
            httpx.URL(self._link.url).copy_with(raw_path=path + query),
            headers=named,
            content=_body(receive, sent) if _has_body(headers) else None,
        )
        async with anyio.create_task_group() as group:
            if not _has_body(headers):
                sent.set()

            async def answer() -> None:
                await self._answer(request, scope, receive, send)
                group.cancel_scope.cancel()

            group.start_soon(answer)
            await sent.wait()
            while (await receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

    async def _answer(
        self, request: httpx.Request, scope: Scope, receive: Receive, send: Send
    ) -> None:
        assert self._client is not None  # noqa: S101
        try:
            response = await self._client.send(request, stream=True)
        except httpx.HTTPError:
            body = problems.problem(
                problems.kind_of_status(503), "the owner of the stores does not answer: try again"
            )
            await problem_response(body, {"Retry-After": "5"})(scope, receive, send)
            return
        try:
            headers = [(n.lower(), v) for n, v in response.headers.raw if n.lower() not in _HOP]
            status = response.status_code
            await send({"type": "http.response.start", "status": status, "headers": headers})
            async for part in response.aiter_raw():
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()


def _only_reads(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and scope["path"].startswith(_READING)


def _has_body(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name in (b"content-length", b"content-type") for name, _ in headers)


async def _body(receive: Receive, sent: anyio.Event) -> AsyncIterator[bytes]:
    try:
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise httpx.WriteError("the client has left")
            yield message.get("body", b"")
            if not message.get("more_body", False):
                return
    finally:
        sent.set()


async def _taken(receive: Receive) -> tuple[bytes | None, Receive]:
    """The body, None where it is too long or too slow to look at; and all messages again."""
    held: list[Message] = []
    size = 0
    is_whole = False
    with anyio.move_on_after(_MOST_SECONDS):
        while size <= _MOST_BYTES:
            message = await receive()
            held.append(message)
            size += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                is_whole = True
                break
    body = b"".join(message.get("body", b"") for message in held)

    async def again() -> Message:
        return held.pop(0) if held else await receive()

    return body if is_whole else None, again
