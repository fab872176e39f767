"""Questions that several records answer together: sums, differences, comparisons, and the like."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from assistant.question import Question, denies
from assistant.question_words import hints
from assistant.record_choice import Place
from assistant.record_claims import RecordClaim, are_apart
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import Match, RecordIndex
from assistant.record_ratios import averaged, ratio
from assistant.record_states import share, states_of, steps
from assistant.record_sums import added
from assistant.record_together import ONE, Together, asks_one_number, is_computable
from assistant.record_totals import held_against, printed_wrong
from assistant.record_wholes import all_and_some
from assistant.rest_in_time import order_of
from kb.records.record import Record
from kb.regions import parties_of

_GAIN: Final = 0.07  # what a second record must add to the share of the question that is covered
_SISTERS: Final = 0.02  # the same of one that is counted beside the first: Africa, Asia
_BOTH: Final = 0.3  # of the question that both together must cover
_AS_WELL: Final = 0.8  # of the best record's coverage: as good an answer of another document
_AMONG: Final = 14  # records that pairs are made of
_AMONG_ALL: Final = 24
_THIRD: Final = 0.05  # what a further term of a sum must add
_TIMES: Final = 6
_HEADS: Final = frozenset((("count", "country"), ("count", "party-to-convention")))


def together(
    question: Question, matches: Sequence[Match], index: RecordIndex, place: Place | None = None
) -> Together | None:
    """What several records say, where the question asks for that; `place` is the paragraph that
    answers best."""
    figures = [m for m in matches if m.entry.listed is None]
    return (
        held_against(question, figures)
        or printed_wrong(question, figures, index)
        or share(question, figures)
        or averaged(question, figures)
        or ratio(question, figures)
        or added(question, figures)
        or steps(question, figures, index, place)
        or _rest(question, figures, index)
        or _over_time(question, figures, index)
        or _all_of(question, figures)
        or _pair(question, figures)
    )


def _over_time(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """How a figure has changed: what one measure of one thing was at two times."""
    changes = bool({"increase", "reduce"} & set(question.actions))
    dated = question.weighs and len(question.years) > 1
    if not (changes or dated) or question.adds or not matches:
        return None
    for match in matches[:_TIMES]:
        one: Any = match.entry.one.statement
        at = getattr(one, "as_of", None)
        if not at or figure_of(match.entry.one) is None or match.coverage < ONE:
            continue
        others = [
            record
            for record in index.by_id.values()
            if _same_measure(record, match.entry.one)
            and getattr(record.statement, "as_of", None) != at
        ]
        if len(others) != 1 or not _are_times(question, (match.entry.one, others[0])):
            continue
        pair = sorted((match.entry.one, others[0]), key=lambda r: -(figure_of(r) or Decimal(0)))
        claim = RecordClaim(tuple(pair), operation="difference")
        if asks_one_number(question) and is_computable(claim):
            return Together((claim,))
        return Together(tuple(RecordClaim((r,)) for r in pair))
    return None


def _are_times(question: Question, records: Sequence[Record]) -> bool:
    """Whether the years named, if there are two, are those of the records."""
    years = {str(getattr(r.statement, "as_of", ""))[:4] for r in records}
    return not question.years or years == set(question.years)


def _same_measure(record: Record, other: Record) -> bool:
    if record.kind != other.kind or not getattr(record.statement, "as_of", None):
        return False
    names = ("subject", "measure", "unit", "programme", "activity", "progress")
    return all(
        getattr(record.statement, n, None) == getattr(other.statement, n, None) for n in names
    )


def _all_of(question: Question, matches: Sequence[Match]) -> Together | None:
    """Three or more figures of one subject and time, each of which the question names apart."""
    if not question.adds or question.weighs or not asks_one_number(question):
        return None
    matches = _of_regions(question, matches[:_AMONG_ALL])
    for first in matches[:_TIMES]:
        if figure_of(first.entry.one) is None:
            continue
        terms = [first]
        covered = set(first.words)
        for match in matches:
            # A single Han character is part of many a word.
            gain = sum(part for w, part in match.words.items() if w not in covered and len(w) > 1)
            if match in terms or not all(_add_up(t.entry.one, match.entry.one) for t in terms):
                continue
            if gain >= _THIRD:
                terms.append(match)
                covered |= set(match.words)
        claim = RecordClaim(tuple(t.entry.one for t in terms), operation="sum")
        given = _has_all_givers(question, claim, matches)
        if len(terms) > 2 and given and is_computable(claim):
            return Together((claim,))
    return None


def _of_regions(question: Question, matches: Sequence[Match]) -> Sequence[Match]:
    """Those that speak of a region named, where regions are: the figures of others are not asked
    for."""
    regions = {m.concept_id for m in question.names if parties_of(m.concept_id)}
    return [m for m in matches if not regions or regions & set(m.words)]


def _add_up(one: Record, other: Record) -> bool:
    """Whether they are figures of one subject at one time."""
    if figure_of(other) is None or unit_of(one) != unit_of(other) or one.kind != other.kind:
        return False
    if one.statement.part_of == other.id or other.statement.part_of == one.id:
        return False
    names = ("subject", "as_of", "programme", "activity", "stage", "initiative")
    return all(getattr(one.statement, n, None) == getattr(other.statement, n, None) for n in names)


def _rest(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """How many have not: the whole less the part that has."""
    left = bool(hints(question.text, question.language, "subtracts")) and not question.weighs
    if question.kind != "how_many" or not (denies(question) or left) or not matches:
        return None
    best = matches[0]
    part = best.entry.one
    whole = index.by_id.get(part.statement.part_of or "") or _whole_beside(matches)
    pair = (whole, part) if whole is not None and denies(question) else None
    pair = pair or all_and_some(question, matches)
    if pair is None or best.coverage < ONE:
        return None
    claim = RecordClaim(pair, operation="difference")
    return Together((claim,)) if is_computable(claim) else None


def _whole_beside(matches: Sequence[Match]) -> Record | None:
    """The greater count of the same paragraph that the question speaks of as well: those supported
    of whom the first have adopted. Nothing else of the paragraph may be meant."""
    part = matches[0]
    figure = figure_of(part.entry.one)
    if figure is None or unit_of(part.entry.one) not in _HEADS:
        return None
    found = [
        m.entry.one
        for m in matches[1:_AMONG]
        if m.entry.one.kind == part.entry.one.kind
        and unit_of(m.entry.one) == unit_of(part.entry.one)
        and (figure_of(m.entry.one) or 0) > figure
        and m.entry.places & part.entry.places
        and getattr(m.entry.one.statement, "qualifier", "exact") == "exact"
        and sum(p for w, p in m.words.items() if w not in part.words) >= _GAIN
    ]
    return found[0] if len(found) == 1 else None


def _pair(question: Question, matches: Sequence[Match]) -> Together | None:
    """Two records that each have a part of the question which the other has not."""
    if not question.adds and (not question.weighs or _only_dates(question)):
        return None
    best: tuple[float, Match, Match] | None = None
    for first, second in _pairs(question, matches[:_AMONG]):
        shared = sum(part for word, part in first.words.items() if word in second.words)
        both = first.coverage + second.coverage - shared
        gain = min(first.coverage, second.coverage) - shared
        least = _SISTERS if _are_sisters(first.entry.one, second.entry.one) else _GAIN
        if gain < least or both < _BOTH:
            continue
        if best is None or both > best[0]:
            best = (both, first, second)
    if best is None:
        return _elsewhere(question, matches)
    records = (best[1].entry.one, best[2].entry.one)
    if question.adds and not (question.weighs and not asks_one_number(question)):
        claim = RecordClaim(records, operation="sum")
        if not _has_all_givers(question, claim, matches):
            return None
        if is_computable(claim) and _are_of_one_kind(records):
            return Together((claim,))
    if question.kind == "how_many" and question.weighs and not question.adds:
        ordered = tuple(sorted(records, key=lambda one: -(figure_of(one) or Decimal(0))))
        claim = RecordClaim(ordered, operation="difference")
        if is_computable(claim):
            return Together((claim,))
    if not question.weighs:
        return None
    return Together(tuple(RecordClaim((one,)) for one in records))


def _only_dates(question: Question) -> bool:
    """Whether "before" says when that was which is counted, and holds no two figures together."""
    if question.kind not in ("how_many", "how_much") or order_of(question) is None:
        return False
    text, language = question.text, question.language
    return not any(hints(text, language, one) for one in ("subtracts", "than", "either"))


def _has_all_givers(question: Question, claim: RecordClaim, matches: Sequence[Match]) -> bool:
    """Whether everybody named who gives something gives a term of the sum: else it is another."""
    givers = {getattr(m.entry.one.statement, "provider", None) for m in matches}
    asked = givers & {m.concept_id for m in question.names}
    return asked <= {getattr(one.statement, "provider", None) for one in claim.records}


def _are_of_one_kind(records: Sequence[Record]) -> bool:
    """Whether a sum of them means something: money, or counts of one subject or activity."""
    about = {
        (getattr(r.statement, "subject", None), getattr(r.statement, "activity", None))
        for r in records
    }
    bounded = {"up_to"}
    said = {getattr(r.statement, "qualifier", "exact") for r in records}
    return len(about) == 1 and not (len(said) > 1 and said & bounded)


def _elsewhere(question: Question, matches: Sequence[Match]) -> Together | None:
    """The figures that two documents give of one thing."""
    if not question.weighs or not matches or figure_of(matches[0].entry.one) is None:
        return None
    first = matches[0]
    documents = {document for document, _ in first.entry.places}
    for second in matches[1:]:
        other = second.entry.one
        if second.coverage < _AS_WELL * first.coverage:
            return None
        if figure_of(other) is None or unit_of(other) != unit_of(first.entry.one):
            continue
        about = (getattr(r.statement, "subject", None) for r in (first.entry.one, other))
        if len(set(about)) == 1 and not documents & {d for d, _ in second.entry.places}:
            records = (first.entry.one, other)
            claims = tuple(RecordClaim((one,)) for one in records)
            return Together(claims, apart=are_apart(records))
    return None


def _state(record: Record) -> str | None:
    return getattr(record.statement, "progress", None)


def _are_sisters(one: Record, other: Record) -> bool:
    """Whether they are parts of one whole, or pledges and the like to one initiative."""
    if one.kind != other.kind:
        return False
    whole = one.statement.part_of
    if whole is not None and whole == other.statement.part_of:
        return True
    to = getattr(one.statement, "initiative", None)
    return to is not None and to == getattr(other.statement, "initiative", None)


def _pairs(question: Question, matches: Sequence[Match]) -> Iterator[tuple[Match, Match]]:
    states = states_of(question) or ({"completed"} if question.status == "done" else set())
    fitting = [
        m
        for m in matches
        if m.entry.kind != "milestones" or not states or _state(m.entry.one) in states
    ]
    for first, second in combinations(fitting, 2):
        one, other = first.entry.one, second.entry.one
        if figure_of(one) is not None and figure_of(other) is not None:
            if unit_of(one) != unit_of(other):
                continue
            if one.statement.part_of == other.id or other.statement.part_of == one.id:
                continue
            yield first, second
        elif question.weighs and one.kind == other.kind == "events":
            yield first, second
