"""Dialogues: their form, that turns share a conversation, and what is measured of each."""

import json
from collections.abc import Iterator
from pathlib import Path

import evals_corpus
import pytest

from assistant.answer import Answer
from evals.dialogues import DialogueSet, read_dialogue
from evals.faults import planted
from evals.home import assistant_over
from evals.measures.catalogue import MEASURES
from evals.outcomes import Outcome
from evals.running import evaluate
from evals.shipped import load_sets
from evals.summary import measured
from evals.systems import System
from kb.languages import LANGUAGES
from kb.terms import load_terms

GOLD = {"doc": evals_corpus.DOCUMENT, "para": "8"}
DIALOGUE: dict[str, object] = {
    "id": "d-1",
    "lang": "en",
    "topic": "lakes",
    "turns": [
        {
            "type": "number",
            "question": "How many countries does the Lake Fund support?",
            "gold": [GOLD],
            "must": [["23"]],
        },
        {
            "type": "entity",
            "question": "And from which city?",
            "gold": [GOLD],
            "must": [["Nairobi"]],
        },
    ],
}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with evals_corpus.system(tmp_path_factory.mktemp("lakes")) as opened:
        yield opened


def dialogues() -> DialogueSet:
    two = [read_dialogue(DIALOGUE), read_dialogue(DIALOGUE | {"id": "d-2"})]
    return DialogueSet("dev/talks", tuple(two), "0" * 64, "dev")


def outcomes(system: System) -> tuple[Outcome, ...]:
    return evaluate(system, [dialogues()], load_terms())


def test_turns_have_the_language_and_an_id_of_their_dialogue() -> None:
    turns = read_dialogue(DIALOGUE).turns
    assert [turn.id for turn in turns] == ["d-1.1", "d-1.2"]
    assert {turn.language for turn in turns} == {"en"}


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"turns": []}, "fewer than 2"),
        ({"turns": [{}, {}]}, "turn 1: type is missing"),
        ({"lang": "de"}, "not one of the six languages"),
        ({"gold": []}, "gold is unknown"),
    ],
)
def test_what_is_wrong_with_a_dialogue_is_said(change: dict[str, object], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        read_dialogue(DIALOGUE | change)


def test_a_system_without_conversations_is_asked_each_turn_alone(system: System) -> None:
    found = outcomes(system)
    assert [one.question_id for one in found] == ["d-1.1", "d-1.2", "d-2.1", "d-2.2"]
    assert found[0].values["turn_right"] == 1
    assert all("right_answer" not in one.values and "R@5" not in one.values for one in found)
    assert found[1].question.endswith(" → And from which city?")


def test_the_turns_of_a_dialogue_share_a_conversation_and_two_dialogues_do_not(
    system: System,
) -> None:
    heard: dict[str, list[str]] = {}

    def converse(conversation: str, question: str) -> Answer:
        before = heard.setdefault(conversation, [])
        before.append(question)
        return system.assistant.ask(" ".join(before))

    talking = System(system.kb, system.assistant, system.catalogue, converse)
    assert len(outcomes(talking)) == 4
    assert [len(said) for said in heard.values()] == [2, 2]
    altered = outcomes(planted(talking, "quotes-altered", assistant_over))
    assert any(one.values["non_verbatim_quote"] for one in altered)


def test_follow_ups_are_counted_apart(system: System) -> None:
    found = outcomes(system)
    turns = measured(MEASURES["turn_right"], found)
    later = measured(MEASURES["follow_up_right"], found)
    assert turns is not None
    assert later is not None
    assert (turns.n, later.n) == (4, 2)


def test_a_turn_that_crashes_is_wrong_and_is_not_lost(system: System) -> None:
    def converse(conversation: str, question: str) -> Answer:
        raise RuntimeError(f"{conversation}: {question}")

    found = outcomes(System(system.kb, system.assistant, system.catalogue, converse))
    assert [one.values["turn_right"] for one in found] == [0, 0, 0, 0]
    assert "asking failed: RuntimeError" in found[0].remarks[0]


def test_the_dev_dialogues_are_two_in_each_language_and_lean_on_what_was_said() -> None:
    talks = [d for one in load_sets(["dev"]) if isinstance(one, DialogueSet) for d in one.dialogues]
    assert {language: sum(d.language == language for d in talks) for language in LANGUAGES} == (
        dict.fromkeys(LANGUAGES, 2)
    )
    assert all(2 <= len(d.turns) <= 4 for d in talks)


def test_dialogue_files_hold_the_documented_fields() -> None:
    folder = Path(__file__).parents[1] / "evals" / "sets"
    for file in folder.glob("*/dialogues*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) == {"id", "lang", "topic", "turns"}
