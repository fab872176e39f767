"""What keeps the stores in order."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Body, Text


class RemoveRequest(Body):
    """What to withdraw."""

    document: Text
    """Id or symbol."""
    version: int | None = Field(default=None, ge=1)
    """The only version to withdraw; all when absent."""


class RemovedBody(Body):
    """What was withdrawn."""

    document_id: str
    """The document."""
    version: int | None
    """The version, or null for all of them."""
    editions: int
    """Number of texts withdrawn."""
    records: int = 0
    """Number of records taken out, where it was a file of records."""


class InitBody(Body):
    """What is held after the shipped knowledge was loaded."""

    home: str
    """Folder of the stores."""
    documents: int
    """Number of documents held."""


class VerifyBody(Body):
    """Whether the stores agree."""

    problems: list[str]
    """Where they do not, one line each; empty when all is well."""


class ReindexBody(Body):
    """The derived stores were rebuilt."""

    documents: int
    """Number of documents held."""


class HealthBody(Body):
    """The server runs."""

    status: Literal["ok"] = "ok"
    """Always `ok`."""
