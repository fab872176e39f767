"""Briefing notes: how a note is judged, and that without one nothing is pretended."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import evals_corpus
import pytest

from assistant.answer import Citation, Statement
from evals.bars import Bar, standings
from evals.brief_text import BriefText
from evals.briefs import BriefSet, judge_brief, read_brief_topic
from evals.checks import Checker
from evals.command import run_from_command_line
from evals.measures.catalogue import MEASURES
from evals.outcomes import Outcome
from evals.shipped import load_sets
from evals.systems import System
from kb.languages import LANGUAGES
from kb.settings import Settings
from kb.terms import load_terms

TOPIC: dict[str, object] = {
    "id": "b-1",
    "lang": "en",
    "topic": "Lake Fund",
    "sections": ["key_figures", "funding", "sources"],
    "facts": [
        {"must": [["40 million"]], "gold": [{"doc": evals_corpus.DOCUMENT, "para": "7"}]},
        {"must": [["23"], ["Nairobi"]], "gold": [{"doc": evals_corpus.DOCUMENT, "para": "8"}]},
    ],
    "must_not": ["400 million"],
}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with evals_corpus.system(tmp_path_factory.mktemp("lakes")) as opened:
        yield opened


def quoted(number: int, label: str) -> Citation:
    text = evals_corpus.FACTS[label]["en"]
    place = (evals_corpus.DOCUMENT, None, None, label, "en", "original", 1)
    return Citation(number, *place, text, 0, len(text), label, "")  # type: ignore[arg-type]


NOTE = BriefText(
    ("key_figures", "funding", "sources"),
    (
        Statement("Finland pledged 40 million euros to the Lake Fund.", "record", (1,)),
        Statement(evals_corpus.FACTS["8"]["en"], "quote", (2,)),
    ),
    (quoted(1, "7"), quoted(2, "8")),
)


def judged(system: System, note: BriefText) -> Outcome:
    names = load_terms()
    checker = Checker(system.catalogue, names)
    return judge_brief("dev/briefs", read_brief_topic(TOPIC), note, checker, names)


def test_a_note_that_says_and_cites_all_is_right(system: System) -> None:
    found = judged(system, NOTE)
    assert found.is_right
    assert found.values == {
        "brief_sections": 1,
        "brief_gold_cited": 1,
        "brief_facts": 1,
        "brief_wrong": 0,
        "brief_figures_right": 1,
    }


def test_a_figure_without_citation_or_that_its_paragraph_does_not_hold_is_not_right(
    system: System,
) -> None:
    first, second = NOTE.statements
    bare = replace(NOTE, statements=(replace(first, citations=()), second))
    wrong = replace(NOTE, statements=(replace(first, text="Finland pledged 400 million."), second))
    for note in (bare, wrong):
        found = judged(system, note)
        assert found.values["brief_figures_right"] == 0.5
        assert found.values["brief_facts"] == 0.5
    assert judged(system, wrong).values["brief_wrong"] == 1
    assert judged(system, bare).values["brief_wrong"] == 0


def test_a_fact_beside_another_paragraph_is_not_said(system: System) -> None:
    first, second = NOTE.statements
    swapped = (replace(first, citations=(2,)), replace(second, citations=(1,)))
    found = judged(system, replace(NOTE, statements=swapped))
    assert found.values["brief_facts"] == 0
    assert found.values["brief_gold_cited"] == 1


def test_missing_sections_and_paragraphs_are_counted_and_said(system: System) -> None:
    found = judged(system, BriefText(("funding",), NOTE.statements[:1], NOTE.citations[:1]))
    assert found.values["brief_sections"] == pytest.approx(1 / 3)
    assert found.values["brief_gold_cited"] == 0.5
    assert "has no section key_figures" in found.remarks
    assert "does not say 23 and Nairobi beside its paragraph" in found.remarks


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"sections": ["weather"]}, "sections are some of"),
        ({"facts": []}, "needs sections and facts"),
        ({"facts": [{"must": [], "gold": []}]}, "needs must and gold"),
    ],
)
def test_what_is_wrong_with_a_topic_is_said(change: dict[str, object], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        read_brief_topic(TOPIC | change)


def test_the_dev_topics_are_one_in_each_language() -> None:
    (one,) = load_sets(["dev/briefs"])
    assert isinstance(one, BriefSet)
    assert sorted(topic.language for topic in one.topics) == sorted(LANGUAGES)


def test_without_a_system_for_notes_the_set_is_skipped_and_no_bar_is_met(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.home.briefing_over", lambda _: None)
    settings = Settings(home=tmp_path, originals=tmp_path)
    assert run_from_command_line(settings, ["dev/briefs"], as_json=True) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["conditions"]["skipped"] == [
        "dev/briefs: not measured, there is no system for briefing notes yet"
    ]
    assert not result["outcomes"]
    assert not standings([Bar(MEASURES["brief_facts"])], (), originals=False)
