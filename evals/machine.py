"""What a process takes of its machine."""

import resource
import sys
from pathlib import Path
from typing import Final

_KIB: Final = 1024
_STATUS: Final = Path("/proc/self/status")
_STATM: Final = Path("/proc/self/statm")


def peak_memory_mb() -> float:
    """Peak resident size of this process (MiB)."""
    if _STATUS.exists():
        # What getrusage tells includes the parent's, from before this program was started.
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KIB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _KIB**2 if sys.platform == "darwin" else peak / _KIB


def memory_mb() -> float:
    """Resident size of this process now (MiB); its peak where the system does not tell."""
    if not _STATM.exists():
        return peak_memory_mb()
    pages = int(_STATM.read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / _KIB**2


def folder_mb(folder: Path) -> float:
    """Size of the files under `folder` (MiB)."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _KIB**2
