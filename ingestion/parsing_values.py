"""What a server and the process that reads files for it tell each other."""

from dataclasses import dataclass
from typing import Any, Final, Literal

Task = Literal["document", "passages", "records", "candidates"]
DIED: Final = 3
LATE: Final = 4
"""Exit codes: reading took more than it may, of anything or of time."""
_MB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one file: seconds to read it, megabytes of memory, megabytes of what is made of it."""

    seconds: float = 180.0
    memory_mb: int = 1_024
    result_mb: int = 48

    @property
    def result_bytes(self) -> int:
        """`result_mb` in bytes."""
        return self.result_mb * _MB


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a task: its value, or the kind of error with its text."""

    outcome: Literal["done", "refused", "defect", "memory", "too_large"]
    value: Any = None
    text: str = ""
