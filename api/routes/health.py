"""`GET /healthz`, `/readyz` and `/metrics`."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.operations.metrics import CONTENT_TYPE
from api.operations.operating import Operations
from api.schemas import HealthBody
from api.schemas.feedback import ReadyBody


def routes(operations: Operations) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz")
    async def healthz() -> HealthBody:
        """Whether the server runs."""
        return HealthBody()

    @router.get(
        "/readyz",
        response_model=ReadyBody,
        responses={503: {"model": ReadyBody, "description": "Not ready: its problems say why"}},
    )
    async def readyz() -> ReadyBody | Response:
        """Whether requests can be answered: the stores are open and agree with each other."""
        problems = list(await run_in_threadpool(operations.readiness))
        if not problems:
            return ReadyBody(status="ready", problems=[])
        body = ReadyBody(status="not_ready", problems=problems)
        return JSONResponse(body.model_dump(mode="json"), 503)

    @router.get(
        "/metrics",
        response_class=Response,
        responses={
            200: {
                "description": "Prometheus text",
                "content": {CONTENT_TYPE: {"schema": {"type": "string"}}},
            }
        },
    )
    def metrics() -> Response:
        """Counts and times of this process, for Prometheus; no label holds what people ask."""
        return Response(operations.metrics.text(), media_type=CONTENT_TYPE)

    return router
