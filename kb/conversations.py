"""Conversations in SQL: whose they are, and their turns. No other room knows their tables.

Nothing here changes what a search finds: the generation stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from kb.conversations_tables import ConversationRow, TurnRow
from kb.errors import NotFound
from kb.store import Store, chunks

_TITLE: Final = 120  # characters of the first question that make a title
_PRUNED_EVERY: Final = 50  # turns added

_CONVERSATIONS: Final[Table] = ConversationRow.__table__  # type: ignore[attr-defined]
_TURNS: Final[Table] = TurnRow.__table__  # type: ignore[attr-defined]
_THIS: Final = _CONVERSATIONS.c.id == bindparam("one")
_ITS: Final = _TURNS.c.conversation_id == bindparam("one")
_OWNER: Final = select(_CONVERSATIONS.c.owner).where(_THIS)
_NEW: Final = insert(_CONVERSATIONS)
_SPOKEN_IN: Final = update(_CONVERSATIONS).where(_THIS).values(updated_at=bindparam("now"))
_LAST: Final = select(func.max(_TURNS.c.position)).where(_ITS)
_NEW_TURN: Final = insert(_TURNS)
_UP_TO: Final = delete(_TURNS).where(_ITS, _TURNS.c.position <= bindparam("oldest"))


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and its answer, as it was served. `memory` is what the next turn must know."""

    question: str
    answer: Mapping[str, Any]
    memory: Mapping[str, Any]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation in a list: `turns` is how many are kept of it."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class ConversationLimits:
    """How much is kept: turns of one conversation, conversations in all, days after the last turn;
    what is older goes first."""

    turns: int = 20
    conversations: int = 2_000
    days: int = 90


class ConversationStore:
    """Keeps conversations for their owners. Any thread may call any method.

    An owner is the id of a key, or None for all who gave none. A conversation of somebody else is
    not found.
    """

    def __init__(
        self,
        store: Store,
        limits: ConversationLimits = ConversationLimits(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._limits = limits
        self._now = now
        self._added = 0

    def add(
        self,
        conversation_id: str,
        owner: str | None,
        question: str,
        answer: Mapping[str, Any],
        memory: Mapping[str, Any],
    ) -> None:
        """Adds a turn, in one transaction; the first one begins the conversation.

        Raises NotFound where the id is somebody else's.
        """
        now = self._now()
        with self._store.writing() as session:
            # Written with every answer: rows as objects would take three times as long.
            connection = session.connection()
            held = connection.execute(_OWNER, {"one": conversation_id}).first()
            position = 1
            if held is None:
                title = " ".join(question.split())[:_TITLE]
                connection.execute(
                    _NEW,
                    {
                        "id": conversation_id,
                        "owner": owner,
                        "title": title,
                        "created_at": now,
                        "updated_at": now,
                    },
                )
            elif held.owner != owner:
                raise _unknown(conversation_id)
            else:
                connection.execute(_SPOKEN_IN, {"one": conversation_id, "now": now})
                last = connection.execute(_LAST, {"one": conversation_id}).scalar()
                position = (last or 0) + 1
            connection.execute(
                _NEW_TURN,
                {
                    "conversation_id": conversation_id,
                    "position": position,
                    "question": question,
                    "answer": dict(answer),
                    "memory": dict(memory),
                    "asked_at": now,
                },
            )
            if (oldest := position - self._limits.turns) > 0:
                connection.execute(_UP_TO, {"one": conversation_id, "oldest": oldest})
            self._added += 1
            if self._added % _PRUNED_EVERY == 1:
                self._prune(session, now)

    def read(
        self, conversation_id: str, owner: str | None
    ) -> tuple[KeptConversation, tuple[KeptTurn, ...]]:
        """A conversation with its turns, the oldest first. Raises NotFound."""
        with self._store.reading() as session:
            row = _owned(session, conversation_id, owner)
            rows = session.execute(
                select(TurnRow).where(_of(conversation_id)).order_by(col(TurnRow.position))
            ).scalars()
            turns = tuple(
                KeptTurn(one.question, one.answer, one.memory, _aware(one.asked_at)) for one in rows
            )
            return _kept(row, len(turns)), turns

    def memories(self, conversation_id: str, owner: str | None) -> tuple[Mapping[str, Any], ...]:
        """What the next turn must know of each turn, the oldest first; empty for an unknown id.

        Raises NotFound where it is somebody else's.
        """
        with self._store.reading() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return ()
            if row.owner != owner:
                raise _unknown(conversation_id)
            found = select(TurnRow.memory).where(_of(conversation_id))  # type: ignore[call-overload]
            return tuple(session.execute(found.order_by(col(TurnRow.position))).scalars())

    def page(
        self, owner: str | None, *, limit: int = 50, after: str | None = None
    ) -> tuple[tuple[KeptConversation, ...], str | None]:
        """Conversations of an owner, the last one spoken in first, and the id to go on after, None
        at the end. Raises NotFound where `after` is none of the owner's.
        """
        with self._store.reading() as session:
            wanted: list[ColumnElement[bool]] = [_owner_is(owner)]
            if after is not None:
                at = _owned(session, after, owner)
                older = col(ConversationRow.updated_at) < at.updated_at
                same = and_(
                    col(ConversationRow.updated_at) == at.updated_at,
                    col(ConversationRow.id) > at.id,
                )
                wanted.append(or_(older, same))
            counted = (
                select(func.count())
                .where(col(TurnRow.conversation_id) == col(ConversationRow.id))
                .scalar_subquery()
            )
            rows = session.execute(
                select(ConversationRow, counted)
                .where(*wanted)
                .order_by(col(ConversationRow.updated_at).desc(), col(ConversationRow.id))
                .limit(limit + 1)
            ).all()
            kept = tuple(_kept(row, turns) for row, turns in rows[:limit])
            return kept, kept[-1].id if len(rows) > limit else None

    def rename(self, conversation_id: str, owner: str | None, title: str) -> KeptConversation:
        """Gives a conversation another title. Raises NotFound."""
        with self._store.writing() as session:
            row = _owned(session, conversation_id, owner)
            row.title = " ".join(title.split())[:_TITLE]
            session.add(row)
            turns = session.execute(
                select(func.count()).select_from(TurnRow).where(_of(conversation_id))
            ).scalar_one()
            return _kept(row, turns)

    def delete(self, conversation_id: str, owner: str | None) -> None:
        """Deletes a conversation with all of its turns. Raises NotFound."""
        with self._store.writing() as session:
            _owned(session, conversation_id, owner)
            _drop(session, [conversation_id])

    def _prune(self, session: Session, now: datetime) -> None:
        """Without what is too old, and of too many the longest silent."""
        before = now - timedelta(days=self._limits.days)
        ids = select(ConversationRow.id)  # type: ignore[call-overload]
        old = list(session.execute(ids.where(col(ConversationRow.updated_at) < before)).scalars())
        order = (col(ConversationRow.updated_at).desc(), col(ConversationRow.id))
        rest = ids.order_by(*order).offset(self._limits.conversations)
        _drop(session, [*old, *session.execute(rest).scalars()])


def _drop(session: Session, ids: list[str]) -> None:
    for some in chunks(ids):
        session.execute(delete(TurnRow).where(col(TurnRow.conversation_id).in_(some)))
        session.execute(delete(ConversationRow).where(col(ConversationRow.id).in_(some)))


def _of(conversation_id: str) -> ColumnElement[bool]:
    return col(TurnRow.conversation_id) == conversation_id


def _owner_is(owner: str | None) -> ColumnElement[bool]:
    column = col(ConversationRow.owner)
    return column.is_(None) if owner is None else column == owner


def _owned(session: Session, conversation_id: str, owner: str | None) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None or row.owner != owner:
        raise _unknown(conversation_id)
    return row


def _unknown(conversation_id: str) -> NotFound:
    return NotFound(f'no conversation "{conversation_id}"')


def _kept(row: ConversationRow, turns: int) -> KeptConversation:
    return KeptConversation(
        row.id, row.title, _aware(row.created_at), _aware(row.updated_at), turns
    )


def _aware(moment: datetime) -> datetime:
    """SQLite gives back times without their zone; all are UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
