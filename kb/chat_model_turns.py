"""One turn of a chat model: its text as it comes, then what it wants looked up and what it cost.

The model is read in an event loop of its own, so that a limit of time, or a reader who leaves,
closes the connection at once, however silent the service is.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, Final, Protocol

from kb.errors import ChatModelFailed

_LOOK_SECONDS: Final = 0.1  # between two looks whether the reader has left
_CLOSE_SECONDS: Final = 5.0
_TEXT_PARTS: Final = frozenset(("text", "output_text", "text_delta"))


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model wants looked up; `id` goes back with what was found."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What the model said in one turn. `message` is to be sent back as it is.

    `tokens` are those read and written, None where the service does not tell; `is_whole` is false
    where the reply was cut off at its longest.
    """

    message: Any
    text: str
    calls: tuple[ToolCall, ...]
    tokens: int | None
    is_whole: bool = True


class TurnTaking(Protocol):
    """A chat model that is talked with, turn by turn."""

    def turn(
        self,
        messages: Sequence[Any],
        tools: Sequence[Mapping[str, Any]],
        *,
        seconds: float,
        is_cancelled: Callable[[], bool],
    ) -> Generator[str | Turn]:
        """Pieces of text as they come, and the turn at the end.

        Ends without a turn where `is_cancelled`. Closing it stops the model. Raises
        ChatModelFailed where the service fails, or is not done after so many seconds.
        """


def tool_result(call: ToolCall, text: str) -> dict[str, str]:
    """The message that answers a call."""
    return {"role": "tool", "tool_call_id": call.id, "content": text}


class StreamedModel:
    """Takes turns with a LangChain chat model, which `open_model` makes when it is first needed.

    Any number of threads may take turns at once. `close` ends what is under way.
    """

    def __init__(self, name: str, open_model: Callable[[], Any]) -> None:
        self.name = name
        self._open = open_model
        self._model: Any = None
        self._lock = Lock()
        self._loop = _Loop()

    def turn(
        self,
        messages: Sequence[Any],
        tools: Sequence[Mapping[str, Any]],
        *,
        seconds: float,
        is_cancelled: Callable[[], bool],
    ) -> Generator[str | Turn]:
        """Pieces of text as they come, and the turn at the end."""
        deadline = monotonic() + seconds
        model = self._opened()
        pieces: SimpleQueue[str | Turn | Exception] = SimpleQueue()
        work = self._loop.begin(_read(model, list(messages), list(tools), pieces.put))
        try:
            while not is_cancelled():
                left = deadline - monotonic()
                if left <= 0:
                    raise ChatModelFailed(f"{self.name} was not done after {seconds:.0f} s")
                try:
                    piece = pieces.get(timeout=min(left, _LOOK_SECONDS))
                except Empty:
                    continue
                if isinstance(piece, Exception):
                    raise ChatModelFailed(f"{self.name}: {_in_short(piece)}") from piece
                yield piece
                if isinstance(piece, Turn):
                    return
        finally:
            work.cancel()

    def close(self) -> None:
        """End every turn; harmless to repeat."""
        self._loop.close()

    def _opened(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._open()
            return self._model


async def _read(
    model: Any,
    messages: list[Any],
    tools: list[Mapping[str, Any]],
    put: Callable[[str | Turn | Exception], None],
) -> None:
    whole: Any = None
    try:
        bound = model.bind_tools(tools) if tools else model
        async for chunk in bound.astream(messages):
            whole = chunk if whole is None else whole + chunk
            if text := _text(chunk):
                put(text)
        put(_turn(whole) if whole is not None else ValueError("an empty reply"))
    except Exception as error:  # each provider has its own exceptions
        put(error)


def _turn(message: Any) -> Turn:
    calls = tuple(
        ToolCall(str(call.get("id") or number), call["name"], call.get("args") or {})
        for number, call in enumerate(getattr(message, "tool_calls", None) or ())
    )
    usage = getattr(message, "usage_metadata", None)
    told = getattr(message, "response_metadata", None) or {}
    ended = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
    return Turn(
        message,
        _text(message),
        calls,
        usage["total_tokens"] if usage else None,
        ended not in ("length", "max_tokens"),
    )


def _text(message: Any) -> str:
    """The text alone: calls and thoughts are parts of the content too."""
    content = message.content
    if isinstance(content, str):
        return content
    return "".join(
        part if isinstance(part, str) else str(part.get("text", ""))
        for part in content
        if isinstance(part, str) or part.get("type") in _TEXT_PARTS
    )


def _in_short(error: Exception) -> str:
    """The kind of an error and the beginning of its text, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


class _Loop:
    """An event loop in a thread of its own, begun when it is first needed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def begin(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        """Starts the work; cancelling what is returned stops it."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(
                    target=self._loop.run_forever, name="landbrief-chat", daemon=True
                )
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """Cancels what is under way, and ends the thread."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        ending = asyncio.run_coroutine_threadsafe(_cancel_all(), loop)
        try:
            ending.result(_CLOSE_SECONDS)
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(_CLOSE_SECONDS)
            if not thread.is_alive():
                loop.close()


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()
    await asyncio.get_running_loop().shutdown_default_executor()
