"""Question in, checked answer out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

from assistant.answer import Answer
from assistant.compose import compose
from assistant.evidence import completed, gather
from assistant.grounding import grounded
from assistant.knowledge import Knowledge, Remembering
from assistant.plan import read
from assistant.premises import promising
from assistant.question import Vocabulary
from assistant.rankings import Rankings
from assistant.reading import Reading
from assistant.record_answer import HoldsRecords, RecordVoice
from kb.languages import Language


class Assistant:
    """Answers questions from a knowledge base. Safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        vocabulary: Vocabulary,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """`clock` gives seconds; only the timings of answers use it."""
        self._kb = Remembering(knowledge)
        self._vocabulary = vocabulary
        self._reading = Reading(vocabulary)
        self._clock = clock
        self._records = (
            RecordVoice(self._kb, knowledge.records, vocabulary)
            if isinstance(knowledge, HoldsRecords)
            else None
        )

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """The answer to `question` in `language` (that of the question when not given).

        `documents` (ids or symbols) leaves all others out. Abstaining is an ordinary answer.
        Raises NotFound for an unknown document.
        """
        times = [self._clock()]
        plan = read(question, self._vocabulary, language=language, documents=documents)
        times.append(self._clock())
        found = gather(plan, self._kb)
        times.append(self._clock())
        rankings = Rankings(found.findings, self._reading)
        evidence = completed(found, promising(plan.question, rankings), plan, self._kb)
        complete = rankings.over(evidence.findings)
        draft = compose(plan, evidence, complete)
        if self._records is not None:
            draft, evidence = self._records.spoken(plan, evidence, complete, draft)
        times.append(self._clock())
        answer = grounded(draft, evidence, self._vocabulary)
        times.append(self._clock())
        return replace(answer, question=question, timings_ms=_timings(times))


def _timings(times: Sequence[float]) -> dict[str, float]:
    steps = ("read", "gather", "compose", "ground")
    spent = {
        step: 1000 * (end - start)
        for step, (start, end) in zip(steps, pairwise(times), strict=True)
    }
    return spent | {"total": 1000 * (times[-1] - times[0])}
