"""Which filters the grid of each kind offers, and where their choices come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kb.records.kinds import RecordKind

Sort = Literal["name", "word", "year", "text", "session", "status"]
_PARTIES: Final = ("party",)
_ORGANIZATIONS: Final = ("organization", "convention")
_PROGRAMMES: Final = ("initiative", "organization", "convention", "term", "phrase")
_ANYTHING: Final = ("organization", "initiative", "convention", "term", "phrase", "party")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter by its name in the address. Its choices are the values of `columns`.

    Of a name, those whose kind is among `names` are choices; of a word, `group` has the texts.
    """

    name: str
    sort: Sort
    columns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    group: str = ""

    @property
    def label(self) -> str:
        """The key of its name in `words/records.csv`."""
        return _LABELS[self.name]


_LABELS: Final[Mapping[str, str]] = {
    "party": "records.party",
    "organization": "records.organization",
    "initiative": "records.initiative",
    "subject": "records.subject",
    "measure": "records.measure",
    "indicator": "records.indicator",
    "activity": "records.activity",
    "addressee": "records.addressee",
    "decision": "records.decision",
    "currency": "records.currency",
    "stage": "records.stage",
    "state": "records.state",
    "progress": "records.progress",
    "role": "records.role",
    "verb": "records.verb",
    "year": "records.year",
    "document": "records.session",
    "status": "records.status",
}


def _party(*columns: str) -> Filter:
    return Filter("party", "name", columns, _PARTIES)


def _organization(*columns: str) -> Filter:
    return Filter("organization", "name", columns, _ORGANIZATIONS)


def _initiative(column: str) -> Filter:
    return Filter("initiative", "name", (column,), _PROGRAMMES)


def _named(column: str) -> Filter:
    return Filter(column, "name", (column,), _ANYTHING)


def _word(column: str) -> Filter:
    return Filter(column, "word", (column,), group=column)


_YEAR: Final = Filter("year", "year", ("year",))
_SESSION: Final = Filter("document", "session")
_STATUS: Final = Filter("status", "status")

FILTERS: Final[Mapping[RecordKind, tuple[Filter, ...]]] = {
    "targets": (
        *(_party("party", "subject"), _named("subject"), _named("indicator"), _word("state")),
        *(_YEAR, _SESSION, _STATUS),
    ),
    "milestones": (
        *(_initiative("programme"), _named("activity"), _word("progress")),
        *(_SESSION, _STATUS),
    ),
    "observations": (
        *(_named("subject"), _named("measure"), _party("subject"), _YEAR),
        *(_SESSION, _STATUS),
    ),
    "partnerships": (
        *(_initiative("initiative"), _organization("partner"), _party("partner"), _word("role")),
        *(_SESSION, _STATUS),
    ),
    "participations": (
        *(_party("party"), _initiative("programme"), _word("role")),
        *(_organization("supported_by"), _SESSION, _STATUS),
    ),
    "funding": (
        *(_party("provider", "recipient"), _organization("provider", "recipient")),
        *(_initiative("initiative"), _word("stage"), Filter("currency", "text", ("currency",))),
        *(_YEAR, _SESSION, _STATUS),
    ),
    "events": (
        *(_YEAR, _party("country"), _organization("organizers"), _SESSION, _STATUS),
    ),
    "decisions": (
        *(Filter("decision", "text", ("decision",)), _named("addressee"), _word("verb")),
        *(_SESSION, _STATUS),
    ),
}  # fmt: skip


def filter_of(kind: RecordKind, name: str) -> Filter | None:
    """The filter of that name; None where the grid offers none."""
    return next((one for one in FILTERS[kind] if one.name == name), None)
