"""Questions whether figures of the documents agree: totals that their parts do not add up to."""

from collections.abc import Iterator

from assistant.question import Question
from assistant.question_words import hints
from assistant.record_claims import RecordClaim, computed
from assistant.record_fit import figure_of, unit_of
from assistant.record_index import RecordIndex
from assistant.record_together import Together
from kb.records.record import Record


def checked(question: Question, index: RecordIndex) -> Together | None:
    """The one total printed that its parts do not add up to, where the question asks whether
    figures agree, or for their sum, and can mean no other: it gives the total or two of the parts,
    or names what they are of."""
    checks = asks_agreement(question)
    if not (checks or question.adds):
        return None
    found = [
        claim
        for claim in _wrong(index)
        if _is_given(question, claim) or (checks and _is_named(question, claim.against))
    ]
    return Together((found[0],)) if len(found) == 1 else None


def asks_agreement(question: Question) -> bool:
    """Whether it asks if figures agree."""
    text, language = question.text, question.language
    return bool(hints(text, language, "checks") or hints(text, language, "tallies"))


def _wrong(index: RecordIndex) -> Iterator[RecordClaim]:
    for key, parts in index.wrong_sums.items():
        records = tuple(index.by_id[part] for part in parts)
        claim = RecordClaim(records, operation="sum", against=index.by_id[key])
        try:
            computed(claim)
        except ValueError:
            continue
        yield claim


def _is_given(question: Question, claim: RecordClaim) -> bool:
    """Whether the question gives the total with its unit, or two of the parts beside it."""
    total = claim.against
    if total is None:
        return False
    values = {q.value for q in question.numbers}
    with_units = {(q.value, q.unit) for q in question.numbers}
    parts = sum(figure_of(part) in values for part in claim.records)
    of_unit = (figure_of(total), unit_of(total)[1]) in with_units
    return of_unit or (figure_of(total) in values and parts > 1)


def _is_named(question: Question, total: Record | None) -> bool:
    """Whether the question names what the total is of, and what it counts."""
    if total is None:
        return False
    named = {m.concept_id for m in question.names}
    unit = unit_of(total)[1]
    counted = {f"term:{unit}"} & named or {unit} & {*question.units, *question.nouns}
    return bool(counted) and getattr(total.statement, "subject", None) in named
