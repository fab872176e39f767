"""The program: its commands, and what becomes of an error."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from api.cli import (
    asking_records,
    briefing,
    feedback,
    fetching,
    keys,
    mcp,
    measuring,
    reading,
    reviewing,
    running,
    writing,
)
from api.cli.logs import log_in_one_line
from kb.errors import LandBriefError

app = typer.Typer(
    name="landbrief",
    help="Cited answers from UN desertification convention documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for commands, under in (
    (writing.commands, None),
    (reading.commands, None),
    (briefing.commands, None),
    (asking_records.commands, None),
    (reviewing.commands, "review"),
    (feedback.commands, "feedback"),
    (fetching.commands, None),
    (keys.commands, "keys"),
    (running.commands, None),
    (mcp.commands, None),
    (measuring.commands, None),
):
    app.add_typer(commands, name=under)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that `arguments`, or those of the process, name.

    Leaves by SystemExit; an error is one line on standard error and exit code 1.
    """
    _write_utf8()
    log_in_one_line()
    try:
        app(arguments)
    except BrokenPipeError:
        # The reader of a pipe has left; the interpreter must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except LandBriefError as error:
        _fail(str(error))
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        name = type(error).__name__
        _fail(f"unexpected {name}: {error} (python -X dev -m api.cli … shows where)")


def _fail(message: str) -> NoReturn:
    line = " ".join(message.split())
    sys.stderr.write(f"landbrief: {line}\n")
    sys.exit(1)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal keeps its own encoding: UTF-8 would be noise on it.
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
