"""File names on their way through JSON and terminals."""

import os
from collections.abc import Mapping
from pathlib import Path


def shown(path: Path | str) -> str:
    """`path` as text that can be encoded: bytes that are no Unicode become `\\x..`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def as_given(path: str, given: Mapping[str, Path]) -> str:
    """`path`, which lies at or below a key of `given`, in the form that the user typed.

    `given` maps absolute paths, as `shown`, to those typed.
    """
    for absolute in sorted(given, key=len, reverse=True):
        if path == absolute:
            return shown(given[absolute])
        below = path.removeprefix(absolute.rstrip("/\\") + os.sep)
        if below != path:
            return shown(Path(given[absolute], below))
    return path
