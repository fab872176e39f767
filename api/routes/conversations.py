"""`/v1/conversations`: what was asked, by whoever asked it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api.addresses import is_loopback
from api.desk import Desk
from api.readers import Readers, owner_of
from api.schemas.base import Text
from api.schemas.conversations import (
    ConversationBody,
    ConversationItem,
    ConversationList,
    RenameRequest,
)

_Limit = Annotated[int, Query(ge=1, le=200, description="The most items of one page")]
_Cursor = Annotated[
    Text | None, Query(max_length=1_000, description="`next_cursor` of the page before")
]
_Id = Annotated[str, Path(description="From an answer, or from the list of conversations")]


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["conversations"])

    @router.get("/v1/conversations", response_model=ConversationList)
    def listed(
        request: Request,
        desk: Annotated[Desk, Depends(readers.any)],
        limit: _Limit = 50,
        cursor: _Cursor = None,
    ) -> ConversationList:
        """Your conversations, the last one spoken in first.

        Without a key, those of all who ask on this machine without one; from another machine
        nothing is listed without a key.
        """
        if owner_of(request) is None and not _is_near(request):
            return ConversationList(items=[], next_cursor=None)
        return desk.conversations(owner_of(request), limit=limit, cursor=cursor)

    @router.get("/v1/conversations/{conversation_id}", response_model=ConversationBody)
    def read(
        conversation_id: _Id, request: Request, desk: Annotated[Desk, Depends(readers.any)]
    ) -> ConversationBody:
        """A conversation with its turns, each with the answer as it was given."""
        return desk.conversation(conversation_id, owner_of(request))

    @router.patch("/v1/conversations/{conversation_id}", response_model=ConversationItem)
    def rename(
        conversation_id: _Id,
        wanted: RenameRequest,
        request: Request,
        desk: Annotated[Desk, Depends(readers.any)],
    ) -> ConversationItem:
        """Give a conversation another title."""
        return desk.rename_conversation(conversation_id, owner_of(request), wanted.title)

    @router.delete("/v1/conversations/{conversation_id}", status_code=204)
    def delete(
        conversation_id: _Id, request: Request, desk: Annotated[Desk, Depends(readers.any)]
    ) -> Response:
        """Delete a conversation with all of its turns."""
        desk.delete_conversation(conversation_id, owner_of(request))
        return Response(status_code=204)

    return router


def _is_near(request: Request) -> bool:
    return request.client is not None and is_loopback(request.client.host)
