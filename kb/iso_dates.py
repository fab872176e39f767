"""What a matched date or period says, in ISO form with its own precision."""

import re
from collections.abc import Mapping

from kb.quantity_patterns import Patterns

_SPANS = (("from", "to"), ("between", "and"))


def iso_of(groups: Mapping[str, str], p: Patterns) -> str | None:
    """The ISO form of the groups that `Patterns.scan` matched: "2024-06-14", "2024-06", "2024",
    "2024/2027", "--06-14" for a day without its year; None for a month that stands alone.
    """
    for start, end in _SPANS:
        if start in groups:
            return f"{groups[start]}/{groups[end]}"
    if "short_from" in groups:
        start = groups["short_from"]
        return f"{start}/{start[:2]}{groups['short_to']}"
    if "from_month" in groups:
        first, last = (_month(groups[edge], p) for edge in ("from_month", "to_month"))
        return f"{groups['months_year']}-{first:0>2}/{groups['months_year']}-{last:0>2}"
    if "iso" in groups:
        return groups["iso"]
    if "dotted" in groups:
        return _dotted(groups["dotted"])
    if "month_only" in groups:
        return f"--{groups['month_only']:0>2}-{groups['day_only']:0>2}"
    if "us_month" in groups:
        return _calendar(
            groups.get("us_year"), _month(groups["us_month"], p), groups["us_day"], None
        )
    month = groups.get("month")
    number = month if month is None or month.isdigit() else _month(month, p)
    year = groups.get("year")
    if year and number and "last_month" in groups:
        return f"{year}-{number:0>2}/{year}-{groups['last_month']:0>2}"
    return _calendar(year, number, groups.get("day"), groups.get("last"))


def _calendar(year: str | None, month: str | None, day: str | None, last: str | None) -> str | None:
    if year is None:
        return f"--{month:0>2}-{day:0>2}" if month and day else None
    if month is None:
        return year
    if day is None:
        return f"{year}-{month:0>2}"
    first = f"{year}-{month:0>2}-{day:0>2}"
    return f"{first}/{year}-{month:0>2}-{last:0>2}" if last else first


def _dotted(written: str) -> str:
    """Day first, as the six languages write it; month first only where a day cannot be."""
    first, second, year = re.split(r"[./]", written)
    day, month = (first, second) if int(second) <= 12 else (second, first)
    return f"{year}-{month:0>2}-{day:0>2}"


def _month(written: str, p: Patterns) -> str | None:
    found = p.months.match(written)
    return p.month_names[found.lastgroup or ""].id if found else None
