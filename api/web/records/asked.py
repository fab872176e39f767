"""What a grid is asked for, as its address says it: the names are those of the API."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from api.record_requests import request_of
from api.schemas import RecordRequest
from api.web.records.filters import FILTERS, filter_of
from kb.languages import Language
from kb.records.kinds import RecordKind
from kb.records.resolving import load_resolver
from kb.terms import load_terms

VIEW: Final = "view"
"""In an address, which tab is open; the table where it is absent."""
_ORDER: Final = "order"
_NOT_ASKED: Final = frozenset({VIEW, "language", "limit", "cursor"})
_CODE: Final = re.compile(r"[A-Z]{3}")
_PARTY: Final = "party:"
_SORTING: Final[Mapping[RecordKind, str]] = {
    "funding": "-amount",
    "events": "-start",
    "decisions": "decision",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind, the values of each filter, and the column to sort by, `-amount` for largest first.

    `filters` has no empty tuples; its names are those of `Filter.name` or others of the API.
    """

    kind: RecordKind
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str | None = None

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a filter; none where it is not asked by."""
        return self.filters.get(name, ())

    def with_values(self, name: str, values: Iterable[str]) -> "Asked":
        """The same with other values of one filter; none takes it away."""
        kept = tuple(dict.fromkeys(values))
        others = {one: some for one, some in self.filters.items() if one != name}
        return replace(self, filters=others | ({name: kept} if kept else {}))

    def sorted_by(self, order: str | None) -> "Asked":
        """The same in another order; None for the order of ids."""
        return replace(self, order=order)

    def cleared(self) -> "Asked":
        """The same without filters."""
        return replace(self, filters={})

    def of_kind(self, kind: RecordKind) -> "Asked":
        """Another kind, with those of the filters that it offers too."""
        offered = {one.name for one in FILTERS[kind]}
        return Asked(kind, {name: some for name, some in self.filters.items() if name in offered})

    def request(
        self, language: Language, *, limit: int | None = None, cursor: str | None = None
    ) -> RecordRequest:
        """What to ask the desk. Raises InvalidQuery naming what may be asked."""
        pairs = self._in_full()
        asked = request_of(self.kind, [*pairs, ("language", language)])
        if limit is not None:
            asked = asked.model_copy(update={"limit": limit})
        return asked if cursor is None else asked.model_copy(update={"cursor": cursor})

    @property
    def sorting(self) -> str | None:
        """The order that holds: the one asked for, else what suits the kind."""
        return self.order or _SORTING.get(self.kind)

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        return urlencode(self._with_order(self.order))

    @property
    def path(self) -> str:
        """The address of its grid."""
        return _at("/records/", self.kind, self.query)

    @property
    def api_path(self) -> str:
        """The address of the same records in the API."""
        return _at("/v1/records/", self.kind, urlencode(self._in_full()))

    @property
    def file_path(self) -> str:
        """The address of the same records as a file: `file_sent.py`."""
        return f"/records/{self.kind}/file" + (f"?{self.query}" if self.query else "")

    def _in_full(self) -> list[tuple[str, str]]:
        """With whole ids: the code of some Parties is a name of something else too."""
        return [
            (name, _whole(self.kind, name, value)) for name, value in self._with_order(self.sorting)
        ]

    def _with_order(self, order: str | None) -> list[tuple[str, str]]:
        pairs = [(name, value) for name, some in self.filters.items() for value in some]
        return [*pairs, (_ORDER, order)] if order else pairs


def _at(folder: str, kind: RecordKind, query: str) -> str:
    return f"{folder}{kind}" + (f"?{query}" if query else "")


def asked_of(kind: RecordKind, pairs: Iterable[tuple[str, str]]) -> Asked:
    """What an address asks for. Names are put as ids where one is known: `Kenya` is `KEN`."""
    values: dict[str, list[str]] = {}
    order = None
    for name, value in pairs:
        if name == _ORDER:
            order = value or None
        elif name not in _NOT_ASKED and value:
            values.setdefault(name, []).append(_canonical(kind, name, value))
    return Asked(kind, {name: tuple(dict.fromkeys(some)) for name, some in values.items()}, order)


def _canonical(kind: RecordKind, name: str, value: str) -> str:
    known = filter_of(kind, name)
    if known is None or not known.names:
        return value
    whole = load_resolver().find(_whole(kind, name, value), known.names)
    # A name of two things stays as it is: both are meant.
    return whole[0].removeprefix(_PARTY) if len(whole) == 1 else value


def _whole(kind: RecordKind, name: str, value: str) -> str:
    known = filter_of(kind, name)
    if known is None or "party" not in known.names or not _CODE.fullmatch(value):
        return value
    party = load_terms().party(value)
    return party.id if party else value
