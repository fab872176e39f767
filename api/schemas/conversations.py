"""Conversations: their list, their turns."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.answers import AnswerBody
from api.schemas.base import Body, Text

MAX_TITLE = 120  # characters


class ConversationItem(Body):
    """A conversation in a list."""

    conversation_id: str
    """Send it with a question to ask on."""
    title: str
    """The first question, unless it was renamed."""
    created_at: datetime
    """When it began."""
    updated_at: datetime
    """When its last turn was answered."""
    turns: int = Field(ge=0)
    """How many turns are kept; of a long one the first are dropped."""


class ConversationList(Body):
    """A page of conversations, the last one spoken in first."""

    items: list[ConversationItem]
    """The conversations."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null at the end."""


class TurnBody(Body):
    """One question with its answer as it was served."""

    question: str
    """As it was typed."""
    answer: AnswerBody
    """The answer."""
    asked_at: datetime
    """When it was answered."""


class ConversationBody(ConversationItem):
    """A conversation with its turns, the oldest first."""

    items: list[TurnBody]
    """The turns that are kept."""


class RenameRequest(Body):
    """Another title."""

    title: Text = Field(min_length=1, max_length=MAX_TITLE, examples=["Riyadh partnership"])
    """The new title."""


class TurnRequest(Body):
    """A turn that a worker has answered, for the owner of the stores to keep."""

    conversation_id: Text
    """The conversation, which it begins."""
    owner: str | None
    """Whose it is."""
    question: str
    """What was asked."""
    answer: dict[str, Any]
    """The answer as it was given."""
    memory: dict[str, Any]
    """What the next turn must know."""
