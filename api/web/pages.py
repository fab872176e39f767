"""The addresses of the page, and which place is built at each."""

from importlib import import_module
from typing import Any

from fastapi import Request
from nicegui import Client, ui
from starlette.concurrency import run_in_threadpool

from api.web.frame import Frame
from api.web.reception import Build, Reception
from api.web.visitor import Visitor

_PATIENCE = 20.0
"""Seconds that a page may take to be built before the browser is told that it failed."""


def register(reception: Reception) -> None:
    """Have the framework know every page; each is a deep link."""
    show = reception.open
    ask, documents = _place("api.web.ask.page"), _place("api.web.documents.page")
    records, briefing = _place("api.web.records.page"), _place("api.web.briefing.page")

    @ui.page("/", response_timeout=_PATIENCE)
    async def start(request: Request, client: Client) -> None:
        await show(request, client, "ask", ask, conversation_id=None)

    @ui.page("/c/{conversation_id}", response_timeout=_PATIENCE)
    async def conversation(request: Request, client: Client, conversation_id: str) -> None:
        await show(request, client, "ask", ask, conversation_id=conversation_id)

    @ui.page("/documents", response_timeout=_PATIENCE)
    async def document_list(request: Request, client: Client) -> None:
        query = dict(request.query_params)
        await show(request, client, "documents", documents, document=None, query=query)

    @ui.page("/documents/{document:path}", response_timeout=_PATIENCE)
    async def document_reader(request: Request, client: Client, document: str) -> None:
        query = dict(request.query_params)
        await show(request, client, "documents", documents, document=document or None, query=query)

    @ui.page("/records", response_timeout=_PATIENCE)
    async def record_start(request: Request, client: Client) -> None:
        query = dict(request.query_params)
        await show(request, client, "records", records, kind=None, query=query)

    @ui.page("/records/{kind}", response_timeout=_PATIENCE)
    async def record_grid(request: Request, client: Client, kind: str) -> None:
        query = dict(request.query_params)
        await show(request, client, "records", records, kind=kind, query=query)

    @ui.page("/brief", response_timeout=_PATIENCE)
    async def brief(request: Request, client: Client) -> None:
        query = dict(request.query_params)
        await show(request, client, "briefing", briefing, query=query)


def _place(module: str) -> Build:
    """What `module` builds. It is imported when somebody first goes there: a server starts sooner,
    and a fault in one place closes no other."""

    async def build(visitor: Visitor, frame: Frame, **given: Any) -> None:
        place = await run_in_threadpool(import_module, module)
        await place.build(visitor, frame, **given)

    return build
