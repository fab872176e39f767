"""`GET /healthz`."""

from fastapi import APIRouter

from api.schemas import HealthBody


def routes() -> APIRouter:
    """The router."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz")
    async def healthz() -> HealthBody:
        """Whether the server runs."""
        return HealthBody()

    return router
