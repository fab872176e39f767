import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from api_samples import PLANS_ID, TOOLS_ID, WELLS, WELLS_CHANGED, WELLS_ID, fill, home_settings
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import app_over
from api.house import House, open_house
from kb.knowledge_base import KnowledgeBase

TOKEN = "a-token"  # noqa: S105
HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"
PROBLEM = "application/problem+json"
OPENAI_PATHS = ("/v1/chat/completions", "/v1/models", "/v1/models/{model}")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = home_settings(tmp_path_factory.mktemp("home"))
    with open_house(settings) as opened:
        fill(opened, tmp_path_factory.mktemp("files"))
        yield opened


@pytest.fixture(scope="module")
def client(house: House) -> TestClient:
    return _client(house)


def _client(house: House, host: str = "127.0.0.1", **fields: Any) -> TestClient:
    settings = home_settings(house.kb.home, api_token=SecretStr(TOKEN), **fields)
    app = app_over(house.public, house.own, settings)
    return TestClient(app, base_url="http://127.0.0.1", client=(host, 50_000))


def _problem(response: httpx2.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:landbrief:problem:")
    assert body["title"]
    assert body["detail"]
    assert "\n" not in body["detail"]
    return body


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("ICCD/COP(98)/7", WELLS_ID),
        ("ICCD%2FCOP%2898%29%2F7", WELLS_ID),
        ("ICCD/COP%2898%29%2F7", WELLS_ID),
        ("iccd/cop(98)/7", WELLS_ID),
        ("Tools,%20part%201/2", TOOLS_ID),
        ("Tools%2C%20part%201%2F2", TOOLS_ID),
    ],
)
def test_an_id_works_raw_and_percent_encoded(client: TestClient, path: str, document: str) -> None:
    body = client.get(f"/v1/documents/{path}").json()
    assert body["document_id"] == document
    paragraph = client.get(f"/v1/documents/{path}/paragraphs/1").json()
    assert (paragraph["document_id"], paragraph["paragraph"]) == (document, "1")


@pytest.mark.parametrize("label", ["2(b)(ii)", "2%28b%29%28ii%29", "2 (b) (ii)", "2%20b)%20ii)"])
def test_a_sub_paragraph_is_found_by_any_form_of_its_label(client: TestClient, label: str) -> None:
    body = client.get(f"/v1/documents/ICCD/COP(98)/7/paragraphs/{label}").json()
    whole = client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/2").json()
    assert body["paragraph"] == "2(b)(ii)"
    assert "salaries" in body["text"]
    assert whole["text"][body["start"] :].startswith(body["text"])


def test_the_last_paragraphs_part_of_a_path_splits_id_from_label(house: House) -> None:
    with pytest.raises(LookupError, match=r"^x/paragraphs/y\|3\(a\)$"):
        _raising(house).get("/v1/documents/x/paragraphs/y/paragraphs/3(a)")


def _raising(house: House) -> TestClient:
    class Echo:
        def paragraph(self, document: str, label: str, _choice: object) -> None:
            raise LookupError(f"{document}|{label}")

    app = app_over(Echo(), Echo(), home_settings(house.kb.home))  # type: ignore[arg-type]
    return TestClient(app, base_url="http://127.0.0.1")


def test_a_document_has_the_agreed_fields(client: TestClient) -> None:
    body = client.get("/v1/documents/ICCD/COP(98)/7").json()
    assert set(body) >= {
        *("document_id", "symbol", "session", "title", "editions", "headings"),
        *("paragraphs", "footnotes", "tables", "figures"),
    }
    assert [p["paragraph"] for p in body["paragraphs"]] == ["1", "2", "3"]
    assert body["paragraphs"][0]["footnotes"] == ["fn 1"]
    assert body["paragraphs"][1]["subparagraphs"] == ["2(a)", "2(b)", "2(b)(i)", "2(b)(ii)"]
    assert body["paragraphs"][2]["heading_path"] == ["II. Money"]
    assert body["headings"][0] == {
        "level": 1,
        "number": "I.",
        "text": "Background",
        "before": 0,
    }
    note = body["footnotes"][0]
    assert note == {
        "label": "fn 1",
        "text": "Counted by the Partnership itself.",
        "anchor": "1",
        "offset": 75,  # of its mark, in the text of paragraph 1
    }


def test_a_paragraph_brings_its_footnotes_and_its_citation(client: TestClient) -> None:
    body = client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/1").json()
    assert body["label"] == "ICCD/COP(98)/7, para. 1"
    assert body["footnote_texts"][0]["text"] == "Counted by the Partnership itself."
    assert client.get(body["url"]).json() == body


def test_the_list_of_documents_has_pages(client: TestClient) -> None:
    first = client.get("/v1/documents", params={"limit": 1}).json()
    second = client.get("/v1/documents", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    ids = [item["document_id"] for page in (first, second) for item in page["items"]]
    assert ids == [WELLS_ID, TOOLS_ID]
    assert second["next_cursor"] is None
    _problem(client.get("/v1/documents", params={"cursor": "§"}), 404)


def test_search_gives_ranked_hits_with_the_agreed_fields(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "camel troughs", "k": 2}).json()["hits"]
    assert set(hits[0]) == {
        *("rank", "score", "document_id", "symbol", "session", "paragraph", "language"),
        *("edition", "text", "heading_path", "via", "candidate"),
    }
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert (hits[0]["document_id"], hits[0]["paragraph"]) == (WELLS_ID, "3")


def test_search_keeps_to_the_document_asked_for(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "troughs", "document": TOOLS_ID}).json()["hits"]
    assert {hit["document_id"] for hit in hits} <= {TOOLS_ID}
    _problem(client.get("/v1/search", params={"q": "troughs", "document": "X/1"}), 404)


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=a&k=0", "q=a&k=101", "q=a&language=de", "q=a&edition=none", "q=" + "a" * 2001],
)
def test_an_impossible_search_is_a_problem_that_names_the_part(
    client: TestClient, query: str
) -> None:
    body = _problem(client.get(f"/v1/search?{query}"), 422)
    assert body["errors"][0]["where"].startswith("query.")


def test_an_answer_has_the_agreed_fields_and_verbatim_quotes(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": HOW_MANY}).json()
    assert set(body) == {
        *("answer", "language", "abstained", "reason", "statements", "citations", "records"),
        *("conversation_id", "follow_ups", "timings_ms"),
    }
    assert not body["abstained"]
    citation = body["citations"][0]
    assert citation["paragraph"] == "1"
    text = client.get(citation["url"]).json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_conversation_keeps_its_id(client: TestClient) -> None:
    first = client.post("/v1/ask", json={"question": "How many wells?"}).json()
    again = client.post(
        "/v1/ask",
        json={"question": "How many wells?", "conversation_id": first["conversation_id"]},
    ).json()
    assert again["conversation_id"] == first["conversation_id"]


def test_a_streamed_answer_ends_with_the_whole_one(client: TestClient) -> None:
    question = {"question": HOW_MANY, "stream": True}
    response = client.post("/v1/ask", json=question)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [
        (name, json.loads(data))
        for name, data in re.findall(r"^event: (\w+)\ndata: (.*)\n\n", response.text, re.MULTILINE)
    ]
    names = [name for name, _ in events]
    assert names == ["evidence", *["statement"] * (len(events) - 2), "done"]
    done = events[-1][1]
    assert events[0][1]["citations"] == done["citations"]
    assert [body for name, body in events if name == "statement"] == done["statements"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"question": ""}',
        b'{"question": 3}',
        b'{"question": "a", "language": "xx"}',
        b'{"question": "\\ud800"}',
        b'{"question": "a\\u0000b"}',
        b'{"question": "' + b"a" * 2001 + b'"}',
        b'{"question": "a", "documents": "all"}',
    ],
)
def test_an_impossible_question_is_a_problem(client: TestClient, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    _problem(client.post("/v1/ask", content=content, headers=headers), 422)


def test_a_body_that_is_no_text_is_a_problem(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    _problem(client.post("/v1/ask", content=b"\xff\xfe{", headers=headers), 400)


def test_a_question_to_an_unknown_document_names_the_near_ones(client: TestClient) -> None:
    request = {"question": "How many wells?", "documents": ["ICCD/COP(98)/8"]}
    assert WELLS_ID in _problem(client.post("/v1/ask", json=request), 404)["detail"]


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/v1/documents/", "/v1/documents/X", "/v1/documents/X/paragraphs/1"]
    + ["/v1/documents/ICCD/COP(98)/7/paragraphs/" + label for label in ("99", "zz top", "", "1/2")],
)
def test_what_is_not_there_is_a_404_problem(client: TestClient, path: str) -> None:
    _problem(client.get(path), 404)


def test_a_wrong_method_is_a_405_problem(client: TestClient) -> None:
    _problem(client.get("/v1/ask"), 405)


def test_an_unexpected_error_tells_nothing_of_the_inside(house: House) -> None:
    client = TestClient(_raising(house).app, "http://127.0.0.1", raise_server_exceptions=False)
    body = _problem(client.get("/v1/documents/x/paragraphs/3"), 500)
    assert "LookupError" not in json.dumps(body)


def _uploaded(client: TestClient, name: str, text: str, **fields: str) -> httpx2.Response:
    return client.post("/v1/documents", files={"file": (name, text.encode())}, data=fields)


def test_an_upload_is_found_at_once_and_keeps_its_name(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path)) as house:
        client = _client(house)
        response = _uploaded(client, "wells.txt", WELLS)
        assert response.status_code == 201, response.text
        report = response.json()["files"][0]
        assert (report["path"], report["status"]) == ("wells.txt", "added")
        assert _found(client, "camel troughs") == [WELLS_ID]
        assert client.get("/v1/documents").json()["items"][0]["editions"][0]["source"] == (
            "wells.txt"
        )
        again = _uploaded(client, "wells.txt", WELLS)
        assert (again.status_code, again.json()["files"][0]["status"]) == (200, "unchanged")
        changed = _uploaded(client, "wells.txt", WELLS_CHANGED)
        assert (changed.status_code, changed.json()["files"][0]["status"]) == (201, "updated")
        now = client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/3").json()
        before = client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/3?version=1").json()
        assert ("goat fences" in now["text"], "camel troughs" in before["text"]) == (True, True)
        assert before["status"] == "superseded"


def _found(client: TestClient, query: str) -> list[str]:
    hits = client.get("/v1/search", params={"q": query, "k": 1}).json()["hits"]
    return [hit["document_id"] for hit in hits]


@pytest.mark.parametrize("name", ["../../wells.txt", "..\\..\\wells.txt", "/etc/wells.txt"])
def test_an_upload_cannot_choose_its_folder(tmp_path: Path, name: str) -> None:
    with open_house(home_settings(tmp_path)) as house:
        assert _uploaded(_client(house), name, WELLS).json()["files"][0]["path"] == "wells.txt"


@pytest.mark.parametrize(
    ("name", "text"),
    [("empty.txt", ""), ("picture.xyz", "?"), ("..", WELLS), ("a" * 300 + ".txt", WELLS)],
)
def test_a_rejected_upload_is_a_problem_and_stores_nothing(
    client: TestClient, house: House, name: str, text: str
) -> None:
    before = house.kb.generation
    _problem(_uploaded(client, name, text), 422)
    assert house.kb.generation == before


def test_an_upload_without_a_file_is_a_problem(client: TestClient) -> None:
    _problem(client.post("/v1/documents", data={"title": "x"}), 422)


@pytest.mark.parametrize("declared", [True, False])
def test_an_upload_over_the_limit_is_refused_while_it_streams(house: House, declared: bool) -> None:
    client = _client(house, max_file_mb=1)
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(40):
            sent += 1
            yield b"a" * (1 << 20)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    if declared:
        headers["Content-Length"] = str(40 << 20)
    _problem(client.post("/v1/documents", content=chunks(), headers=headers), 413)


def test_a_question_over_a_megabyte_is_refused(client: TestClient) -> None:
    _problem(client.post("/v1/ask", json={"question": "a" * (2 << 20)}), 413)


BY_NUMBER = "What does paragraph 1 of Plans of the cabinet say?"
BY_WORDS = "When will the obsidian reservoir be built?"


def test_internal_documents_stay_with_their_owner(client: TestClient) -> None:
    own = {"Authorization": f"Bearer {TOKEN}"}
    path = f"/v1/documents/{PLANS_ID}"
    _problem(client.get(path), 404)
    _problem(client.get(f"{path}/paragraphs/1"), 404)
    _problem(client.get("/v1/search", params={"q": "x", "document": PLANS_ID}), 404)
    for question in (BY_NUMBER, BY_WORDS):
        answer = client.post("/v1/ask", json={"question": question}).json()
        assert "obsidian" not in json.dumps(answer["citations"])
    assert PLANS_ID not in client.get("/v1/documents").text
    assert _found(client, "obsidian reservoir") != [PLANS_ID]

    assert client.get(path, headers=own).json()["document_id"] == PLANS_ID
    assert PLANS_ID in client.get("/v1/documents", headers=own).text
    answer = client.post("/v1/ask", json={"question": BY_WORDS}, headers=own).json()
    assert "obsidian" in json.dumps(answer["citations"])


@pytest.mark.parametrize("route", ["ingest", "remove", "init", "verify", "reindex"])
def test_internal_routes_want_the_token_and_a_local_client(house: House, route: str) -> None:
    path = f"/internal/{route}"
    near, far = _client(house), _client(house, host="192.0.2.7")
    right = {"Authorization": f"Bearer {TOKEN}"}
    for headers in ({}, {"Authorization": "Bearer no"}, {"Authorization": f"Basic {TOKEN}"}):
        _problem(near.post(path, json={}, headers=headers), 401)
    _problem(far.post(path, json={}, headers=right), 403)
    settings = home_settings(house.kb.home)
    closed = TestClient(
        app_over(house.public, house.own, settings), "http://127.0.0.1", client=("127.0.0.1", 1)
    )
    _problem(closed.post(path, json={}, headers={"Authorization": "Bearer "}), 401)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:81"])
def test_pages_of_other_sites_cannot_write(client: TestClient, origin: str) -> None:
    files = {"file": ("wells.txt", WELLS.encode())}
    _problem(client.post("/v1/documents", files=files, headers={"Origin": origin}), 403)


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_outside(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    links = re.findall(r"""(?:src|href|action)=["']([^"']*)""", response.text)
    assert links
    for link in links:
        assert link == "data:," or re.match(r"/(?!/)", link), link
        if link.startswith("/"):
            assert client.get(link).status_code == 200, link
    assert "//" not in re.sub(r"^//.*$", "", client.get("/web/page.css").text)


def test_the_page_never_makes_markup_of_an_answer(client: TestClient) -> None:
    script = client.get("/web/page.js").text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
    assert "http:" not in script + client.get("/").text


def test_the_openapi_document_describes_every_field(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    # docs/openapi.json holds them all (tests/test_openapi.py).
    assert set(document["paths"]) >= {
        *("/healthz", "/readyz", "/v1/ask", "/v1/search", "/v1/documents", "/v1/briefs"),
        *("/v1/feedback", "/v1/conversations", "/v1/keys", "/v1/reviews"),
        "/v1/documents/{document_id}",
        "/v1/documents/{document_id}/paragraphs/{label}",
        "/v1/records/{kind}",
        *(f"/v1/records/{{kind}}/{what}" for what in ("count", "totals", "changes")),
        *OPENAI_PATHS,
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            errors = "application/json" if path in OPENAI_PATHS else PROBLEM
            assert set(operation["responses"]["4XX"]["content"]) == {errors}
            assert operation["description"]
            for parameter in operation.get("parameters", ()):
                assert parameter["schema"]
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("Body") or name in ("AskRequest", "Problem", "DocumentList"):
            for field, described in schema["properties"].items():
                assert described.get("description"), f"{name}.{field}"


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_withdrawn_document_is_gone_but_for_its_version(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path)) as house:
        client = _client(house)
        _uploaded(client, "wells.txt", WELLS)
        house.own.remove(WELLS_ID, None)
        _problem(client.get("/v1/documents/ICCD/COP(98)/7"), 410)
        _problem(client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/3"), 410)
        old = client.get("/v1/documents/ICCD/COP(98)/7/paragraphs/3?version=1").json()
        assert old["status"] == "withdrawn"
        assert client.get("/v1/documents").json()["items"] == []
        assert _found(client, "camel troughs") == []


def test_the_knowledge_base_is_left_open_by_the_application(house: House) -> None:
    assert isinstance(house.kb, KnowledgeBase)
    with _client(house) as client:
        client.get("/healthz")
    assert house.kb.documents()
