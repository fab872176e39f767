"""The values that a record's columns hold: names, exact decimals, dates, currencies."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from babel.numbers import list_currencies
from pydantic import AfterValidator
from sqlalchemy import BigInteger, TypeDecorator
from sqlalchemy.engine import Dialect

DECIMALS: Final = 4
SIGNIFICANT: Final = 15  # digits: so many pass through a JSON number unchanged
LARGEST: Final = Decimal(9) * 10**14
UNITS: Final = ("%", "ha", "km2", "t", "year", "day")

Status = Literal["reviewed", "candidate", "rejected"]
Qualifier = Literal["exact", "about", "nearly", "more_than", "at_least", "up_to"]
Stage = Literal[
    "needed", "pledged", "committed", "approved", "mobilised", "disbursed", "reported", "subsidy"
]
Per = Literal["year", "day"]
Progress = Literal["completed", "in_progress", "not_started"]
TargetState = Literal["adopted", "committed", "planned", "expected", "proposed"]
PartnerRole = Literal[
    "lead",
    "host",
    "donor",
    "implementing",
    "member",
    "steering",
    "founder",
    "supporter",
    "partner",
    "trustee",
    "secretariat",
    "coordinator",
    "observer",
]
PartyRole = Literal[
    "participant", "pilot", "completed", "planned", "beneficiary", "interested", "launch-country"
]
Verb = Literal[
    "requests",
    "invites",
    "urges",
    "encourages",
    "decides",
    "recognizes",
    "notes",
    "emphasizes",
    "recommends",
]

_NAME: Final = re.compile(
    r"(?:party:[A-Z]{3}|(?:organization|initiative|convention|term|phrase):[a-z0-9][a-z0-9-]*"
    r"|name:\S.*)"
)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal of at most four places below 9e14, kept as a whole number of ten-thousandths.

    SQLite has no exact decimal of its own; whole numbers add up exactly in every database.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The whole number that is stored."""
        return None if value is None else int(Decimal(value).scaleb(DECIMALS))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The decimal that was stored."""
        return None if value is None else plain(Decimal(int(value)).scaleb(-DECIMALS))


def plain(value: Decimal) -> Decimal:
    """`value` without an exponent and without zeros behind the point: 1E+3 is 1000."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def dates_of(iso: str) -> tuple[date, date]:
    """First and last day of a date with its precision. Raises ValueError for no date."""
    match = _DATE.fullmatch(iso)
    if match is None:
        raise ValueError(f'"{iso}" is no date: write 2024, 2024-06 or 2024-06-14')
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        if month:
            after = date(year + month // 12, month % 12 + 1, 1)
            return first, date.fromordinal(after.toordinal() - 1)
        return first, date(year, 12, 31)
    except ValueError:
        raise ValueError(f'"{iso}" is no date of the calendar') from None


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(f'"{value}" is no name such as party:SAU, organization:fao or name:Text')
    return value


def _names(value: str) -> str:
    for one in value.split(" ") if not value.startswith("name:") else [value]:
        _name(one)
    return value


def _iso(value: str) -> str:
    dates_of(value)
    return value


def _exact(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("is no number")
    if value < 0:
        raise ValueError("is negative")
    if value >= LARGEST:
        raise ValueError("is too large")
    if len(value.normalize().as_tuple().digits) > SIGNIFICANT:
        raise ValueError(f"has more than {SIGNIFICANT} digits")
    if value != round(value, DECIMALS):
        raise ValueError(f"has more than {DECIMALS} decimals")
    return plain(value)


def is_currency(unit: str) -> bool:
    """Whether it is an ISO 4217 code."""
    return unit in list_currencies()


def _currency(value: str) -> str:
    if not is_currency(value):
        raise ValueError(f'"{value}" is no ISO 4217 currency')
    return value


def _unit(value: str) -> str:
    return value if value in UNITS or is_currency(value) else _name(value)


Name = Annotated[str, AfterValidator(_name)]  # a concept, a phrase, or text of its own
Names = Annotated[str, AfterValidator(_names)]  # several, between spaces
IsoDate = Annotated[str, AfterValidator(_iso)]
Exact = Annotated[Decimal, AfterValidator(_exact)]
Currency = Annotated[str, AfterValidator(_currency)]
Unit = Annotated[str, AfterValidator(_unit)]  # a unit of measure, or what is counted
