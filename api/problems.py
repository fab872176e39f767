"""The one table from errors to HTTP statuses, and back for the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.schemas import InvalidPart, Problem
from kb.errors import (
    ChatModelFailed,
    DownloadFailed,
    IdentityConflict,
    InvalidQuery,
    LandBriefError,
    ModelMismatch,
    NotFound,
    SettingsError,
    StoreBusy,
    StoreDamaged,
    UnreadableFile,
    Withdrawn,
)

MEDIA_TYPE: Final = "application/problem+json"
_PREFIX: Final = "urn:landbrief:problem:"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of error: `slug` ends its `type`."""

    slug: str
    status: int
    title: str


ERRORS: Final[Mapping[type[LandBriefError], ProblemKind]] = {
    Withdrawn: ProblemKind("withdrawn", 410, "Withdrawn"),
    NotFound: ProblemKind("not-found", 404, "Not found"),
    IdentityConflict: ProblemKind("identity-conflict", 409, "Two documents claim one id"),
    InvalidQuery: ProblemKind("invalid-query", 422, "The records cannot be asked that"),
    UnreadableFile: ProblemKind("unreadable-file", 422, "The file cannot be read"),
    StoreBusy: ProblemKind("store-busy", 503, "The stores are busy"),
    StoreDamaged: ProblemKind("store-damaged", 500, "The stores are damaged"),
    ModelMismatch: ProblemKind("model-mismatch", 503, "The index belongs to another model"),
    SettingsError: ProblemKind("settings", 500, "A setting is wrong"),
    ChatModelFailed: ProblemKind("chat-model-failed", 502, "The chat model gave no answer"),
    DownloadFailed: ProblemKind("download-failed", 502, "The download failed"),
    LandBriefError: ProblemKind("error", 500, "LandBrief error"),
}
INVALID: Final = ProblemKind("invalid-request", 422, "The request is not valid")
FORBIDDEN: Final = ProblemKind("forbidden", 403, "Not from here")
TOO_LARGE: Final = ProblemKind("too-large", 413, "The request is too large")
UNEXPECTED: Final = ProblemKind("unexpected", 500, "Unexpected error")
_BY_STATUS: Final[Mapping[int, ProblemKind]] = {
    401: ProblemKind("no-key", 401, "A key is wanted"),
    403: ProblemKind("not-allowed", 403, "This may not be done with it"),
    408: ProblemKind("too-slow", 408, "The request came too slowly"),
    429: ProblemKind("too-many-requests", 429, "Too many requests"),
    400: ProblemKind("bad-request", 400, "The request cannot be read"),
    404: ERRORS[NotFound],
    405: ProblemKind("method-not-allowed", 405, "Method not allowed"),
    413: TOO_LARGE,
}


def kind_of(error: LandBriefError) -> ProblemKind:
    """The row of the table for `error`: that of its nearest ancestor."""
    return next(ERRORS[cls] for cls in type(error).__mro__ if cls in ERRORS)


def kind_of_status(status: int) -> ProblemKind:
    """The kind for a bare HTTP status."""
    return _BY_STATUS.get(status, ProblemKind(f"http-{status}", status, f"HTTP {status}"))


def problem(kind: ProblemKind, detail: str, errors: list[InvalidPart] | None = None) -> Problem:
    """The body that says it."""
    return Problem(
        type=_PREFIX + kind.slug,
        title=kind.title,
        status=kind.status,
        detail=detail,
        errors=errors or [],
    )


def problem_of(error: LandBriefError) -> Problem:
    """The body for `error`."""
    return problem(kind_of(error), str(error))


def error_of(body: Problem) -> LandBriefError:
    """The error that `body` tells of: the way back, for a command that works over HTTP."""
    slug = body.type.removeprefix(_PREFIX)
    by_slug = {kind.slug: error for error, kind in ERRORS.items()}
    return by_slug.get(slug, LandBriefError)(body.detail)
