"""`/v1/conversations` and follow-ups over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_samples import fill, home_settings
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import Response

from api.app import app_over
from api.house import House, open_house

TOKEN = "a-token"  # noqa: S105
HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"
SOURCE = "And the source?"


class Keys(BaseHTTPMiddleware):
    """Notes the key of a request, as the check of keys does."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        request.state.key_id = request.headers.get("x-key")
        return await call_next(request)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conversations")


@pytest.fixture(scope="module")
def house(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(home_settings(folder)) as opened:
        fill(opened, tmp_path_factory.mktemp("files"))
        yield opened


def client_of(house: House, host: str = "127.0.0.1") -> TestClient:
    settings = home_settings(house.kb.home, api_token=SecretStr(TOKEN))
    app: FastAPI = app_over(house.public, house.own, settings)
    app.add_middleware(Keys)
    return TestClient(app, base_url="http://127.0.0.1", client=(host, 50_000))


@pytest.fixture(scope="module")
def client(house: House) -> TestClient:
    return client_of(house)


def ask(client: TestClient, question: str, one: str | None = None, key: str | None = None) -> dict:  # type: ignore[type-arg]
    body = {"question": question, **({"conversation_id": one} if one else {})}
    answered = client.post("/v1/ask", json=body, headers={"x-key": key} if key else {})
    assert answered.status_code == 200, answered.text
    return dict(answered.json())


def test_a_follow_up_is_answered_in_the_light_of_the_question_before(client: TestClient) -> None:
    first = ask(client, HOW_MANY)
    then = ask(client, SOURCE, first["conversation_id"])
    assert then["conversation_id"] == first["conversation_id"]
    assert then["citations"][0]["paragraph"] == first["citations"][0]["paragraph"]
    assert "para" in then["asked_as"]


def test_a_conversation_is_read_renamed_and_deleted_by_its_owner_alone(client: TestClient) -> None:
    mine, other = {"x-key": "mine"}, {"x-key": "other"}
    one = ask(client, HOW_MANY, key="mine")["conversation_id"]
    ask(client, SOURCE, one, key="mine")
    path = f"/v1/conversations/{one}"
    body = client.get(path, headers=mine).json()
    assert body["title"] == HOW_MANY
    assert [turn["question"] for turn in body["items"]] == [HOW_MANY, SOURCE]
    assert body["items"][0]["answer"]["citations"]
    assert client.patch(path, json={"title": "Wells"}, headers=mine).json()["title"] == "Wells"
    for headers in (other, {}):
        assert client.get(path, headers=headers).status_code == 404
        assert client.patch(path, json={"title": "X"}, headers=headers).status_code == 404
        assert client.delete(path, headers=headers).status_code == 404
        going_on = {"question": SOURCE, "conversation_id": one}
        assert client.post("/v1/ask", json=going_on, headers=headers).status_code == 404
        listed = client.get("/v1/conversations", headers=headers).json()["items"]
        assert one not in [item["conversation_id"] for item in listed]
    assert client.delete(path, headers=mine).status_code == 204
    assert client.get(path, headers=mine).status_code == 404


def test_a_stream_is_a_turn_of_its_conversation(client: TestClient) -> None:
    one = ask(client, HOW_MANY, key="stream")["conversation_id"]
    body = {"question": SOURCE, "conversation_id": one, "stream": True}
    streamed = client.post("/v1/ask", json=body, headers={"x-key": "stream"})
    assert "event: done" in streamed.text
    read = client.get(f"/v1/conversations/{one}", headers={"x-key": "stream"}).json()
    assert [turn["question"] for turn in read["items"]] == [HOW_MANY, SOURCE]


def test_pages_lead_through_all_conversations(client: TestClient) -> None:
    ids = [ask(client, HOW_MANY, key="pages")["conversation_id"] for _ in range(5)]
    seen: list[str] = []
    query: dict[str, object] = {"limit": 2}
    while True:
        page = client.get("/v1/conversations", params=query, headers={"x-key": "pages"}).json()  # type: ignore[arg-type]
        seen += [item["conversation_id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == ids[::-1]


@pytest.mark.parametrize("title", ["", "x" * 121])
def test_an_impossible_title_is_refused(client: TestClient, title: str) -> None:
    refused = client.patch("/v1/conversations/any", json={"title": title})
    assert refused.status_code == 422


def test_another_machine_is_shown_no_list_without_a_key(house: House) -> None:
    ask(client_of(house), HOW_MANY)
    far = client_of(house, host="203.0.113.9")
    assert far.get("/v1/conversations").json() == {"items": [], "next_cursor": None}


def test_what_the_owner_of_the_machine_asked_is_not_shown_to_anybody(house: House) -> None:
    own = client_of(house)
    asked = own.post(
        "/v1/ask", json={"question": HOW_MANY}, headers={"Authorization": f"Bearer {TOKEN}"}
    )
    one = asked.json()["conversation_id"]
    assert own.get(f"/v1/conversations/{one}").status_code == 404
    allowed = own.get(f"/v1/conversations/{one}", headers={"Authorization": f"Bearer {TOKEN}"})
    assert allowed.status_code == 200


def test_a_restarted_server_knows_its_conversations(tmp_path: Path) -> None:
    settings = home_settings(tmp_path / "home")
    with open_house(settings) as house:
        fill(house, tmp_path / "files")
        one = ask(client_of(house), HOW_MANY)["conversation_id"]
    with open_house(settings) as house:
        client = client_of(house)
        assert ask(client, SOURCE, one)["citations"]
        assert client.get(f"/v1/conversations/{one}").json()["turns"] == 2


def test_nothing_is_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    settings = home_settings(tmp_path / "home", conversations_kept=False)
    with open_house(settings) as house:
        fill(house, tmp_path / "files")
        client = client_of(house)
        one = ask(client, HOW_MANY)["conversation_id"]
        assert ask(client, SOURCE, one)["citations"]
        assert client.get("/v1/conversations").json()["items"] == []
        assert client.get(f"/v1/conversations/{one}").status_code == 404


def test_a_turn_that_is_not_to_be_kept_is_remembered_nowhere(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path / "home")) as house:
        fill(house, tmp_path / "files")
        client = client_of(house)
        body = client.post("/v1/ask", json={"question": HOW_MANY, "keep": False}).json()
        assert body["citations"]
        assert client.get("/v1/conversations").json()["items"] == []
        assert client.get(f"/v1/conversations/{body['conversation_id']}").status_code == 404
