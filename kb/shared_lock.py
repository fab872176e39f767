"""A lock that many readers share and one changer has alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SharedLock:
    """Guards a value that many use and few replace. A waiting changer is let in before new users.

    Not reentrant.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._users = 0
        self._changing = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Holds off changes while the block runs."""
        with self._condition:
            self._condition.wait_for(lambda: not self._changing)
            self._users += 1
        try:
            yield
        finally:
            with self._condition:
                self._users -= 1
                self._condition.notify_all()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Waits until nobody uses the value, and lets nobody in while the block runs."""
        with self._condition:
            self._condition.wait_for(lambda: not self._changing)
            self._changing = True
            self._condition.wait_for(lambda: self._users == 0)
        try:
            yield
        finally:
            with self._condition:
                self._changing = False
                self._condition.notify_all()
