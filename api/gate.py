"""Lets work in until it is closed, which waits for the work inside."""

from collections.abc import Iterator
from contextlib import contextmanager

from kb.errors import StoreBusy
from kb.shared_lock import SharedLock


class Gate:
    """Any number of threads may be inside at once."""

    def __init__(self) -> None:
        self._lock = SharedLock()
        self._closed = False

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be inside while the block runs. Raises StoreBusy once the gate is closed."""
        with self._lock.shared():
            if self._closed:
                raise StoreBusy("the server is stopping: try again when it has")
            yield

    def close(self) -> None:
        """Wait until nobody is inside, and let nobody in any more; harmless to repeat."""
        with self._lock.exclusive():
            self._closed = True
