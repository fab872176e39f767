"""Conversations: each question is asked in the light of the turns before it.

A turn that leans on the one before is read as a question that stands alone, and answered as any
other: the gate is the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Protocol, runtime_checkable
from uuid import uuid4

from assistant.answer import Answer
from assistant.conversation_choice import Choice, is_near
from assistant.conversation_parts import Naming
from assistant.conversation_reading import understood
from assistant.conversation_turn import Turn, Understood
from assistant.streaming import AnswerEvent, Done, events_of
from kb.errors import NotFound
from kb.languages import Language


class Asking(Protocol):
    """An assistant."""

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """The answer; abstaining is an ordinary one."""


@runtime_checkable
class Telling(Protocol):
    """An assistant that tells its answer as it is made."""

    def stream(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Generator[AnswerEvent]:
        """As `ask`: the last event has the whole answer, unless it was cancelled."""


class Keeping(Protocol):
    """Where turns are kept, and found that are not held here: `conversation_keeping.Keeper`."""

    def keep(
        self,
        conversation_id: str,
        owner: str | None,
        turn: Turn,
        answer: Callable[[], Mapping[str, Any]],
    ) -> None:
        """Keeps a turn, with the answer in plain values."""

    def turns(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """The turns kept of a conversation, the oldest first; none of an unknown one.

        Raises NotFound where it is somebody else's.
        """


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is held in memory: turns of each conversation, and conversations."""

    turns: int = 20
    conversations: int = 1_000


@dataclass(slots=True)
class _Held:
    owner: str | None
    turns: list[Turn]
    lock: Lock = field(default_factory=Lock)


class Conversations:
    """Asks questions of an assistant in conversations. Safe to share between threads: turns of one
    conversation wait for each other, and no conversation sees another.
    """

    def __init__(
        self,
        assistant: Asking,
        vocabulary: Naming,
        *,
        keeper: Keeping | None = None,
        limits: Limits = Limits(),
        shown: Callable[[Answer], Mapping[str, Any]] = lambda answer: {"answer": answer.text},
        fresh_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        """Without a `keeper`, a conversation lasts as long as it is in memory; `shown` gives the
        plain values of an answer that are kept."""
        self._assistant = assistant
        self._vocabulary = vocabulary
        self._keeper = keeper
        self._shown = shown
        self._limits = limits
        self._fresh_id = fresh_id
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = Lock()

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        owner: str | None = None,
        keep: bool = True,
    ) -> Answer:
        """The answer to `question` after the earlier turns of its conversation, of which it has the
        id; a new one is begun where none is given or the id is not known. Without `keep` the turn
        is neither kept nor remembered.

        Raises NotFound for a conversation of another owner and for an unknown document.
        """
        chosen = conversation_id or self._begun(owner)
        with self._open(chosen, owner) as held:
            meant = understood(
                question, held.turns, self._vocabulary, language=language, documents=documents
            )
            answer, meant = self._answered(meant, held.turns[-1] if held.turns else None)
            noted = self._noted(held, question, meant, answer, chosen, keep=keep)
        if not keep and not held.turns:
            self.forget(chosen)
        return noted

    def stream(
        self,
        question: str,
        conversation_id: str | None = None,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        owner: str | None = None,
        is_cancelled: Callable[[], bool] | None = None,
        keep: bool = True,
    ) -> Generator[AnswerEvent]:
        """As `ask`, told as the answer is made. A turn that is cancelled is not remembered."""
        if not isinstance(self._assistant, Telling):
            answer = self.ask(
                question,
                conversation_id,
                language=language,
                documents=documents,
                owner=owner,
                keep=keep,
            )
            yield from events_of(answer)
            return
        chosen = conversation_id or self._begun(owner)
        with self._open(chosen, owner) as held:
            before = tuple(held.turns)
        meant: Understood | None = understood(
            question, before, self._vocabulary, language=language, documents=documents
        )
        last = before[-1] if before else None
        choice = Choice(last, self._vocabulary)
        told: list[AnswerEvent] = []
        while meant is not None:
            untold: list[AnswerEvent] = []
            whole: Answer | None = None
            for event in self._assistant.stream(
                meant.asked,
                language=meant.language,
                documents=meant.documents,
                is_cancelled=is_cancelled,
            ):
                if isinstance(event, Done):
                    whole = event.answer
                elif meant.otherwise is None and choice.kept is None:
                    yield event
                else:  # another reading may take its place: it is not told yet
                    untold.append(event)
            if whole is None:  # cancelled
                return
            if choice.takes(whole, meant):
                told = untold
            meant = None if choice.settles(whole, meant) else meant.otherwise
        if choice.kept is None:
            return
        yield from told
        answer, read = choice.kept
        with self._open(chosen, owner) as held:
            noted = self._noted(held, question, read, answer, chosen, keep=keep)
        if not keep and not held.turns:
            self.forget(chosen)
        yield Done(noted)

    def forget(self, conversation_id: str) -> None:
        """Drops a conversation from memory; harmless where there is none."""
        with self._lock:
            self._held.pop(conversation_id, None)

    def _noted(
        self,
        held: _Held,
        question: str,
        meant: Understood,
        answer: Answer,
        chosen: str,
        *,
        keep: bool,
    ) -> Answer:
        """The answer as the turn's, which is remembered where it is to be kept."""
        asked_as = meant.asked if meant.relation != "whole" else None
        noted = replace(answer, question=question, conversation_id=chosen, asked_as=asked_as)
        if not keep:
            return noted
        turn = _turn(question, meant, answer, held.turns[-1] if held.turns else None)
        held.turns.append(turn)
        del held.turns[: -self._limits.turns]
        if self._keeper is not None:
            self._keeper.keep(chosen, held.owner, turn, lambda: self._shown(noted))
        return noted

    def _answered(self, meant: Understood, last: Turn | None) -> tuple[Answer, Understood]:
        """The answer, and the reading that it answers: the first one whose answer fits, else the
        first that finds any."""
        choice = Choice(last, self._vocabulary)
        reading: Understood | None = meant
        while reading is not None:
            answer = self._asked(reading)
            choice.takes(answer, reading)
            reading = None if choice.settles(answer, reading) else reading.otherwise
        return choice.kept if choice.kept is not None else (self._asked(meant), meant)

    def _asked(self, meant: Understood) -> Answer:
        return self._assistant.ask(meant.asked, language=meant.language, documents=meant.documents)

    @contextmanager
    def _open(self, conversation_id: str, owner: str | None) -> Iterator[_Held]:
        held = self._find(conversation_id, owner)
        with held.lock:
            yield held

    def _begun(self, owner: str | None) -> str:
        """The id of a new conversation: nothing of it is kept yet that would have to be read."""
        self._hold(chosen := self._fresh_id(), owner)
        return chosen

    def _hold(self, conversation_id: str, owner: str | None, kept: Sequence[Turn] = ()) -> _Held:
        with self._lock:  # another thread may have opened it meanwhile
            new = _Held(owner, list(kept[-self._limits.turns :]))
            held = self._held.setdefault(conversation_id, new)
            self._held.move_to_end(conversation_id)
            while len(self._held) > self._limits.conversations:
                self._held.popitem(last=False)
            return held

    def _find(self, conversation_id: str, owner: str | None) -> _Held:
        with self._lock:
            if held := self._held.get(conversation_id):
                self._held.move_to_end(conversation_id)
        if not held:
            kept = self._keeper.turns(conversation_id, owner) if self._keeper else ()
            held = self._hold(conversation_id, owner, kept)
        if held.owner != owner:
            raise NotFound(f'no conversation "{conversation_id}"')
        return held


def _turn(question: str, meant: Understood, answer: Answer, last: Turn | None) -> Turn:
    order: Mapping[int, tuple[str, str]] = {
        one.n: (one.document_id, one.paragraph) for one in answer.citations
    }
    said = [n for statement in answer.statements for n in statement.citations]
    cited = dict.fromkeys(order[n] for n in said if n in order)
    subjects = dict.fromkeys(
        name
        for record in answer.records
        for column in ("initiative", "programme", "subject")
        for name in (getattr(record.statement, column, None) or "").split()
    )
    # A whole question about something near goes on about the same.
    goes_on = meant.relation != "whole" or (last is not None and is_near(answer, last))
    return Turn(
        question,
        meant.asked,
        meant.relation,
        answer.language,
        meant.topic if goes_on else "",
        # Where the last answer was found is looked first: what comes after is not limited to it.
        None if meant.relation == "paragraph" or meant.own or meant.near else meant.documents,
        tuple(cited),
        tuple(subjects),
        tuple(statement.text for statement in answer.statements),
    )
