"""`POST /internal/…`: the writes of commands on this machine, done by the owner of the stores."""

from collections.abc import AsyncIterator, Generator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from api.desk import Desk
from api.problems import problem_of
from api.readers import Readers
from api.schemas import (
    FindingList,
    FindingsRequest,
    IngestEvent,
    IngestRequest,
    InitBody,
    JudgedBody,
    JudgeRequest,
    Progress,
    ReindexBody,
    RemovedBody,
    RemoveRequest,
    TurnRequest,
    VerifyBody,
)
from api.schemas.keys import KeyBody, KeyList, KeyName, KeyRequest, NewKeyBody
from kb.errors import LandBriefError

NDJSON = "application/x-ndjson"


def routes(readers: Readers) -> APIRouter:
    """The router; it serves the owner alone."""
    router = APIRouter(prefix="/internal", include_in_schema=False)

    @router.post("/ingest")
    async def ingest(
        desk: Annotated[Desk, Depends(readers.owner)], request: IngestRequest
    ) -> StreamingResponse:
        return StreamingResponse(_stepwise(_events(desk, request)), media_type=NDJSON)

    @router.post("/remove")
    def remove(
        desk: Annotated[Desk, Depends(readers.owner)], request: RemoveRequest
    ) -> RemovedBody:
        return desk.remove(request.document, request.version)

    @router.post("/judge")
    def judge(desk: Annotated[Desk, Depends(readers.owner)], request: JudgeRequest) -> JudgedBody:
        return desk.judge(request)

    @router.post("/findings")
    def findings(
        desk: Annotated[Desk, Depends(readers.owner)], request: FindingsRequest
    ) -> FindingList:
        return desk.findings(request)

    @router.get("/keys")
    def keys(desk: Annotated[Desk, Depends(readers.owner)]) -> KeyList:
        return desk.keys()

    @router.post("/keys")
    def add_key(desk: Annotated[Desk, Depends(readers.owner)], request: KeyRequest) -> NewKeyBody:
        return desk.add_key(request)

    @router.post("/keys/revoke")
    def revoke_key(desk: Annotated[Desk, Depends(readers.owner)], request: KeyName) -> KeyBody:
        return desk.revoke_key(request.name)

    @router.post("/init")
    def init(desk: Annotated[Desk, Depends(readers.owner)]) -> InitBody:
        return desk.init()

    @router.post("/verify")
    def verify(desk: Annotated[Desk, Depends(readers.owner)]) -> VerifyBody:
        return desk.verify()

    @router.post("/reindex")
    def reindex(desk: Annotated[Desk, Depends(readers.owner)]) -> ReindexBody:
        return desk.reindex()

    @router.post("/turns", status_code=204)
    def turns(desk: Annotated[Desk, Depends(readers.owner)], request: TurnRequest) -> Response:
        desk.keep_turn(request)
        return Response(status_code=204)

    return router


def _events(desk: Desk, request: IngestRequest) -> Generator[str]:
    passed: list[Progress] = []
    paths = [Path(path) for path in request.paths]
    try:
        with closing(desk.ingest(paths, request.choices, passed.append)) as reports:
            for report in reports:
                yield _line(IngestEvent(file=report))
                yield from (_line(IngestEvent(progress=progress)) for progress in passed)
                passed.clear()
    except LandBriefError as error:
        # The status went out with the first line: the error has to be a line as well.
        yield _line(IngestEvent(problem=problem_of(error)))


def _line(event: IngestEvent) -> str:
    return event.model_dump_json() + "\n"


async def _stepwise(lines: Generator[str]) -> AsyncIterator[str]:
    """`lines`, made off the event loop; when the client leaves, the work ends at the next file."""
    try:
        async for line in iterate_in_threadpool(lines):
            yield line
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(lines.close)
