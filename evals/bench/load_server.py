"""The server under load, in processes of its own, and what they take of the machine."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from kb.settings import PREFIX

_PROC: Final = Path("/proc")
_STOP_SECONDS: Final = 30
_READY: Final = re.compile(r"ready at (http://\S+)")


@dataclass(frozen=True, slots=True)
class Taken:
    """Of all processes of the server: processor seconds so far, resident memory now (MiB)."""

    cpu_seconds: float
    memory_mb: float
    processes: int


class ServerProcess:
    """A running server: `url` is where it listens."""

    def __init__(self, url: str, pid: int) -> None:
        self.url = url
        self._pid = pid

    def taken(self) -> Taken:
        """What it takes. Raises RuntimeError where the system does not tell (it is Linux's)."""
        pids = [self._pid, *children(self._pid)]
        try:
            cpu = sum(map(_cpu_seconds, pids))
            return Taken(cpu, sum(map(_memory_mb, pids)), len(pids))
        except OSError as error:
            raise RuntimeError(f"the server's use cannot be read: {error}") from error


@contextmanager
def served(home: Path, originals: Path | None, arguments: Sequence[str]) -> Iterator[ServerProcess]:
    """A server over `home`, with what ships and the files of `originals`, stopped at the end.

    Raises RuntimeError with what it said when it does not start.
    """
    given = {} if originals is None else {f"{PREFIX}ORIGINALS": str(originals)}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "api.cli", "serve", "--port", "0", *arguments],
        env=os.environ | {f"{PREFIX}HOME": str(home), "PYTHONUNBUFFERED": "1"} | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield ServerProcess(_address(process), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: "subprocess.Popen[str]") -> str:
    if process.stdout is None:
        raise RuntimeError("the server's words cannot be read")
    said = []
    for line in process.stdout:
        said.append(line)
        if found := _READY.search(line):
            # Whoever does not read on stops a server that has much to say.
            Thread(target=process.stdout.read, daemon=True).start()
            return found[1]
    raise RuntimeError(f"the server did not start: {''.join(said)[-500:]}")


def children(pid: int) -> list[int]:
    """Every process below that one: each of its threads may have started some."""
    found = []
    for listed in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            found += [int(one) for one in listed.read_text(encoding="ascii").split()]
        except OSError:  # the thread has ended
            continue
    return found + [below for one in found for below in children(one)]


def _cpu_seconds(pid: int) -> float:
    # The name in brackets may hold anything: what follows it is counted from its end.
    fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    pages = int((_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
