"""The documents as resources: listed as they are held, read in a language."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import quote

import anyio.to_thread
from fastapi import HTTPException
from mcp import MCPError
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp_types import INTERNAL_ERROR, INVALID_PARAMS, ListResourcesResult, Resource

from api.desk import Desk, EditionChoice
from api.mcp_server.documents_text import document_text, paragraph_text
from api.mcp_server.lending import Lender
from api.schemas import DocumentItem
from kb.documents import EditionKind
from kb.errors import LandBriefError, NotFound
from kb.languages import LANGUAGES

_SCHEME: Final = "landbrief://documents/"
_PAGE: Final = 100
_TEXT: Final = "text/plain"  # a document's text is never markup
_KINDS: Final[tuple[EditionKind, ...]] = ("original", "digest")
_T = TypeVar("_T")


def document_uri(document_id: str) -> str:
    """The resource that a document is."""
    return _SCHEME + quote(document_id, safe="")


def add_resources(server: MCPServer[Any], lender: Lender) -> None:
    """Give `server` the documents of the desk that `lender` has for each request."""

    @server.resource(
        _SCHEME + "{document_id}{?language,edition}",
        name="document",
        title="A document",
        description="The text of a document, every paragraph under its official label. "
        "language: ar, zh, en, fr, ru or es; edition: original or digest.",
        mime_type=_TEXT,
    )
    def document(
        context: Context[Any, Any], document_id: str, language: str = "", edition: str = ""
    ) -> str:
        choice = _choice(language, edition)
        return _read(
            lender,
            context,
            lambda desk: document_text(desk.document(document_id, choice)),
        )

    @server.resource(
        _SCHEME + "{document_id}/paragraphs/{label}{?language,edition}",
        name="paragraph",
        title="A paragraph",
        description="One paragraph by its official label, with its footnotes and its citation.",
        mime_type=_TEXT,
    )
    def paragraph(
        context: Context[Any, Any],
        document_id: str,
        label: str,
        language: str = "",
        edition: str = "",
    ) -> str:
        choice = _choice(language, edition)
        return _read(
            lender,
            context,
            lambda desk: paragraph_text(desk.paragraph(document_id, label, choice)),
        )

    # The SDK lists what was registered once; documents come and go, and readers see different ones.
    async def listing(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.method != "resources/list":
            return await call_next(ctx)
        cursor = (ctx.params or {}).get("cursor")
        if cursor is not None and not isinstance(cursor, str):
            raise MCPError(INVALID_PARAMS, "the cursor is no text")

        def page() -> ListResourcesResult:
            found = lender.call(
                ctx.request, lambda desk: desk.documents(limit=_PAGE, cursor=cursor)
            )
            return ListResourcesResult(
                resources=[_resource(item) for item in found.items],
                next_cursor=found.next_cursor,
            )

        try:
            return await anyio.to_thread.run_sync(page)
        except NotFound as error:
            raise MCPError(INVALID_PARAMS, str(error)) from error
        except LandBriefError as error:
            raise MCPError(INTERNAL_ERROR, str(error)) from error

    server.middleware.append(listing)


def _resource(item: DocumentItem) -> Resource:
    current = [one for one in item.editions if one.status == "current"]
    texts = ", ".join(f"{one.language} ({one.edition})" for one in current)
    return Resource(
        uri=document_uri(item.document_id),
        name=item.document_id,
        title=item.title or item.document_id,
        description=f"{item.session or 'No session'}; held in {texts or 'no current text'}",
        mime_type=_TEXT,
    )


def _read(lender: Lender, context: Context[Any, Any], work: Callable[[Desk], _T]) -> _T:
    try:
        return lender.call(context.request_context.request, work)
    except NotFound as error:
        raise ResourceNotFoundError(str(error)) from error
    except HTTPException as error:
        raise ResourceError(error.detail) from error
    except LandBriefError as error:
        raise ResourceError(str(error)) from error


def _choice(language: str, edition: str) -> EditionChoice:
    if language and language not in LANGUAGES:
        raise ResourceNotFoundError(f'no language "{language}": {", ".join(LANGUAGES)}')
    if edition and edition not in _KINDS:
        raise ResourceNotFoundError(f'no edition "{edition}": {", ".join(_KINDS)}')
    return EditionChoice(
        language if language else None,
        edition if edition else None,
    )
