"""The HTTP application: routes over one desk, errors from one table."""

import logging
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api import problems
from api.desk import Desk
from api.guard import BrowserGuard
from api.limits import MB, BodyLimit
from api.local_desk import LocalDesk
from api.openapi import ERRORS, describe_problems
from api.readers import Readers
from api.responses import problem_response
from api.routes import ask, documents, health, internal, pages, records, search
from api.schemas import InvalidPart
from assistant.assistant import Assistant
from kb.errors import LandBriefError, StoreBusy
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings

_DESCRIPTION: Final = (
    "Cited answers from UN desertification convention documents: targets, partnerships, funding. "
    "Every statement carries the official paragraph that it rests on."
)
_RETRY_SECONDS: Final = 5
_log = logging.getLogger("landbrief")


def create_app(kb: KnowledgeBase, assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over an open knowledge base, which stays the caller's to close.

    Writes from the command line are taken only when `settings.api_token` is set.
    """
    desk = LocalDesk(kb, assistant, settings)
    return app_over(desk, desk, settings)


def app_over(public: Desk, own: Desk, settings: Settings) -> FastAPI:
    """The application: `public` serves anybody, `own` who shows the token of the settings."""
    readers = Readers(public, own, settings.api_token)
    app = FastAPI(
        title="LandBrief",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,
    )
    for router in (
        ask.routes(readers),
        search.routes(readers),
        documents.routes(readers),
        records.routes(readers),
        health.routes(),
        internal.routes(readers),
        pages.routes(),
    ):
        app.include_router(router)
    describe_problems(app)
    _handle_errors(app)
    app.add_middleware(
        BodyLimit, max_file_bytes=settings.max_file_mb * MB, upload_path="/v1/documents"
    )
    app.add_middleware(BrowserGuard)
    return app


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(LandBriefError)
    def _expected(_: Request, error: LandBriefError) -> Response:
        body = problems.problem_of(error)
        if body.status >= 500:
            _log.error("%s: %s", type(error).__name__, error)
        wait = {"Retry-After": str(_RETRY_SECONDS)} if isinstance(error, StoreBusy) else None
        return problem_response(body, wait)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> Response:
        parts = [
            InvalidPart(where=".".join(str(p) for p in e["loc"]), message=e["msg"])
            for e in error.errors()
        ]
        detail = "; ".join(f"{part.where}: {part.message}" for part in parts)
        return problem_response(problems.problem(problems.INVALID, detail, parts))

    @app.exception_handler(HTTPException)
    def _plain(request: Request, error: HTTPException) -> Response:
        kind = problems.kind_of_status(error.status_code)
        detail = error.detail
        if detail == HTTPStatus(error.status_code).phrase:
            asked = f"{request.method} {request.url.path}"
            detail = f'there is nothing at "{asked}": /docs lists what there is'
        return problem_response(problems.problem(kind, detail), error.headers)

    @app.exception_handler(Exception)
    def _unexpected(_: Request, __: Exception) -> Response:
        # The framework raises it again after this answer, and the server logs it.
        return problem_response(
            problems.problem(problems.UNEXPECTED, "the server's log says what happened")
        )
