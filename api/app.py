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
from api.desk_ingestion import ReadingApart
from api.guard import BrowserGuard
from api.limits import MB, BodyLimit
from api.local_desk import LocalDesk
from api.mcp_server.door import McpDoor
from api.openai_protocol import routes as openai_protocol
from api.openapi import ERRORS, describe_problems
from api.operations.operating import Operations, operations_of
from api.page_doors import NO_PAGE, PageDoors
from api.readers import Readers
from api.responses import problem_response, unexpected_response
from api.routes import (
    ask,
    briefs,
    conversations,
    documents,
    feedback,
    health,
    internal,
    keys,
    pages,
    records,
    reviews,
    search,
)
from api.schemas import InvalidPart
from api.security.access import Access, access_of
from api.security.gatekeeper import Gatekeeper
from api.security.rates import Rates
from assistant.assistant import Assistant
from kb.errors import LandBriefError, StoreBusy
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings

_DESCRIPTION: Final = (
    "Cited answers from UN desertification convention documents: targets, partnerships, funding. "
    "Every statement carries the official paragraph that it rests on."
)
UPLOADS: Final = "uploads"
"""Folder of a home where uploaded files lie until they are read."""
_RETRY_SECONDS: Final = 5
_log = logging.getLogger("landbrief")


def create_app(kb: KnowledgeBase, assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over an open knowledge base, which stays the caller's to close.

    Writes from the command line are taken only when `settings.api_token` is set.
    """
    desk = LocalDesk(kb, assistant, settings, reading=ReadingApart(settings))
    operations = operations_of(kb, settings)
    return app_over(desk, desk, settings, access_of(settings, kb.keys), operations)


def app_over(
    public: Desk,
    own: Desk,
    settings: Settings,
    access: Access | None = None,
    operations: Operations | None = None,
    page: PageDoors = NO_PAGE,
) -> FastAPI:
    """The application: `own` serves who may see internal documents, `public` everybody else.

    Without `access` there are no keys, and the token of the settings makes its bearer the owner.
    Without `operations` nobody can say whether it is ready, and nothing is traced. `page` are the
    doors of a page that is mounted on it afterwards.
    """
    access = access or access_of(settings, None)
    operations = operations or Operations(settings)
    readers = Readers(operations.desk(public), operations.desk(own))
    mcp = McpDoor(readers)
    app = FastAPI(
        title="LandBrief",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,
        lifespan=lambda _: operations.running(mcp.running()),
    )
    for router in (
        ask.routes(readers),
        briefs.routes(readers),
        conversations.routes(readers),
        search.routes(readers),
        documents.routes(readers, settings.home.expanduser() / UPLOADS),
        keys.routes(readers),
        records.routes(readers),
        reviews.routes(readers),
        openai_protocol.routes(readers),
        feedback.routes(readers, operations),
        health.routes(operations),
        internal.routes(readers),
        pages.routes(),
    ):
        app.include_router(router)
    app.router.routes.append(mcp.route)
    describe_problems(app)
    _handle_errors(app)
    operations.lay_inside(app)
    app.add_middleware(
        BodyLimit,
        max_file_bytes=settings.max_file_mb * MB,
        upload_path="/v1/documents",
        body_seconds=settings.body_seconds,
        upload_seconds=settings.upload_seconds,
        upload_folders=page.uploads,
    )
    app.add_middleware(
        Gatekeeper,
        access=access,
        by_key=Rates(settings.key_requests_per_minute),
        by_address=Rates(settings.address_requests_per_minute),
        own_doors=page.folders,
        uncounted=page.assets,
    )
    app.add_middleware(BrowserGuard, policies=page.policies, origins=operations.origins)
    operations.lay_around(app)
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
        return unexpected_response()
