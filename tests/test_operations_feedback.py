import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from api_samples import WELLS_ID, fill, home_settings
from cli_calls import Landbrief
from fastapi.testclient import TestClient

from api.app import app_over
from api.house import House, open_house
from api.operations.feedback import FILE_NAME, Feedback, FeedbackFile, Place, as_question
from evals.questions import load_file

HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(home_settings(tmp_path / "home")) as opened:
        fill(opened, tmp_path)
        yield opened


def _client(house: House, **fields: Any) -> TestClient:
    app = app_over(house.public, house.own, home_settings(house.kb.home, **fields))
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


def _kept(house: House) -> list[Feedback]:
    return list(FeedbackFile(house.kb.home, 10).all())


def test_a_verdict_is_kept_with_the_answer_that_it_is_of(house: House) -> None:
    client = _client(house)
    answer = client.post("/v1/ask", json={"question": HOW_MANY}).json()
    given = {"verdict": "up", "conversation_id": answer["conversation_id"], "comment": "Right."}
    response = client.post("/v1/feedback", json=given)
    assert response.status_code == 201
    (kept,) = _kept(house)
    assert response.json() == {"id": kept.id, "verdict": "up"}
    assert (kept.question, kept.answer) == (HOW_MANY, answer["answer"])
    assert kept.cited == (Place(WELLS_ID, "1"),)
    assert (kept.language, kept.abstained, kept.comment) == ("en", False, "Right.")
    assert 'landbrief_feedback_total{verdict="up"} 1.0' in client.get("/metrics").text


def test_nothing_kept_says_who_gave_it(house: House) -> None:
    client = _client(house)
    given = {
        "verdict": "down",
        "question": "Who is jane.doe+x@example.org?",
        "comment": "Ask me: jane@mail.example.org or +41 22 917 12 34. Not 4,200 wells.",
    }
    headers = {"User-Agent": "Zebra/1", "X-Request-ID": "trace-77"}
    assert client.post("/v1/feedback", json=given, headers=headers).status_code == 201
    text = (house.kb.home / FILE_NAME).read_text()
    for word in ("jane", "917", "127.0.0.1", "testclient", "Zebra", "trace-77", ":00"):
        assert word not in text
    assert "4,200 wells" in text
    assert stat.S_IMODE((house.kb.home / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"verdict": "up"},
        {"verdict": "so-so", "question": "a"},
        {"verdict": "up", "question": ""},
        {"verdict": "up", "question": "a", "turn": 0},
        {"verdict": "up", "question": "a", "comment": "b" * 2001},
        {"verdict": "up", "question": "a\0"},
        {"verdict": "up", "question": "a", "expected": {"document_id": "x"}},
    ],
)
def test_an_impossible_verdict_is_a_problem(house: House, given: dict[str, Any]) -> None:
    response = _client(house).post("/v1/feedback", json=given)
    assert (response.status_code, response.json()["status"]) == (422, 422)


def test_only_answers_of_ones_own_conversations_are_judged(house: House) -> None:
    client = _client(house)
    own = client.post("/v1/ask", json={"question": HOW_MANY}).json()["conversation_id"]
    for given in (
        {"verdict": "up", "conversation_id": "unknown"},
        {"verdict": "up", "conversation_id": own, "turn": 2},
    ):
        assert client.post("/v1/feedback", json=given).status_code == 404
    assert _kept(house) == []


def test_a_flood_of_verdicts_ends_where_the_setting_says(house: House) -> None:
    client = _client(house, feedback_most=2)
    given = {"verdict": "up", "question": "a?"}
    statuses = [client.post("/v1/feedback", json=given).status_code for _ in range(3)]
    assert statuses == [201, 201, 503]
    assert _client(house, feedback_most=2).post("/v1/feedback", json=given).status_code == 503


def test_a_line_that_a_crash_cut_off_takes_no_other_with_it(tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path, 10)
    one = Feedback("feedback-1", "up", "a?", date(2026, 1, 2), cited=(Place("D", "1"),))
    file.add(one)
    with (tmp_path / FILE_NAME).open("a") as lines:
        lines.write('{"id": "feedback-2", "verd')
    other = Feedback("feedback-3", "down", "b?", date(2026, 1, 3), expected=Place("D", "2"))
    FeedbackFile(tmp_path, 10).add(other)
    assert list(file.all()) == [one, other]


def test_praise_and_mended_blame_become_questions_of_a_set(tmp_path: Path) -> None:
    day = date(2026, 1, 2)
    said = "It dug 4,200 wells. [1] [2]\nMore. [3]"
    praise = Feedback(
        "f-1", "up", "How many?", day, "en", "good", said, None, False, (Place("D", "1"),)
    )
    refusal = Feedback("f-2", "up", "Who won?", day, "fr", None, "-", "off_topic", True)
    mended = Feedback(
        "f-3", "down", "When?", day, "en", expected=Place("D", "8(b)"), expected_words=("2029",)
    )
    lines = [as_question(one) for one in (praise, refusal, mended)]
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    questions = load_file(path).questions
    assert [one.kind for one in questions] == ["narrative", "off_topic", "narrative"]
    assert questions[0].must == (("It dug 4,200 wells.",),)
    assert questions[2].gold[0].paragraph == "8(b)"
    blame = Feedback("f-4", "down", "Why?", day, "en", "wrong", said, None, False, praise.cited)
    assert as_question(blame) is None


def test_the_command_shows_verdicts_and_writes_a_set(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    client = _client(house)
    answer = client.post("/v1/ask", json={"question": HOW_MANY}).json()
    spoken = {"conversation_id": answer["conversation_id"]}
    client.post("/v1/feedback", json={"verdict": "up", **spoken})
    client.post("/v1/feedback", json={"verdict": "down", "comment": "odd", **spoken})
    monkeypatch.setenv("LANDBRIEF_HOME", str(house.kb.home))
    landbrief = Landbrief(capsys)
    listed = landbrief("feedback", "list")
    assert listed.code == 0
    assert listed.out.count(HOW_MANY) == 2
    assert "odd" in listed.out
    assert len(json.loads(landbrief("feedback", "list", "--json").out)["items"]) == 2
    path = tmp_path / "set.jsonl"
    told = landbrief("feedback", "export", "-o", str(path))
    assert (told.code, "1 of 2" in told.out) == (0, True), told
    assert [one.text for one in load_file(path).questions] == [HOW_MANY]
