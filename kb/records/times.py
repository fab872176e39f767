"""Dates with their precision, and periods, in words of six languages (UN forms of the months)."""

from typing import Final, Literal

from kb.languages import Language
from kb.records.words import pattern, word

Way = Literal["date", "as_of", "since", "until", "deadline"]
_PRECISIONS: Final = {1: "year", 2: "month", 3: "day"}


def date_in_words(iso: str, language: Language, way: Way = "date") -> str:
    """Such as "14 June 2024", "June 2024", "2024"; by its `way` "as of June 2024", "since 2024"."""
    parts = iso.split("-")
    return pattern(way, _PRECISIONS[len(parts)], language, **_values(iso, language))


def period_in_words(start: str | None, end: str | None, language: Language) -> str | None:
    """Such as "2–13 December 2024", "2024–2027", "since 2024"; None without any date."""
    if start is None or end is None:
        if start:
            return date_in_words(start, language, "since")
        return date_in_words(end, language, "until") if end else None
    if start == end:
        return date_in_words(start, language)
    first, last = _values(start, language), _values(end, language)
    both = first | {f"{key}2": value for key, value in last.items()}
    # "12 to 13 December", "July to September", "2024–2027": all but the finest part are shared.
    within = start.rpartition("-")[0] == end.rpartition("-")[0]
    if within and start.count("-") == end.count("-"):
        return pattern("range", _PRECISIONS[start.count("-") + 1], language, **both)
    return pattern(
        "range",
        "other",
        language,
        first=date_in_words(start, language),
        last=date_in_words(end, language),
    )


def _values(iso: str, language: Language) -> dict[str, str]:
    year, *rest = iso.split("-")
    values = {"y": year}
    if rest:
        month = int(rest[0])
        inside, alone = _month(month, language)
        values |= {"n": str(month), "m": inside, "m0": alone}
    if len(rest) > 1:
        day = str(int(rest[1]))
        values["d"] = word("first_day", day, language) if day == "1" else day
    return values


def _month(number: int, language: Language) -> tuple[str, str]:
    """The name of a month inside a date, and alone: "июня", "июнь".

    From our file: Babel 2.18 mixes up stand-alone months of locales (python-babel#1263).
    """
    inside, _, alone = word("month", str(number), language).partition("|")
    return inside, alone or inside
