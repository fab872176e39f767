"""What commands print on: plain when piped, quiet on a terminal."""

import re
import sys
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from kb.languages import Language

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas import Body

_WIDEST: Final = 100  # columns: longer lines tire the reader
# Text comes from documents: what moves the cursor, recolours or reorders must not get through.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def plain(text: str) -> str:
    """`text` without control characters; line breaks and tabs stay."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def counted(number: int, noun: str) -> str:
    """`1 table`, `2 tables`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shortened(text: str, columns: int) -> str:
    """The beginning of `text` on one line, at most `columns` wide (a Han character takes two)."""
    line = " ".join(plain(text).split())
    width = 0
    for place, character in enumerate(line):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > columns:
            return line[: max(0, place - 1)].rstrip() + "…"
    return line


class Paper:
    """Standard output: coloured and wrapped on a terminal, neither when piped."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads along."""
        return self._console.is_terminal

    def line(
        self, text: str = "", style: str | None = None, indent: int = 0, *, wrap: bool = True
    ) -> None:
        """Print `text`, every line of it indented; long ones are wrapped on a terminal."""
        from rich.padding import Padding
        from rich.text import Text

        for part in plain(text).split("\n"):
            if wrap and self.is_terminal:
                padded = Padding(Text(part, style or ""), (0, 0, 0, indent), expand=False)
                self._console.print(padded)
            else:
                self._console.print(Text(" " * indent + part, style or ""), soft_wrap=True)
        self._console.file.flush()  # who reads a pipe waits for it

    def beside(self, text: str, language: Language) -> str:
        """`text`, whose own direction may differ from its surroundings', kept together.

        Terminals that order right-to-left text need it for labels inside Arabic.
        """
        if language != "ar" or not self.is_terminal:
            return text
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"

    def body(self, body: "Body") -> None:
        """Print `body` as the HTTP interface gives it."""
        sys.stdout.write(body.model_dump_json() + "\n")


def standard_output() -> Paper:
    """Where results go."""
    from rich.console import Console

    width = Console().width
    return Paper(Console(width=min(width, _WIDEST), highlight=False, markup=False, emoji=False))
