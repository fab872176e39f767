"""Questions that several records answer together: sums, differences, comparisons, and the like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from assistant.claim_words import stages
from assistant.question import Question, denies
from assistant.question_words import hints
from assistant.record_claims import RecordClaim, are_apart, computed
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import Match, RecordIndex
from kb.records.record import Record

_GAIN: Final = 0.07  # what a second record must add to the share of the question that is covered
_SISTERS: Final = 0.02  # the same of one that is counted beside the first: Africa, Asia
_BOTH: Final = 0.3  # of the question that both together must cover
_ONE: Final = 0.17  # the same for a single record
_AS_WELL: Final = 0.8  # of the best record's coverage: as good an answer of another document
_CLAIMED: Final = 0.12
_AMONG: Final = 14  # records that pairs are made of
_AMONG_ALL: Final = 24
_FIRST: Final = 4
_THIRD: Final = 0.05  # what a further term of a sum must add
_TIMES: Final = 6
_STATES: Final = 6
_HEADS: Final = frozenset((("count", "country"), ("count", "party-to-convention")))
_LEAST: Final = 3  # a smaller number is no figure that is held against another


@dataclass(frozen=True, slots=True)
class Together:
    """Claims that answer together. `apart`: they are figures of different things; `counted`: how
    many the one list has is what is asked."""

    claims: tuple[RecordClaim, ...]
    apart: bool = False
    counted: bool = False


def together(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """What several records say, where the question asks for that."""
    figures = [m for m in matches if m.entry.listed is None]
    return (
        _held_against(question, figures)
        or _printed_wrong(question, figures, index)
        or _share(question, figures)
        or _steps(question, figures, index)
        or _rest(question, figures, index)
        or _over_time(question, figures, index)
        or _all_of(question, figures)
        or _pair(question, figures)
    )


def _held_against(question: Question, matches: Sequence[Match]) -> Together | None:
    """The records of two or more figures that the question holds against one another."""
    values = list(dict.fromkeys(q.value for q in question.numbers if q.value >= _LEAST))
    if question.kind != "yes_no" or len(values) < 2:
        return None
    found: list[Record] = []
    for value in values:
        best = next(
            (
                m.entry.one
                for m in matches
                if figure_of(m.entry.one) == value
                and m.coverage >= _CLAIMED
                and m.entry.one not in found
            ),
            None,
        )
        if best is not None:
            found.append(best)
    if len(found) < 2:
        return None
    return Together(tuple(RecordClaim((one,)) for one in found), apart=are_apart(found))


def _printed_wrong(
    question: Question, matches: Sequence[Match], index: RecordIndex
) -> Together | None:
    """A total that its parts do not add up to, where it is asked for or all of them are."""
    for match in matches[:1] if not question.adds else matches[:_AMONG]:
        record = match.entry.one
        parts = index.wrong_sums.get(record.id)
        said = figure_of(record) in {q.value for q in question.numbers}
        if parts is None or match.coverage < _CLAIMED or (question.adds and not said):
            continue
        claim = RecordClaim(
            tuple(index.by_id[part] for part in parts), operation="sum", against=record
        )
        if not _is_computable(claim):
            continue
        if question.adds:
            return Together((claim,))
        return Together((RecordClaim((record,)), claim)) if match.coverage >= _ONE else None
    return _wrong_total(question, index) or _checked(question, index)


def _checked(question: Question, index: RecordIndex) -> Together | None:
    """Whether figures agree is asked of something of which a printed total does not: the total and
    its parts."""
    if not hints(question.text, question.language, "checks"):
        return None
    spoken = {*question.units, *question.nouns, *(m.concept_id for m in question.names)}
    named = {m.concept_id for m in question.names if m.kind != "term"}
    found = [
        record
        for key in index.wrong_sums
        if getattr((record := index.by_id[key]).statement, "subject", None) in named
        and {unit_of(record)[1], f"term:{unit_of(record)[1]}"} & spoken
    ]
    if len(found) != 1:
        return None
    parts = tuple(index.by_id[part] for part in index.wrong_sums[found[0].id])
    claim = RecordClaim(parts, operation="sum", against=found[0])
    if not _is_computable(claim):
        return None
    return Together((RecordClaim((found[0],)), claim))


def _wrong_total(question: Question, index: RecordIndex) -> Together | None:
    """The printed total that the question gives, with its unit, where its parts are others."""
    if not question.adds:
        return None
    said = {(q.value, q.unit) for q in question.numbers if q.unit}
    found = [
        record
        for key in index.wrong_sums
        if (figure_of(record := index.by_id[key]), unit_of(record)[1]) in said
    ]
    if len(found) != 1:
        return None
    parts = tuple(index.by_id[part] for part in index.wrong_sums[found[0].id])
    claim = RecordClaim(parts, operation="sum", against=found[0])
    return Together((claim,)) if _is_computable(claim) else None


def states_of(question: Question) -> frozenset[str]:
    """Which states of progress the question counts: "done or under way" are two."""
    said = stages(question.text, question.language)
    negated = denies(question)
    states = set()
    if "in_progress" in said:
        states.add("in_progress")
    if negated and "started" in said:
        states.add("not_started")
    if "completed" in said and len(states) < 2:
        states.add("completed")
    return frozenset(states)


def _steps(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """How many are done or under way: counts of one activity added up."""
    states = states_of(question)
    if "how_many" not in question.kinds or len(states) != 2:
        return None
    best = _best_activity(matches)
    if best is None or best.coverage < _ONE:
        return None
    one: Any = best.entry.one.statement
    terms = [
        record
        for record in index.by_id.values()
        if record.kind == "milestones"
        and _same_activity(record, one)
        and getattr(record.statement, "progress", None) in states
    ]
    claim = RecordClaim(tuple(terms), operation="sum")
    return Together((claim,)) if len(terms) == len(states) and _is_computable(claim) else None


def _best_activity(matches: Sequence[Match]) -> Match | None:
    """The best record of the activity that the question speaks of most, in all of its records."""
    if not any(m.entry.kind == "milestones" for m in matches[:_FIRST]):
        return None
    best: tuple[float, Match] | None = None
    seen: dict[tuple[str, str], tuple[Match, dict[str, float]]] = {}
    for match in matches:
        one: Any = match.entry.one.statement
        if match.entry.kind == "milestones":
            _, words = seen.setdefault((one.programme, one.activity), (match, {}))
            words.update(match.words)
    for match, words in seen.values():
        covered = sum(words.values())
        if best is None or covered > best[0]:
            best = (covered, match)
    return best[1] if best else None


def _share(question: Question, matches: Sequence[Match]) -> Together | None:
    """Which share that is of which only the count is given: 15 of 18."""
    if question.wants_quantity != frozenset(("share",)) or not matches:
        return None
    states = states_of(question) or frozenset(("completed",))
    for match in matches[:_STATES]:
        one: Any = match.entry.one.statement
        if match.entry.kind != "milestones" or one.progress not in states or not one.of:
            continue
        if match.coverage < _ONE or one.share is not None:
            return None
        claim = RecordClaim((match.entry.one,), operation="share")
        return Together((claim,)) if _is_computable(claim) else None
    return None


def _over_time(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """How a figure has changed: what one measure of one thing was at two times."""
    changes = bool({"increase", "reduce"} & set(question.actions))
    dated = question.weighs and len(question.years) > 1
    if not (changes or dated) or question.adds or not matches:
        return None
    for match in matches[:_TIMES]:
        one: Any = match.entry.one.statement
        at = getattr(one, "as_of", None)
        if not at or figure_of(match.entry.one) is None or match.coverage < _ONE:
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
        if changes and _asks_one_number(question) and _is_computable(claim):
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
    if not question.adds or question.weighs or not _asks_one_number(question):
        return None
    for first in matches[:_TIMES]:
        if figure_of(first.entry.one) is None:
            continue
        terms = [first]
        covered = set(first.words)
        for match in matches[:_AMONG_ALL]:
            # A single Han character is part of many a word.
            gain = sum(part for w, part in match.words.items() if w not in covered and len(w) > 1)
            if match in terms or not all(_add_up(t.entry.one, match.entry.one) for t in terms):
                continue
            if gain >= _THIRD:
                terms.append(match)
                covered |= set(match.words)
        claim = RecordClaim(tuple(t.entry.one for t in terms), operation="sum")
        given = _has_all_givers(question, claim, matches)
        if len(terms) > 2 and given and _is_computable(claim):
            return Together((claim,))
    return None


def _add_up(one: Record, other: Record) -> bool:
    """Whether they are figures of one subject at one time."""
    if figure_of(other) is None or unit_of(one) != unit_of(other) or one.kind != other.kind:
        return False
    if one.statement.part_of == other.id or other.statement.part_of == one.id:
        return False
    names = ("subject", "as_of", "programme", "activity", "stage", "initiative")
    return all(getattr(one.statement, n, None) == getattr(other.statement, n, None) for n in names)


def _same_activity(record: Record, one: Any) -> bool:
    held: Any = record.statement
    return (held.programme, held.activity, held.as_of) == (one.programme, one.activity, one.as_of)


def _rest(question: Question, matches: Sequence[Match], index: RecordIndex) -> Together | None:
    """How many have not: the whole less the part that has."""
    if question.kind != "how_many" or not denies(question) or not matches:
        return None
    best = matches[0]
    part = best.entry.one
    whole = index.by_id.get(part.statement.part_of or "") or _whole_beside(matches)
    if whole is None or best.coverage < _ONE:
        return None
    claim = RecordClaim((whole, part), operation="difference")
    return Together((claim,)) if _is_computable(claim) else None


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
    if not question.adds and not question.weighs:
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
    if question.adds and not (question.weighs and not _asks_one_number(question)):
        claim = RecordClaim(records, operation="sum")
        if not _has_all_givers(question, claim, matches):
            return None
        if _is_computable(claim) and _are_of_one_kind(records):
            return Together((claim,))
    if question.kind == "how_many" and question.weighs and not question.adds:
        ordered = tuple(sorted(records, key=lambda one: -(figure_of(one) or Decimal(0))))
        claim = RecordClaim(ordered, operation="difference")
        if _is_computable(claim):
            return Together((claim,))
    if not question.weighs:
        return None
    return Together(tuple(RecordClaim((one,)) for one in records))


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


def _asks_one_number(question: Question) -> bool:
    return bool({"how_many", "how_much", "sum"} & set(question.kinds))


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


def _is_computable(claim: RecordClaim) -> bool:
    figures = [figure_of(one) for one in claim.records]
    if claim.operation == "sum" and len(set(figures)) < len(figures):
        # "One billion each" is one figure of the source: no reader finds the terms there.
        return False
    try:
        return computed(claim) >= 0
    except ValueError:
        return False
