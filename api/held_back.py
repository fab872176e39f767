"""A response that is held back until the whole of it is known."""

from abc import ABC, abstractmethod

from starlette.types import Message, Send


class HeldBack(ABC):
    """Sends on what is not to be held, and of what is, what `finished` makes of it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] == "http.response.start" and self.is_held(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            body = self.finished(self._start, bytes(self._body))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": body})

    @abstractmethod
    def is_held(self, start: Message) -> bool:
        """Whether the response that begins so is held back."""

    @abstractmethod
    def finished(self, start: Message, body: bytes) -> bytes:
        """The body to be sent; `start` may be changed."""
