"""From the settings to the wire: a server whose answers a chat model words."""

import json
from pathlib import Path

import httpx
from api_samples import WELLS, written
from api_serving import landbrief, serving
from openai_server import Reply, openai_service

QUESTION = "How many wells has the Lumen Wells Partnership dug?"


def events(body: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.split("\n") for block in body.strip().split("\n\n")]
    return [(a.removeprefix("event: "), json.loads(b.removeprefix("data: "))) for a, b in blocks]


def post(url: str, body: dict[str, object]) -> httpx.Response:
    # The first answer of a process waits for LangChain to be imported.
    return httpx.post(f"{url}/v1/ask", json=body, trust_env=False, timeout=90)


def test_a_served_answer_is_worded_by_the_model_that_is_set(tmp_path: Path) -> None:
    home, path = tmp_path / "home", written(tmp_path, "wells.txt", WELLS)
    assert landbrief(home, "ingest", path).returncode == 0
    asked = landbrief(home, "ask", QUESTION, "--json")
    composed = json.loads(asked.stdout)
    said = next(s["text"] for s in composed["statements"] if s["citations"])
    with openai_service(Reply(f"Nothing true. [E1] {said} [E1]")) as service:
        extra = {
            "LANDBRIEF_CHAT_MODEL": "openai:some-model",
            "LANDBRIEF_CHAT_BASE_URL": service.url,
            "LANDBRIEF_CHAT_API_KEY": "not-a-key",
            "LANDBRIEF_CHAT_RETRIES": "0",
        }
        with serving(home, extra=extra) as (url, _):
            plain = post(url, {"question": QUESTION}).json()
            body = {"question": QUESTION, "stream": True}
            streamed = post(url, body)
            service.replies[:] = [Reply(status=500)]
            failed = post(url, {"question": QUESTION})
    assert len(service.asked) == 3
    assert [s["text"] for s in plain["statements"]] == [said]
    assert plain["timings_ms"]["chat"] > 0
    told = events(streamed.text)
    assert [name for name, _ in told] == ["evidence", "statement", "done"]
    assert told[-1][1]["answer"] == plain["answer"]
    assert (failed.status_code, failed.json()["reason"]) == (200, "degraded")
    assert failed.json()["answer"] == composed["answer"]


def test_a_setting_that_names_no_model_is_said_in_one_line(tmp_path: Path) -> None:
    name = "some-model"
    ended = landbrief(tmp_path / "home", "ask", QUESTION, extra={"LANDBRIEF_CHAT_MODEL": name})
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "names no provider" in ended.stderr
