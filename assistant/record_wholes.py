"""All of an initiative's Parties and those of them that a question speaks of: who is left."""

from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import Match
from kb.records.record import Record

_HEADS: Final = frozenset((("count", "country"), ("count", "party-to-convention")))
_TOLD: Final = 0.15  # of the question that either must cover
_GAIN: Final = 0.05  # that either must cover beside the other


def all_and_some(question: Question, matches: Sequence[Match]) -> tuple[Record, Record] | None:
    """The number of all Parties and of some of them, of which the question speaks both: of one
    paragraph, or all of an initiative that it names; None where two may be meant."""
    if {*question.units, *question.nouns} - {"country", "member", "party", "party-to-convention"}:
        return None
    heads = [m for m in matches if _counts_parties(m.entry.one) and m.coverage >= _TOLD]
    if len(heads) < 2:
        return None
    best = heads[0]
    named = {m.concept_id for m in question.names if m.kind == "initiative"}
    beside = [m for m in heads[1:] if _are_told(best, m, named)]
    if len(beside) != 1:
        return None
    ordered = sorted((best, beside[0]), key=lambda m: -(figure_of(m.entry.one) or 0))
    whole, part = (m.entry.one for m in ordered)
    return (whole, part) if figure_of(whole) != figure_of(part) else None


def _counts_parties(record: Record) -> bool:
    if record.kind != "observations" or not figure_of(record):
        return False
    return unit_of(record) in _HEADS and getattr(record.statement, "qualifier", "") == "exact"


def _are_told(one: Match, other: Match, named: set[str]) -> bool:
    """Whether both stand in one paragraph and have each their own part of the question; or the
    greater is of an initiative that is named, and the other has a part of its own."""
    whole, part = sorted((one, other), key=lambda m: -(figure_of(m.entry.one) or 0))
    shared = sum(share for word, share in one.words.items() if word in other.words)
    if getattr(whole.entry.one.statement, "subject", None) in named:
        return part.coverage - shared >= _GAIN
    both = min(one.coverage, other.coverage) - shared >= _GAIN
    return both and bool(one.entry.places & other.entry.places)
