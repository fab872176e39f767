"""Automatic list numbers in the forms that word processors and browsers give them."""

from collections.abc import Callable
from typing import Final

from kb.references import ARABIC_LETTERS

_HAN: Final = "一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ARABIC_ALPHABET: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"  # without ё, й, ъ, ы, ь, as Word letters lists
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Lower-case roman numeral; a number below 1 or above 3999 stays in digits."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


def letters(number: int, alphabet: str) -> str:
    """a, b, … z, aa, bb, …, as Word counts."""
    if number < 1:
        return str(number)
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1)


def columns(number: int) -> str:
    """a, b, … z, aa, ab, …, as browsers count."""
    written = ""
    while number > 0:
        number, index = divmod(number - 1, 26)
        written = chr(ord("a") + index) + written
    return written


def han(number: int) -> str:
    """Chinese numeral up to 9,999: 十一, 一百零三."""
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            written += ("零" if zero else "") + _HAN[digit - 1] + unit
            zero = False
        elif written and number:
            zero = True
    return written.removeprefix("一") if written.startswith("一十") else written


def han_digits(number: int) -> str:
    """The decimal digits as Han ones: 一〇三."""
    return "".join("〇" if d == "0" else _HAN[int(d) - 1] for d in str(number))


def _cycle(number: int, signs: str) -> str:
    return signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _shifted(zero: str) -> Callable[[int], str]:
    return lambda number: "".join(
        chr(ord(zero) + int(d)) if d.isdigit() else d for d in str(number)
    )


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": lambda n: letters(n, "abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": lambda n: letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "russianLower": lambda n: letters(n, _RUSSIAN),
    "russianUpper": lambda n: letters(n, _RUSSIAN.upper()),
    "arabicAbjad": lambda n: letters(n, ARABIC_LETTERS),
    "arabicAlpha": lambda n: letters(n, _ARABIC_ALPHABET),
    "hindiNumbers": _shifted("\u0660"),
    "ideographTraditional": lambda n: _cycle(n, _STEMS),
    "ideographZodiac": lambda n: _cycle(n, _BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _shifted("\uff10"),
    "decimalFullWidth2": _shifted("\uff10"),
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "ideographEnclosedCircle": lambda n: f"({han(n)})",
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
    "none": lambda _: "",
}  # fmt: skip
_HAN_FORMS: Final = (
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
    "taiwaneseCountingThousand", "japaneseCounting", "ideographLegalTraditional",
    "chineseLegalSimplified", "ideograph",
)  # fmt: skip
_HAN_DIGIT_FORMS: Final = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")


def number_in(form: str, number: int) -> str:
    """`number` in Word's number format `form`; an unknown one gives decimal digits."""
    if form in _HAN_FORMS:
        return han(number)
    if form in _HAN_DIGIT_FORMS:
        return han_digits(number)
    return _FORMS.get(form, str)(number)


_WEB_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "1": lambda n: f"{n}.",
    "a": lambda n: f"({columns(n)})",
    "A": lambda n: f"{columns(n).upper()}.",
    "i": lambda n: f"{roman(n)}.",
    "I": lambda n: f"{roman(n).upper()}.",
    "decimal": lambda n: f"{n}.",
    "decimal-leading-zero": lambda n: f"{n:02d}.",
    "lower-alpha": lambda n: f"({columns(n)})",
    "lower-latin": lambda n: f"({columns(n)})",
    "upper-alpha": lambda n: f"{columns(n).upper()}.",
    "upper-latin": lambda n: f"{columns(n).upper()}.",
    "lower-roman": lambda n: f"{roman(n)}.",
    "upper-roman": lambda n: f"{roman(n).upper()}.",
    "cjk-ideographic": lambda n: f"{han(n)}、",
    "simp-chinese-informal": lambda n: f"{han(n)}、",
    "cjk-decimal": lambda n: f"{han_digits(n)}、",
    "lower-russian": lambda n: f"{letters(n, _RUSSIAN)})",
    "arabic-indic": lambda n: _shifted("\u0660")(n) + ".",
    "arabic-abjad": lambda n: f"({letters(n, ARABIC_LETTERS)})",
}  # fmt: skip


def web_number(form: str, number: int) -> str | None:
    """`number` as a browser shows it for an `ol` of type or list-style `form`; None for a bullet
    or no mark."""
    write = _WEB_FORMS.get(form)
    return write(number) if write else None
