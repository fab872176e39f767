"""Sends requests away while too many wait, so that those inside are served in good time."""

from collections.abc import Mapping
from functools import partial
from typing import Final, Literal, get_args

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.operations.lines import Full, Line
from api.operations.metrics import Metrics
from api.security.refusals import Refused, refuse
from kb.settings import Settings

Lane = Literal["answers", "reading", "writing"]
LANES: Final[tuple[Lane, ...]] = get_args(Lane)
_ANSWERS: Final = ("/v1/ask", "/v1/chat/completions", "/v1/briefs", "/mcp")
_READING: Final = ("/v1/search", "/v1/documents", "/v1/records", "/v1/briefs")
_WRITERS: Final = 4
"""The stores have one writer; the others' files come in meanwhile."""
_EVENTS: Final = b"text/event-stream"


def lane_of(scope: Scope) -> Lane | None:
    """In which line a request waits; None for what costs next to nothing."""
    path, method = scope["path"].rstrip("/"), scope["method"]
    if method == "POST" and path == "/v1/documents":
        return "writing"
    if method == "POST" and path.startswith(_ANSWERS):
        return "answers"
    if method in ("GET", "HEAD") and path.startswith(_READING):
        return "reading"
    return None


def lines_of(settings: Settings) -> Mapping[Lane, Line]:
    """The lines, as the settings want them.

    A chat model's answers mostly wait for its service: more of them are worked on at once.
    """
    composed = settings.chat_model is None
    answers = settings.api_concurrency if composed else settings.api_chat_concurrency
    waiting, patience = settings.api_queue, settings.api_queue_seconds
    return {
        "answers": Line(answers, waiting, patience),
        "reading": Line(settings.api_concurrency, waiting, patience),
        "writing": Line(_WRITERS, waiting, patience),
    }


class Overload:
    """ASGI middleware. Each lane has a line of its own: a long upload keeps no reader waiting.

    A client that sends or reads slowly holds no place: a question is taken in before it waits in
    line, and the place is free once the answer is made.
    """

    def __init__(self, app: ASGIApp, *, lines: Mapping[Lane, Line], metrics: Metrics) -> None:
        self._app = app
        self._lines = lines
        self._metrics = metrics
        for lane, line in lines.items():
            metrics.watch(lane, partial(_waiting, line), partial(_running, line))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        lane = lane_of(scope) if scope["type"] == "http" else None
        if lane is None:
            await self._app(scope, receive, send)
            return
        try:
            if lane == "answers":
                receive = await _taken_in(receive)
            place = await self._lines[lane].enter()
        except HTTPException as error:  # the body is too large, or came too slowly
            refused = Refused(error.status_code, error.detail)
            await refuse(refused, scope, receive, _with(error.headers, send))
            return
        except Full as full:
            self._metrics.refused(lane)
            refused = Refused(429, str(full), full.seconds)
            await refuse(refused, scope, receive, send)
            return

        async def freeing(message: Message) -> None:
            if message["type"] == "http.response.start" and not _goes_on(message):
                place.leave()
            await send(message)

        try:
            await self._app(scope, receive, freeing)
        finally:
            place.leave()


async def _taken_in(receive: Receive) -> Receive:
    """The same messages, the whole body at hand. Raises HTTPException where it is too large."""
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts += message.get("body", b"")
        if not message.get("more_body", False):
            message = {"type": "http.request", "body": bytes(parts), "more_body": False}
            break
    first: Message | None = message

    async def again() -> Message:
        nonlocal first
        if first is None:
            return await receive()
        taken, first = first, None
        return taken

    return again


def _with(headers: Mapping[str, str] | None, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and headers:
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sent


def _goes_on(start: Message) -> bool:
    """Whether the work goes on while the answer is sent."""
    return any(
        name.lower() == b"content-type" and value.startswith(_EVENTS)
        for name, value in start.get("headers", ())
    )


def _waiting(line: Line) -> int:
    return line.waiting


def _running(line: Line) -> int:
    return line.running
