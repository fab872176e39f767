"""How text and colours stand in charts: lines broken for a width, and what all charts share."""

import re
from collections.abc import Mapping
from textwrap import wrap
from typing import Any, Final

from kb.languages import Language

FONT: Final = 13
TURN: Final = 700  # pixels of a drawing from which it is laid out wide
_SERIES: Final = 6
_HAN: Final = 0x2E80
_PIECE: Final = re.compile(r"[\u2e80-\uffef]|[^\u2e80-\uffef\s]+\s*|\s+")
_LETTER: Final[Mapping[Language, float]] = {
    "en": 0.53, "fr": 0.53, "es": 0.53, "ru": 0.58, "ar": 0.5, "zh": 1.0,
}  # fmt: skip
"""How wide a letter is on average, in parts of the size of the type."""
_FAMILY: Final = 'system-ui, "Noto Sans", "Noto Sans SC", "Noto Sans Arabic", sans-serif'
_RLI: Final = "\N{RIGHT-TO-LEFT ISOLATE}"
_PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"


def colour(nth: int) -> str:
    """The colour of the series at `nth`, from 0."""
    return f"var(--series-{nth % _SERIES + 1})"


def common() -> dict[str, Any]:
    """What every chart has."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": _FAMILY, "fontSize": FONT},
        "tooltip": {"show": False},
    }


def lines(text: str, width: int, language: Language, size: int = FONT) -> list[str]:
    """`text` broken for so many pixels, each line in its own direction.

    ECharts cannot do it: it measures the letters of Arabic one by one.
    """
    letters = max(8, int(width / (size * _LETTER[language])))
    is_rtl = language == "ar"
    broken = _between_signs(text, letters) if language == "zh" else wrap(text, letters)
    return [f"{_RLI}{line}{_PDI}" if is_rtl else line for line in broken or [text]]


def plain(text: str) -> str:
    """Text that no formatter takes for one of its own: `{b}` means the name of an item there."""
    return text.replace("{", "(").replace("}", ")")


def _between_signs(text: str, letters: int) -> list[str]:
    """Between Chinese characters a line ends anywhere; words and numbers stay whole."""
    found = [""]
    for piece in _PIECE.findall(text):
        wide = sum(2 if ord(letter) > _HAN else 1 for letter in found[-1] + piece)
        if found[-1] and wide > 2 * letters:
            found.append("")
        found[-1] += piece
    return found
