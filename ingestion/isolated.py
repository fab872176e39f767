"""Reads files in another process, so that a bad one takes neither the server's time nor its
memory, and cannot reach what the server holds."""

import contextlib
import logging
import os
import signal
import subprocess  # nosec B404 # it starts this program's own module
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from ingestion.parsing_values import LATE, Bounds, Reply, Task
from ingestion.plain_values import NotPlain, read_value, write_value
from ingestion.readers.limits import ReadLimits
from ingestion.reading import ReadDocument
from ingestion.sheets.reports import RecordFile
from kb.documents import ParsedDocument, Visibility
from kb.errors import UnreadableFile
from kb.languages import Language
from kb.records.record import Record
from kb.views import PassageRow

_KEPT: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP")
"""Of the environment: what an interpreter needs. Keys and tokens are not."""
_GRACE_SECONDS: Final = 15.0
"""How much longer than a file may take its process is waited for: it has to start first."""
_log = logging.getLogger(__name__)


class IsolatedReading:
    """Reads within `bounds`, one file at a time; any thread may call any method.

    The process starts with the first file and ends `idle_seconds` after the last one.
    """

    def __init__(self, bounds: Bounds, *, idle_seconds: float = 120.0) -> None:
        self._bounds = bounds
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def close(self) -> None:
        """End the process; harmless to repeat, and the next file starts another."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._end()

    def document(self, path: Path, limits: ReadLimits, language: Language | None) -> ReadDocument:
        """The document that the file holds. Raises UnreadableFile, as all below."""
        return cast(ReadDocument, self._asked("document", path, limits, language))

    def passages(self, path: Path, limits: ReadLimits) -> tuple[PassageRow, ...]:
        """The lines of a passages file."""
        return cast(tuple[PassageRow, ...], self._asked("passages", path, limits))

    def records(
        self, path: Path, limits: ReadLimits, name: str, visibility: Visibility
    ) -> RecordFile:
        """The rows of a file of records."""
        return cast(RecordFile, self._asked("records", path, limits, name, visibility))

    def candidates(self, parsed: ParsedDocument, document_id: str) -> tuple[Record, ...]:
        """The records that `parsed` seems to hold."""
        return cast(tuple[Record, ...], self._asked("candidates", parsed, document_id))

    def _asked(self, task: Task, *arguments: Any) -> Any:
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            reply = self._reply(task, arguments)
            self._idle = _later(self._idle_seconds, self.close)
        match reply.outcome:
            case "done":
                return reply.value
            case "refused":
                raise UnreadableFile(reply.text)
            case "too_large":
                most = self._bounds.result_mb
                raise UnreadableFile(
                    f"holds more than {most} MB of text (LANDBRIEF_PARSE_RESULT_MB)"
                )
            case "memory":
                raise UnreadableFile(self._too_much())
            case _:
                _log.error("reading a file failed: %s", reply.text)
                raise UnreadableFile(f"could not be read ({reply.value})")

    def _reply(self, task: Task, arguments: tuple[Any, ...]) -> Reply:
        process = self._running()
        # The process bounds itself; this one is for a file that has taken it over.
        timer = _later(self._bounds.seconds + _GRACE_SECONDS, lambda: _kill(process))
        try:
            write_value(cast(BinaryIO, process.stdin), (task, arguments))
            most = self._bounds.result_bytes
            reply = read_value(cast(BinaryIO, process.stdout), most=most)
        except NotPlain as error:
            self._end()
            raise UnreadableFile("could not be read: no text came of it") from error
        except (EOFError, OSError) as error:
            self._end()
            raise UnreadableFile(self._why_ended(process.returncode)) from error
        finally:
            timer.cancel()
        if not isinstance(reply, Reply):
            self._end()
            raise UnreadableFile("could not be read: no text came of it")
        return reply

    def _why_ended(self, code: int) -> str:
        if code in (LATE, -9):  # 9: the timer above
            return f"takes longer than {self._bounds.seconds:g} s to read (LANDBRIEF_PARSE_SECONDS)"
        _log.warning("the process that read a file ended with %s", code)
        return f"cannot be read: it is damaged, or {self._too_much()}"

    def _too_much(self) -> str:
        return f"takes more than {self._bounds.memory_mb} MB to read (LANDBRIEF_PARSE_MEMORY_MB)"

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
            own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(  # nosec B603 # no word of it is a user's
                [sys.executable, "-s", "-P", "-B", "-m", "ingestion.parsing_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**kept, **own, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl-C is for the server, which ends its readers itself
            )
            write_value(cast(BinaryIO, self._process.stdin), self._bounds)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # It ends by itself where its copy did; where it lives on, so may the copy.
        with contextlib.suppress(subprocess.TimeoutExpired):
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast(BinaryIO, stream).close()
            process.wait(0.2)
        _kill(process)
        process.wait()


def _later(seconds: float, work: Any) -> threading.Timer:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()
    return timer


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it with its copies, which are of its group."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
