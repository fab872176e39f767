"""Whose desk a call of a tool is answered at."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from threading import Lock, Timer
from typing import Final, Protocol, TypeVar

from starlette.requests import Request

from api.desk import Desk
from kb.errors import StoreBusy

DESK: Final = "landbrief.desk"
"""Where the scope of an HTTP request holds its reader's desk."""
_IDLE_SECONDS: Final = 5.0
_T = TypeVar("_T")


class Lender(Protocol):
    """Gives work a desk. `request` is the HTTP request that the work came with, None on stdio."""

    def call(self, request: Request | None, work: Callable[[Desk], _T]) -> _T:
        """What `work` makes of the desk."""


class ReadersDesk:
    """The desk that was found for the HTTP request before the protocol began."""

    def call(self, request: Request | None, work: Callable[[Desk], _T]) -> _T:
        """What `work` makes of the desk."""
        if request is None:
            raise LookupError("a call over HTTP has its request")
        desk: Desk = request.scope[DESK]
        return work(desk)


class LentDesk:
    """A desk that is opened by the first call and closed `idle_seconds` after the last.

    An assistant keeps its server for days: the stores must meanwhile be free for other commands,
    which wait longer than that, and a server that has come to own them is found.
    """

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[Desk]],
        *,
        idle_seconds: float = _IDLE_SECONDS,
    ) -> None:
        self._opened = opened
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._stack: ExitStack | None = None
        self._desk: Desk | None = None
        self._users = 0
        self._timer: Timer | None = None

    def call(self, request: Request | None, work: Callable[[Desk], _T]) -> _T:
        """What `work`, which only reads, makes of the desk; tried again where its server left."""
        del request
        try:
            return self._once(work)
        except StoreBusy:
            return self._once(work)

    def close(self) -> None:
        """Close the desk; no call comes after."""
        self._release(whoever_uses_it=True)

    def _once(self, work: Callable[[Desk], _T]) -> _T:
        desk = self._take()
        is_left = False
        try:
            return work(desk)
        except StoreBusy:
            is_left = True
            raise
        finally:
            self._give(now=is_left)

    def _take(self) -> Desk:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._desk is None:
                stack = ExitStack()
                self._desk = stack.enter_context(self._opened())
                self._stack = stack
            self._users += 1
            return self._desk

    def _give(self, *, now: bool) -> None:
        with self._lock:
            self._users -= 1
            if self._users:
                return
            if not now:
                self._timer = Timer(self._idle_seconds, self._release)
                self._timer.daemon = True
                self._timer.start()
        if now:
            self._release()

    def _release(self, *, whoever_uses_it: bool = False) -> None:
        with self._lock:
            if self._users and not whoever_uses_it:
                return
            stack, self._stack, self._desk = self._stack, None, None
            if stack is not None:
                stack.close()
