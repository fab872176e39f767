"""Records that say otherwise than a question takes for granted: another amount, giver or year."""

from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.record_fit import figure_of, times_of
from assistant.record_index import Entry, Match
from kb.quantities import Quantity

_CLAIMING: Final = ("why_how", "yes_no")
_ABOUT: Final = 0.2  # of the question that a record must cover
_DATED: Final = 0.3
_AS_MUCH: Final = 0.7  # of the best record's coverage: it may be what the question means


def refuting(question: Question, matches: Sequence[Match]) -> Entry | None:
    """The record that gives something else for what the question claims, where none agrees."""
    if question.kind not in _CLAIMING or question.asks_member:
        return None
    singles = [m for m in matches if m.entry.listed is None and m.coverage >= _ABOUT]
    money = next((q for q in question.numbers if q.kind == "money"), None)
    if money is not None:
        return _other_amount(question, money, singles)
    return _other_year(question, singles) if question.years else None


def _other_amount(question: Question, claimed: Quantity, matches: Sequence[Match]) -> Entry | None:
    givers = {m.concept_id for m in question.names if m.kind in ("party", "organization")}
    if not givers:
        return None
    funding = [m.entry for m in matches if m.entry.kind == "funding"]
    own = [entry for entry in funding if givers <= entry.names]
    same = [entry for entry in funding if figure_of(entry.one) == claimed.value]
    if any(entry in same for entry in own):
        return None
    return next(iter(own or same), None)


def _other_year(question: Question, matches: Sequence[Match]) -> Entry | None:
    events = [m for m in matches if m.entry.kind == "events"]
    if not events or events[0].coverage < _DATED:
        return None
    for match in matches:
        near = match.coverage >= _AS_MUCH * events[0].coverage
        if near and _is_in(question.years, match.entry):
            return None
    named = {m.concept_id for m in question.names if m.kind in ("initiative", "organization")}
    return events[0].entry if named <= events[0].entry.names else None


def _is_in(years: Sequence[str], entry: Entry) -> bool:
    """Whether one of the years is between the first and the last that the record speaks of."""
    times = sorted(time[:4] for time in times_of(entry.one))
    return bool(times) and any(times[0] <= year <= times[-1] for year in years)
