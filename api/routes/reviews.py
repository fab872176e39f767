"""`/v1/reviews`: what reviewers decide of candidate records, and of figures that do not agree."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.desk import Desk
from api.readers import Readers, name_of
from api.schemas import FindingList, FindingsRequest, JudgedBody, JudgeRequest


def routes(readers: Readers) -> APIRouter:
    """The router; it serves editors."""
    router = APIRouter(tags=["reviews"])

    @router.post("/v1/reviews")
    def judge(
        desk: Annotated[Desk, Depends(readers.editor)], verdict: JudgeRequest, request: Request
    ) -> JudgedBody:
        """Accept or reject candidate records and findings; of who shows a key, its name is kept."""
        by = name_of(request) or verdict.by
        return desk.judge(verdict.model_copy(update={"by": by}))

    @router.get("/v1/reviews/findings")
    def findings(
        desk: Annotated[Desk, Depends(readers.editor)],
        wanted: Annotated[FindingsRequest, Query()],
    ) -> FindingList:
        """Figures of several records that do not agree, compared anew."""
        return desk.findings(wanted)

    return router
