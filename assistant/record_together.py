"""What several records say together, and when figures may be computed."""

from dataclasses import dataclass
from typing import Final

from assistant.question import Question
from assistant.record_claims import RecordClaim, computed
from assistant.record_fit import figure_of
from kb.records.record import Record

ONE: Final = 0.17  # the same for a single record
CLAIMED: Final = 0.12


@dataclass(frozen=True, slots=True)
class Together:
    """Claims that answer together. `apart`: they are figures of different things; `counted`: how
    many the one list has is what is asked; `averaged`: the first figure by the second is; `added`:
    their sum is; `of`: the records looked at, where these are those of which a condition holds."""

    claims: tuple[RecordClaim, ...]
    apart: bool = False
    counted: bool = False
    averaged: bool = False
    added: bool = False
    of: tuple[Record, ...] = ()


def is_computable(claim: RecordClaim) -> bool:
    """Whether it can be computed and said."""
    figures = [figure_of(one) for one in claim.records]
    if claim.operation == "sum" and len(set(figures)) < len(figures):
        # "One billion each" is one figure of the source: no reader finds the terms there.
        return False
    try:
        return computed(claim) >= 0
    except ValueError:
        return False


def asks_one_number(question: Question) -> bool:
    """Whether one figure is the answer."""
    return bool({"how_many", "how_much", "sum"} & set(question.kinds))
