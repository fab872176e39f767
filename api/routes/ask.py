"""`POST /v1/ask`."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from api.desk import Desk
from api.readers import Readers
from api.responses import event
from api.schemas import AnswerBody, AskRequest, EvidenceBody


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["answers"])

    # Plain functions: answering blocks, and the framework runs these off the event loop.
    @router.post(
        "/v1/ask",
        response_model=AnswerBody,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    def ask(
        request: AskRequest, desk: Annotated[Desk, Depends(readers.any)]
    ) -> AnswerBody | Response:
        """Answer a question, each statement with the paragraphs that it rests on."""
        answer = desk.ask(request)
        if not request.stream:
            return answer
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_events(answer), media_type="text/event-stream", headers=headers)

    return router


def _events(answer: AnswerBody) -> Iterator[str]:
    yield event("evidence", EvidenceBody(citations=answer.citations))
    for statement in answer.statements:
        yield event("statement", statement)
    yield event("done", answer)
