"""Keeps the turns of conversations in the store, behind the answers: nobody waits for a write."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waited
from threading import Lock
from typing import Any, Final, Protocol

from assistant.conversation_turn import Turn, as_json, from_json
from kb.errors import LandBriefError

_MOST_WAITING: Final = 1_000  # turns: with more, writing has stopped, and new ones are not kept
_WAIT_SECONDS: Final = 5.0  # for what is being written, before something is read
_log = logging.getLogger("landbrief")


class TurnStore(Protocol):
    """The part of `kb.conversations.ConversationStore` that remembering needs."""

    def add(
        self,
        conversation_id: str,
        owner: str | None,
        question: str,
        answer: Mapping[str, Any],
        memory: Mapping[str, Any],
    ) -> None:
        """Adds a turn. Raises NotFound where the id is somebody else's."""

    def memories(self, conversation_id: str, owner: str | None) -> tuple[Mapping[str, Any], ...]:
        """What is remembered of each turn. Raises NotFound where it is somebody else's."""


class Keeper:
    """Writes turns one after another in a thread of its own. Safe to share between threads."""

    def __init__(self, store: TurnStore) -> None:
        self._store = store
        self._lock = Lock()
        self._waiting = 0
        self._last: Future[None] | None = None
        self._writer: ThreadPoolExecutor | None = None
        self._closed = False

    def keep(
        self,
        conversation_id: str,
        owner: str | None,
        turn: Turn,
        answer: Callable[[], Mapping[str, Any]],
    ) -> None:
        """Has the turn written soon, with the answer that `answer` gives in plain values."""
        with self._lock:
            if self._closed or self._waiting >= _MOST_WAITING:
                _log.warning("a turn of a conversation is not kept")
                return
            if self._writer is None:
                self._writer = ThreadPoolExecutor(1, thread_name_prefix="conversations")
            self._waiting += 1
            self._last = self._writer.submit(self._write, conversation_id, owner, turn, answer)

    def turns(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """The turns kept of a conversation, the oldest first; none of an unknown one.

        Raises NotFound where it is somebody else's.
        """
        self.settle()
        read = map(from_json, self._store.memories(conversation_id, owner))
        return tuple(turn for turn in read if turn is not None)

    def settle(self) -> None:
        """Waits, some seconds at most, until what was handed over is written."""
        with self._lock:
            last = self._last
        if last is not None:
            try:
                last.result(_WAIT_SECONDS)
            except Waited:
                _log.warning("conversations are still being written")

    def close(self) -> None:
        """Writes what is left, and then no more; harmless to repeat."""
        with self._lock:
            self._closed = True
            writer, self._writer = self._writer, None
        if writer is not None:
            writer.shutdown(wait=True)

    def _write(
        self,
        conversation_id: str,
        owner: str | None,
        turn: Turn,
        answer: Callable[[], Mapping[str, Any]],
    ) -> None:
        try:
            self._store.add(conversation_id, owner, turn.question, answer(), as_json(turn))
        except LandBriefError as error:
            _log.warning("a turn of a conversation is not kept: %s", error)
        except Exception:  # the thread must live on: the next turn may be written
            _log.exception("a turn of a conversation is not kept")
        finally:
            with self._lock:
                self._waiting -= 1
