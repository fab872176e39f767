import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_samples import home_settings

from api.app import app_over
from api.operations.lines import Full, Line, Place
from api.operations.operating import Operations
from api.schemas import AnswerBody, AskRequest, SearchBody, SearchRequest

ANSWER = AnswerBody(
    answer="Yes.",
    language="en",
    abstained=False,
    reason=None,
    statements=[],
    citations=[],
    records=[],
    conversation_id="c",
    follow_ups=[],
    timings_ms={},
)


def test_a_line_lets_so_many_in_and_so_many_wait() -> None:
    async def check() -> None:
        line = Line(2, 1, 5)
        first, _ = await line.enter(), await line.enter()
        third = asyncio.create_task(line.enter())
        await asyncio.sleep(0)
        assert (line.running, line.waiting) == (2, 1)
        with pytest.raises(Full) as full:
            await line.enter()
        assert full.value.seconds >= 1
        first.leave()
        first.leave()
        place = await third
        assert (line.running, line.waiting) == (2, 0)
        place.leave()
        assert line.running == 1

    asyncio.run(check())


def test_a_line_serves_who_came_first() -> None:
    async def check() -> None:
        line = Line(1, 10, 5)
        place = await line.enter()
        served: list[int] = []

        async def come(number: int) -> None:
            mine = await line.enter()
            served.append(number)
            mine.leave()

        tasks = [asyncio.create_task(come(n)) for n in range(5)]
        await asyncio.sleep(0)
        place.leave()
        await asyncio.gather(*tasks)
        assert served == list(range(5))
        assert (line.running, line.waiting) == (0, 0)

    asyncio.run(check())


@pytest.mark.parametrize("how", ["patience", "cancelled", "cancelled as it was served"])
def test_who_gives_up_leaves_the_line_as_it_was(how: str) -> None:
    async def check() -> None:
        line = Line(1, 5, 0.01 if how == "patience" else 5)
        place = await line.enter()
        waiting = asyncio.create_task(line.enter())
        await asyncio.sleep(0)
        if how == "patience":
            with pytest.raises(Full):
                await waiting
        else:
            if how == "cancelled as it was served":
                place.leave()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        place.leave()
        assert (line.running, line.waiting) == (0, 0)
        again: Place = await line.enter()
        again.leave()

    asyncio.run(check())


class Slow:
    """A desk whose answers wait until they are let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.inside = 0
        self.most = 0
        self._lock = threading.Lock()

    def ask(self, _request: AskRequest, _owner: str | None = None) -> AnswerBody:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.let_go.wait(10)
        with self._lock:
            self.inside -= 1
        return ANSWER

    def search(self, _request: SearchRequest) -> SearchBody:
        return SearchBody(hits=[])


def _served(
    tmp_path: Path, desk: Slow, **fields: Any
) -> tuple[Callable[[], httpx.AsyncClient], Operations]:
    settings = home_settings(tmp_path, **fields)
    operations = Operations(settings)
    app = app_over(desk, desk, settings, operations=operations)  # type: ignore[arg-type]

    def client() -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    return client, operations


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/chat/completions"])
def test_under_overload_requests_are_sent_away_at_once_and_told_when_to_come(
    tmp_path: Path, path: str
) -> None:
    desk = Slow()
    client, operations = _served(tmp_path, desk, api_concurrency=2, api_queue=3)

    async def check() -> None:
        async with client() as http:
            asked = [
                asyncio.create_task(http.post("/v1/ask", json={"question": f"{n}?"}))
                for n in range(5)
            ]
            line = operations.lines["answers"]
            await _until(lambda: (line.running, line.waiting) == (2, 3))
            sent_away = await http.post(path, json={"question": "One more?"})
            assert sent_away.status_code == 429
            assert int(sent_away.headers["retry-after"]) >= 1
            if path == "/v1/ask":
                assert sent_away.headers["content-type"] == "application/problem+json"
                assert sent_away.json()["status"] == 429
            else:
                assert sent_away.json()["error"]["type"] == "rate_limit_error"
            assert (await http.get("/healthz")).status_code == 200
            assert (await http.get("/v1/search?q=a")).status_code == 200
            metrics = (await http.get("/metrics")).text
            assert 'landbrief_refused_total{lane="answers"} 1.0' in metrics
            assert 'landbrief_waiting{lane="answers"} 3.0' in metrics
            desk.let_go.set()
            answers = await asyncio.gather(*asked)
            assert [one.status_code for one in answers] == [200] * 5
            assert desk.most == 2
            assert (line.running, line.waiting) == (0, 0)

    asyncio.run(check())


def test_a_question_that_comes_in_slowly_holds_no_place(tmp_path: Path) -> None:
    desk = Slow()
    desk.let_go.set()
    client, operations = _served(tmp_path, desk, api_concurrency=1)

    async def check() -> None:
        go_on = asyncio.Event()

        async def body() -> AsyncIterator[bytes]:
            yield b'{"question": '
            await go_on.wait()
            yield b'"slow?"}'

        async with client() as http:
            headers = {"Content-Type": "application/json"}
            slow = asyncio.create_task(http.post("/v1/ask", content=body(), headers=headers))
            await asyncio.sleep(0.02)
            assert operations.lines["answers"].running == 0
            quick = await http.post("/v1/ask", json={"question": "quick?"})
            assert quick.status_code == 200
            go_on.set()
            assert (await slow).status_code == 200

    asyncio.run(check())


def test_a_body_too_large_is_still_told_so(tmp_path: Path) -> None:
    client, operations = _served(tmp_path, Slow())

    async def check() -> None:
        async with client() as http:
            content = json.dumps({"question": "a" * (2 << 20)})
            headers = {"Content-Type": "application/json"}
            for path in ("/v1/ask", "/v1/chat/completions", "/mcp"):
                told = await http.post(path, content=content, headers=headers)
                assert told.status_code == 413, told.text
        assert operations.lines["answers"].running == 0

    asyncio.run(check())


def test_a_chat_models_answers_have_more_places(tmp_path: Path) -> None:
    settings = home_settings(tmp_path, chat_model="x:y", api_chat_concurrency=9, api_concurrency=1)

    async def entered(lane: str) -> int:
        line = Operations(settings).lines[lane]  # type: ignore[index]
        while True:
            try:
                async with asyncio.timeout(0.01):
                    await line.enter()
            except TimeoutError:
                return line.running

    assert asyncio.run(entered("answers")) == 9
    assert asyncio.run(entered("reading")) == 1
