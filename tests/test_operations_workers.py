"""Processes beside the owner, on one address."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_samples import PLANS_ID, WELLS, WELLS_CHANGED, WELLS_ID, home_settings, written
from api_serving import landbrief, serving
from starlette.types import Receive, Scope, Send

from api.house import open_house
from api.operations.forwarding import FromWorkers
from evals.bench.load_server import children

WORKERS = 2
HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops processes")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("served")
    with open_house(home_settings(home)) as house:
        house.own.init()
    return home


@pytest.fixture(scope="module")
def served(home: Path) -> "Iterator[tuple[str, subprocess.Popen[str]]]":
    with serving(home, "--api-workers", str(WORKERS)) as (url, process):
        _wait(lambda: _answers_without(url, process))
        yield url, process


def _wait(reached: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@contextmanager
def _stopped(process: "subprocess.Popen[str]") -> Iterator[None]:
    """While the owner stands still, whatever is answered is answered by a worker."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def _get(url: str, **fields: Any) -> httpx.Response:
    return httpx.get(url, trust_env=False, timeout=20, **fields)


def _post(url: str, body: object, **fields: Any) -> httpx.Response:
    return httpx.post(url, json=body, trust_env=False, timeout=20, **fields)


def _found(url: str, query: str) -> tuple[str, str]:
    hits = _get(f"{url}/v1/search", params={"q": query, "k": 1}).json()["hits"]
    return (hits[0]["document_id"], hits[0]["paragraph"]) if hits else ("", "")


def _answers_without(url: str, process: "subprocess.Popen[str]") -> bool:
    with _stopped(process):
        try:
            return httpx.get(f"{url}/v1/search?q=a", trust_env=False, timeout=2).is_success
        except httpx.HTTPError:
            return False


def test_what_the_owner_writes_the_workers_see(
    served: "tuple[str, subprocess.Popen[str]]", home: Path, tmp_path: Path
) -> None:
    url, process = served
    path = written(tmp_path, "wells.txt", WELLS)
    assert landbrief(home, "ingest", path).returncode == 0
    with _stopped(process):
        for _ in range(6):  # each on a connection of its own: both workers get some
            assert _found(url, "camel troughs") == (WELLS_ID, "3")
            assert _get(f"{url}/v1/documents/{WELLS_ID}/paragraphs/1").is_success
    path.write_text(WELLS_CHANGED)
    assert landbrief(home, "ingest", path).returncode == 0
    with _stopped(process):
        for _ in range(4):
            assert _found(url, "goat fences") == (WELLS_ID, "3")
            assert "camel" not in _get(f"{url}/v1/documents/{WELLS_ID}").text
    assert landbrief(home, "remove", WELLS_ID).returncode == 0
    with _stopped(process):
        for _ in range(4):
            assert _found(url, "goat fences") != (WELLS_ID, "3")
            assert _get(f"{url}/v1/documents/{WELLS_ID}").status_code == 410


def test_writes_and_the_page_reach_the_owner_from_whichever_process(
    served: "tuple[str, subprocess.Popen[str]]",
) -> None:
    url, _ = served
    for n in range(3):
        files = {"file": (f"note-{n}.txt", f"1. The heron number {n} yodels.".encode())}
        added = httpx.post(f"{url}/v1/documents", files=files, trust_env=False, timeout=60)
        assert added.status_code == 201, added.text
        assert _get(url).headers["content-type"].startswith("text/html")
        assert _get(f"{url}/readyz").json()["status"] == "ready"
        assert _post(f"{url}/v1/ask", {}).status_code == 422
        assert _get(f"{url}/nothing").status_code == 404
        spoken = {"model": "landbrief", "messages": [{"role": "user", "content": HOW_MANY}]}
        assert _post(f"{url}/v1/chat/completions", spoken).is_success
        assert _found(url, f"heron number {n}")[0] == f"note-{n}"


def test_a_conversation_goes_on_whichever_process_answers(
    served: "tuple[str, subprocess.Popen[str]]",
) -> None:
    url, _ = served
    for _ in range(4):
        first = _post(f"{url}/v1/ask", {"question": "How many Parties set LDN targets?"}).json()
        spoken = first["conversation_id"]
        again = {"question": "And in 2015?", "conversation_id": spoken}
        assert _post(f"{url}/v1/ask", again).json()["conversation_id"] == spoken
        turns = _get(f"{url}/v1/conversations/{spoken}").json()["items"]
        assert [turn["question"] for turn in turns] == [
            "How many Parties set LDN targets?",
            "And in 2015?",
        ]


def test_an_answer_is_streamed_whichever_process_answers(
    served: "tuple[str, subprocess.Popen[str]]",
) -> None:
    url, _ = served
    for _ in range(4):
        told = _post(f"{url}/v1/ask", {"question": HOW_MANY, "stream": True})
        assert "event: done" in told.text


def test_what_is_internal_stays_so_at_the_workers(
    served: "tuple[str, subprocess.Popen[str]]", home: Path, tmp_path: Path
) -> None:
    url, process = served
    path = written(tmp_path, "plans.txt", "1. The obsidian reservoir will be built in 2033.")
    options = ("--document", PLANS_ID, "--visibility", "internal")
    assert landbrief(home, "ingest", path, *options).returncode == 0
    with _stopped(process):
        for _ in range(4):
            assert _found(url, "obsidian reservoir")[0] != PLANS_ID
            assert _get(f"{url}/v1/documents/{PLANS_ID}").status_code == 404


def test_a_worker_that_dies_is_started_again(
    served: "tuple[str, subprocess.Popen[str]]",
) -> None:
    url, process = served
    before = set(_workers(process.pid))
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert _get(f"{url}/healthz").is_success
    _wait(lambda: len(set(_workers(process.pid)) - before) >= WORKERS)
    _wait(lambda: _answers_without(url, process))


def _workers(pid: int) -> list[int]:
    """Those of its processes that serve: not the keeper of shared things, nor readers of files."""
    return [one for one in children(pid) if b"spawn_main" in _command_line(one)]


def _command_line(pid: int) -> bytes:
    """Of a process; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_owner(tmp_path: Path, how: signal.Signals) -> None:
    own = tmp_path / "home"
    with open_house(home_settings(own)):
        pass
    with serving(own, "--api-workers", "1") as (url, process):
        _wait(lambda: _answers_without(url, process))
        pids = _workers(process.pid)
        assert pids
        process.send_signal(how)
        process.wait(30)
        _wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), 20)
    with open_house(home_settings(own)) as house:
        assert house.own.verify().problems == []


def test_nobody_else_can_say_whose_a_request_is() -> None:
    seen: list[Any] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append((scope["client"], [name for name, _ in scope["headers"]]))

    async def check() -> None:
        for secret in (b"right", b"wrong"):
            scope = {
                "type": "http",
                "client": ("192.0.2.7", 5),
                "headers": [
                    (b"host", b"a"),
                    (b"x-landbrief-link", secret),
                    (b"x-landbrief-client", b"198.51.100.1"),
                ],
            }
            await FromWorkers(app, "right")(scope, None, None)  # type: ignore[arg-type]

    asyncio.run(check())
    assert seen == [(("198.51.100.1", 0), [b"host"]), (("192.0.2.7", 5), [b"host"])]
