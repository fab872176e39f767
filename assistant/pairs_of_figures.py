"""The two figures of a text that a question speaks of, where no words are said of each alone."""

from collections.abc import Iterable, Sequence, Set
from itertools import combinations
from typing import Final

from assistant.items import Item
from assistant.operands import Operand, may_combine
from assistant.question import Question

_GAIN: Final = 1.0  # what either figure must speak of beside the other
_APART: Final = 0.75  # by which two others must speak of less
_SIDES: Final = 2


def best_two(
    groups: Sequence[Sequence[Operand]],
    items: Sequence[Item],
    question: Question,
    least: float,
) -> tuple[Operand, ...]:
    """The two figures that together speak of most that is asked, each of something that the other
    does not; none where two others speak of nearly as much, or
    they of less than the share `least` of it."""
    spoken = {*question.units, *question.nouns, *(m.concept_id for m in question.names)}
    pairs: dict[tuple[int, ...], tuple[float, tuple[Operand, ...]]] = {}
    for group in groups:
        fit = [o for o in group if _is_counted(o, spoken)]
        for pair in combinations(fit, _SIDES):
            both = weight_of(pair[0].hits | pair[1].hits)
            gain = both - max(weight_of(o.hits) for o in pair)
            sound = may_combine(pair) and not any(_is_unfit(o) for o in pair)
            if gain >= _GAIN and sound:
                pairs[tuple(o.quantity.start for o in pair)] = (both, pair)
    ranked = sorted(pairs.values(), key=lambda one: -one[0])
    if not ranked or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _APART):
        return ()
    return ranked[0][1] if ranked[0][0] >= least * weight_of(items) else ()


def _is_counted(one: Operand, spoken: Set[str]) -> bool:
    """Whether it is an amount, or counts what the question names."""
    unit = one.quantity.unit
    return one.quantity.kind not in ("count", "number") or bool({unit, f"term:{unit}"} & spoken)


def _is_unfit(one: Operand) -> bool:
    return one.denied or one.apiece or not one.quantity.value


def weight_of(items: Iterable[Item]) -> float:
    """The weight of several items."""
    return sum(i.weight for i in items)
