"""Which conversation a list of messages goes on with.

The protocol sends every turn anew, the desk remembers conversations by id. A conversation that
stands exactly after the questions of a request is gone on with; where there is none (another
process answered, a question was changed), the questions are asked again in a new one.
"""

import hashlib
import json
import uuid
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from api.desk import Desk, StreamEvent
from api.openai_protocol.messages import Asked
from api.schemas import AnswerBody, AskRequest

_TURNS: Final = 6  # questions before the last that are asked again, at most
_HELD: Final = 5_000  # conversations remembered for each desk


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks: `owner` is the id of the key, None without one; `user` what the request names."""

    owner: str | None = None
    user: str | None = None


@dataclass(slots=True)
class _Shelf:
    """Conversations by the place where they stand; a conversation stands at one place."""

    at: OrderedDict[bytes, str] = field(default_factory=OrderedDict)
    place_of: dict[str, bytes] = field(default_factory=dict)
    of_user: OrderedDict[Who, str] = field(default_factory=OrderedDict)

    def taken(self, place: bytes) -> str | None:
        """The conversation at `place`, which leaves it."""
        conversation = self.at.pop(place, None)
        if conversation is not None:
            self.place_of.pop(conversation, None)
        return conversation

    def put(self, place: bytes, conversation: str) -> None:
        """`conversation` now stands at `place`."""
        left = self.place_of.pop(conversation, None)
        if left is not None:
            self.at.pop(left, None)
        self.taken(place)
        self.at[place] = conversation
        self.place_of[conversation] = place
        if len(self.at) > _HELD:
            self.taken(next(iter(self.at)))

    def put_user(self, who: Who, conversation: str) -> None:
        """`conversation` is the one that the user was last in."""
        self.of_user[who] = conversation
        self.of_user.move_to_end(who)
        if len(self.of_user) > _HELD:
            self.of_user.popitem(last=False)


class Threads:
    """Conversations by what was asked in them. Safe to share between threads.

    A single question of a named user goes on with the conversation that she was last in.
    """

    def __init__(self, fresh_id: Callable[[], str] = lambda: uuid.uuid4().hex) -> None:
        self._fresh_id = fresh_id
        # What one reader asked may tell of internal documents: desks share nothing.
        self._shelves: WeakKeyDictionary[Desk, _Shelf] = WeakKeyDictionary()
        self._lock = Lock()

    def ask(self, desk: Desk, asked: Asked, request: AskRequest, who: Who) -> AnswerBody:
        """The answer to `request`, whose question is that of `asked`, after those before it."""
        placed = self._placed(desk, asked, request, who, lambda: False)
        answer = desk.ask(placed, who.owner)
        self._note(desk, asked, request, who, answer)
        return answer

    def stream(
        self,
        desk: Desk,
        asked: Asked,
        request: AskRequest,
        who: Who,
        is_cancelled: Callable[[], bool],
    ) -> Generator[StreamEvent]:
        """As `ask`, told as the answer is made; ends early, soon after `is_cancelled`."""
        placed = self._placed(desk, asked, request, who, is_cancelled)
        if is_cancelled():
            return
        with closing(desk.stream(placed, is_cancelled, who.owner)) as events:
            for event in events:
                if isinstance(event, AnswerBody):
                    self._note(desk, asked, request, who, event)
                yield event

    def _placed(
        self,
        desk: Desk,
        asked: Asked,
        request: AskRequest,
        who: Who,
        is_cancelled: Callable[[], bool],
    ) -> AskRequest:
        """`request` in the conversation that stands where it goes on."""
        before = asked.before[-_TURNS:]
        conversation = self._found(desk, before, request, who)
        if conversation is None:
            conversation = self._fresh_id()
            for question in before:
                if not is_cancelled():
                    again = {"question": question, "conversation_id": conversation}
                    desk.ask(request.model_copy(update=again), who.owner)
        return request.model_copy(update={"conversation_id": conversation})

    def _found(
        self, desk: Desk, before: Sequence[str], request: AskRequest, who: Who
    ) -> str | None:
        with self._lock:
            shelf = self._shelves.get(desk)
            if shelf is None:
                return None
            if before:
                return shelf.taken(_place(before, request, who))
            return shelf.of_user.get(who) if who.user else None

    def _note(
        self, desk: Desk, asked: Asked, request: AskRequest, who: Who, answer: AnswerBody
    ) -> None:
        place = _place((*asked.before, asked.question)[-_TURNS:], request, who)
        with self._lock:
            shelf = self._shelves.setdefault(desk, _Shelf())
            shelf.put(place, answer.conversation_id)
            if who.user:
                shelf.put_user(who, answer.conversation_id)


def _place(questions: Sequence[str], request: AskRequest, who: Who) -> bytes:
    """Questions are not kept as they are: what matters is only whether the same come again."""
    parts = (who.owner, who.user, request.language, request.documents, questions)
    return hashlib.sha256(json.dumps(parts).encode()).digest()
