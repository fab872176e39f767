"""API keys."""

from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Text
from kb.roles import Role


class KeyRequest(Body):
    """A key to make."""

    name: Text = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")
    """Whose it is, or what for; no other key in use has the name."""
    role: Role = "reader"
    """What it may do: `reader` asks, searches and reads; `editor` also uploads and reviews;
    `admin` also removes documents and makes keys."""
    internal: bool = False
    """Whether it may see internal documents."""


class KeyName(Body):
    """A key that is there."""

    name: Text = Field(max_length=200)
    """Its id, prefix or name."""


class KeyBody(Body):
    """A key, without its secret."""

    id: str
    """Its id, which is also in its prefix."""
    name: str
    """Its name."""
    role: Role
    """What it may do."""
    internal: bool
    """Whether it may see internal documents."""
    prefix: str = Field(examples=["lb_0123456789"])
    """How it begins."""
    created_at: datetime
    """When it was made."""
    revoked_at: datetime | None
    """Since when it opens nothing, null while it is in use."""


class NewKeyBody(KeyBody):
    """A key that was just made."""

    key: str
    """The key itself, which nobody can tell again."""


class KeyList(Body):
    """Keys."""

    items: list[KeyBody]
    """All of them, the oldest first."""
    next_cursor: None = None
    """Always null: there is one page."""
