"""Candidates wait for a reviewer, and stay as she leaves them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from api_samples import WELLS, WELLS_CHANGED, WELLS_ID, written
from cli_calls import Landbrief

from ingestion.extraction.candidates import candidates_of
from kb.documents import Masthead, Paragraph, ParsedDocument
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.records.query import RecordQuery
from kb.records.record import Record
from kb.settings import Settings
from kb.views import Origin


@pytest.fixture
def landbrief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Landbrief:
    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANDBRIEF_LOCK_WAIT_SECONDS", "0.3")
    monkeypatch.chdir(tmp_path)
    return Landbrief(capsys)


@pytest.fixture
def wells(landbrief: Landbrief, tmp_path: Path) -> Path:
    path = written(tmp_path / "files", "wells.txt", WELLS)
    assert landbrief("ingest", path).code == 0
    return path


def waiting(landbrief: Landbrief, *more: str) -> dict[str, dict[str, Any]]:
    ended = landbrief("review", "list", "--json", "--limit", "1000", *more)
    return {one["id"]: one for one in json.loads(ended.out)["items"]}


@pytest.mark.usefixtures("wells")
def test_what_a_document_says_waits_with_its_sentence(landbrief: Landbrief) -> None:
    held = waiting(landbrief, "--document", WELLS_ID)
    (gift,) = (one for one in held.values() if one.get("value") == 150_000_000)
    assert gift["status"] == "candidate"
    assert gift["extracted_by"] == "rules/3"
    assert gift["sources"][0]["paragraph"] == "3"
    assert "Norland granted 150 million dollars" in gift["sources"][0]["quote"]


@pytest.mark.usefixtures("wells")
def test_a_candidate_enters_no_sum_and_no_list_until_accepted(landbrief: Landbrief) -> None:
    def amounts() -> list[str]:
        ended = landbrief("records", "observations", "--document", WELLS_ID, "--format", "json")
        return [one["id"] for one in json.loads(ended.out)["items"]]

    assert amounts() == []
    held = [
        one for one in waiting(landbrief) if one in waiting(landbrief, "--kind", "observations")
    ]
    assert landbrief("review", "accept", held[0]).out == "Accepted: 1 record.\n"
    assert amounts() == [held[0]]
    assert held[0] not in waiting(landbrief)


def test_a_rejected_candidate_stays_rejected_when_its_document_changes(
    landbrief: Landbrief, wells: Path
) -> None:
    held = waiting(landbrief)
    wrong = next(one for one in held if held[one].get("value") == 150_000_000)
    assert landbrief("review", "reject", wrong).code == 0
    wells.write_text(WELLS_CHANGED)
    assert landbrief("ingest", wells).out.startswith("updated")
    again = waiting(landbrief)
    assert wrong not in again
    assert again.keys() == held.keys() - {wrong}


@pytest.mark.usefixtures("wells")
def test_all_of_a_document_can_be_judged_at_once(landbrief: Landbrief) -> None:
    held = waiting(landbrief)
    ended = landbrief("review", "accept", "--all-of", WELLS_ID)
    assert ended.out == f"Accepted: {len(held)} records.\n"
    assert landbrief("review", "list").out == "Nothing waits for review.\n"


@pytest.mark.usefixtures("wells")
def test_an_unknown_id_is_an_error_and_judges_nothing(landbrief: Landbrief) -> None:
    held = waiting(landbrief)
    ended = landbrief("review", "accept", next(iter(held)), "found-nothing")
    assert ended.code == 1
    assert "found-nothing" in ended.err
    assert waiting(landbrief).keys() == held.keys()


@pytest.mark.usefixtures("wells")
def test_the_list_shows_who_judged_and_when(landbrief: Landbrief) -> None:
    first, second, *_ = waiting(landbrief)
    assert landbrief("review", "accept", first, "--by", "Amina").code == 0
    assert landbrief("review", "reject", second, "--by", "Boris").code == 0
    judged = waiting(landbrief, "--judged")
    assert {one: judged[one]["judged_by"] for one in judged} == {first: "Amina", second: "Boris"}
    assert {judged[one]["status"] for one in judged} == {"reviewed", "rejected"}
    shown = landbrief("review", "list", "--judged").out
    assert "accepted by Amina on 20" in shown
    assert "rejected by Boris on 20" in shown


def test_a_record_that_nobody_judged_says_so(kb: KnowledgeBase) -> None:
    (record,) = _add(kb, "The network cost 5 million euros in all.")
    assert kb.records.get(record.id).judgement is None
    kb.records.judge([record.id], "reviewed")
    judgement = kb.records.get(record.id).judgement
    assert judgement is not None
    assert (judgement.status, judgement.by) == ("reviewed", None)


def test_candidates_go_with_their_document_and_come_back_with_it(
    landbrief: Landbrief, wells: Path
) -> None:
    held = waiting(landbrief)
    assert landbrief("remove", WELLS_ID).code == 0
    assert waiting(landbrief) == {}
    assert landbrief("ingest", wells).code == 0
    assert waiting(landbrief).keys() == held.keys()


@pytest.fixture
def kb(tmp_path: Path) -> Any:
    with open_knowledge_base(Settings(home=tmp_path / "home")) as opened:
        yield opened


def _text(text: str) -> ParsedDocument:
    return ParsedDocument(Masthead("en"), paragraphs=(Paragraph("1", "paragraph", text),))


def _add(kb: KnowledgeBase, text: str) -> tuple[Record, ...]:
    parsed = _text(text)
    kb.add(parsed, Origin(source="a.txt", sha256=text, parser="1", document_id="A"))
    records = candidates_of(parsed, "A")
    kb.records.propose("A", "en", records, text)
    return records


def _all(kb: KnowledgeBase, *status: Any) -> list[Record]:
    return list(kb.records.every(RecordQuery(kind="observations", status=status)))


def test_an_accepted_record_that_its_document_says_no_more_waits_again(kb: KnowledgeBase) -> None:
    (record,) = _add(kb, "The network cost 5 million euros in all.")
    kb.records.judge([record.id], "reviewed")
    _add(kb, "The network cost 6 million euros in all.")
    assert record.id in {one.id for one in _all(kb, "candidate")}
    assert _all(kb, "reviewed") == []


def test_nothing_is_proposed_twice_from_the_same_text_by_the_same_rules(kb: KnowledgeBase) -> None:
    _add(kb, "The network cost 5 million euros in all.")
    assert not kb.records.awaits("A", "en", "The network cost 5 million euros in all.")
    assert kb.records.awaits("A", "en", "other")


def test_another_language_of_the_document_proposes_only_what_is_new(kb: KnowledgeBase) -> None:
    records = _add(kb, "The network cost 5 million euros in all.")
    assert kb.records.propose("A", "fr", records).stored == 0


def test_what_a_reviewed_record_of_the_paragraph_says_is_not_proposed(kb: KnowledgeBase) -> None:
    text = "The network cost 5 million euros in all."
    (record,) = candidates_of(_text(text), "A")
    statement = record.statement.model_copy(update={"id": "own"})
    kb.records.add_file("own.csv", "1", [replace(record, statement=statement, status="reviewed")])
    _add(kb, text)
    assert _all(kb, "candidate") == []
