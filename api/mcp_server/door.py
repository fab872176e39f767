"""MCP over streamable HTTP, at one path of the application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.mcp_server.lending import DESK, ReadersDesk
from api.readers import Readers
from kb.errors import StoreBusy

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH: Final = "/mcp"


class McpDoor:
    """Serves each request on its own: no session outlives it, so that the reader is asked for
    every time, and any process can answer.
    """

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._manager: StreamableHTTPSessionManager | None = None

    @property
    def route(self) -> Route:
        """The route; without sessions there is nothing to GET or to DELETE."""
        return Route(PATH, endpoint=self, methods=["POST"], include_in_schema=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve while the block runs; a block may follow another."""
        # Not at the top: an application is also made where nothing is served.
        from mcp.server.transport_security import TransportSecuritySettings

        from api.mcp_server.server import mcp_server

        server = mcp_server(ReadersDesk())
        server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            # The guards of the whole application look at hosts and origins.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with server.session_manager.run():
            self._manager = server.session_manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Raises HTTPException for a reader who may not come in."""
        if self._manager is None:
            raise StoreBusy("MCP is not served yet: the application has not started")
        desk = self._readers.any(Request(scope))
        await self._manager.handle_request({**scope, DESK: desk}, receive, send)
