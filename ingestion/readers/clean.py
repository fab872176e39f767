"""Characters that no reader passes on: controls, invisible marks, private use.

Text stays verbatim: canonical composition (NFC) only, so that a quote can be found in the file
again. The exceptions are glyph forms of Arabic letters, which are shapes and not characters.
"""

import re
import unicodedata
from typing import Final

_BULLET_CODES: Final = {0xB7: "•", 0xA7: "▪", 0xA8: "▫", 0xD8: "➢", 0xFC: "✓", 0x6E: "■", 0x6F: "o"}
_PRIVATE: Final = {0xF000 + code: text for code, text in _BULLET_CODES.items()} | {
    0xF020: " ", 0xF02D: "−", 0xF02B: "+", 0xF0B0: "°", 0xF0B1: "±", 0xF0A3: "≤", 0xF0B3: "≥",
    0xF0B4: "×", 0xF06D: "µ", 0xE000: None, 0xE001: None,
}  # fmt: skip
_DROPPED: Final = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0C)),
        *range(0x7F, 0xA0),
        0xAD, 0x61C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
        0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC,
        *range(0xFE00, 0xFE10),
    ]
)  # fmt: skip
_CLEANING: Final = {**_DROPPED, **_PRIVATE}
_NEWLINES = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_ARABIC_FORMS = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]+")


def clean_text(text: str) -> str:
    """`text` with one kind of newline, composed, and without invisible characters.

    Tabs, newlines and form feeds stay; no-break spaces stay.
    """
    text = _NEWLINES.sub("\n", text).translate(_CLEANING)
    return unicodedata.normalize("NFC", plain_arabic_letters(text))


def clean_line(text: str) -> str:
    """As `clean_text`, on one line, with the runs of white space that formats ignore made one."""
    return re.sub(r"[ \t\n\f]+", " ", clean_text(text)).strip(" ")


def plain_arabic_letters(text: str) -> str:
    """`text` with Arabic presentation forms and ligatures as the letters they show."""
    return _ARABIC_FORMS.sub(_letters_of_forms, text)


def _letters_of_forms(match: re.Match[str]) -> str:
    # The form of a vowel sign alone is composed as a space and the sign.
    return "".join(unicodedata.normalize("NFKC", form).lstrip(" ") for form in match[0])
