"""Conversations: their ids and owners, what is remembered, and that no two of them mix."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from assistant.answer import Answer, Statement
from assistant.conversation_keeping import Keeper
from assistant.conversation_turn import Turn
from assistant.conversations import Conversations, Limits
from assistant.streaming import Done
from kb.errors import NotFound, StoreDamaged
from kb.languages import Language
from kb.terms import load_terms

PLACES = ("Africa", "Asia", "Europe", "Italy", "Kenya", "Panama", "Oceania", "Jordan")


class Echo:
    """Answers every question with the question; abstains from those that hold `silent`."""

    def __init__(self, silent: str = "\0") -> None:
        self.asked: list[str] = []
        self._silent = silent

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        self.asked.append(f"{question} {list(documents or ())}")
        said = Statement(question, "note")
        return Answer(question, language or "en", (said,), abstained=self._silent in question)


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.rows: dict[
            str, list[tuple[str | None, str, Mapping[str, Any], Mapping[str, Any]]]
        ] = {}

    def add(
        self,
        conversation_id: str,
        owner: str | None,
        question: str,
        answer: Mapping[str, Any],
        memory: Mapping[str, Any],
    ) -> None:
        self.rows.setdefault(conversation_id, []).append((owner, question, answer, memory))

    def memories(self, conversation_id: str, owner: str | None) -> tuple[Mapping[str, Any], ...]:
        rows = self.rows.get(conversation_id, [])
        if any(row[0] != owner for row in rows):
            raise NotFound(f'no conversation "{conversation_id}"')
        return tuple(row[3] for row in rows)


def conversations(assistant: Echo | None = None, **more: Any) -> Conversations:
    return Conversations(assistant or Echo(), load_terms(), **more)


def test_a_question_without_an_id_begins_a_conversation_of_its_own() -> None:
    talks = conversations()
    first, second = talks.ask("How many sites in Africa?"), talks.ask("And in Asia?")
    assert first.conversation_id != second.conversation_id
    assert second.text == "And in Asia?"
    assert second.asked_as is None


def test_a_follow_up_is_answered_as_a_whole_question_and_shown_as_it_was_typed() -> None:
    talks = conversations()
    first = talks.ask("How many sites are in Africa?")
    second = talks.ask("And in Asia?", first.conversation_id)
    assert second.question == "And in Asia?"
    assert second.asked_as == second.text == "How many sites are in Asia?"
    assert second.conversation_id == first.conversation_id


def test_an_id_that_is_not_known_begins_a_conversation() -> None:
    assert conversations().ask("How many sites in Africa?", "mine").conversation_id == "mine"


@pytest.mark.parametrize(("owner", "other"), [("a", "b"), ("a", None), (None, "a")])
def test_a_conversation_of_another_owner_is_not_found(owner: str | None, other: str | None) -> None:
    talks = conversations()
    talks.ask("How many sites in Africa?", "id", owner=owner)
    with pytest.raises(NotFound, match="no conversation"):
        talks.ask("And in Asia?", "id", owner=other)


def test_a_second_reading_is_answered_where_the_first_finds_nothing() -> None:
    # Nothing is known of the wells beside "sensors", so that the question is read as whole.
    talks = conversations(Echo(silent="wells"))
    first = talks.ask("How many wells are in use?", "id")
    assert first.abstained
    second = talks.ask("How many firms bought sensors?", "id")
    assert not second.abstained
    assert second.asked_as is None


def test_two_conversations_never_mix() -> None:
    talks = conversations()
    questions = [f"How many sites has the project in {place}?" for place in PLACES]

    def speak(number: int) -> list[str]:
        own = PLACES[number % len(PLACES)]
        begun = talks.ask(questions[number % len(PLACES)], f"c{number}", owner=f"o{number}")
        said = [begun.text]
        for _ in range(6):
            answer = talks.ask(
                "How many of them have not started?", f"c{number}", owner=f"o{number}"
            )
            said.append(answer.text)
        return [text for text in said if own not in text or _others(text, own)]

    with ThreadPoolExecutor(16) as threads:
        assert [mixed for mixed in threads.map(speak, range(64)) if mixed] == []


def _others(text: str, own: str) -> list[str]:
    return [place for place in PLACES if place != own and place in text]


def test_turns_of_one_conversation_at_once_are_all_remembered() -> None:
    kept = Kept()
    keeper = Keeper(kept)
    talks = conversations(keeper=keeper)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: talks.ask(f"How many sites in {n}?", "one"), range(40)))
    keeper.close()
    assert len(kept.rows["one"]) == 40


def test_a_restarted_program_knows_the_conversation() -> None:
    kept = Kept()
    before = conversations(keeper=Keeper(kept))
    before.ask("How many sites are in Africa?", "id", owner="key")
    again = conversations(keeper=(keeper := Keeper(kept)))
    # The first keeper may still be writing.
    while not kept.rows:
        pass
    assert again.ask("And in Asia?", "id", owner="key").text == "How many sites are in Asia?"
    with pytest.raises(NotFound):
        conversations(keeper=keeper).ask("And in Asia?", "id", owner="other")


def test_only_so_many_turns_are_held() -> None:
    talks = conversations(limits=Limits(turns=2))
    for place in ("Africa", "Asia", "Europe"):
        talks.ask(f"How many sites are there in {place}?", "id")
    assert talks.ask("And in Oceania?", "id").text == "How many sites are there in Oceania?"


def test_a_conversation_that_was_dropped_from_memory_begins_anew_where_none_is_kept() -> None:
    talks = conversations(limits=Limits(conversations=1))
    talks.ask("How many sites are in Africa?", "old")
    talks.ask("How many sites are in Asia?", "new")
    assert talks.ask("And in Europe?", "old").asked_as is None


def test_a_conversation_that_is_forgotten_is_not_gone_on_with() -> None:
    talks = conversations()
    talks.ask("How many sites are in Africa?", "id")
    talks.forget("id")
    talks.forget("id")
    assert talks.ask("And in Asia?", "id").text == "And in Asia?"


def test_an_assistant_that_only_answers_can_be_streamed() -> None:
    talks = conversations()
    talks.ask("How many sites are in Africa?", "id")
    last = list(talks.stream("And in Asia?", "id"))[-1]
    assert isinstance(last, Done)
    assert last.answer.asked_as == "How many sites are in Asia?"


class Broken(Kept):
    def add(self, *_: Any) -> None:
        raise StoreDamaged("the disk is full")


def test_an_answer_does_not_fail_where_it_cannot_be_kept() -> None:
    keeper = Keeper(Broken())
    talks = conversations(keeper=keeper)
    assert talks.ask("How many sites are in Africa?", "id").text
    keeper.settle()
    keeper.close()


def test_an_answer_does_not_wait_for_the_store() -> None:
    release = Event()

    class Slow(Kept):
        def add(self, *arguments: Any) -> None:
            release.wait(10)
            super().add(*arguments)

    kept = Slow()
    keeper = Keeper(kept)
    talks = conversations(keeper=keeper)
    talks.ask("How many sites are in Africa?", "id")
    assert talks.ask("And in Asia?", "id").asked_as is not None
    assert not kept.rows
    release.set()
    keeper.close()
    assert [row[1] for row in kept.rows["id"]] == ["How many sites are in Africa?", "And in Asia?"]


def test_what_is_kept_is_the_answer_as_it_is_shown() -> None:
    kept = Kept()
    keeper = Keeper(kept)

    def shown(answer: Answer) -> Mapping[str, Any]:
        return {"said": answer.text, "id": answer.conversation_id}

    conversations(keeper=keeper, shown=shown).ask("How many sites?", "id")
    keeper.close()
    keeper.keep("id", None, Turn("q", "q", "whole", "en"), dict)
    assert [row[2] for row in kept.rows["id"]] == [{"said": "How many sites?", "id": "id"}]


_: Callable[..., object] = conversations
