"""How a request is refused before the application sees it."""

from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from api import problems
from api.openai_protocol.schemas import ChatError, ChatErrorPart
from api.responses import problem_response

_CHAT_PATHS: Final = ("/v1/chat/", "/v1/models")
_CHAT_TYPES: Final = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
}
_CHAT_USUAL: Final = "invalid_request_error"


class Refused(Exception):
    """The status and the one line that say why; `wait` is in seconds."""

    def __init__(self, status: int, detail: str, wait: int | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.wait = wait

    @property
    def headers(self) -> dict[str, str]:
        """Those that the status wants."""
        if self.wait is not None:
            return {"Retry-After": str(self.wait)}
        return {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}


async def refuse(refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with `refused`, in the shape that its path promises."""
    if scope["type"] == "websocket":
        await receive()  # the wish to connect
        await send({"type": "websocket.close", "code": 1008, "reason": refused.detail})
        return
    await _response(refused, scope["path"])(scope, receive, send)


def _response(refused: Refused, path: str) -> Response:
    if path.startswith(_CHAT_PATHS):
        error = ChatErrorPart(
            message=refused.detail,
            type=_CHAT_TYPES.get(refused.status, _CHAT_USUAL),
            param=None,
            code=None,
        )
        body = ChatError(error=error).model_dump()
        return JSONResponse(body, refused.status, headers=refused.headers)
    body_of = problems.problem(problems.kind_of_status(refused.status), refused.detail)
    return problem_response(body_of, refused.headers)
