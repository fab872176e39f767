"""Waiting in line: so many are worked on, so many wait, and the next one is sent away at once."""

import asyncio
from collections import deque
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Final

_SMOOTHING: Final = 0.1  # weight of the newest time in the mean


class Full(Exception):
    """Too many wait already; `seconds` is when to come again, at least 1."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests are waiting: try again in {seconds} s")
        self.seconds = seconds


class Place:
    """Where one request is worked on."""

    def __init__(self, free: Callable[[float], None]) -> None:
        self._free: Callable[[float], None] | None = free
        self._since = monotonic()

    def leave(self) -> None:
        """Gives the place to the next in line; harmless to repeat."""
        free, self._free = self._free, None
        if free is not None:
            free(monotonic() - self._since)


class Line:
    """First come, first served. Used from one event loop at a time; counts may be read anywhere.

    `places` ≥ 1 are worked on at once, at most `waiting` ≥ 0 wait, none longer than `patience`
    seconds.
    """

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._places = places
        self._most = waiting
        self._patience = patience
        self._inside = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._mean = 0.0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    @property
    def running(self) -> int:
        """How many are worked on."""
        return self._inside

    async def enter(self) -> Place:
        """A place, which whoever has it must leave. Raises Full."""
        if self._inside < self._places and not self._queue:
            self._inside += 1
            return Place(self._spent)
        if len(self._queue) >= self._most:
            raise Full(self._come_again())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except TimeoutError:
            self._give_up(turn)
            raise Full(self._come_again()) from None
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        return Place(self._spent)

    def _give_up(self, turn: "asyncio.Future[None]") -> None:
        if turn.done() and not turn.cancelled():
            self._next()  # the place was given in the same moment
        elif turn in self._queue:
            self._queue.remove(turn)

    def _spent(self, seconds: float) -> None:
        self._mean += _SMOOTHING * (seconds - self._mean) if self._mean else seconds
        self._next()

    def _next(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)  # the place is handed on
                return
        self._inside -= 1

    def _come_again(self) -> int:
        return max(1, ceil(self._mean * (len(self._queue) + 1) / self._places))
