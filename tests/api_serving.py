"""A `landbrief serve` in a process of its own, and commands beside it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of the tests with `home` and `extra`, without the settings of the developer."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LANDBRIEF_")}
    return {**kept, "LANDBRIEF_HOME": str(home), "PYTHONUNBUFFERED": "1", **(extra or {})}


def landbrief(
    home: Path, *arguments: str | Path, extra: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *map(str, arguments)],
        env=environment(home, extra),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@contextmanager
def serving(
    home: Path, *arguments: str | Path, extra: Mapping[str, str] | None = None
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The server's address and its process, stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", "0", *map(str, arguments)],
        env=environment(home, extra),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield _address(process), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"ready at (http://\S+)", line):
            return found[1]
    raise AssertionError(f"the server did not start: {said}")
