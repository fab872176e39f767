"""Work done behind everything else: in a thread of its own, piece by piece."""

import logging
import threading
from collections.abc import Callable
from typing import Final

_PAUSE: Final = 0.02  # seconds between two pieces, in which others come first

_log = logging.getLogger(__name__)


class Behind:
    """Calls `step` as long as it returns more than 0, the number of pieces left."""

    def __init__(self, step: Callable[[], int], name: str) -> None:
        self._step = step
        self._name = name
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._again = False

    def wake(self, after: float = 0.0) -> None:
        """Begins in `after` seconds, if nothing is under way; harmless to repeat."""
        with self._guard:
            self._again = True
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(
                    target=self._work, args=(after,), name=self._name, daemon=True
                )
                self._thread.start()

    def stop(self) -> None:
        """Ends after the piece in hand, for good."""
        self._stop.set()
        with self._guard:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self, after: float) -> None:
        self._stop.wait(after)
        while not self._stop.is_set() and self._goes_on():
            try:
                while not self._stop.is_set() and self._step() > 0:
                    self._stop.wait(_PAUSE)
            except Exception:
                _log.exception("%s: stopped until the next change", self._name)
        with self._guard:
            self._thread = None

    def _goes_on(self) -> bool:
        with self._guard:
            again, self._again = self._again, False
            if not again:
                self._thread = None
            return again
