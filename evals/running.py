"""Every question asked once, and judged."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Final

from evals.judging import HITS, Judge, Reply
from evals.matching import Names
from evals.outcomes import Outcome
from evals.questions import Question, QuestionSet
from evals.systems import System

OnProgress = Callable[[int, int], None]
"""Called after each question with how many are done and how many there are."""

_SECOND: Final = 1000.0  # in milliseconds


def evaluate(
    system: System,
    sets: Sequence[QuestionSet],
    names: Names,
    on_progress: OnProgress | None = None,
) -> tuple[Outcome, ...]:
    """What comes of every question of `sets`, in order.

    The first question of each language is asked once more beforehand, unmeasured: latencies are
    those of a warm system.
    """
    judge = Judge(system.catalogue, names)
    total = sum(len(one.questions) for one in sets)
    for question in _first_of_each_language(sets):
        _ask(system, question)
    outcomes: list[Outcome] = []
    for one in sets:
        for question in one.questions:
            outcomes.append(judge.judge(one.name, question, _ask(system, question)))
            if on_progress is not None:
                on_progress(len(outcomes), total)
    return tuple(outcomes)


def _first_of_each_language(sets: Sequence[QuestionSet]) -> Iterator[Question]:
    seen: set[str] = set()
    for one in sets:
        for question in one.questions:
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
