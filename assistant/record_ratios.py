"""Two records by one another: which share, how many times as much, how much for each."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from assistant.averages import BOUNDS, asks_average, average_message
from assistant.drafts import Message
from assistant.question import Question, denies
from assistant.question_words import hints
from assistant.record_claims import Operation, RecordClaim
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import Match
from assistant.record_together import ONE, Together, is_computable
from kb.languages import Language
from kb.records.record import Record

_GAIN: Final = 0.05  # what either record must add to the share of the question that is covered
_BOTH: Final = 0.3  # of the question that both together must cover
_CLEARLY: Final = 0.02  # by which another pair must cover less
_AMONG: Final = 14
_PAIR: Final = 2
_TIMES: Final = frozenset(("how_much", "how_many", "compare"))


def ratio(question: Question, matches: Sequence[Match]) -> Together | None:
    """Which share one record is of another, or how many times as much, where that is asked and two
    of one unit have each their own part of the question; None where another pair fits as well."""
    asked = _asked(question)
    if asked is None:
        return None
    found: list[tuple[float, Match, Match]] = []
    counted = [m for m in matches if (figure_of(m.entry.one) or 0) > 1]
    for one, other in combinations(counted[:_AMONG], 2):
        part, whole = sorted((one, other), key=lambda m: figure_of(m.entry.one) or 0)
        if not _are_alike(part.entry.one, whole.entry.one):
            continue
        both, gain = _together(one, other)
        if gain >= _GAIN and both >= _BOTH:
            found.append((both, part, whole))
    found.sort(key=lambda pair: -pair[0])
    if not found or (len(found) > 1 and found[1][0] > found[0][0] - _CLEARLY):
        return None
    both, part, whole = found[0]
    if any(_is_share(m.entry.one) and m.coverage >= both for m in matches):
        return None
    records = (part.entry.one, whole.entry.one)
    claim = RecordClaim(records if asked == "share" else records[::-1], operation=asked)
    return Together((claim,)) if is_computable(claim) else None


def _asked(question: Question) -> Operation | None:
    if denies(question) or question.adds:
        return None
    if question.wants_quantity == frozenset(("share",)):
        return "share"
    times = bool(hints(question.text, question.language, "asks_times"))
    compared = question.weighs or question.language in ("ru", "zh")
    return "ratio" if times and compared and _TIMES & set(question.kinds) else None


def _are_alike(part: Record, whole: Record) -> bool:
    """Whether both are amounts or counts of one unit, or the one is a part of the other."""
    if part.statement.part_of == whole.id:
        return True
    return unit_of(part) == unit_of(whole) and not _is_share(part) and part.kind == whole.kind


def _is_share(record: Record) -> bool:
    return figure_of(record) is not None and unit_of(record)[0] == "share"


def _together(one: Match, other: Match) -> tuple[float, float]:
    """What of the question both cover, and the least that either adds."""
    shared = sum(part for word, part in one.words.items() if word in other.words)
    both = one.coverage + other.coverage - shared
    return both, min(one.coverage, other.coverage) - shared


def averaged(question: Question, matches: Sequence[Match]) -> Together | None:
    """The amount and the number of those that it is for, of one paragraph, where an average is
    asked for; None where two numbers of such fit as well."""
    if not asks_average(question) or question.adds:
        return None
    amount = next((m for m in matches if _is_amount(m.entry.one)), None)
    if amount is None or amount.coverage < ONE:
        return None
    spoken = {*question.units, *question.nouns, *(m.concept_id for m in question.names)}
    counts = [
        m for m in matches if m.entry.places & amount.entry.places and _counts(m.entry.one) & spoken
    ]
    if not counts or (len(counts) > 1 and counts[1].coverage > counts[0].coverage - _CLEARLY):
        return None
    records = (amount.entry.one, counts[0].entry.one)
    if said_average(records, question.reader) is None:
        return None
    return Together(tuple(RecordClaim((one,)) for one in records), averaged=True)


def _is_amount(record: Record) -> bool:
    return bool(figure_of(record)) and unit_of(record)[0] in ("money", "area")


def _counts(record: Record) -> frozenset[str]:
    """What a record counts, by the names that a question may have for it."""
    if not figure_of(record) or unit_of(record)[0] != "count":
        return frozenset()
    unit = unit_of(record)[1]
    more = ("member", "term:member") if unit == "country" else ()
    return frozenset((unit, f"term:{unit}", *more))


def said_average(records: Sequence[Record], language: Language) -> Message | None:
    """The message that says the first figure by the second; None where they give no average."""
    if len(records) != _PAIR or not _is_amount(records[0]) or not _counts(records[1]):
        return None
    if any(getattr(r.statement, "qualifier", "exact") in BOUNDS for r in records):
        return None
    amount, count = (figure_of(one) or Decimal(0) for one in records)
    units = [unit_of(one)[1] for one in records]
    return average_message(amount, units[0], count, units[1], language)
