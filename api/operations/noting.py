"""What is known of the request in hand, for its line in the log."""

from contextvars import ContextVar
from typing import Any, Final

_NOTES: Final[ContextVar[dict[str, Any] | None]] = ContextVar("landbrief_notes", default=None)


def begin(request_id: str) -> dict[str, Any]:
    """Notes for a request that begins; work that it starts in other threads shares them."""
    notes: dict[str, Any] = {"request_id": request_id}
    _NOTES.set(notes)
    return notes


def note(**values: Any) -> None:
    """Adds to the notes of the request in hand; nothing where there is none."""
    notes = _NOTES.get()
    if notes is not None:
        notes.update(values)


def request_id() -> str | None:
    """Id of the request in hand."""
    notes = _NOTES.get()
    return None if notes is None else str(notes["request_id"])
