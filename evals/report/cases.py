"""Which questions to show: the worst first, and none of a held-out set."""

from collections import Counter
from collections.abc import Sequence

from evals.judging import HITS
from evals.outcomes import Outcome
from evals.results import is_held_out

NOT_FOUND = "not found"


def worst(outcomes: Sequence[Outcome], most: int) -> tuple[Outcome, ...]:
    """The answers with the most wrong with them, at most `most`; right ones are left out."""
    shown = [one for one in outcomes if not is_held_out(one.set_name) and _badness(one) > 0]
    return tuple(sorted(shown, key=lambda one: (-_badness(one), one.question_id))[:most])


def ranks(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How often the right paragraph was found at each rank, "1" to "10", and "not found"."""
    asked = [one for one in outcomes if "RR" in one.values]
    counts = Counter(NOT_FOUND if one.rank is None else str(one.rank) for one in asked)
    return {rank: counts[rank] for rank in (*map(str, range(1, HITS + 1)), NOT_FOUND)}


def _badness(outcome: Outcome) -> float:
    """What embarrasses most weighs most: inventions, then wrong answers, then the rest."""
    value = outcome.values.get
    return (
        4 * value("fabricated_reference", 0.0)
        + 4 * value("non_verbatim_quote", 0.0)
        + 3 * value("unsupported_figure", 0.0)
        + 3 * value("misattributed_figure", 0.0)
        + 2 * (1 - value("right_answer", 1.0))
        + 2 * (1 - value("turn_right", 1.0))
        + 2 * (1 - value("labels_found", 1.0))
        + 2 * value("labels_invented", 0.0)
        + (1 - value("subparagraphs_right", 1.0))
        + (1 - value("quantity_precision", 1.0))
        + (1 - value("quantity_recall", 1.0))
        + 2 * value("brief_wrong", 0.0)
        + 2 * (1 - value("brief_figures_right", 1.0))
        + (1 - value("brief_facts", 1.0))
        + (1 - value("RR", 1.0))
        + (1 - value("in_language", 1.0)) / 4
        + (1 - value("brief", 1.0)) / 4
    )
