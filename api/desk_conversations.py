"""The conversations of one desk: asked, kept, listed, renamed and deleted."""

from collections.abc import Callable, Generator, Sequence
from typing import Any, Final

from pydantic import ValidationError

from api.pagination import cursor_at, key_of
from api.schemas import AnswerBody, AskRequest
from api.schemas.conversations import (
    ConversationBody,
    ConversationItem,
    ConversationList,
    TurnBody,
    TurnRequest,
)
from assistant.answer import Answer
from assistant.conversation_keeping import Keeper, TurnStore
from assistant.conversations import Asking, Conversations, Limits
from assistant.streaming import AnswerEvent
from kb.conversations import (
    ConversationLimits,
    ConversationStore,
    KeptConversation,
    KeptTurn,
)
from kb.errors import NotFound
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from kb.terms import load_terms

_OWN: Final = "owner"  # of who shows the token of this machine, and may see internal documents


class DeskConversations:
    """Conversations with one assistant, whose answers `shown` turns into bodies.

    `sees_all` says that the answers may hold what not everybody may see: they are kept apart from
    those of readers who give no key.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        assistant: Asking,
        settings: Settings,
        shown: Callable[[Answer], AnswerBody],
        *,
        sees_all: bool,
        turns: TurnStore | None = None,
    ) -> None:
        """With `turns` they are kept there: an answer is given when its turn is."""
        self._nobody = _OWN if sees_all else None
        limits = ConversationLimits(
            settings.conversation_turns, settings.conversations_most, settings.conversation_days
        )
        self._store: ConversationStore | None = (
            kb.conversations(limits) if settings.conversations_kept else None
        )
        self._is_remote = turns is not None and settings.conversations_kept
        store = turns if self._is_remote else self._store
        self._keeper = Keeper(store) if store is not None else None

        def plain(answer: Answer) -> dict[str, Any]:
            return shown(answer).model_dump(mode="json")

        self._conversations = Conversations(
            assistant,
            load_terms(),
            keeper=self._keeper,
            shown=plain,
            limits=Limits(turns=settings.conversation_turns),
        )

    def ask(
        self, request: AskRequest, documents: Sequence[str] | None, owner: str | None
    ) -> Answer:
        """The answer in its conversation. Raises NotFound for somebody else's."""
        answer = self._conversations.ask(
            request.question,
            request.conversation_id,
            language=request.language,
            documents=documents,
            owner=owner or self._nobody,
            keep=request.keep,
        )
        if self._is_remote:
            self._settled()  # the next turn may come to another process
        return answer

    def stream(
        self,
        request: AskRequest,
        documents: Sequence[str] | None,
        owner: str | None,
        is_cancelled: Callable[[], bool],
    ) -> Generator[AnswerEvent]:
        """As `ask`, told as the answer is made."""
        return self._conversations.stream(
            request.question,
            request.conversation_id,
            language=request.language,
            documents=documents,
            owner=owner or self._nobody,
            is_cancelled=is_cancelled,
            keep=request.keep,
        )

    def keep(self, turn: TurnRequest) -> None:
        """Keeps a turn that another process has answered. Raises NotFound for somebody else's."""
        if self._store is not None:
            self._store.add(
                turn.conversation_id, turn.owner, turn.question, turn.answer, turn.memory
            )

    def page(self, owner: str | None, limit: int, cursor: str | None) -> ConversationList:
        """A page of the owner's conversations, the last one spoken in first."""
        store = self._settled()
        if store is None:
            return ConversationList(items=[], next_cursor=None)
        kept, after = store.page(
            owner or self._nobody, limit=limit, after=None if cursor is None else key_of(cursor)
        )
        return ConversationList(
            items=[_item(one) for one in kept],
            next_cursor=None if after is None else cursor_at(after),
        )

    def read(self, conversation_id: str, owner: str | None) -> ConversationBody:
        """A conversation with its turns. Raises NotFound."""
        conversation, turns = self._kept(conversation_id).read(
            conversation_id, owner or self._nobody
        )
        bodies = [body for turn in turns if (body := _turn(turn)) is not None]
        return ConversationBody(**_item(conversation).model_dump(), items=bodies)

    def rename(self, conversation_id: str, owner: str | None, title: str) -> ConversationItem:
        """Another title. Raises NotFound."""
        store = self._kept(conversation_id)
        return _item(store.rename(conversation_id, owner or self._nobody, title))

    def delete(self, conversation_id: str, owner: str | None) -> None:
        """Deletes a conversation. Raises NotFound."""
        self._kept(conversation_id).delete(conversation_id, owner or self._nobody)
        self._conversations.forget(conversation_id)

    def close(self) -> None:
        """Writes what is not written yet; harmless to repeat."""
        if self._keeper is not None:
            self._keeper.close()

    def _settled(self) -> ConversationStore | None:
        if self._keeper is not None:
            self._keeper.settle()
        return self._store

    def _kept(self, conversation_id: str) -> ConversationStore:
        store = self._settled()
        if store is None:
            raise NotFound(f'no conversation "{conversation_id}": conversations are not kept here')
        return store


def _item(one: KeptConversation) -> ConversationItem:
    return ConversationItem(
        conversation_id=one.id,
        title=one.title,
        created_at=one.created_at,
        updated_at=one.updated_at,
        turns=one.turns,
    )


def _turn(turn: KeptTurn) -> TurnBody | None:
    """The turn as it is served; None where another version of the program kept another form."""
    try:
        answer = AnswerBody.model_validate(turn.answer)
    except ValidationError:
        return None
    return TurnBody(question=turn.question, answer=answer, asked_at=turn.asked_at)
