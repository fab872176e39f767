"""Cursors: opaque to clients, the key of the last item to us."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from kb.errors import NotFound

_T = TypeVar("_T")


def cursor_at(key: str) -> str:
    """The cursor for what comes after `key`."""
    return base64.urlsafe_b64encode(key.encode()).decode()


def after_cursor(items: Sequence[_T], cursor: str | None, key: Callable[[_T], str]) -> list[_T]:
    """`items` by `key`, from the first one after `cursor`. Raises NotFound for a wrong cursor."""
    ordered = sorted(items, key=key)
    if cursor is None:
        return ordered
    last = key_of(cursor)
    return [item for item in ordered if key(item) > last]


def key_of(cursor: str) -> str:
    """The key that a cursor was made of. Raises NotFound for a wrong cursor."""
    try:
        return base64.b64decode(cursor, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise NotFound("the cursor is not one that was given out") from error
