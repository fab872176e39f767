"""The sets that ask nothing: what the parser and the reader of quantities make of texts."""

from collections.abc import Sequence

from evals.outcomes import Outcome
from evals.quantity_sets import QuantitySet, score_quantities
from evals.structure_sets import StructureSet, score_structure

ReadSet = QuantitySet | StructureSet


def evaluate_reading(sets: Sequence[ReadSet]) -> tuple[Outcome, ...]:
    """What comes of every sentence and every document of `sets`, in order."""
    outcomes: list[Outcome] = []
    for one in sets:
        if isinstance(one, QuantitySet):
            outcomes.extend(score_quantities(one))
        else:
            outcomes.extend(score_structure(one))
    return tuple(outcomes)
