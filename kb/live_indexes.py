"""The derived stores of an open home: followed, swapped and rebuilt while others search."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kb.errors import ModelMismatch, StoreBusy, StoreDamaged
from kb.index_home import open_indexes, rebuild, remove_others
from kb.indexes import Indexes, Maker
from kb.outbox import drain
from kb.shared_lock import SharedLock
from kb.store import Store

_Result = TypeVar("_Result")

_log = logging.getLogger(__name__)


class LiveIndexes:
    """The pair of indexes in force. Readers share it; one writer at a time changes or swaps it."""

    def __init__(self, store: Store, home: Path, maker: Maker, *, write: bool) -> None:
        """Opens the pair, and when `write` makes good what a crash left.

        Another model's vectors are no error yet, nor is, without `write`, any pair that cannot be
        used: documents can still be read.
        """
        self._store = store
        self._home = home
        self._maker = maker
        self._write = write
        self._write_lock = threading.Lock()
        self._swap = SharedLock()
        self._unusable: ModelMismatch | StoreDamaged | None = None
        self._indexes: Indexes | None = None
        self._seen = store.generation()
        self._open()

    def read(self, use: Callable[[Indexes], _Result]) -> _Result:
        """What `use` makes of the pair; once more, rebuilt, if it turns out to be damaged.

        Raises ModelMismatch when its vectors are another model's.
        """
        self._follow()
        with self._swap.shared():
            indexes = self._usable()
            try:
                return use(indexes)
            except StoreDamaged as error:
                if not self._write:
                    raise
                _log.warning("rebuilding the indexes: %s", error)
        with self._write_lock:
            if self._indexes is indexes:  # no other thread was quicker
                self._rebuild()
        with self._swap.shared():
            return use(self._usable())

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keeps other writers out while the block writes to SQL; then does its index work.

        Raises StoreBusy when opened for reading only, ModelMismatch before anything is written.
        """
        with self.writing():
            indexes = self._usable()
            yield
            try:
                drain(self._store, indexes)
            except StoreDamaged as error:
                _log.warning("rebuilding the indexes: %s", error)
                self._rebuild()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other writers out. Raises StoreBusy when opened for reading only."""
        if not self._write:
            raise StoreBusy(f"{self._home} was opened for reading only")
        with self._write_lock:
            yield

    def compare(self, problems: Callable[[Indexes | None], list[str]]) -> list[str]:
        """What `problems` finds while nothing changes; it gets None for a pair that cannot be used,
        which is a problem of its own.
        """
        self._follow()
        with self._write_lock, self._swap.shared():
            if self._unusable is not None:
                return [*problems(None), str(self._unusable)]
            return problems(self._usable())

    def rebuild(self) -> None:
        """Makes the pair anew from SQL; searches go on meanwhile."""
        with self.writing():
            self._rebuild()

    def close(self) -> None:
        """Lets go of the pair once nobody uses it."""
        with self._swap.exclusive():
            indexes, self._indexes = self._indexes, None
            if indexes is not None:
                indexes.close()

    def _rebuild(self) -> None:
        fresh = rebuild(self._store, self._home, self._maker)
        with self._swap.exclusive():
            old, self._indexes, self._unusable = self._indexes, fresh, None
            if old is not None:
                old.close()
        remove_others(self._home, fresh.folder)

    def _follow(self) -> None:
        """In a process that only reads: sees what the owner of the home has written since."""
        if self._write:
            return
        generation = self._store.generation()
        if generation == self._seen:
            return
        with self._swap.exclusive():
            if generation == self._seen:
                return
            old, self._indexes = self._indexes, None
            if old is not None:
                old.close()
            self._seen = generation
            self._open()

    def _open(self) -> None:
        self._unusable = None
        try:
            self._indexes = open_indexes(self._store, self._home, self._maker, write=self._write)
        except ModelMismatch as error:
            self._unusable = error
        except StoreDamaged as error:
            if self._write:
                raise
            self._unusable = error

    def _usable(self) -> Indexes:
        if self._unusable is not None:
            raise self._unusable
        if self._indexes is None:
            raise StoreDamaged(f"the knowledge base in {self._home} is closed")
        return self._indexes
