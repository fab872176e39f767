"""What the page asks of a desk: off the event loop, in line with the requests of other doors."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from functools import partial
from typing import Final, TypeVar

import anyio

from api.desk import Desk
from api.operations.lines import Full, Line
from api.operations.overload import Lane
from api.opinions import Opinions
from api.security.callers import Caller, acting
from api.stepping import Stepping
from api.web.admission import Admission, NotAllowed
from kb.roles import Role

_THREADS: Final = 24
"""Most calls of all readers at once; the lanes let fewer through to what costs much."""
_T = TypeVar("_T")


class Work:
    """Does things at the desk of whoever asks, if she still may."""

    def __init__(
        self,
        public: Desk,
        own: Desk,
        admission: Admission,
        lines: Mapping[Lane, Line],
        opinions: Opinions | None = None,
    ) -> None:
        """`own` serves who may see internal documents; without `opinions` none are asked for."""
        self.opinions = opinions
        self._public = public
        self._own = own
        self._admission = admission
        self._lines = lines
        self._threads: anyio.CapacityLimiter | None = None

    async def call(
        self,
        caller: Caller | None,
        lane: Lane | None,
        job: Callable[[Desk], _T],
        role: Role = "reader",
    ) -> _T:
        """What `job` makes of her desk, waited for in `lane`; None for what costs next to nothing.

        Raises what the desk raises, SignedOut, NotAllowed, Full.
        """
        now = await self._admitted(caller, role)
        place = await self._lines[lane].enter() if lane else None
        try:
            with acting(now):
                return await self._off_loop(partial(job, self._desk(now)))
        finally:
            if place:
                place.leave()

    async def steps(
        self,
        caller: Caller | None,
        lane: Lane,
        begin: Callable[[Desk, Callable[[], bool]], Generator[_T]],
        role: Role = "reader",
    ) -> AsyncGenerator[_T]:
        """The steps of what `begin` makes of her desk, each as it comes.

        `begin` is told whether to stop: soon after nobody takes the steps any more. Close it
        (`contextlib.aclosing`) where it is not taken to its end. Raises as `call`.
        """
        now = await self._admitted(caller, role)
        place = await self._lines[lane].enter()
        steps = Stepping(partial(begin, self._desk(now)))
        try:
            while True:
                with acting(now):  # not around the yield: whoever takes the step is somebody else
                    step = await steps.next()
                if step is None:
                    return
                yield step
        finally:
            place.leave()
            await steps.close()

    async def _admitted(self, caller: Caller | None, role: Role) -> Caller:
        now = await self._off_loop(partial(self._admission.still, caller))
        if not now.may(role):
            raise NotAllowed(f"this wants a key for the role {role}")
        wait = self._admission.wait(now)
        if wait is not None:
            raise Full(wait)
        return now

    def _desk(self, caller: Caller) -> Desk:
        return self._own if caller.sees_internal else self._public

    async def _off_loop(self, job: Callable[[], _T]) -> _T:
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(_THREADS)
        return await anyio.to_thread.run_sync(job, limiter=self._threads)
