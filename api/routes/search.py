"""`GET /v1/search`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.desk import Desk
from api.readers import Readers
from api.schemas import SearchBody, SearchRequest


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["search"])

    @router.get("/v1/search")
    def search(
        request: Annotated[SearchRequest, Query()], desk: Annotated[Desk, Depends(readers.any)]
    ) -> SearchBody:
        """Find paragraphs: one hit for each, whatever the number of editions that match."""
        return desk.search(request)

    return router
