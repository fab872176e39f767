"""What went wrong (RFC 9457)."""

from pydantic import Field

from api.schemas.base import Body


class InvalidPart(Body):
    """One part of a request that is wrong."""

    where: str = Field(examples=["body.question"])
    """Path of the part."""
    message: str
    """What is wrong with it."""


class Problem(Body):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:landbrief:problem:not-found"])
    """Kind of the error: stays the same, to be tested by programs."""
    title: str
    """Kind of the error, in words."""
    status: int
    """HTTP status."""
    detail: str
    """What happened and what to do, in one line."""
    errors: list[InvalidPart] = Field(default_factory=list)
    """The wrong parts of the request, if it is the request that is wrong."""
