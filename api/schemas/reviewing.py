"""What a reviewer decides of candidate records."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Body, Text


class JudgeRequest(Body):
    """Records to accept or to reject: by id, or all candidates of a document."""

    verdict: Literal["accept", "reject"]
    """What becomes of them: `reviewed` or `rejected`."""
    ids: list[Text] = Field(default_factory=list, max_length=100_000)
    """Ids of records."""
    all_of: Text | None = None
    """Id or symbol of a document: all that still waits of it."""


class JudgedBody(Body):
    """What was decided."""

    verdict: Literal["accept", "reject"]
    """As asked."""
    changed: int
    """How many records had another status before."""
