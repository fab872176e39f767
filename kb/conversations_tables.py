"""The tables of conversations. `kb/conversations.py` alone reads and writes them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Index, Text
from sqlmodel import Field, SQLModel


class ConversationRow(SQLModel, table=True):
    """One conversation; `owner` is the id of a key, None where nobody gave one."""

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_owner_updated_at", "owner", "updated_at"),)

    id: str = Field(primary_key=True)
    owner: str | None = None
    title: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    updated_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, index=True)
    )


class TurnRow(SQLModel, table=True):
    """One question with its answer, and what the next turn must know of it."""

    __tablename__ = "conversation_turn"

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id")
    position: int = Field(primary_key=True)  # from 1, without gaps but at the beginning
    question: str = Field(sa_column=Column(Text, nullable=False))
    answer: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    memory: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    asked_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
