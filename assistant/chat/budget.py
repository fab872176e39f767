"""How many tokens one answer may cost, and how many it has."""

from math import ceil
from typing import Final

from kb.errors import ChatModelFailed

_BYTES_A_TOKEN: Final = 3.0
"""UTF-8 bytes that count as a token where the service does not tell: few, so that the estimate is
rather too high (English has about four, a Han character is three and one token or less)."""
_LEAST: Final = 200  # tokens that an answer needs


def estimated(text: str) -> int:
    """Tokens of a text, rather too many than too few."""
    return ceil(len(text.encode()) / _BYTES_A_TOKEN)


class Budget:
    """The tokens of one answer, read and written, over all turns."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._spent = 0
        self._turn = 0

    @property
    def spent(self) -> int:
        """Tokens so far, partly estimated."""
        return self._spent + self._turn

    def begin(self, prompt: str) -> None:
        """A turn that reads `prompt`. Raises ChatModelFailed where nothing is left for a reply."""
        self._turn = estimated(prompt)
        if self.spent + _LEAST > self._most:
            raise ChatModelFailed(f"more than {self._most} tokens would be needed")

    def write(self, text: str) -> None:
        """What the model writes. Raises ChatModelFailed where it writes too much."""
        self._turn += estimated(text)
        if self.spent > self._most:
            raise ChatModelFailed(f"{self._most} tokens are spent")

    def end(self, tokens: int | None) -> None:
        """The turn is done; the service says that it took `tokens`, if it tells."""
        self._spent += self._turn if tokens is None else tokens
        self._turn = 0
