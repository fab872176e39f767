"""The steps of a generator, taken off the event loop, and its end when the client leaves."""

import threading
from collections.abc import Awaitable, Callable, Generator
from typing import Final, Generic, TypeVar

import anyio
from starlette.concurrency import run_in_threadpool

_LOOK_SECONDS: Final = 0.2
_S = TypeVar("_S")


class Stepping(Generic[_S]):
    """Takes one step after another of what `begin` makes, which is told whether to stop.

    Whoever waits for a step can be cancelled at once; the step in hand ends soon after.
    """

    def __init__(self, begin: Callable[[Callable[[], bool]], Generator[_S]]) -> None:
        self._stopped = threading.Event()
        self._steps = begin(self._stopped.is_set)
        self._lock = threading.Lock()

    async def next(self) -> _S | None:
        """The next step; None at the end."""
        try:
            return await anyio.to_thread.run_sync(self._next, abandon_on_cancel=True)
        except BaseException:
            self._stopped.set()
            raise

    async def next_unless(self, has_left: Callable[[], Awaitable[bool]]) -> _S | None:
        """The next step; None at the end, and soon after the client `has_left`."""
        taken: list[_S | None] = []
        failed: list[Exception] = []
        async with anyio.create_task_group() as group:

            async def take() -> None:
                try:
                    taken.append(await self.next())
                except Exception as error:  # a group would wrap it
                    failed.append(error)
                group.cancel_scope.cancel()

            group.start_soon(take)
            while not await has_left():
                await anyio.sleep(_LOOK_SECONDS)
            group.cancel_scope.cancel()
        if failed:
            raise failed[0]
        return taken[0] if taken else None

    async def close(self) -> None:
        """End the work; harmless to repeat."""
        self._stopped.set()
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(self._close)

    def _next(self) -> _S | None:
        with self._lock:
            return next(self._steps, None)

    def _close(self) -> None:
        with self._lock:
            self._steps.close()
