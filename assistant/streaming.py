"""An answer as it is made: evidence, statement after statement, and the whole at the end.

A statement is given only after the gate has passed it, and is never taken back: what the chat
model says is held until it is clear that its answer will stand.
"""

import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from assistant.answer import Answer, Citation, Reason, Statement
from assistant.chat.prepared import Prepared
from assistant.question import FIGURE_KINDS, Question
from kb.errors import ChatModelFailed, SettingsError
from kb.languages import Language
from kb.quantities import Quantity, agrees, find_quantities
from kb.records.record import Record

if TYPE_CHECKING:
    from assistant.chat.checking import Passed
    from assistant.chat.drafting import ChatWriter

_log: Final = logging.getLogger("landbrief")


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Citations of the statements to come, each once; numbered as in the whole answer."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that the gate has passed."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer: what was said, and all that belongs to it."""

    answer: Answer


AnswerEvent = EvidenceFound | Said | Done


def events_of(answer: Answer) -> Iterator[AnswerEvent]:
    """The events of an answer that is there."""
    yield EvidenceFound(answer.citations)
    yield from (Said(statement) for statement in answer.statements)
    yield Done(answer)


def worded(
    writer: "ChatWriter",
    prepared: Prepared,
    composed: Answer,
    is_cancelled: Callable[[], bool],
) -> Generator[AnswerEvent]:
    """The chat model's answer, or the composed one where too little of it remains: nothing, or
    not the figure that is asked for and that the composed answer gives.

    The composed one has the reason `degraded` where the model failed (and it had none of its
    own), and so has what was said before a failure. Ends without `Done` where `is_cancelled`.
    """
    question = prepared.plan.question
    said = _Growing(composed, question)
    is_degraded = False
    begun = False
    try:
        with closing(writer.written(prepared, is_cancelled)) as passed:
            for one in passed:
                said.add(one)
                if said.is_enough:
                    begun = True
                    yield from said.news()
    except (ChatModelFailed, SettingsError) as error:
        _log.warning("the chat model failed, the answer is composed: %s", error)
        is_degraded = True
    if is_cancelled():
        return
    reason: Reason | None = composed.reason or ("degraded" if is_degraded else None)
    if begun:
        yield Done(said.answer(reason))
    else:
        yield from events_of(replace(composed, reason=reason))


class _Growing:
    """An answer of which more and more is said."""

    def __init__(self, composed: Answer, question: Question) -> None:
        self._composed = composed
        self._numbers: dict[Citation, Citation] = {}
        self._statements: list[Statement] = []
        self._records: dict[str, Record] = {}
        self._told = 0
        self._told_citations = 0
        self._wanted = _figures_asked(composed, question)
        self._found: list[Quantity] = []
        if composed.reason == "false_premise":
            # That the question is mistaken is said first, whoever words the rest.
            self._statements += takewhile(lambda s: not s.citations, composed.statements)

    def add(self, passed: "Passed") -> None:
        """One more statement."""
        answer = passed.answer
        marks = {}
        for citation in answer.citations:
            unnumbered = replace(citation, n=1)
            known = self._numbers.setdefault(
                unnumbered, replace(citation, n=len(self._numbers) + 1)
            )
            marks[citation.n] = known.n
        for statement in answer.statements:
            numbers = tuple(marks[n] for n in statement.citations)
            self._statements.append(replace(statement, citations=numbers))
            self._found += _figures(statement, answer.citations, answer.language)
        self._records |= {record.id: record for record in answer.records}

    @property
    def is_enough(self) -> bool:
        """Whether what is said answers: something is cited, and the figure asked for is there."""
        return bool(self._numbers) and all(
            any(agrees(found, wanted) for found in self._found) for wanted in self._wanted
        )

    def news(self) -> Iterator[AnswerEvent]:
        """What was not told yet."""
        citations = tuple(self._numbers.values())[self._told_citations :]
        if citations:
            self._told_citations += len(citations)
            yield EvidenceFound(citations)
        for statement in self._statements[self._told :]:
            self._told += 1
            yield Said(statement)

    def answer(self, reason: Reason | None) -> Answer:
        """All that was said."""
        return replace(
            self._composed,
            statements=tuple(self._statements),
            citations=tuple(self._numbers.values()),
            records=tuple(self._records.values()),
            reason=reason,
        )


def _figures_asked(composed: Answer, question: Question) -> list[Quantity]:
    """The figures or dates with which the composed answer answers; none where none is asked for.

    Those of a record are all needed, of a sentence with more than the answer the first.
    """
    if not FIGURE_KINDS & set(question.kinds):
        return []
    for statement in composed.statements:
        found = [
            q
            for q in _figures(statement, composed.citations, composed.language)
            if not question.wants_quantity or q.kind in question.wants_quantity
        ]
        if statement.citations and found:
            return found if statement.kind in ("record", "computed") else found[:1]
    return []


def _figures(
    statement: Statement, citations: Iterable[Citation], language: Language
) -> list[Quantity]:
    quoted = {c.n: c.language for c in citations} if statement.kind in ("quote", "digest") else {}
    languages = {quoted.get(n, language) for n in statement.citations} or {language}
    return [q for one in languages for q in find_quantities(statement.text, one)]
