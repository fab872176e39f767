"""Connections on which no request begins: they are closed, so that nobody can hold them all."""

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol


def impatient_protocol(seconds: float) -> type[asyncio.Protocol]:
    """The server's protocol, which waits so long for the headers of a request to be whole.

    The server itself gives time limits only to connections that have been answered before.
    """

    class Impatient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: Any) -> None:
            """Begin to wait."""
            self._last_cycle: Any = None
            self._patience: asyncio.TimerHandle | None = None
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            """Go on to wait, unless the headers are whole."""
            super().data_received(data)
            cycle: Any = getattr(self, "cycle", None)
            if cycle is not None and cycle is not self._last_cycle:
                self._last_cycle = cycle
                self._stop()
            elif cycle is None or cycle.response_complete:
                self._wait()
            if self.transport.get_protocol() is not self:  # it goes on as a WebSocket
                self._stop()

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait no more."""
            self._stop()
            super().connection_lost(exc)

        def _wait(self) -> None:
            if self._patience is None:
                self._patience = self.loop.call_later(seconds, self._give_up)

        def _stop(self) -> None:
            if self._patience is not None:
                self._patience.cancel()
                self._patience = None

        def _give_up(self) -> None:
            self._patience = None
            if not self.transport.is_closing():
                self.transport.close()

    return Impatient
