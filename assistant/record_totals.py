"""Figures that a question holds against one another, and printed totals that their parts do not
add up to."""

from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.question_words import hints
from assistant.record_claims import RecordClaim, are_apart
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import Match, RecordIndex
from assistant.record_together import CLAIMED, ONE, Together, is_computable
from kb.records.record import Record

_AMONG: Final = 14  # records that pairs are made of
_LEAST: Final = 3  # a smaller number is no figure that is held against another


def held_against(question: Question, matches: Sequence[Match]) -> Together | None:
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
                and m.coverage >= CLAIMED
                and m.entry.one not in found
            ),
            None,
        )
        if best is not None:
            found.append(best)
    if len(found) < 2:
        return None
    return Together(tuple(RecordClaim((one,)) for one in found), apart=are_apart(found))


def printed_wrong(
    question: Question, matches: Sequence[Match], index: RecordIndex
) -> Together | None:
    """A total that its parts do not add up to, where it is asked for or all of them are."""
    for match in matches[:1] if not question.adds else matches[:_AMONG]:
        record = match.entry.one
        parts = index.wrong_sums.get(record.id)
        said = figure_of(record) in {q.value for q in question.numbers}
        if parts is None or match.coverage < CLAIMED or (question.adds and not said):
            continue
        claim = RecordClaim(
            tuple(index.by_id[part] for part in parts), operation="sum", against=record
        )
        if not is_computable(claim):
            continue
        if question.adds:
            return Together((claim,))
        return Together((RecordClaim((record,)), claim)) if match.coverage >= ONE else None
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
    if not is_computable(claim):
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
    return Together((claim,)) if is_computable(claim) else None
