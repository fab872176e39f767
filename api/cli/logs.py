"""What the program logs, as a person reads it: one line each, without a trace."""

import logging
import sys


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """The message, on one line."""
        return f"landbrief: {' '.join(record.getMessage().split())}"


def log_in_one_line() -> None:
    """Warnings and errors go to standard error; in Python's development mode with their traces."""
    handler = logging.StreamHandler(sys.stderr)
    if not sys.flags.dev_mode:
        handler.setFormatter(_OneLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def log_with_traces() -> None:
    """From now on with time and trace: a server's log is read by who looks after it."""
    form = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _OneLine):
            handler.setFormatter(form)
