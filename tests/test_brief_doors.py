"""Briefing notes over HTTP and from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import app_over
from api.brief_files import MEDIA_TYPES
from api.house import open_house
from kb.settings import Settings

TOPIC = "Peace Forest Initiative"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with open_house(settings) as house:
        house.kb.init_shipped()
        yield TestClient(app_over(house.public, house.own, settings))


def test_a_note_is_served_as_json_with_its_sources(client: TestClient) -> None:
    answer = client.post("/v1/briefs", json={"topic": TOPIC, "language": "fr"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["language"] == "fr"
    numbers = {one["n"] for one in body["citations"]}
    assert {n for one in body["sources"] for n in one["citations"]} == numbers != set()


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_a_note_is_served_as_a_file(client: TestClient, form: str) -> None:
    answer = client.post("/v1/briefs", json={"topic": TOPIC, "format": form})
    assert answer.headers["content-type"] == MEDIA_TYPES[form]  # type: ignore[index]
    assert f'filename="briefing.{form}"' in answer.headers["content-disposition"]
    assert answer.content[:2] == {"docx": b"PK", "md": b"# ", "html": b"<!"}[form]


@pytest.mark.parametrize("body", [{}, {"topic": ""}, {"topic": "x", "format": "pdf"}])
def test_a_request_that_makes_no_sense_is_refused(client: TestClient, body: dict[str, str]) -> None:
    assert client.post("/v1/briefs", json=body).status_code == 422


def test_only_the_sections_that_are_chosen_are_written(client: TestClient) -> None:
    whole = client.post("/v1/briefs", json={"topic": TOPIC, "language": "en"}).json()
    chosen = ["questions", "context"]
    body = client.post(
        "/v1/briefs", json={"topic": TOPIC, "language": "en", "sections": chosen}
    ).json()
    assert [one["key"] for one in body["sections"]] == ["context", "questions", "sources"]
    in_whole = {one["key"]: one for one in whole["sections"]}
    for one in body["sections"]:
        said = [line["text"] for line in one["lines"]]
        assert said == [line["text"] for line in in_whole[one["key"]]["lines"]]
    used = {n for one in body["sections"] for line in one["lines"] for n in line["citations"]}
    assert used == {one["n"] for one in body["citations"]} != set()


def test_a_topic_without_anything_for_the_sections_chosen_says_so(client: TestClient) -> None:
    wanted = {"topic": TOPIC, "language": "en", "sections": ["funding"]}
    body = client.post("/v1/briefs", json=wanted).json()
    assert not body["abstained"]
    (section,) = body["sections"]
    assert "sections chosen" in section["lines"][0]["text"]
    assert (section["lines"][0]["citations"], body["sources"]) == ([], [])


@pytest.mark.parametrize("sections", [[], ["colours"]])
def test_sections_that_there_are_not_are_refused(client: TestClient, sections: list[str]) -> None:
    asked = {"topic": TOPIC, "sections": sections}
    assert client.post("/v1/briefs", json=asked).status_code == 422


def test_the_command_writes_the_sections_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from api.cli.app import main

    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path / "home"))
    with pytest.raises(SystemExit) as left:
        main(["brief", TOPIC, "--section", "questions"])
    assert left.value.code in (0, None)
    headings = [one for one in capsys.readouterr().out.splitlines() if one.startswith("## ")]
    assert len(headings) == 2


def test_a_note_is_written_to_the_file_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.cli.app import main

    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path / "home"))
    target = tmp_path / "note.docx"
    with pytest.raises(SystemExit) as left:
        main(["brief", TOPIC, "-o", str(target)])
    assert left.value.code in (0, None)
    assert target.read_bytes()[:2] == b"PK"
