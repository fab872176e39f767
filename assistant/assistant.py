"""Question in, checked answer out."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, Final

from assistant.agreement_voice import with_agreement
from assistant.answer import Answer
from assistant.chat.prepared import Prepared
from assistant.chat.records import RecordStatements
from assistant.compose import compose
from assistant.deciding_words import with_deciding_words
from assistant.either_side import with_either_side
from assistant.evidence import completed, gather
from assistant.figure_voice import with_figures
from assistant.grounding import grounded
from assistant.holding import lacks_names, unheld
from assistant.kindred import HoldsWords, Kindred
from assistant.knowledge import Knowledge, Remembering
from assistant.party_lists import lacks_parties
from assistant.plan import read
from assistant.premises import promising
from assistant.question import Vocabulary
from assistant.rankings import Rankings
from assistant.reading import Reading
from assistant.record_answer import HoldsRecords, RecordVoice
from assistant.refusals import of_others
from assistant.rows_compared import with_rows_compared
from assistant.series_voice import with_series
from assistant.speaker import Speaker
from assistant.streaming import AnswerEvent, Done, events_of, worded
from assistant.yes_or_no import with_verdict
from kb.languages import Language
from kb.wording import Wording

if TYPE_CHECKING:
    from assistant.chat.drafting import ChatWriter

_LACKING: Final = (lacks_names, lacks_parties)


class Assistant:
    """Answers questions from a knowledge base. Safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        vocabulary: Vocabulary,
        clock: Callable[[], float] = perf_counter,
        *,
        writer: "ChatWriter | None" = None,
    ) -> None:
        """`clock` gives seconds; only the timings of answers use it. With a `writer` a chat model
        words the answers to what the documents answer.
        """
        self._kb = Remembering(knowledge)
        self._vocabulary = vocabulary
        self._reading = Reading(vocabulary, _kindred(knowledge))
        self._clock = clock
        self._writer = writer
        self._records: RecordVoice | None = None
        self._statements: RecordStatements | None = None
        if isinstance(knowledge, HoldsRecords):
            self._records = RecordVoice(self._kb, knowledge.records, vocabulary)
            self._statements = RecordStatements(knowledge.records, self._records, vocabulary)

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
        answer, prepared = self._composed(question, language, documents)
        for event in self._events(answer, prepared, _never):
            if isinstance(event, Done):
                return event.answer
        raise RuntimeError("an answer that nobody cancels is always done")

    def stream(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Generator[AnswerEvent]:
        """As `ask`, told as it is made: `EvidenceFound`, `Said`…, `Done` with the whole answer.

        Where a chat model words it, `EvidenceFound` may come again before a statement that rests
        on more. Closing the generator stops the model, and so does `is_cancelled`, which is asked
        some ten times a second; then no `Done` comes.
        """
        answer, prepared = self._composed(question, language, documents)
        yield from self._events(answer, prepared, is_cancelled or _never)

    def _events(
        self, answer: Answer, prepared: Prepared, is_cancelled: Callable[[], bool]
    ) -> Generator[AnswerEvent]:
        if self._writer is None or not _is_for_wording(answer, prepared):
            yield from events_of(answer)
            return
        begun = self._clock()
        for event in worded(self._writer, prepared, answer, is_cancelled):
            if isinstance(event, Done):
                spent = 1000 * (self._clock() - begun)
                times = answer.timings_ms | {
                    "chat": spent,
                    "total": answer.timings_ms["total"] + spent,
                }
                yield Done(replace(event.answer, timings_ms=times))
            else:
                yield event

    def _composed(
        self, question: str, language: Language | None, documents: Sequence[str] | None
    ) -> tuple[Answer, Prepared]:
        """The answer with no language model, and what it was made from."""
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
        draft, evidence = with_figures(plan, evidence, complete, draft, self._kb, self._vocabulary)
        listed = with_series(plan, evidence, complete, draft, self._kb, self._vocabulary)
        unnamed = unheld(plan.question, listed[0], self._kb, self._vocabulary)
        if unnamed is None:
            draft, evidence = listed
        else:  # a list of something else displaces nothing
            unnamed = unheld(plan.question, draft, self._kb, self._vocabulary)
        lacks = any(one(plan.question, draft, self._vocabulary) for one in _LACKING)
        if unnamed is not None or lacks:
            speaker = Speaker(plan.question, self._reading, Wording(plan.question.reader))
            draft = of_others(speaker, complete.of(plan.question), unnamed)
        if unnamed is None:
            draft, evidence = with_agreement(
                plan, evidence, complete, draft, self._kb, self._vocabulary
            )
        draft, evidence = with_rows_compared(
            plan, evidence, complete, draft, self._kb, self._vocabulary
        )
        draft, evidence = with_either_side(
            plan, evidence, complete, draft, self._kb, self._vocabulary
        )
        draft = with_deciding_words(plan, complete, with_verdict(plan, complete, draft))
        times.append(self._clock())
        answer = grounded(draft, evidence, self._vocabulary)
        times.append(self._clock())
        answer = replace(answer, question=question, timings_ms=_timings(times))
        prepared = Prepared(plan, draft, evidence, self._kb, self._reading, self._statements)
        return answer, prepared


def _kindred(knowledge: Knowledge) -> Kindred | None:
    model = knowledge.words if isinstance(knowledge, HoldsWords) else None
    return None if model is None else Kindred(model)


def _is_for_wording(answer: Answer, prepared: Prepared) -> bool:
    """Whether a chat model may word the answer: a refusal and a verdict ("it is not among them")
    are not its to change, and a paragraph that is asked for is given in its own words."""
    verdict = answer.statements[0].kind == "note" and answer.reason != "false_premise"
    return not answer.abstained and not verdict and prepared.plan.question.kind != "paragraph"


def _never() -> bool:
    return False


def _timings(times: Sequence[float]) -> dict[str, float]:
    steps = ("read", "gather", "compose", "ground")
    spent = {
        step: 1000 * (end - start)
        for step, (start, end) in zip(steps, pairwise(times), strict=True)
    }
    return spent | {"total": 1000 * (times[-1] - times[0])}
