"""What may be asked of the columns of each kind, read from `kb/records/kinds.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from kb.errors import InvalidQuery
from kb.records.kinds import STATEMENTS, RecordKind
from kb.records.values import Currency, Exact, IsoDate, Name, Names, Unit

ColumnType = Literal["name", "names", "exact", "date", "word", "unit", "currency", "text"]

_TYPES: Final[tuple[tuple[Any, ColumnType], ...]] = (
    (Name, "name"),
    (Names, "names"),
    (Exact, "exact"),
    (IsoDate, "date"),
    (Unit, "unit"),
    (Currency, "currency"),
)
# Who and what a record is about, in place of what is measured: these are asked for by `named`.
_ACTORS: Final = frozenset(
    "subject party programme initiative partner provider recipient name country organizers "
    "addressee supported_by".split()
)
# Whom a record tells of as standing in something: what set differences compare.
MEMBERS: Final[Mapping[RecordKind, str]] = {
    "partnerships": "partner",
    "participations": "party",
    "funding": "provider",
    "targets": "party",
}
# First and last day that a record speaks of; the first of each that is there.
_DATES: Final[Mapping[RecordKind, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "targets": (("deadline",), ("deadline",)),
    "milestones": (("as_of",), ("as_of",)),
    "partnerships": (("since",), ("until", "since")),
    "participations": (("since",), ("since",)),
    "funding": (("period_start", "as_of"), ("period_end", "period_start", "as_of")),
    "observations": (("as_of",), ("as_of",)),
    "events": (("start",), ("end", "start")),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind. `words` are all that a `word` may be."""

    name: str
    type: ColumnType
    required: bool
    words: tuple[str, ...] = ()


@cache
def columns_of(kind: RecordKind) -> Mapping[str, Column]:
    """The columns of `kind` in the order of its file, `id` first and `part_of` last."""
    model = STATEMENTS[kind]
    hints = get_type_hints(model, include_extras=True)
    found = {
        name: _column(name, hints[name], required=field.is_required())
        for name, field in model.model_fields.items()
    }
    last = found.pop("part_of")
    return {**found, "part_of": last}


def column_of(kind: RecordKind, name: str) -> Column:
    """Raises InvalidQuery naming the columns that there are."""
    try:
        return columns_of(kind)[name]
    except KeyError:
        known = ", ".join(columns_of(kind))
        raise InvalidQuery(f'{kind} have no column "{name}"; they have {known}') from None


def amount_column(kind: RecordKind) -> str | None:
    """The column that ranges and sums are about."""
    return next((name for name in ("amount", "value") if name in columns_of(kind)), None)


def date_columns(kind: RecordKind) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The columns of the first and of the last day; None where a kind has no date."""
    return _DATES.get(kind)


def name_columns(kind: RecordKind) -> tuple[Column, ...]:
    """Every column that holds names."""
    return tuple(c for c in columns_of(kind).values() if c.type in ("name", "names", "unit"))


def columns_naming(kind: RecordKind, name: str) -> tuple[Column, ...]:
    """The columns of `kind` that may hold `name`; a Party, say, is nothing that is measured."""
    columns = name_columns(kind)
    if name.split(":")[0] in ("party", "organization", "initiative"):
        return tuple(c for c in columns if c.name in _ACTORS)
    return columns


def _column(name: str, hint: Any, *, required: bool) -> Column:
    options = [part for part in get_args(hint) if part is not type(None)]
    if type(None) in get_args(hint) and len(options) == 1:
        hint = options[0]
    if get_origin(hint) is Literal:
        return Column(name, "word", required, get_args(hint))
    for form, known in _TYPES:
        if form == hint:
            return Column(name, known, required)
    return Column(name, "text", required)
