"""`POST /v1/briefs`."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.brief_files import MEDIA_TYPES, brief_file
from api.desk import Desk
from api.readers import Readers
from api.schemas import BriefBody, BriefRequest


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["briefs"])

    @router.post(
        "/v1/briefs",
        response_model=BriefBody,
        responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}}},
    )
    def brief(
        request: BriefRequest, desk: Annotated[Desk, Depends(readers.any)]
    ) -> BriefBody | Response:
        """Write a briefing note: every statement carries the paragraphs that it rests on. With
        `format` a file instead of JSON."""
        note = desk.brief(request)
        if request.format == "json":
            return note
        headers = {"Content-Disposition": f'attachment; filename="briefing.{request.format}"'}
        return Response(
            brief_file(note, request.format),
            media_type=MEDIA_TYPES[request.format],
            headers=headers,
        )

    return router
