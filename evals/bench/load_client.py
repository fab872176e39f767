"""Many readers at once: plain HTTP/1.1 over connections that are kept.

Written out because it shares the processors with the server that it measures: a whole client
library would take a good part of them.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Final
from urllib.parse import urlsplit

_WAIT_SECONDS: Final = 60.0
_BROKEN: Final = (OSError, EOFError, ValueError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` with its query; a `body` makes it a POST of JSON."""

    path: str
    body: bytes | None = None


@dataclass(slots=True)
class Load:
    """What a run saw. Times in milliseconds; `statuses` counts answers, 0 for none at all."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Requests without an answer of status 200."""
        return sum(n for status, n in self.statuses.items() if status != 200)

    @property
    def per_second(self) -> float:
        """Answers of status 200 in a second."""
        return self.statuses.get(200, 0) / self.seconds if self.seconds else 0.0


def run(
    url: str,
    calls: Sequence[Call],
    requests: int,
    clients: int,
    on_answer: Callable[[int], None] = lambda _: None,
) -> Load:
    """Sends that many of `calls`, over and over, from so many clients; each waits for its answer
    before it sends the next. `on_answer` is told how many are done."""
    return asyncio.run(_run(url, calls, requests, clients, on_answer))


async def _run(
    url: str,
    calls: Sequence[Call],
    requests: int,
    clients: int,
    on_answer: Callable[[int], None],
) -> Load:
    load = Load()
    numbers = iter(range(requests))
    done = count(1)
    started = perf_counter()

    async def client() -> None:
        connection = _Connection(url)
        for number in numbers:
            begun = perf_counter()
            status = await connection.status_of(calls[number % len(calls)])
            load.times.append(1000 * (perf_counter() - begun))
            load.statuses[status] = load.statuses.get(status, 0) + 1
            on_answer(next(done))
        await connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    load.seconds = perf_counter() - started
    return load


class _Connection:
    """Opened when it is needed, and again after it broke."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def status_of(self, call: Call) -> int:
        """The status of the answer, read to its end; 0 where there is none."""
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                return await self._sent(call)
        except _BROKEN:
            await self.close()
            return 0

    async def close(self) -> None:
        """Lets go of the connection."""
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].close()

    async def _sent(self, call: Call) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(b"".join(self._lines(call)))
        status_line, *lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in lines if b": " in line)
        await reader.readexactly(int(headers[b"content-length"]))
        if headers.get(b"connection") == b"close":
            await self.close()
        return int(status_line.split(b" ")[1])

    def _lines(self, call: Call) -> Iterator[bytes]:
        method = "GET" if call.body is None else "POST"
        yield f"{method} {call.path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n".encode()
        if call.body is not None:
            yield b"Content-Type: application/json\r\n"
            yield b"Content-Length: %d\r\n" % len(call.body)
        yield b"\r\n"
        yield call.body or b""
