"""The most that a request body may hold, counted while it streams in."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MB: Final = 1 << 20
_SMALL_BODY: Final = 1 * MB
_FORM_MARGIN: Final = 1 * MB  # the other fields and the boundaries of an upload


class BodyLimit:
    """ASGI middleware: a body over its limit ends in 413 before more of it is read.

    `max_file_bytes` bounds `POST upload_path`; every other body may have 1 MB.
    """

    def __init__(self, app: ASGIApp, *, max_file_bytes: int, upload_path: str) -> None:
        self._app = app
        self._max_file_bytes = max_file_bytes
        self._upload_path = upload_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        upload = scope["path"] == self._upload_path
        limit = self._max_file_bytes + _FORM_MARGIN if upload else _SMALL_BODY
        declared = dict(scope["headers"]).get(b"content-length", b"")
        received = int(declared) if declared.isdigit() and int(declared) > limit else 0

        async def counted() -> Message:
            nonlocal received
            if received > limit:
                raise HTTPException(413, _too_large(limit))
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, _too_large(limit))
            return message

        await self._app(scope, counted, send)


def _too_large(limit: int) -> str:
    return (
        f"the request is larger than {limit // MB} MB: "
        "the limit for files is the setting LANDBRIEF_MAX_FILE_MB"
    )
