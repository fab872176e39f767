"""`POST /v1/ask` with `stream`: events as the answer is made, and no work for a client who left."""

import json
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from api.app import app_over
from api.desk import StreamEvent
from api.schemas import AnswerBody, AskRequest, EvidenceBody, StatementBody
from kb.errors import LandBriefError, NotFound
from kb.settings import Settings

STATEMENT = StatementBody(text="Norway dug 4,200 wells.", kind="note", citations=[])
ANSWER = AnswerBody(
    answer="Norway dug 4,200 wells.",
    language="en",
    abstained=False,
    reason=None,
    statements=[STATEMENT],
    citations=[],
    records=[],
    conversation_id="c",
    follow_ups=[],
    timings_ms={},
)
ASK = {"question": "How many?", "stream": True}


class FakeDesk:
    """Streams what it was given; an exception among it is raised, a number is waited for."""

    def __init__(self, *steps: StreamEvent | Exception | float) -> None:
        self.steps = steps
        self.ended = threading.Event()
        self.asked = 0

    def ask(self, request: AskRequest, owner: str | None = None) -> AnswerBody:
        del request, owner
        self.asked += 1
        return ANSWER

    def stream(
        self,
        request: AskRequest,
        is_cancelled: Callable[[], bool],
        owner: str | None = None,
    ) -> Generator[StreamEvent]:
        del request, owner
        try:
            for step in self.steps:
                if isinstance(step, Exception):
                    raise step
                if not isinstance(step, float):
                    yield step
                    continue
                until = time.monotonic() + step
                while time.monotonic() < until:
                    if is_cancelled():
                        return
                    time.sleep(0.02)
        finally:
            self.ended.set()


@contextmanager
def served(desk: FakeDesk) -> Iterator[httpx.Client]:
    app = app_over(desk, desk, Settings())  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            with httpx.Client(base_url=url, trust_env=False, timeout=10) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(10)


def events(body: str) -> list[tuple[str, Any]]:
    found = []
    for block in body.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_the_events_of_an_answer_come_in_order() -> None:
    with served(FakeDesk(EvidenceBody(citations=[]), STATEMENT, ANSWER)) as client:
        response = client.post("/v1/ask", json=ASK)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    found = events(response.text)
    assert [name for name, _ in found] == ["evidence", "statement", "done"]
    assert found[-1][1] == ANSWER.model_dump(mode="json")


def test_a_statement_arrives_before_the_answer_is_done() -> None:
    desk = FakeDesk(EvidenceBody(citations=[]), STATEMENT, 20.0, ANSWER)
    begun = time.monotonic()
    with served(desk) as client, client.stream("POST", "/v1/ask", json=ASK) as response:
        for line in response.iter_lines():
            if line == "event: statement":
                break
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize("steps", [(), (EvidenceBody(citations=[]), STATEMENT)])
def test_the_work_stops_when_the_client_leaves(steps: tuple[StreamEvent, ...]) -> None:
    desk = FakeDesk(*steps, 30.0, ANSWER)
    with served(desk) as client:
        try:
            with client.stream("POST", "/v1/ask", json=ASK, timeout=0.5) as response:
                next(response.iter_lines())
        except httpx.TimeoutException:
            assert not steps
        assert desk.ended.wait(10)


def test_an_error_before_the_first_event_has_its_own_status() -> None:
    with served(FakeDesk(NotFound('no document "X"'))) as client:
        response = client.post("/v1/ask", json=ASK)
    assert response.status_code == 404
    assert response.json()["detail"] == 'no document "X"'


def test_an_error_after_it_is_an_event() -> None:
    desk = FakeDesk(EvidenceBody(citations=[]), LandBriefError("the store is closed"))
    with served(desk) as client:
        found = events(client.post("/v1/ask", json=ASK).text)
    assert [name for name, _ in found] == ["evidence", "error"]
    assert found[-1][1]["detail"] == "the store is closed"


def test_without_stream_the_answer_comes_whole() -> None:
    desk = FakeDesk()
    with served(desk) as client:
        response = client.post("/v1/ask", json={"question": "How many?"})
    assert response.json() == ANSWER.model_dump(mode="json")
    assert (desk.asked, desk.ended.is_set()) == (1, False)
