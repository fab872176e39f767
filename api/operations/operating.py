"""What an application is operated with, and where it stands in its layers."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api.desk import Desk
from api.operations.caching import Conditional
from api.operations.feedback import FeedbackFile
from api.operations.lines import Line
from api.operations.metrics import Metrics
from api.operations.observing import observed
from api.operations.overload import Lane, Overload, lines_of
from api.operations.requests import Requests
from api.operations.tracing import NoTracing, Tracing
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings

_COMPRESSED_FROM: Final = 1_000  # bytes
_LEVEL: Final = 4  # of 9: answers are small, and the processor is what is short
_EXPOSED: Final = ("ETag", "Link", "Retry-After", "X-Request-ID")
_METHODS: Final = ("GET", "HEAD", "POST", "PATCH", "DELETE")


def _ready() -> Sequence[str]:
    return ()


class Operations:
    """Made once for an application. `readiness` tells what is not in order, a line each."""

    def __init__(
        self,
        settings: Settings,
        *,
        readiness: Callable[[], Sequence[str]] = _ready,
        generation: Callable[[], int] | None = None,
        tracing: Tracing | None = None,
    ) -> None:
        self.metrics = Metrics()
        self.readiness = readiness
        self.feedback = FeedbackFile(settings.home.expanduser(), settings.feedback_most)
        self._tracing = tracing or NoTracing()
        self._settings = settings
        self.lines: Mapping[Lane, Line] = lines_of(settings)
        if generation is not None:
            self.metrics.watch_generation(generation)

    @property
    def origins(self) -> tuple[str, ...]:
        """Sites whose pages may use the interface from a browser."""
        return origins_of(self._settings)

    def desk(self, desk: Desk) -> Desk:
        """`desk`, observed."""
        return observed(
            desk, self.metrics, self._tracing, log_questions=self._settings.log_questions
        )

    def lay_inside(self, app: FastAPI) -> None:
        """The layers next to the routes: to be laid before the guards."""
        app.add_middleware(Conditional)
        app.add_middleware(Overload, lines=self.lines, metrics=self.metrics)

    def lay_around(self, app: FastAPI) -> None:
        """The layers around all others: to be laid last."""
        app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED_FROM, compresslevel=_LEVEL)
        if self.origins:
            app.add_middleware(
                CORSMiddleware,
                allow_origins=list(self.origins),
                allow_methods=list(_METHODS),
                allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-ID"],
                expose_headers=list(_EXPOSED),
                max_age=600,
            )
        app.add_middleware(Requests, metrics=self.metrics, tracing=self._tracing)

    @asynccontextmanager
    async def running(self, inner: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
        """The application's life: `inner` lives in it; at the end what is told is sent."""
        try:
            async with inner:
                yield
        finally:
            await run_in_threadpool(self._tracing.close)


def operations_of(
    kb: KnowledgeBase, settings: Settings, tracing: Tracing | None = None
) -> Operations:
    """Those of an application over `kb`."""
    return Operations(
        settings, readiness=kb.unready, generation=lambda: kb.generation, tracing=tracing
    )


def origins_of(settings: Settings) -> tuple[str, ...]:
    """The sites of the setting, without a slash at their end."""
    named = (one.strip().rstrip("/") for one in settings.cors_origins.split(","))
    return tuple(one for one in named if one)
