"""Who sent a request of the page: found out anew each time, by what its session remembers."""

from functools import partial
from typing import Final

from nicegui import app
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from api.operations.lines import Full
from api.web.admission import Admission, NotAllowed, SignedOut
from api.web.background import Work
from api.web.visitor import KEY, Visitor, language_of, theme_of
from kb.errors import LandBriefError

_STATUS: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (SignedOut, 401),
    (NotAllowed, 403),
    (Full, 429),
    (LandBriefError, 422),
)


async def visitor_of(request: Request, admission: Admission, work: Work) -> Visitor:
    """The visitor; she has no caller where she has to sign in."""
    session = app.storage.user
    address = request.client.host if request.client else ""
    caller = await run_in_threadpool(partial(admission.caller, session.get(KEY), address))
    return Visitor(
        language_of(session, request.headers.get("accept-language", "")),
        theme_of(session),
        caller,
        admission.asks_key,
        work,
        session,
    )


def refused(visitor: Visitor, error: LandBriefError | Full) -> JSONResponse:
    """What is answered where no page is: the error in her language, with its status."""
    code = next(code for kind, code in _STATUS if isinstance(error, kind))
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, Full) else None
    return JSONResponse({"error": visitor.said(error)}, code, headers)
