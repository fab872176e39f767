"""`POST /v1/feedback`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.desk import Desk
from api.operations.operating import Operations
from api.opinions import Opinions
from api.readers import Readers, owner_of
from api.schemas.feedback import FeedbackBody, FeedbackRequest


def routes(readers: Readers, operations: Operations) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["answers"])
    opinions = Opinions(operations.feedback, operations.metrics)

    @router.post("/v1/feedback", status_code=201)
    def feedback(
        given: FeedbackRequest, request: Request, desk: Annotated[Desk, Depends(readers.any)]
    ) -> FeedbackBody:
        """Say what you think of an answer.

        It is kept as a candidate for an evaluation set, which `landbrief feedback export` writes;
        who you are is not kept, nor are e-mail addresses and telephone numbers in your words.
        """
        return opinions.keep(desk, given, owner_of(request))

    return router
