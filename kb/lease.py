"""One process owns a home: the lock that says so, and the note that says who.

The lock is the operating system's, so a killed process leaves none behind; the note beside it is
only believed while the lock is held.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kb.errors import StoreBusy, StoreDamaged

_LOCK: Final = "landbrief.lock"
_NOTE: Final = "owner.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that holds a home; a server says where it listens."""

    pid: int
    url: str | None = None
    token: str | None = None


class Lease:
    """Sole ownership of a home until `release`."""

    def __init__(self, home: Path, lock: FileLock) -> None:
        self._home = home
        self._lock = lock

    def release(self) -> None:
        """Gives the home up; harmless to repeat."""
        if self._lock.is_locked:
            (self._home / _NOTE).unlink(missing_ok=True)
            self._lock.release()


def acquire(home: Path, wait_seconds: float) -> Lease:
    """Makes `home` this process's own, waiting for another to leave.

    Raises StoreBusy, naming the process, when it stays longer than `wait_seconds`, and
    StoreDamaged when the folder cannot be written.
    """
    lock = _lock(home)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        note = _read_note(home)
        who = f"process {note.pid}" if note else "another process"
        at = f" (the server at {note.url})" if note and note.url else ""
        raise StoreBusy(f"{home} is in use by {who}{at}: stop it, or wait and try again") from error
    except OSError as error:
        raise StoreDamaged(f"{home} cannot be written: {error.strerror}") from error
    lease = Lease(home, lock)
    try:
        _write_note(home, Owner(os.getpid()))
    except BaseException:
        lease.release()
        raise
    return lease


def claim(home: Path, url: str, token: str) -> None:
    """Says where the owner of `home`, this process, listens; only its user may read it."""
    _write_note(home, Owner(os.getpid(), url, token))


def owner(home: Path) -> Owner | None:
    """The process that owns `home` now, or None."""
    note = _read_note(home)
    if note is None:
        return None
    lock = _lock(home)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return note
    lock.release()
    return None


def _lock(home: Path) -> FileLock:
    # Not bound to a thread: a server may close in another thread than it was opened in.
    return FileLock(home / _LOCK, thread_local=False, poll_interval=0.02)


def _read_note(home: Path) -> Owner | None:
    try:
        note = json.loads((home / _NOTE).read_text(encoding="utf-8"))
        return Owner(int(note["pid"]), note.get("url"), note.get("token"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_note(home: Path, note: Owner) -> None:
    # mkstemp makes the file readable by its user alone, before anything is in it.
    handle, name = tempfile.mkstemp(dir=home, prefix=".owner-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"pid": note.pid, "url": note.url, "token": note.token}, file)
    Path(name).replace(home / _NOTE)
