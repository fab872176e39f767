"""The derived stores of an open home: followed, swapped and rebuilt while others search."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from kb.behind import Behind
from kb.errors import ModelMismatch, StoreBusy, StoreDamaged
from kb.index_home import open_indexes, rebuild, remove_others
from kb.indexes import Indexes, Maker
from kb.outbox import drain, drain_cards, pending, waiting_cards
from kb.shared_lock import SharedLock
from kb.store import Store, state

_Result = TypeVar("_Result")
# Records. As few as these are indexed with the change that brought them; others behind it.
_AT_ONCE: Final = 50
# As few as these are indexed before the home is closed or compared: two seconds at most.
_AT_LAST: Final = 1_000
_FIRST_ANSWER: Final = 1.0  # seconds in which a new process has better things to do

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
        self._behind = Behind(self._index_some_cards, "record cards")
        self._open()
        if write and self._cards_wait():
            self._behind.wake(_FIRST_ANSWER)

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
                waiting = self._cards_wait()
                while 0 < waiting <= _AT_ONCE:
                    waiting = drain_cards(self._store, indexes)
            except StoreDamaged as error:
                _log.warning("rebuilding the indexes: %s", error)
                self._rebuild()
                waiting = self._cards_wait()
        if waiting:
            self._behind.wake()

    def index_cards(self, most: int | None = None) -> None:
        """Indexes the cards of all records that wait, unless they are more than `most`.

        Others can write in between. Without the right to write it does nothing.
        """
        if self._write and (most is None or self._cards_wait() <= most):
            while self._index_some_cards():
                pass

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
        self.index_cards(_AT_LAST)
        with self._write_lock, self._swap.shared():
            if self._unusable is not None:
                return [*problems(None), str(self._unusable)]
            return problems(self._usable())

    def unready(self) -> list[str]:
        """Why a search could not be answered now, or not from what SQL holds; cheap to ask often.

        Counts are compared, `verify` compares what is counted.
        """
        try:
            self._follow()
            with self._store.reading() as session:
                current, busy = state(session), bool(pending(session) or waiting_cards(session))
            with self._swap.shared():
                indexes = self._usable()
                if self._write and indexes.folder.name != current.index_folder:
                    return [f"SQL names another index than {indexes.folder.name}"]
                if busy:
                    indexes.probe(None, None)
                else:
                    indexes.probe(current.units, current.card_units)
        except (ModelMismatch, StoreDamaged) as error:
            # What is being written is counted on one side and not yet on the other.
            return [] if self._is_changing(error) else [str(error)]
        return []

    def rebuild(self) -> None:
        """Makes the pair anew from SQL; searches go on meanwhile."""
        with self.writing():
            self._rebuild()
        self.index_cards()

    def close(self) -> None:
        """Lets go of the pair once nobody uses it. Many cards that wait are left to the next."""
        self._behind.stop()
        if self._indexes is not None:
            self.index_cards(_AT_LAST)
        with self._swap.exclusive():
            indexes, self._indexes = self._indexes, None
            if indexes is not None:
                indexes.close()

    def _is_changing(self, error: Exception) -> bool:
        if isinstance(error, ModelMismatch):
            return False
        try:
            with self._store.reading() as session:
                return bool(pending(session) or waiting_cards(session))
        except StoreDamaged:
            return False

    def _index_some_cards(self) -> int:
        """Indexes the cards of some records; how many still wait."""
        with self._write_lock:
            if self._indexes is None or self._unusable is not None:
                return 0
            try:
                return drain_cards(self._store, self._indexes)
            except StoreDamaged as error:
                _log.warning("rebuilding the indexes: %s", error)
                self._rebuild()
                return self._cards_wait()

    def _cards_wait(self) -> int:
        with self._store.reading() as session:
            return waiting_cards(session)

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
