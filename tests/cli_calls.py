"""The command line, called in the process of the tests."""

from pathlib import Path
from typing import NamedTuple

import pytest

from api.cli import main


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Landbrief:
    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Ended:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        code = left.value.code
        assert "Traceback" not in err
        return Ended(code if isinstance(code, int) else 0, out, err)
