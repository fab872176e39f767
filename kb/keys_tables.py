"""The table of API keys. `kb/keys.py` alone reads and writes it."""

from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class KeyRow(SQLModel, table=True):
    """One key; of the secret only `hash` is kept."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    name: str
    role: str
    internal: bool
    hash: str
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    revoked_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )
