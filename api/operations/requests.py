"""Around every request: its id, its span, its line in the log, its place in the metrics."""

import re
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.operations import noting
from api.operations.logs import log_request
from api.operations.metrics import OTHER, Metrics
from api.operations.tracing import Tracing

_HEADER: Final = "X-Request-ID"
_GIVEN: Final = re.compile(rb"[A-Za-z0-9._~-]{1,64}", re.ASCII)
_LEFT: Final = 499  # as proxies log it: the client has left before its answer began


class Requests:
    """ASGI middleware. A client's own X-Request-ID is kept where it is short and plain."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, tracing: Tracing) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        identifier = _identifier(headers.get(b"x-request-id", b""))
        notes = noting.begin(identifier)
        started = perf_counter()
        status = _LEFT

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = identifier
            await send(message)

        try:
            with self._tracing.request(scope["method"], headers) as span:
                try:
                    await self._app(scope, receive, named)
                finally:
                    span.set(route=route_of(scope), status=status, request_id=identifier)
        except Exception:
            status = 500 if status == _LEFT else status
            raise
        finally:
            seconds = perf_counter() - started
            route = route_of(scope)
            self._metrics.request(route, scope["method"], status, seconds)
            log_request(_fields(scope["method"], route, status, seconds) | notes)


def route_of(scope: Scope) -> str:
    """The template of the route that serves the request; what a client typed is never a label."""
    route = scope.get("route")
    path = getattr(route, "path", None)
    if isinstance(path, str):
        return path
    return "/mcp" if scope["path"] == "/mcp" else OTHER


def _identifier(given: bytes) -> str:
    return given.decode("ascii") if _GIVEN.fullmatch(given) else uuid4().hex


def _fields(method: str, route: str, status: int, seconds: float) -> dict[str, Any]:
    return {"method": method, "route": route, "status": status, "ms": round(1000 * seconds, 1)}
