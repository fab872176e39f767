"""Every question and every turn of a dialogue asked once, and judged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Final

from assistant.answer import Answer
from evals.dialogues import Dialogue, DialogueSet
from evals.judging import HITS, Judge, Reply
from evals.matching import Names
from evals.outcomes import Outcome
from evals.questions import Question
from evals.shipped import AskedSet, questions_of
from evals.systems import System

OnProgress = Callable[[int, int], None]
"""Called after each question with how many are done and how many there are."""

_SECOND: Final = 1000.0  # in milliseconds
_OF_TURNS: Final = frozenset(
    (
        "statements_supported",
        "fabricated_reference",
        "non_verbatim_quote",
        "unsupported_figure",
        "misattributed_figure",
        "in_language",
        "ask_ms",
    )
)
"""Measures that say the same of a turn as of a question."""


def evaluate(
    system: System,
    sets: Sequence[AskedSet],
    names: Names,
    on_progress: OnProgress | None = None,
) -> tuple[Outcome, ...]:
    """What comes of every question of `sets`, in order.

    The first question of each language is asked once more beforehand, unmeasured: latencies are
    those of a warm system.
    """
    judge = Judge(system.catalogue, names)
    total = sum(len(questions_of(one)) for one in sets)
    for question in _first_of_each_language(sets):
        _ask(system, question)
    outcomes: list[Outcome] = []
    for outcome in _outcomes(system, sets, judge):
        outcomes.append(outcome)
        if on_progress is not None:
            on_progress(len(outcomes), total)
    return tuple(outcomes)


def _outcomes(system: System, sets: Sequence[AskedSet], judge: Judge) -> Iterator[Outcome]:
    for one in sets:
        if isinstance(one, DialogueSet):
            for dialogue in one.dialogues:
                yield from _turns(system, one.name, dialogue, judge)
        else:
            for question in one.questions:
                yield judge.judge(one.name, question, _ask(system, question))


def _turns(system: System, set_name: str, dialogue: Dialogue, judge: Judge) -> Iterator[Outcome]:
    conversation = f"{set_name}/{dialogue.id}"
    before: list[str] = []
    for question in dialogue.turns:
        outcome = judge.judge(set_name, question, _ask_turn(system, conversation, question))
        shown = " → ".join([*before, question.text])
        yield replace(_as_turn(outcome, is_first=not before), question=shown)
        before.append(question.text)


def _as_turn(outcome: Outcome, *, is_first: bool) -> Outcome:
    """The outcome with the measures of dialogues: search is not asked for a turn by itself."""
    values = {key: value for key, value in outcome.values.items() if key in _OF_TURNS}
    values["turn_right"] = outcome.values["right_answer"]
    if not is_first:
        values["follow_up_right"] = values["turn_right"]
    remarks = tuple(remark for remark in outcome.remarks if not remark.startswith("search: "))
    return replace(outcome, values=values, rank=None, remarks=remarks)


def _ask_turn(system: System, conversation: str, question: Question) -> Reply:
    started = perf_counter()
    try:
        if system.converse is None:
            answer: Answer = system.assistant.ask(question.text)
        else:
            answer = system.converse(conversation, question.text)
    except Exception as error:
        return Reply((), None, 0.0, _since(started), f"{type(error).__name__}: {error}")
    return Reply((), answer, 0.0, _since(started))


def _first_of_each_language(sets: Sequence[AskedSet]) -> Iterator[Question]:
    seen: set[str] = set()
    for one in sets:
        for question in questions_of(one):
            if question.language not in seen:
                seen.add(question.language)
                yield question


def _ask(system: System, question: Question) -> Reply:
    """The reply to a question as a user would type it: its language is not told."""
    started = perf_counter()
    try:
        hits = system.kb.search(question.text, k=HITS)
    except Exception as error:  # a question that crashes is a wrong answer, not a lost evaluation
        return Reply((), None, _since(started), 0.0, f"search: {type(error).__name__}: {error}")
    searched = perf_counter()
    search_ms = (searched - started) * _SECOND
    try:
        answer = system.assistant.ask(question.text)
    except Exception as error:
        return Reply(hits, None, search_ms, _since(searched), f"{type(error).__name__}: {error}")
    return Reply(hits, answer, search_ms, _since(searched))


def _since(start: float) -> float:
    return (perf_counter() - start) * _SECOND
