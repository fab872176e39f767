"""Records that say otherwise than a question takes for granted: another amount, giver or year."""

import re
from collections.abc import Sequence
from typing import Any, Final

from assistant.question import Question
from assistant.record_fit import figure_of, times_of
from assistant.record_index import Entry, Match
from kb.quantities import Quantity
from kb.records.naming import shipped_names

_CLAIMING: Final = ("why_how", "yes_no")
_ABOUT: Final = 0.2  # of the question that a record must cover
_DATED: Final = 0.3
_ABOUT_PLACE: Final = 0.3
_NEAR: Final = 0.12  # behind the nearest in meaning
_LESS: Final = 0.75  # of the best record's coverage, for one that has the Party named
_STEM: Final = 5
_DOERS: Final = ("party", "provider", "partner", "organizers", "country")
_IN_PLACE: Final = re.compile(r"\b(?:in|at|à|au|en|в|во)\s+([A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]{2,})")
_AS_MUCH: Final = 0.7  # of the best record's coverage: it may be what the question means


def refuting(question: Question, matches: Sequence[Match]) -> Entry | None:
    """The record that gives something else for what the question claims, where none agrees."""
    if question.kind not in _CLAIMING or question.asks_member:
        return None
    singles = [m for m in matches if m.entry.listed is None and m.coverage >= _ABOUT]
    money = next((q for q in question.numbers if q.kind == "money"), None)
    if money is not None:
        return _other_amount(question, money, singles)
    elsewhere = _other_place(question, singles)
    if elsewhere is not None:
        return elsewhere
    if question.kind == "why_how" and any(m.kind == "party" for m in question.names):
        return _other_party(question, singles)
    return _other_year(question, singles) if question.years else None


def _other_party(question: Question, matches: Sequence[Match]) -> Entry | None:
    """The record that says of another Party or body what the question says of one."""
    named = {m.concept_id for m in question.names if m.kind == "party"}
    if not matches or matches[0].coverage < _DATED or matches[0].behind > _NEAR:
        return None
    best = matches[0].entry
    for match in matches:
        fits = not question.years or _is_in(question.years, match.entry)
        if named & match.entry.names and fits and match.coverage >= _LESS * matches[0].coverage:
            return None
    timed = not question.years or _is_in(question.years, best)
    own = (getattr(best.one.statement, column, None) for column in _DOERS)
    return best if timed and any(own) else None


def _other_place(question: Question, matches: Sequence[Match]) -> Entry | None:
    """The event that was held elsewhere than the question says."""
    if not matches or matches[0].entry.kind != "events" or matches[0].coverage < _ABOUT_PLACE:
        return None
    best, language, names = matches[0].entry, question.language, shipped_names()
    held: Any = best.one.statement
    own = [one for one in (held.place, held.country) if one]
    if not own or set(own) & _parties(question):
        return None
    text = question.text.casefold()
    if any(names.name(one, language).casefold()[:_STEM] in text for one in own):
        return None
    named = any(m.kind == "party" for m in question.names)
    return best if named or _names_place(question) else None


def _parties(question: Question) -> frozenset[str]:
    """Ids of the Parties named."""
    return frozenset(m.concept_id for m in question.names if m.kind == "party")


def _names_place(question: Question) -> bool:
    """Whether something unknown is named where a place would be: "in Paris"."""
    return any(
        not any(m.start <= found.start(1) < m.end for m in question.names)
        for found in _IN_PLACE.finditer(question.text)
    )


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
