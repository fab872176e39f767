"""The most that a request body may hold, and the longest that it may take to come."""

import math
from collections.abc import Collection
from typing import Final

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MB: Final = 1 << 20
_SMALL_BODY: Final = 1 * MB
_FORM_MARGIN: Final = 1 * MB  # the other fields and the boundaries of an upload
_CLOSE: Final = {"Connection": "close"}  # the rest of the body is not waited for


class BodyLimit:
    """ASGI middleware: a body over its limit ends in 413 before more of it is read, one that is
    not whole in time in 408.

    `max_file_bytes` and `upload_seconds` bound `POST upload_path`, and what is posted below
    `upload_folders`; every other body may have 1 MB and `body_seconds`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_file_bytes: int,
        upload_path: str,
        body_seconds: float = math.inf,
        upload_seconds: float = math.inf,
        upload_folders: Collection[str] = (),
    ) -> None:
        self._app = app
        self._max_file_bytes = max_file_bytes
        self._upload_path = upload_path
        self._body_seconds = body_seconds
        self._upload_seconds = upload_seconds
        self._upload_folders = tuple(upload_folders)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        upload = path == self._upload_path or path.startswith(self._upload_folders)
        limit = self._max_file_bytes + _FORM_MARGIN if upload else _SMALL_BODY
        seconds = self._upload_seconds if upload else self._body_seconds
        declared = dict(scope["headers"]).get(b"content-length", b"")
        received = int(declared) if declared.isdigit() and int(declared) > limit else 0
        deadline: float | None = None
        is_whole = False

        async def counted() -> Message:
            nonlocal received, deadline, is_whole
            if is_whole:
                return await receive()
            if received > limit:
                raise HTTPException(413, _too_large(limit), _CLOSE)
            if deadline is None:
                deadline = anyio.current_time() + seconds
            try:
                with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, _too_slow(seconds), _CLOSE) from None
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, _too_large(limit), _CLOSE)
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, counted, send)


def _too_large(limit: int) -> str:
    return (
        f"the request is larger than {limit // MB} MB: "
        "the limit for files is the setting LANDBRIEF_MAX_FILE_MB"
    )


def _too_slow(seconds: float) -> str:
    return (
        f"the request was not whole within {seconds:g} s: the limits are the settings "
        "LANDBRIEF_BODY_SECONDS and LANDBRIEF_UPLOAD_SECONDS"
    )
