"""Two results over the same questions: what changed, and whether it is more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.measures.catalogue import MEASURES
from evals.measures.statistics import Difference, mean, paired
from evals.outcomes import Outcome
from evals.results import Result
from evals.summary import Part, sets_of


@dataclass(frozen=True, slots=True)
class Change:
    """One measure over one set, before and after; only questions that both runs have count."""

    measure: str
    part: Part
    before: float
    after: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """`caveats` say where the two runs were made under other conditions; `turned_wrong` and
    `turned_right` are ids of questions."""

    changes: tuple[Change, ...]
    caveats: tuple[str, ...]
    turned_wrong: tuple[str, ...]
    turned_right: tuple[str, ...]


def compare(before: Result, after: Result) -> Comparison:
    """What changed from `before` to `after`, measure by measure and set by set."""
    earlier = {(one.set_name, one.question_id): one for one in before.outcomes}
    pairs = [
        (earlier[one.set_name, one.question_id], one)
        for one in after.outcomes
        if (one.set_name, one.question_id) in earlier
    ]
    turned = [
        (old.is_right, new.is_right, new.question_id)
        for old, new in pairs
        if old.is_right != new.is_right
    ]
    return Comparison(
        tuple(_changes(pairs)),
        tuple(_caveats(before, after)),
        tuple(question for was_right, _, question in turned if was_right),
        tuple(question for was_right, _, question in turned if not was_right),
    )


def _changes(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Change]:
    changes: list[Change] = []
    for name in sets_of([new for _, new in pairs]):
        for measure in MEASURES.values():
            if measure.statistic is not mean:
                continue  # latencies of two runs are no pairs
            both = [
                (old.values[measure.key], new.values[measure.key])
                for old, new in pairs
                if new.set_name == name and measure.key in old.values and measure.key in new.values
            ]
            if both:
                old_values, new_values = [pair[0] for pair in both], [pair[1] for pair in both]
                changes.append(
                    Change(
                        measure.name,
                        Part(name),
                        sum(old_values) / len(both),
                        sum(new_values) / len(both),
                        paired(old_values, new_values),
                    )
                )
    return changes


def _caveats(before: Result, after: Result) -> list[str]:
    old, new = before.conditions, after.conditions
    caveats = [
        f"{name}: {was} then, {now} now"
        for name, was, now in (
            ("original documents", _held(old.originals), _held(new.originals)),
            ("embedder", old.embedder, new.embedder),
            ("shipped data", old.data[:12], new.data[:12]),
        )
        if was != now
    ]
    changed = [name for name in new.sets if old.sets.get(name, new.sets[name]) != new.sets[name]]
    missing = [name for name in new.sets if name not in old.sets]
    caveats += [f"{name}: its questions have changed" for name in changed]
    return caveats + [f"{name}: not among the earlier results" for name in missing]


def _held(originals: bool) -> str:
    return "ingested" if originals else "not at hand"
