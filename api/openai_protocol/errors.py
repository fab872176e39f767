"""Errors in the shape of the OpenAI protocol, on its routes alone."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as AnyHTTPException

from api import problems
from api.openai_protocol.schemas import ChatError, ChatErrorPart
from kb.errors import LandBriefError, StoreBusy

_TYPES: Final = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
_RETRY_SECONDS: Final = 5
_log = logging.getLogger("landbrief")


class NotSupported(HTTPException):
    """A request that the protocol allows and LandBrief cannot meet; `param` names the part."""

    def __init__(
        self, message: str, param: str | None, code: str | None = None, *, status: int = 400
    ) -> None:
        super().__init__(status, message)
        self.message = message
        self.param = param
        self.code = code


class ChatRoute(APIRoute):
    """A route whose errors are those of the protocol, whoever raised them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with its errors turned into answers."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except NotSupported as error:
                return _response(error.status_code, error.message, error.param, error.code)
            except RequestValidationError as error:
                return _invalid(error)
            except AnyHTTPException as error:
                return _response(error.status_code, error.detail, headers=error.headers)
            except LandBriefError as error:
                return _expected(error)
            except Exception:
                _log.exception("%s %s failed", request.method, request.url.path)
                return _response(500, "the server's log says what happened")

        return handled


def _invalid(error: RequestValidationError) -> Response:
    first = error.errors()[0]
    param = ".".join(str(part) for part in first["loc"] if part != "body") or None
    message = f"{param}: {first['msg']}" if param else str(first["msg"])
    return _response(400, message, param)


def _expected(error: LandBriefError) -> Response:
    wait = {"Retry-After": str(_RETRY_SECONDS)} if isinstance(error, StoreBusy) else None
    status = problems.kind_of(error).status
    return JSONResponse(chat_error(error).model_dump(), status, headers=wait)


def chat_error(error: LandBriefError) -> ChatError:
    """The body that tells of `error`."""
    kind = problems.kind_of(error)
    if kind.status >= 500:
        _log.error("%s: %s", type(error).__name__, error)
    return _body(kind.status, str(error), code=kind.slug)


def _response(
    status: int,
    message: object,
    param: str | None = None,
    code: str | None = None,
    headers: Any = None,
) -> Response:
    body = _body(status, str(message), param, code)
    return JSONResponse(body.model_dump(), status, headers=headers)


def _body(
    status: int, message: str, param: str | None = None, code: str | None = None
) -> ChatError:
    usual = "server_error" if status >= 500 else "invalid_request_error"
    kind = _TYPES.get(status, usual)
    return ChatError(error=ChatErrorPart(message=message, type=kind, param=param, code=code))
