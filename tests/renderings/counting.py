"""The automatic list numbers of word processors: which format spells a mark, and its nth value."""

from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HAN: Final = "一二三四五六七八九"
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FRAME: Final = "().-’‘ "

FORMATS: Final = (
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "russianLower",
    "arabicAbjad",
    "chineseCounting",
)


def spelled(number_format: str, count: int) -> str:
    """The `count`th number (from 1, below 40) in a format of WordprocessingML.

    Raises ValueError for another format.
    """
    match number_format:
        case "decimal":
            return str(count)
        case "lowerRoman" | "upperRoman":
            return _roman(count) if number_format == "lowerRoman" else _roman(count).upper()
        case "lowerLetter" | "upperLetter":
            letter = _LETTERS[count - 1]
            return letter if number_format == "lowerLetter" else letter.upper()
        case "russianLower":
            return _RUSSIAN[count - 1]
        case "arabicAbjad":
            return _ABJAD[count - 1]
        case "chineseCounting":
            return _han(count)
    raise ValueError(f"unknown number format {number_format!r}")


def format_of(mark: str, count: int, *, roman: bool) -> tuple[str, str] | None:
    """The format and the frame (`(%)`) in which `mark` is the `count`th, or None if none is.

    `roman` decides where a letter is a Roman number as well.
    """
    core = mark.strip(_FRAME)
    at = mark.find(core) if core else -1
    if at < 0:
        return None
    frame = f"{mark[:at]}%{mark[at + len(core) :]}"
    fitting = [name for name in FORMATS if _spells(name, count, core)]
    fitting.sort(key=lambda name: name.endswith("Roman") != roman)
    return (fitting[0], frame) if fitting else None


def _spells(number_format: str, count: int, core: str) -> bool:
    try:
        return spelled(number_format, count) == core
    except IndexError:
        return False


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while count >= value:
            text += letters
            count -= value
    return text


def _han(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _HAN[tens - 1] + "十"
    return head + (_HAN[ones - 1] if ones else "")
