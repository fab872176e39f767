import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_samples import WELLS_ID, fill, home_settings
from fastapi.testclient import TestClient

from api.app import app_over
from api.house import House, open_house
from api.operations.logs import JsonLines, PlainLines
from api.operations.operating import operations_of

HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = home_settings(tmp_path_factory.mktemp("home"))
    with open_house(settings) as opened:
        fill(opened, tmp_path_factory.mktemp("files"))
        yield opened


def _client(house: House, **fields: Any) -> TestClient:
    settings = home_settings(house.kb.home, **fields)
    operations = operations_of(house.kb, settings)
    app = app_over(house.public, house.own, settings, operations=operations)
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


@pytest.fixture
def client(house: House) -> TestClient:
    return _client(house)


def test_a_server_whose_stores_agree_is_ready(client: TestClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready", "problems": []})


def test_a_server_whose_index_lost_texts_is_not_ready(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path / "home")) as house:
        fill(house, tmp_path)
        client = _client(house)
        assert client.get("/readyz").status_code == 200
        unit = next(iter(house.kb._indexes._usable().vectors.units()))
        house.kb._indexes._usable().vectors.delete("original", [unit])
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["status"] == "not_ready"
        assert "vectors" in response.json()["problems"][0]


def test_a_server_whose_stores_are_closed_is_not_ready(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path)) as house:
        client = _client(house)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def _metrics(client: TestClient) -> str:
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return response.text


def test_metrics_count_requests_by_route_and_answers_by_reason(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": HOW_MANY})
    client.post("/v1/ask", json={"question": "Who won the tennis match yesterday?"})
    client.get(f"/v1/documents/{WELLS_ID}/paragraphs/1")
    client.get("/v1/documents/none/paragraphs/1")
    text = _metrics(client)
    assert 'landbrief_requests_total{method="POST",route="/v1/ask",status="200"} 2.0' in text
    path = "/v1/documents/{document_id:path}/paragraphs/{label:path}"
    for status in ("200", "404"):
        line = f'landbrief_requests_total{{method="GET",route="{path}",status="{status}"}} 1.0'
        assert line in text
    assert 'landbrief_answers_total{reason="answered"} 1.0' in text
    assert 'landbrief_work_seconds_count{work="ask"} 2.0' in text
    assert 'landbrief_request_seconds_count{route="/v1/ask"} 2.0' in text
    assert 'landbrief_waiting{lane="answers"} 0.0' in text
    assert "landbrief_generation" in text
    assert "process_resident_memory_bytes" in text


def test_metrics_count_files_by_what_became_of_them(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path / "home")) as house:
        client = _client(house)
        for text in ("1. The heron yodels.", "1. The heron yodels.", "1. The heron sings."):
            client.post("/v1/documents", files={"file": ("heron.txt", text.encode())})
        client.post("/v1/documents", files={"file": ("bad.pdf", b"no pdf")})
        text = _metrics(client)
    for status in ("added", "unchanged", "updated", "rejected"):
        assert f'landbrief_ingested_files_total{{status="{status}"}} 1.0' in text


def test_no_label_holds_what_a_client_typed(client: TestClient) -> None:
    for n in range(30):
        client.get(f"/zebra-{n}")
        client.get(f"/v1/documents/zebra-{n}")
        client.get("/v1/search", params={"q": f"zebra-{n}"})
        client.post("/v1/ask", json={"question": f"What is zebra-{n}?"})
        client.request(f"ZEBRA{n}", "/v1/ask")
        client.get(f"/v1/records/zebra-{n}")
    text = _metrics(client)
    assert "zebra" not in text.casefold()
    assert text.count("landbrief_requests_total{") < 20


def test_two_applications_do_not_share_numbers(house: House) -> None:
    first, second = _client(house), _client(house)
    first.get("/v1/search", params={"q": "troughs"})
    assert 'work="search"' not in _metrics(second)


def test_a_request_id_goes_in_and_comes_out(client: TestClient) -> None:
    given = client.get("/healthz", headers={"X-Request-ID": "trace-17.a_b"})
    assert given.headers["x-request-id"] == "trace-17.a_b"
    for bad in ("", "a b", "x" * 65, 'a"b', "a\tb"):
        made = client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"]
        assert len(made) == 32
        assert made != bad


def test_every_answer_has_a_request_id_errors_too(client: TestClient) -> None:
    for response in (
        client.get("/nothing"),
        client.post("/v1/ask", json={}),
        client.post("/v1/ask", json={"question": "a"}, headers={"Origin": "https://evil.example"}),
        client.post("/v1/ask", json={"question": "a" * (2 << 20)}),
    ):
        assert response.status_code >= 400
        assert response.headers["x-request-id"], response.status_code


def test_a_line_of_the_log_says_all_but_what_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "landbrief.requests")
    client.post("/v1/ask", json={"question": HOW_MANY}, headers={"X-Request-ID": "one"})
    client.get("/v1/search", params={"q": "camel troughs"})
    client.get(f"/v1/documents/{WELLS_ID}")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert lines[0]["request_id"] == "one"
    assert lines[0]["route"] == "/v1/ask"
    assert lines[0]["status"] == 200
    assert lines[0]["reason"] == "answered"
    assert lines[0]["ms"] >= lines[0]["work_ms"] > 0
    told = json.dumps(lines) + "".join(PlainLines().format(record) for record in caplog.records)
    for word in ("Lumen", "wells", "camel", "COP(98)"):
        assert word not in told


def test_a_setting_lets_questions_into_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    client = _client(house, log_questions=True)
    caplog.set_level(logging.INFO, "landbrief.requests")
    client.post("/v1/ask", json={"question": HOW_MANY})
    client.post("/v1/ask", json={"question": HOW_MANY, "stream": True})
    client.get("/v1/search", params={"q": "camel\ntroughs"})
    lines = [JsonLines().format(record) for record in caplog.records]
    assert [json.loads(line).get("question") for line in lines] == [HOW_MANY, HOW_MANY, None]
    assert json.loads(lines[2])["query"] == "camel\ntroughs"
    assert not any("\n" in line for line in lines)


def test_an_error_in_the_log_has_its_trace() -> None:
    record = logging.LogRecord("landbrief", logging.ERROR, "", 0, "it broke", (), None)
    try:
        raise ValueError("inside")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    line = json.loads(JsonLines().format(record))
    assert line["level"] == "error"
    assert "ValueError: inside" in line["trace"]


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    for path in (f"/v1/documents/{WELLS_ID}", f"/v1/documents/{WELLS_ID}/paragraphs/3"):
        first = client.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache"
        assert "authorization" in first.headers["vary"].casefold()
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = client.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        other = client.get(path, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.json()) == (200, first.json())
        french = client.get(path, params={"language": "fr"})
        assert french.headers["etag"] == tag  # no French text is held
    assert "etag" not in client.get("/v1/documents/none").headers


def test_a_changed_document_has_another_tag(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path / "home")) as house:
        client = _client(house)
        tags = set()
        for text in ("1. The heron yodels.", "1. The heron sings."):
            client.post("/v1/documents", files={"file": ("heron.txt", text.encode())})
            tags.add(client.get("/v1/documents/heron/paragraphs/1").headers["etag"])
        assert len(tags) == 2


def test_what_is_long_is_compressed_for_who_can_read_it(client: TestClient) -> None:
    path = f"/v1/documents/{WELLS_ID}"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    assert plain.headers["etag"] == packed.headers["etag"]
    short = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers
    told = client.post(
        "/v1/ask",
        json={"question": HOW_MANY, "stream": True},
        headers={"Accept-Encoding": "gzip"},
    )
    assert "content-encoding" not in told.headers


def test_pages_of_other_sites_get_in_by_setting_alone(house: House) -> None:
    origin = {"Origin": "https://reader.example"}
    wish = {**origin, "Access-Control-Request-Method": "POST"}
    closed = _client(house)
    assert "access-control-allow-origin" not in closed.options("/v1/ask", headers=wish).headers
    assert closed.post("/v1/ask", json={"question": HOW_MANY}, headers=origin).status_code == 403
    opened = _client(house, cors_origins="https://reader.example/, https://other.example")
    allowed = opened.options("/v1/ask", headers=wish)
    assert allowed.headers["access-control-allow-origin"] == "https://reader.example"
    assert "access-control-allow-credentials" not in allowed.headers
    answer = opened.post("/v1/ask", json={"question": HOW_MANY}, headers=origin)
    assert answer.status_code == 200
    assert "X-Request-ID" in answer.headers["access-control-expose-headers"]
    evil = {"Origin": "https://evil.example"}
    assert opened.post("/v1/ask", json={"question": HOW_MANY}, headers=evil).status_code == 403
