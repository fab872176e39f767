"""`POST /v1/ask`."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.desk import Desk, StreamEvent
from api.problems import problem_of
from api.readers import Readers, owner_of
from api.responses import event
from api.schemas import AnswerBody, AskRequest, EvidenceBody
from api.stepping import Stepping
from kb.errors import LandBriefError

_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["answers"])

    @router.post(
        "/v1/ask",
        response_model=AnswerBody,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def ask(
        request: AskRequest,
        desk: Annotated[Desk, Depends(readers.any)],
        connection: Request,
    ) -> AnswerBody | Response:
        """Answer a question, each statement with the paragraphs that it rests on.

        With `stream`, server-sent events: `evidence` (again where more is cited), `statement` as
        soon as each is checked, and `done` with the whole answer. The work stops when the client
        leaves.
        """
        owner = owner_of(connection)
        if not request.stream:
            return await run_in_threadpool(desk.ask, request, owner)
        steps = Stepping(lambda is_cancelled: desk.stream(request, is_cancelled, owner))
        # The first step tells whether there is an error: it still has a status of its own.
        first = await steps.next_unless(connection.is_disconnected)
        return StreamingResponse(
            _lines(first, steps), media_type="text/event-stream", headers=_HEADERS
        )

    return router


async def _lines(first: StreamEvent | None, steps: Stepping[StreamEvent]) -> AsyncIterator[str]:
    try:
        step = first
        while step is not None:
            for line in _line(step):
                yield line
            step = await steps.next()
    except LandBriefError as error:
        # The status went out with the first event: the error has to be an event as well.
        yield event("error", problem_of(error))
    finally:
        await steps.close()


def _line(step: StreamEvent) -> Iterator[str]:
    if isinstance(step, AnswerBody):
        yield event("done", step)
    else:
        yield event("evidence" if isinstance(step, EvidenceBody) else "statement", step)
