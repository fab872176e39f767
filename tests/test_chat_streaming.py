"""Answers told as they are made: nothing before the gate has passed it, nothing taken back."""

from collections.abc import Callable, Generator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from chat_samples import (
    ASKED,
    BANK,
    OPEN,
    PLEDGE,
    WELLS,
    Replying,
    assistant,
    composing,
    keys,
    text_turn,
    world,
)

from assistant.streaming import AnswerEvent, Done, EvidenceFound, Said
from kb.chat_model_turns import Turn
from kb.errors import ChatModelFailed

SHORT = "Saudi Arabia pledged a grant of US$150 million to the Green Valley Partnership."


def names(events: Sequence[AnswerEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def check(events: Sequence[AnswerEvent]) -> None:
    """What holds of every stream that is not cancelled."""
    assert isinstance(events[0], EvidenceFound)
    (done,) = [e for e in events if isinstance(e, Done)]
    assert events[-1] is done
    assert [e.statement for e in events if isinstance(e, Said)] == list(done.answer.statements)
    told: list[int] = []
    for event in events:
        if isinstance(event, EvidenceFound):
            told += [c.n for c in event.citations]
        elif isinstance(event, Said):
            assert set(event.statement.citations) <= set(told)
    assert told == [c.n for c in done.answer.citations] == list(range(1, len(told) + 1))


@pytest.mark.parametrize("question", [ASKED, OPEN, "Who won the world cup?"])
def test_a_composed_answer_is_told_in_order(question: str) -> None:
    asked = composing(world())
    events = list(asked.stream(question))
    check(events)
    assert names(events)[0] == "EvidenceFound"
    assert names(events).count("EvidenceFound") == 1
    assert events[-1].answer.text == asked.ask(question).text  # type: ignore[union-attr]


def test_a_chat_answer_is_told_statement_after_statement() -> None:
    knowledge = world()
    first, second = keys(
        knowledge, "What was pledged to the Green Valley Partnership?", PLEDGE, BANK
    )
    draft = f"{SHORT} [{first}] Peru lied. [{first}] {BANK} [{second}]"
    events = list(
        assistant(knowledge, Replying(draft)).stream(
            "What was pledged to the Green Valley Partnership?"
        )
    )
    check(events)
    assert names(events) == ["EvidenceFound", "Said", "EvidenceFound", "Said", "Done"]


def test_what_lacks_the_figure_asked_for_is_not_told() -> None:
    knowledge = world()
    (key,) = keys(knowledge, ASKED, PLEDGE)
    events = list(
        assistant(knowledge, Replying(f"Saudi Arabia pledged a grant. [{key}]")).stream(ASKED)
    )
    check(events)
    assert [e.statement.text for e in events if isinstance(e, Said)] == [PLEDGE]


class Endless:
    """A model that says the same for ever, or is silent; counts what it said and how it ended."""

    name = "endless"

    def __init__(self, text: str) -> None:
        self.text = text
        self.said = 0
        self.ended = False

    def turn(
        self,
        messages: Sequence[Any],
        tools: Sequence[Mapping[str, Any]],
        *,
        seconds: float,
        is_cancelled: Callable[[], bool],
    ) -> Generator[str | Turn]:
        del messages, tools, seconds
        try:
            while not is_cancelled():
                self.said += 1
                yield self.text
        finally:
            self.ended = True


def test_closing_the_stream_stops_the_model() -> None:
    knowledge = world()
    (key,) = keys(knowledge, ASKED, PLEDGE)
    model = Endless(f"{SHORT} [{key}] ")
    events = assistant(knowledge, model).stream(ASKED)
    assert isinstance(next(events), EvidenceFound)
    assert isinstance(next(events), Said)
    said = model.said
    events.close()
    assert model.ended
    assert model.said == said


def test_a_reader_who_has_left_gets_no_whole_answer() -> None:
    model = Endless("no source here. ")
    left = iter([False] * 5 + [True] * 100)
    events = list(assistant(world(), model).stream(ASKED, is_cancelled=lambda: next(left)))
    assert events == []
    assert model.ended


def test_a_model_that_never_ends_is_stopped_by_its_budget() -> None:
    model = Endless("no source here. ")
    answer = assistant(world(), model).ask(ASKED)
    assert (answer.reason, model.ended) == ("degraded", True)


def test_a_failure_in_the_middle_takes_nothing_back() -> None:
    knowledge = world()
    (key,) = keys(knowledge, OPEN, WELLS)

    class Failing(Replying):
        def turn(self, *_: Any, **__: Any) -> Any:
            yield f"{WELLS} [{key}] Then"
            raise ChatModelFailed("cut off")

    events = list(assistant(knowledge, Failing(text_turn(""))).stream(OPEN))
    check(events)
    done = events[-1]
    assert isinstance(done, Done)
    assert (done.answer.reason, len(done.answer.statements)) == ("degraded", 1)


def test_the_events_and_the_plain_answer_are_the_same() -> None:
    knowledge = world()
    (key,) = keys(knowledge, ASKED, PLEDGE)
    asked = assistant(knowledge, Replying(f"{SHORT} [{key}]"))
    done = list(asked.stream(ASKED))[-1]
    assert isinstance(done, Done)
    plain = asked.ask(ASKED)
    assert (done.answer.text, done.answer.citations) == (plain.text, plain.citations)


def test_statements_are_told_before_the_model_is_done() -> None:
    knowledge = world()
    (key,) = keys(knowledge, OPEN, WELLS)
    model = Endless("")
    model.text = f"{WELLS} [{key}] "
    at: list[int] = []
    stream = assistant(knowledge, model).stream(OPEN)
    for event in stream:
        at.append(model.said)
        if isinstance(event, Said):
            break
    stream.close()
    assert all(a <= b for a, b in pairwise(at))
    assert at[-1] <= 3
