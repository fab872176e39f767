"""A chat model words an answer: what it is shown and looks up, and what passes of its draft."""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Final

from assistant.chat.budget import Budget, estimated
from assistant.chat.checking import Checker, Passed
from assistant.chat.pieces import Pieces
from assistant.chat.prepared import Prepared
from assistant.chat.prompt import messages
from assistant.chat.reading import DraftReader
from assistant.chat.tools import TOOLS, Tools
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Finding, top_label
from assistant.grounding import grounded
from assistant.question import Vocabulary
from assistant.speaker import Speaker
from kb.chat_model_turns import Turn, TurnTaking, tool_result
from kb.errors import ChatModelFailed
from kb.sentences import word_count
from kb.wording import Wording

_SHOWN: Final = 10  # paragraphs that the model is shown at first
_SHARE: Final = 0.5  # of the tokens, at most, for what it is shown at first
_BRIEF: Final = 60.0  # words of an exact answer, Han characters counted as `word_count` does
_OPEN: Final = 250.0
_CALLS: Final = 8  # answered in one round


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """What one answer may take: seconds, tokens read and written, rounds of looking things up."""

    seconds: float = 60.0
    tokens: int = 20_000
    rounds: int = 3


class ChatWriter:
    """Has a chat model word answers. Safe to share between threads."""

    def __init__(
        self,
        model: TurnTaking,
        limits: ChatLimits | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`clock` gives seconds."""
        self._model = model
        self._limits = limits or ChatLimits()
        self._clock = clock

    def written(self, prepared: Prepared, is_cancelled: Callable[[], bool]) -> Generator[Passed]:
        """The statements that the gate has passed, one by one, as the model writes them.

        Ends early where `is_cancelled`, or where the answer is long enough. Closing it stops the
        model. Raises ChatModelFailed, or SettingsError where there is no such model.
        """
        return _Writing(self._model, self._limits, self._clock, prepared, is_cancelled).run()


class _Writing:
    """The work on one answer."""

    def __init__(
        self,
        model: TurnTaking,
        limits: ChatLimits,
        clock: Callable[[], float],
        prepared: Prepared,
        is_cancelled: Callable[[], bool],
    ) -> None:
        question = prepared.plan.question
        self._model = model
        self._limits = limits
        self._clock = clock
        self._prepared = prepared
        self._is_cancelled = is_cancelled
        self._language = question.reader
        self._room = _BRIEF if question.is_exact else _OPEN
        self._pieces = Pieces(question.reader, prepared.evidence)
        self._tools = Tools(prepared.plan, prepared.kb, self._pieces, prepared.records)
        self._vocabulary: Vocabulary = prepared.reading.vocabulary
        self._checker = Checker(prepared.draft, self._pieces, self._vocabulary)
        self._speaker = Speaker(question, prepared.reading, Wording(question.reader))
        self._budget = Budget(limits.tokens)
        self._said: set[str] = set()

    def run(self) -> Generator[Passed]:
        """Turn after turn, until the model looks nothing more up."""
        question = self._prepared.plan.question
        said: list[Any] = list(
            messages(
                question.text,
                question.reader,
                self._evidence(),
                round(self._room),
                short=question.is_exact,
            )
        )
        deadline = self._clock() + self._limits.seconds
        for number in range(self._limits.rounds + 1):
            tools = TOOLS if number < self._limits.rounds else ()
            self._budget.begin(_content(said) + (json.dumps(tools) if tools else ""))
            turn = yield from self._turn(said, tools, deadline)
            if turn is None or not turn.calls:
                return
            said.append(turn.message)
            for place, call in enumerate(turn.calls):
                found = self._tools.answer(call) if place < _CALLS else "too many calls at once"
                said.append(tool_result(call, found))

    def _turn(
        self, said: Sequence[Any], tools: Sequence[Any], deadline: float
    ) -> Generator[Passed, None, Turn | None]:
        """What one turn says; the turn at its end, None where it was cancelled or is enough."""
        left = deadline - self._clock()
        if left <= 0:
            raise ChatModelFailed(f"the answer was not done after {self._limits.seconds:.0f} s")
        reader = DraftReader(self._language)
        pieces = self._model.turn(said, tools, seconds=left, is_cancelled=self._is_cancelled)
        with closing(pieces):
            for piece in pieces:
                if isinstance(piece, Turn):
                    self._budget.end(piece.tokens)
                    # Of a reply that was cut off the last sentence is not whole.
                    if piece.is_whole and (yield from self._passed(reader.rest())):
                        return None
                    return piece
                self._budget.write(piece)
                if (yield from self._passed(reader.feed(piece))):
                    return None
        return None

    def _passed(self, sentences: Iterator[Any]) -> Generator[Passed, None, bool]:
        """What passes of some sentences, each once; says at the end whether there is no room."""
        for sentence in sentences:
            passed = self._checker.passed(sentence)
            if passed is None or passed.statement.text in self._said:
                continue
            length = word_count(passed.statement.text)
            if length > self._room:
                return True
            self._room -= length
            self._said.add(passed.statement.text)
            yield passed
            yield from self._marks(passed)
        return False

    def _marks(self, passed: Passed) -> Iterator[Passed]:
        """What a reader must know of the texts cited: superseded, withdrawn, in which languages."""
        for source in passed.sources:
            finding = self._pieces.finding_of(source)
            texts = replace(finding, sources=(source,))
            notes = self._speaker.language_note(finding) + self._speaker.marks(texts)
            for note in notes:
                answer = grounded(
                    Draft(self._prepared.draft.question, self._language, (note,)),
                    self._pieces.evidence,
                    self._vocabulary,
                )
                if answer.statements and note.text not in self._said:
                    self._said.add(note.text)
                    yield Passed(answer, frozenset(), ())

    def _evidence(self) -> list[str]:
        """What the composed answer says of records, its paragraphs, and the best of the others."""
        draft, evidence = self._prepared.draft, self._prepared.evidence
        shown = [
            self._pieces.add_statement(s)
            for s in draft.statements
            if s.kind in ("record", "computed") and self._is_passed(s)
        ]
        cited = {
            (c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations
        }

        def order(finding: Finding) -> tuple[bool, int]:
            return (finding.document_id, finding.label) not in cited, finding.rank

        room = _SHARE * self._limits.tokens
        for finding in sorted(evidence.findings, key=order)[:_SHOWN]:
            for source in finding.sources:
                room -= estimated(source.passage.text)
                if room > 0:
                    shown.append(self._pieces.add_text(source))
        return shown

    def _is_passed(self, statement: DraftStatement) -> bool:
        draft = replace(self._prepared.draft, statements=(statement,), abstained=False, reason=None)
        return not grounded(draft, self._prepared.evidence, self._vocabulary).abstained


def _content(said: Sequence[Any]) -> str:
    """The text of messages, in each form that they have here."""
    texts = []
    for one in said:
        if isinstance(one, tuple):
            texts.append(one[1])
        else:
            content = one["content"] if isinstance(one, dict) else one.content
            texts.append(content if isinstance(content, str) else json.dumps(content, default=str))
    return "\n".join(texts)
