"""The program that reads files for another process: `python -m ingestion.parsing_process`.

It takes its bounds and one task after another on standard input and answers on standard output.
Where the system can fork, each task is done by a fresh copy of it, bounded in time and memory, so
that no file sees what another one left. It holds no setting and no secret, and ends with whoever
started it.
"""

import os
import signal
import sys
import traceback
from typing import Any, BinaryIO, Final

from ingestion.parsing_values import DIED, LATE, Bounds, Reply, Task
from ingestion.plain_values import NotPlain, read_value, write_value
from ingestion.reading import ReadingHere
from kb.errors import LandBriefError

_MB: Final = 1 << 20
_FILES: Final = 64
_TRACE: Final = 4_000  # characters of a trace that are told


def main() -> None:
    """Serve until the input ends."""
    tasks, replies = sys.stdin.buffer, _own_output()
    try:
        bounds: Bounds = read_value(tasks)
        _prepare()
        while True:
            task, arguments = read_value(tasks)
            if hasattr(os, "fork"):
                _answer_apart(replies, task, arguments, bounds)
            else:
                _answer(replies, task, arguments, bounds)
    except (EOFError, BrokenPipeError):
        return


def _own_output() -> BinaryIO:
    """Standard output for replies alone: what a library prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def _prepare() -> None:
    """Import once what every copy needs."""
    import ingestion.extraction.candidates
    import ingestion.readers.choose
    import ingestion.sheets.rows
    import ingestion.structure  # noqa: F401
    from kb.terms import load_terms

    load_terms()


def _answer_apart(
    replies: BinaryIO, task: Task, arguments: tuple[Any, ...], bounds: Bounds
) -> None:
    """Have a copy of this process answer; ends this one too where the copy did not end well."""
    copy = os.fork()
    if copy == 0:
        try:
            _bound(bounds)
            _answer(replies, task, arguments, bounds)
        except BaseException:  # nothing of the process that was copied may run on in the copy
            os._exit(DIED)
        os._exit(0)
    _, status = os.waitpid(copy, 0)
    if status == 0:
        return
    # Half a reply may be on its way: no other one may follow it.
    late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU)
    os._exit(LATE if late else DIED)


def _answer(replies: BinaryIO, task: Task, arguments: tuple[Any, ...], bounds: Bounds) -> None:
    reply = _done(task, arguments)
    try:
        write_value(replies, reply, most=bounds.result_bytes)
    except NotPlain:
        write_value(replies, Reply("too_large"))
    except MemoryError:
        del reply
        write_value(replies, Reply("memory"))


def _done(task: Task, arguments: tuple[Any, ...]) -> Reply:
    try:
        return Reply("done", getattr(ReadingHere(), task)(*arguments))
    except LandBriefError as error:
        return Reply("refused", text=str(error))
    except OSError as error:
        return Reply("refused", text=error.strerror or str(error))
    except MemoryError:
        return Reply("memory")
    except Exception as error:  # a reader's own defect
        return Reply("defect", type(error).__name__, traceback.format_exc()[-_TRACE:])


def _bound(bounds: Bounds) -> None:
    """Bound this process in time, memory and files; what exceeds the time is ended by a signal."""
    import resource

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds)
    for limit, most in (
        (resource.RLIMIT_AS, bounds.memory_mb * _MB),
        (resource.RLIMIT_CPU, int(bounds.seconds) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))


if __name__ == "__main__":
    main()
