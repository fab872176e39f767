"""How well a record fits what a question asks for: its kind of answer, its names, its times."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from assistant.question import Question
from assistant.record_index import Entry
from kb.quantities import Kind as QuantityKind
from kb.records.columns import amount_column, columns_of
from kb.records.record import Record
from kb.records.values import is_currency

# What is counted by a more general word too.
_MORE_GENERAL: Final = {
    "member": ("country", "party-to-convention", "organization", "person"),
    "partner": ("country", "party-to-convention", "organization"),
    "party": ("country", "party-to-convention"),
    "country": ("party-to-convention", "party"),
    "meeting": ("time", "event"),
}
_ACTORS: Final = ("party", "organization")
_TIME_KINDS: Final = frozenset[QuantityKind](("date", "year", "period"))
_AREAS: Final = frozenset(("ha", "km2"))
_STATES: Final = {"done": "completed", "in_progress": "in_progress", "not_started": "not_started"}


@dataclass(frozen=True, slots=True)
class Fit:
    """What speaks for a record and against it, each in [-1, 1].

    `kind`: it holds what is asked for (an amount of the unit, a date, a list …). `names`: the
    share of the actors named that it names. `years`: it speaks of the years named, or of others.
    `figures`: it has the figures that the question has. `state`: it is as far as is asked.
    """

    kind: float
    names: float
    years: float
    figures: float
    state: float


def fit(question: Question, entry: Entry) -> Fit:
    """How `entry` fits `question`."""
    return Fit(
        _kind(question, entry),
        _named(question, entry),
        _years(question, entry),
        _figures(question, entry),
        _state(question, entry),
    )


def figure_of(record: Record) -> Decimal | None:
    """The amount or value of a record."""
    column = amount_column(record.kind)
    found: Decimal | None = getattr(record.statement, column) if column else None
    return found


def times_of(record: Record) -> tuple[str, ...]:
    """The dates of a record, as ISO."""
    columns = columns_of(record.kind).values()
    held = (getattr(record.statement, c.name) for c in columns if c.type == "date")
    return tuple(one for one in held if one)


def _kind(question: Question, entry: Entry) -> float:
    wanted = question.wants_quantity
    if question.wants_items and question.wants_name and not wanted:
        return 1.0 if entry.listed and _naming(question, entry) > 0 else -1.0
    best = -1.0 if question.is_exact or question.wants_items else 0.0
    if wanted & _TIME_KINDS:
        best = max(best, _dated(entry))
    if wanted - _TIME_KINDS:
        best = max(best, _measured(question, entry.one) if entry.listed is None else -1.0)
    if question.wants_items:
        best = max(best, 1.0 if entry.listed else -0.3)
    if question.wants_name:
        best = max(best, _naming(question, entry))
    if question.kind == "where":
        best = max(best, 1.0 if getattr(entry.one.statement, "place", None) else -0.5)
    if question.kind == "yes_no":
        best = max(best, 0.0)
    return best


def _dated(entry: Entry) -> float:
    if entry.listed is not None or not times_of(entry.one):
        return -1.0
    return 1.0 if entry.kind == "events" else 0.3


def _measured(question: Question, record: Record) -> float:
    if figure_of(record) is None:
        return -1.0
    kind, unit = unit_of(record)
    if kind not in question.wants_quantity:
        return -0.6
    if not question.units or kind != "count":
        return 0.6 if kind == "count" else 1.0
    return max(_same_unit(asked, unit) for asked in question.units)


def unit_of(record: Record) -> tuple[QuantityKind, str]:
    """The kind of figure that a record gives, and the key of its unit."""
    one: Any = record.statement
    if record.kind == "funding":
        return "money", one.currency
    unit = one.unit
    if unit == "%":
        return "share", unit
    if unit in _AREAS:
        return "area", unit
    if is_currency(unit):
        return "money", unit
    return "count", unit.partition(":")[2] or unit


def _same_unit(asked: str, held: str) -> float:
    if asked == held or asked.replace("_", "-") == held:
        return 1.0
    if held in _MORE_GENERAL.get(asked, ()):
        return 0.7
    return 0.4 if asked in held.split("-") else -0.4


def _naming(question: Question, entry: Entry) -> float:
    asked = set(question.concepts)
    kinds = tuple(f"{kind}:" for kind in question.wants_name)
    columns: Sequence[str] = {
        "partnerships": ("partner",),
        "participations": ("party",),
        "funding": ("provider",),
        "decisions": ("addressee",),
        "events": ("organizers", "country"),
    }.get(entry.kind, ())
    held: set[str] = set()
    for record in entry.records:
        for column in columns:
            held.update((getattr(record.statement, column) or "").split())
    new = {one for one in held - asked if one.startswith(kinds)}
    if new:
        return 1.0
    return 0.3 if held - asked else -0.6


def _named(question: Question, entry: Entry) -> float:
    """The share of the actors named that the record names; 0 where none is named."""
    asked = {m.concept_id for m in question.names if m.kind != "term"}
    if not asked:
        return 0.0
    held = len(asked & entry.names)
    return 2 * held / len(asked) - 1


def _years(question: Question, entry: Entry) -> float:
    if not question.years:
        return 0.0
    held = {time[:4] for record in entry.records for time in times_of(record)}
    if not held:
        return 0.0
    return 1.0 if held & set(question.years) else -1.0


def _figures(question: Question, entry: Entry) -> float:
    if not question.numbers:
        return 0.0
    said: set[Decimal | None] = set()
    for record in entry.records:
        said |= {figure_of(record), getattr(record.statement, "of", None)}
    if entry.listed:
        said.add(Decimal(len(entry.records)))
    found = sum(q.value in said for q in question.numbers)
    return found / len(question.numbers)


def _state(question: Question, entry: Entry) -> float:
    progress = getattr(entry.one.statement, "progress", None)
    if progress is None:
        return 0.0
    if question.status is None:  # the figure of another state would be taken for the one asked
        return -1.0 if question.wants_quantity else 0.0
    return 1.0 if _STATES.get(str(question.status)) == progress else -1.0
