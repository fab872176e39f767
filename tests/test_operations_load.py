"""The load bench: its client against small servers, and what it makes of what it sees."""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from evals.bench.load import Result, calls_of
from evals.bench.load_client import Call, run
from evals.bench.load_server import ServerProcess

GOOD = Result("ask", 32, 100, 80.0, 300.0, 600.0, 0, {200: 100}, 9.0, 1, (400.0,) * 20)


@contextmanager
def _server(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """An HTTP server that gives `answer` to each request's head and body."""
    loop = asyncio.new_event_loop()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                told = answer(head + await reader.readexactly(int(length or 0)))
                if not told:
                    break
                writer.write(told)
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0.05))  # connections notice that they are closed
        loop.close()


def test_every_call_is_sent_and_its_answer_read() -> None:
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes:
        seen.append(request)
        status = b"429 Too Many Requests" if b"/busy" in request else b"200 OK"
        return b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\nok"

    calls = [Call("/v1/ask", b'{"question": "a"}'), Call("/busy"), Call("/v1/search?q=a")]
    done: list[int] = []
    with _server(answer) as url:
        load = run(url, calls, 30, 4, done.append)
    assert load.statuses == {200: 20, 429: 10}
    assert (load.errors, len(load.times), sorted(done)) == (10, 30, list(range(1, 31)))
    assert sum(one.endswith(b'{"question": "a"}') for one in seen) == 10
    assert load.per_second > 0


def test_a_connection_that_breaks_is_an_error_and_is_made_anew() -> None:
    count = iter(range(1_000))

    def answer(_: bytes) -> bytes:
        return b"" if next(count) % 2 else b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    with _server(answer) as url:
        load = run(url, [Call("/")], 10, 1)
    assert load.statuses == {200: 5, 0: 5}


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, 0),
        ({"errors": 1}, 1),
        ({"per_second": 59.0}, 1),
        ({"p95_ms": 701.0}, 1),
        ({"cpu_ms": 10.1}, 1),
        ({"memory": (400.0,) * 10 + (421.0,) * 10}, 1),
        ({"memory": (300.0, *(400.0,) * 19)}, 0),  # it had not settled
        ({"memory": (601.0,) * 20}, 1),
        ({"memory": (601.0,) * 20, "processes": 2}, 0),
        ({"route": "search", "per_second": 140.0}, 1),
        ({"route": "search", "per_second": 151.0, "cpu_ms": 11.0, "p95_ms": 800.0}, 0),
    ],
)
def test_what_misses_a_bar_is_named(change: dict[str, object], missed: int) -> None:
    assert len(list(replace(GOOD, **change).misses())) == missed  # type: ignore[arg-type]


def test_the_questions_are_many_and_of_the_training_sets() -> None:
    asked, searched = calls_of("ask"), calls_of("search")
    assert len(asked) == len(searched) > 200
    assert len({call.body for call in asked}) > 200
    assert all(call.path.startswith("/v1/search?q=") for call in searched)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="Linux tells what a process takes")
def test_what_a_process_takes_is_read_from_the_system() -> None:
    taken = ServerProcess("", os.getpid()).taken()
    assert taken.cpu_seconds > 0
    assert taken.memory_mb > 10
    assert taken.processes >= 1
