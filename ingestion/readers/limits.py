"""How much of a file is read."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds that keep one bad file from taking the machine: megabytes on disk, pages of a PDF,
    megabytes that a compressed file may unpack to."""

    max_file_mb: int = 100
    max_pages: int = 3000
    max_unpacked_mb: int = 400

    @property
    def max_file_bytes(self) -> int:
        """`max_file_mb` in bytes."""
        return self.max_file_mb * MEGABYTE

    @property
    def max_unpacked_bytes(self) -> int:
        """`max_unpacked_mb` in bytes."""
        return self.max_unpacked_mb * MEGABYTE
