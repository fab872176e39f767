"""A question to one kind of records, and the page that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, get_args

from kb.documents import Visibility
from kb.records.kinds import RecordKind
from kb.records.record import Record
from kb.records.values import Status

PUBLIC: Final[frozenset[Visibility]] = frozenset({"public"})
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
EVERYONE: Final[frozenset[Visibility]] = frozenset({"public", "internal"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Those who stand in one of `programmes` (initiatives, programmes, funds), in any of `roles`.

    Every role counts when `roles` is empty.
    """

    programmes: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """Which records are wanted. Every condition must hold; of several values, any.

    `where` gives columns their values: ids for names, words, and dates, of which a less precise
    one stands for all within it. Each group of `named` must have one of its ids in some column
    that names somebody or something. `least` and `most` bound the amount or value; `since` and
    `until` the dates that a record speaks of, so that one without dates is left out. `standing`
    and `not_standing` are about the partner, Party or provider of a record.
    """

    kind: RecordKind
    ids: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: tuple[tuple[str, ...], ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    since: str | None = None
    until: str | None = None
    documents: tuple[str, ...] = ()
    standing: tuple[Standing, ...] = ()
    not_standing: tuple[Standing, ...] = ()
    status: tuple[Status, ...] = ("reviewed",)
    judged: bool = False  # only those that a reviewer has judged
    visibility: frozenset[Visibility] = PUBLIC
    order: str = "id"  # a column, with "-" before it for the largest first
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records in order; `next_cursor` asks for those after them."""

    items: tuple[Record, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How many records have these values; None for an empty column."""

    key: tuple[str | None, ...]
    count: int
