"""Frozen values on their way between two processes of this program.

They are pickled, because they are frozen classes of some forty kinds with exact decimals and dates.
What is read back may name only those: a reader that a hostile file has taken over cannot have
this process call anything.
"""

import enum
import io
import pickle  # nosec B403 # what may be named in one is limited below
import struct
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any, BinaryIO, Final

from pydantic import BaseModel

_OURS: Final = ("kb.", "ingestion.")
_BUILTIN: Final = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("decimal", "Decimal"),
        ("pathlib", "Path"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
    }
)
_LENGTH: Final = struct.Struct(">Q")


class NotPlain(Exception):
    """What came is no frozen value of ours, is cut off, or is too large."""


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one of values."""
        if (module, name) in _BUILTIN:
            return super().find_class(module, name)
        if module.startswith(_OURS) and "." not in name:
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and _is_value(found):
                return found
        raise NotPlain(f"{module}.{name} is no plain value")


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, enum.Enum | BaseModel)


def write_value(stream: BinaryIO, value: object, *, most: int | None = None) -> None:
    """Write `value` with its length before it. Raises NotPlain where it takes over `most` bytes."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    if most is not None and len(content) > most:
        raise NotPlain(f"{len(content)} bytes")
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_value(stream: BinaryIO, *, most: int | None = None) -> Any:
    """The value that was written. Raises EOFError at the end, NotPlain."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("no value")
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        raise NotPlain(f"{length} bytes")
    content = stream.read(length)
    if len(content) < length:
        raise EOFError("half a value")
    try:
        return _Plain(io.BytesIO(content)).load()
    except NotPlain:
        raise
    except Exception as error:
        raise NotPlain(f"cannot be read ({type(error).__name__})") from error
