"""`POST /v1/chat/completions`, `GET /v1/models…`."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.desk import Desk, StreamEvent
from api.openai_protocol.completions import Chunks, Content, completion, content_of, usage_of
from api.openai_protocol.errors import ChatRoute, NotSupported, chat_error
from api.openai_protocol.messages import asked, said
from api.openai_protocol.schemas import (
    MODEL,
    ChatCompletion,
    ChatError,
    ChatRequest,
    ModelBody,
    ModelList,
)
from api.openai_protocol.threads import Threads, Who
from api.readers import Readers, owner_of
from api.schemas import AskRequest, Text
from api.stepping import Stepping
from kb.errors import LandBriefError

_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"model": ChatError, "description": "The request cannot be answered"},
    "5XX": {"model": ChatError, "description": "LandBrief cannot answer now"},
}
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_BEGAN: Final = 1_764_547_200  # 1 December 2025: a date that clients can sort by
_LANDBRIEF: Final = ModelBody(id=MODEL, created=_BEGAN, owned_by="landbrief")


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["openai"], route_class=ChatRoute, responses=_ERRORS)
    threads = Threads()

    @router.post(
        "/v1/chat/completions",
        response_model=ChatCompletion,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def complete(
        chat: ChatRequest, connection: Request, desk: Annotated[Desk, Depends(readers.any)]
    ) -> ChatCompletion | Response:
        """Answer the last question of a conversation, in the OpenAI protocol.

        The content holds `[n]` marks and the sources; `annotations` say the same for programs.
        With `stream`, the work stops when the client leaves.
        """
        turn = asked(chat)
        question = AskRequest(
            question=turn.question, language=chat.language, documents=chat.documents
        )
        who = Who(owner_of(connection), chat.user)
        messages = said(chat.messages)
        base_url = str(connection.base_url).rstrip("/")
        if not chat.stream:
            answer = await run_in_threadpool(threads.ask, desk, turn, question, who)
            content = content_of(answer, base_url)
            return completion(answer, content, usage_of(messages, content.text))
        include_usage = bool(chat.stream_options and chat.stream_options.include_usage)
        made = Chunks(Content(base_url), include_usage=include_usage)
        steps = Stepping(
            lambda is_cancelled: threads.stream(desk, turn, question, who, is_cancelled)
        )
        # The first step tells whether there is an error: it still has a status of its own.
        first = await steps.next_unless(connection.is_disconnected)
        return StreamingResponse(
            _lines(first, steps, made, messages), media_type="text/event-stream", headers=_HEADERS
        )

    @router.get("/v1/models")
    def models(_: Annotated[Desk, Depends(readers.any)]) -> ModelList:
        """List the models of the OpenAI protocol: there is one."""
        return ModelList(data=[_LANDBRIEF])

    @router.get("/v1/models/{model}")
    def model(
        _: Annotated[Desk, Depends(readers.any)],
        model: Annotated[Text, Path(description="Name of a model", examples=[MODEL])],
    ) -> ModelBody:
        """One model of the OpenAI protocol."""
        if model != MODEL:
            message = f'there is no model "{model}": there is "{MODEL}"'
            raise NotSupported(message, "model", "model_not_found", status=404)
        return _LANDBRIEF

    return router


async def _lines(
    first: StreamEvent | None, steps: Stepping[StreamEvent], made: Chunks, messages: Sequence[str]
) -> AsyncIterator[str]:
    try:
        yield made.begin()
        step = first
        while step is not None:
            for line in made.step(step, messages):
                yield line
            step = await steps.next()
    except LandBriefError as error:
        # The status went out with the first event: the error has to be an event as well.
        for line in made.failed(chat_error(error)):
            yield line
    finally:
        await steps.close()
