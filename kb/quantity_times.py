"""Where dates and periods stand in a text, as regex sources; `kb.iso_dates` reads their groups."""

from collections.abc import Mapping
from typing import Final

from kb.languages import Language
from kb.quantity_names import DASH, LETTER, YEAR
from kb.quantity_words import forms
from kb.word_patterns import alternation

BETWEEN: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("between",), "fr": ("entre",), "es": ("entre",), "ru": ("между",), "ar": ("بين",),
    "zh": (),
}  # fmt: skip
_UNTIL: Final[Mapping[Language, str]] = {
    "en": "to|through|until", "fr": "à|jusqu['’]en", "es": "a|al|hasta", "ru": "по|до",
    "ar": "إلى|حتى",
}  # fmt: skip
_AND: Final[Mapping[Language, str]] = {"en": "and", "fr": "et", "es": "y", "ru": "и", "ar": "و"}


def periods(language: Language) -> tuple[str, ...]:
    """Spans of years: "2024-2027", "from 2022 to 2024", "2023-24"."""
    if language == "zh":
        return (
            rf"(?P<from>{YEAR})\s?年?\s?(?:至|到|{DASH}|/)\s?(?P<to>{YEAR})(?!\d)(?:\s?年)?(?!\s?\d*\s?月)",
            rf"(?<!\d)(?P<short_from>{YEAR})\s?[-–/]\s?(?P<short_to>\d\d)(?=\s?(?:年度|年|产季|季))",
        )
    to = _UNTIL[language]
    year_word = r"(?:عام\s|سنة\s|l['’]an\s)?"
    also = _AND[language]
    between = "|".join(BETWEEN[language])
    return (
        rf"(?<!\d)(?P<from>{YEAR})\s?(?:{DASH}|/|(?:{to})\s)\s?{year_word}(?P<to>{YEAR})(?!\d)",
        rf"(?:{between})\s(?:عامي\s)?(?P<between>{YEAR})\s?{also}\s?(?P<and>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<short_from>{YEAR})\s?[-–/]\s?(?P<short_to>(?!0[1-9]|1[0-2])\d\d)(?![\d{LETTER}])",
    )


def dates(language: Language) -> tuple[str, ...]:
    """Days, months and spans of them: "14 June 2024", "2024-06", "20 to 22 February 2024"."""
    iso = rf"(?<!\d)(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d])"
    dotted = rf"(?<!\d)(?P<dotted>\d{{1,2}}([./])\d{{1,2}}\2{YEAR})(?!\d)"
    dotted = dotted.replace(r"([./])", r"(?P<mark>[./])").replace(r"\2", "(?P=mark)")
    if language == "zh":
        to = rf"(?:至|到|{DASH})"
        day = rf"(?:\s?(?P<day>\d{{1,2}})\s?[日号](?:\s?{to}\s?(?P<last>\d{{1,2}})\s?[日号])?)?"
        months = rf"(?:\s?{to}\s?(?P<last_month>\d{{1,2}})\s?月(?!\s?\d))?"
        return (
            iso,
            dotted,
            rf"(?<!\d)(?P<year>{YEAR})\s?年(?:\s?(?P<month>\d{{1,2}})\s?月{day}{months})?",
            r"(?<!\d)(?P<month_only>\d{1,2})\s?月\s?(?P<day_only>\d{1,2})\s?[日号]",
        )
    month = alternation(forms(language, "month"))
    to = rf"(?:{DASH}|to|and|au|al|a|et|y|по|до|إلى|و)"
    of = r"(?:\s?(?:of|de|من)\s|\s)"
    year = rf"(?:(?:\s(?:de|del|of|عام|من عام|لعام|سنة))?[\s,]*(?:عام\s)?(?P<year>{YEAR})(?!\d))?"
    ordinal = r"(?:st|nd|rd|th|er|º|-го|-е)?"
    day = rf"(?P<day>\d{{1,2}}){ordinal}(?:\s?{to}\s?(?P<last>\d{{1,2}}){ordinal})?"
    textual = rf"(?:(?<![\d.,/]){day}{of})?(?P<month>{month})(?:\s?/\s?(?:{month}))?{year}"
    months = _months(language, month, year)
    if language != "en":
        return iso, dotted, months, textual
    american = (
        rf"(?P<us_month>{month})\s(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:\s?{DASH}\s?\d{{1,2}})?(?!\d)(?:,?\s(?P<us_year>{YEAR}))?"
    )
    return iso, dotted, months, american, textual


def _months(language: Language, month: str, year: str) -> str:
    """Such as "July to September 2025", "between July and September 2025"."""
    first, last = (rf"(?P<{edge}_month>{month})(?:\s?/\s?(?:{month}))?" for edge in ("from", "to"))
    between = "|".join(BETWEEN[language])
    until = rf"\s?{DASH}\s?|\s(?:{_UNTIL[language]})\s"
    also = rf"\s{_AND[language]}\s?"
    whole = year.removesuffix("?").replace("<year>", "<months_year>")
    joint = rf"(?(between_months){also}|(?:{until}))"
    return rf"(?P<between_months>(?:{between})\s)?{first}{joint}{last}{whole}"
