"""What a statement says of records, and its words: the composer and the gate render the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal

from assistant.record_rendering import (
    amount_of,
    dashed,
    label_of,
    qualifier_of,
    shared_by,
    termed,
    value_of,
)
from kb.languages import Language
from kb.records.amounts import amount_in_words, number_in_words
from kb.records.cards import list_statement, statement
from kb.records.naming import Names, sentence_case
from kb.records.record import Record
from kb.records.values import Qualifier
from kb.records.words import pattern, word

Operation = Literal["sum", "difference", "share", "ratio"]
_SIGNS: Final[dict[Operation, str]] = {"sum": "+", "difference": "−", "share": "/", "ratio": "/"}
_HUNDRED: Final = Decimal(100)
_TEN: Final = Decimal(10)
# What the terms of one computation must share, and what tells them apart, first that differs.
_SHARED: Final = {
    "milestones": ("unit",),
    "observations": ("unit",),
    "targets": ("unit",),
    "funding": ("currency", "stage", "per"),
}
_ABOUT: Final = {
    "milestones": ("programme", "activity"),
    "observations": ("subject",),
    "targets": ("subject",),
    "funding": ("initiative",),
}
_APART: Final = {
    "milestones": ("progress", "activity", "programme"),
    "observations": ("measure", "as_of"),
    "targets": ("measure", "subject"),
    "funding": ("provider", "purpose", "recipient"),
}
_OWN: Final = {
    "milestones": ("activity",),
    "observations": ("measure",),
    "targets": ("measure",),
    "funding": ("purpose", "recipient", "provider"),
}

_MEASURE: Final = ("subject", "measure", "unit", "programme", "activity", "progress", "purpose")

OMISSIBLE: Final = frozenset(
    ("as_of", "of", "share", "since", "until", "period_start", "period_end", "deadline")
)
"""Columns that a statement may leave unsaid: the rest is as true without them."""
UNDERSTOOD: Final = ("subject", "programme", "initiative")
"""Columns that what is computed may leave unsaid where the question names what they hold: the
sentence cited does not name it, a heading or the sentence before does."""


@dataclass(frozen=True, slots=True)
class RecordClaim:
    """One record; a list of such that differ in the column `listed`; or what is computed of them.

    A difference is the first figure less all others, a share that of the whole which the record
    gives or which the second is, a ratio how many times the second the first is. `against` is the
    total that is printed of the records added, where it is another one.
    `omitted` are columns that are left unsaid.
    """

    records: tuple[Record, ...]
    listed: str | None = None
    operation: Operation | None = None
    against: Record | None = None
    omitted: frozenset[str] = frozenset()

    @property
    def all_records(self) -> tuple[Record, ...]:
        """Every record that it speaks of."""
        return self.records if self.against is None else (*self.records, self.against)


def in_words(claim: RecordClaim, language: Language, names: Names) -> str:
    """The claim as a statement. Raises ValueError for what cannot be said or computed."""
    may = OMISSIBLE if claim.operation is None else OMISSIBLE | frozenset(UNDERSTOOD)
    if not claim.records or not claim.omitted <= may:
        raise ValueError("a claim rests on records, and says what they are about")
    less = claim.omitted & OMISSIBLE
    claim = replace(claim, records=tuple(_reduced(one, less) for one in claim.records))
    if claim.operation is not None:
        return sentence_case(_working(claim, claim.operation, language, names))
    if claim.listed == "provider":
        return sentence_case(_given(claim.records, language, names))
    if claim.listed is not None:
        return sentence_case(list_statement(claim.records, claim.listed, language, names))
    if len(claim.records) > 1:
        raise ValueError("several records are a list or a computation")
    return sentence_case(statement(claim.records[0], language, names))


def understood(claim: RecordClaim) -> tuple[str, ...]:
    """Ids of what the claim leaves for the question to say."""
    return tuple(
        value
        for one in claim.records
        for column in UNDERSTOOD
        if column in claim.omitted and (value := getattr(one.statement, column, None))
    )


def _reduced(record: Record, omitted: frozenset[str]) -> Record:
    """The record without some columns; the gate compares the whole one."""
    said = {name: None for name in omitted if getattr(record.statement, name, None) is not None}
    if not said:
        return record
    return replace(record, statement=record.statement.model_copy(update=said))


def computed(claim: RecordClaim) -> Decimal:
    """What the operation gives. Raises ValueError where the figures must not be combined."""
    first = claim.records[0]
    if claim.operation in ("share", "ratio"):
        return _share(claim) if len(claim.records) == 1 else _quotient(claim)
    if first.kind not in _SHARED or len(claim.records) < 2:
        raise ValueError("nothing to compute")
    if len({record.id for record in claim.records}) < len(claim.records):
        raise ValueError("a figure counts once")
    for record in claim.records:
        if record.kind != first.kind or any(
            getattr(record.statement, name) != getattr(first.statement, name)
            for name in _SHARED[first.kind]
        ):
            raise ValueError("figures of different units, currencies or stages")
    values = [value_of(record) for record in claim.records]
    if claim.operation == "sum":
        ids = {record.id for record in claim.records}
        if any(record.statement.part_of in ids for record in claim.records):
            raise ValueError("one figure includes the other")
        return sum(values, Decimal(0))
    return values[0] - sum(values[1:], Decimal(0))


def _share(claim: RecordClaim) -> Decimal:
    """The figure as per cent of the whole that its record gives, without decimals."""
    whole: Decimal | None = getattr(claim.records[0].statement, "of", None)
    if claim.operation != "share" or not whole or claim.against is not None:
        raise ValueError("not one part of one whole")
    share = _HUNDRED * value_of(claim.records[0]) / whole
    return share.quantize(Decimal(1), ROUND_HALF_UP)


def _quotient(claim: RecordClaim) -> Decimal:
    """The first figure by the second, of one unit: in per cent for a share, with one decimal where
    that tells; a part may be counted by another name than its whole."""
    one, other = claim.records[0], claim.records[-1]
    if len(claim.records) != 2 or claim.against is not None or one.id == other.id:
        raise ValueError("not one part of one whole")
    values = value_of(one), value_of(other)
    if _measured(one) != _measured(other) and one.statement.part_of != other.id:
        raise ValueError("figures of different units")
    share = claim.operation == "share"
    if not values[1] or not values[0] > 0 or (values[0] >= values[1]) == share:
        raise ValueError("the part comes first, or the greater figure")
    found = (_HUNDRED if share else Decimal(1)) * values[0] / values[1]
    places = Decimal(1) if share and found >= _TEN else Decimal("0.1")
    return found.quantize(places, ROUND_HALF_UP)


def _measured(record: Record) -> str:
    one: Any = record.statement
    return f"money:{one.currency}" if record.kind == "funding" else str(one.unit)


def are_apart(records: Sequence[Record]) -> bool:
    """Whether no two of the records give one measure of one thing in one unit."""
    measures = [
        (record.kind, *(getattr(record.statement, name, None) for name in _MEASURE))
        for record in records
    ]
    return len(records) > 1 and len(set(measures)) == len(records)


def _working(claim: RecordClaim, operation: Operation, language: Language, names: Names) -> str:
    """Such as "Programme – activity: 9 countries (completed) + 8 countries (…) = 17 countries"."""
    result = computed(claim)
    if result < 0:
        raise ValueError("the greater figure comes first")
    kind = claim.records[0].kind
    if _are_labelled_first(claim, operation):
        return _divided(claim, operation, result, language, names)
    shared = (shared_by(claim.records, name) for name in _ABOUT[kind] if name not in claim.omitted)
    about = [names.name(one, language) for one in shared if one]
    apart = next(
        (name for name in _APART[kind] if shared_by(claim.records, name) is None), _APART[kind][0]
    )
    terms = [
        termed(
            amount_of(r, value_of(r), language, names),
            label_of(r, apart, language, names),
            language,
        )
        for r in claim.records
    ]
    total = amount_of(claim.records[0], result, language, names, qualifier_of(claim.records))
    if operation == "share":
        one: Any = claim.records[0].statement
        terms.append(amount_of(claim.records[0], one.of, language, names))
        total = amount_in_words(result, "%", language, names)
    text = f" {_SIGNS[operation]} ".join(terms) + f" = {total}"
    if claim.against is not None:
        printed = amount_of(claim.against, _total(claim, result), language, names)
        text = pattern("check", "differs", language, working=text, total=printed)
    if not about:
        return text
    return pattern("label", "is", language, name=dashed(about, language), n=text)


def _are_labelled_first(claim: RecordClaim, operation: Operation) -> bool:
    """Whether whose a figure is must be read before it: two that are of different things."""
    if len(claim.records) != 2 or claim.against is not None:
        return False
    if operation in ("share", "ratio"):
        return True
    kinds = {record.kind for record in claim.records}
    return (
        operation == "difference"
        and kinds == {"observations"}
        and (shared_by(claim.records, "subject") is None)
    )


def _divided(
    claim: RecordClaim, operation: Operation, result: Decimal, language: Language, names: Names
) -> str:
    """Such as "Countries that adopted: 76 / countries supported: 131 = 58%"; whose a figure is must
    be read before it."""
    terms = []
    for record in claim.records:
        labels = (label_of(record, one, language, names) for one in _OWN[record.kind])
        # Those who are left are told by the sentences cited: names in a label would be read as
        # whose the next figure is.
        label = "" if operation == "difference" else next((one for one in labels if one), "")
        amount = amount_of(record, value_of(record), language, names)
        terms.append(pattern("label", "is", language, name=label, n=amount) if label else amount)
    qualifier = qualifier_of(claim.records)
    said: Qualifier = qualifier if qualifier == "exact" else "about"
    if operation == "share":
        total = amount_in_words(result, "%", language, names, qualifier=said)
    elif operation == "ratio":
        total = pattern("qualifier", said, language, x=number_in_words(result, language))
    else:
        total = amount_of(claim.records[0], result, language, names, qualifier)
    return f" {_SIGNS[operation]} ".join(terms) + f" = {total}"


def _given(records: Sequence[Record], language: Language, names: Names) -> str:
    """Such as "Initiative – pledged: Norway: US$2 million; Kenya: US$1 million". Raises ValueError
    where not all is of one stage and for the same."""
    if any(record.kind != "funding" for record in records):
        raise ValueError("only money is given")
    about = shared_by(records, "initiative") or shared_by(records, "recipient")
    stage = shared_by(records, "stage")
    if about is None or stage is None or len(records) < 2:
        raise ValueError("given to several, or in several stages")
    each = [
        pattern(
            "label",
            "is",
            language,
            name=names.name(_provider(record), language),
            n=amount_of(record, value_of(record), language, names),
        )
        for record in records
    ]
    between = "；" if language == "zh" else "؛ " if language == "ar" else "; "
    between = " ; " if language == "fr" else between
    name = dashed((names.name(about, language), word("stage", stage, language)), language)
    return pattern("label", "is", language, name=name, n=between.join(each))


def _provider(record: Record) -> str:
    found: str | None = getattr(record.statement, "provider", None)
    if found is None:
        raise ValueError("nobody gives it")
    return found


def _total(claim: RecordClaim, result: Decimal) -> Decimal:
    """The total printed, which is another. Raises ValueError where it is none or the same."""
    against = claim.against
    if against is None or any(r.statement.part_of != against.id for r in claim.records):
        raise ValueError("it is not the total of these")
    if value_of(against) == result:
        raise ValueError("the total agrees")
    return value_of(against)
