"""The bars: for each measure a floor, which blocks and only ever rises, and a target.

For a measure where lower is better, the floor is the most that is let pass, and it only ever
falls. Floors hold for one set and one condition, with the original documents or without; targets
are what the project's issues ask for, on every set.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import Final

from evals.measures.catalogue import Measure
from evals.measures.statistics import Interval
from evals.outcomes import Outcome
from evals.questions import QuestionKind
from evals.summary import Part, measured, sets_of
from kb.languages import Language

FEWEST: Final = 10
"""Questions that a share must be of to get a floor in the file that ships."""
_PLACES: Final = 3  # decimals of a floor


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure over all questions of a set, those of a language, or those of some kinds."""

    measure: Measure
    target: float | None = None
    issue: int | None = None  # that asks for the target
    language: Language | None = None
    kinds: tuple[QuestionKind, ...] = ()
    floors: Mapping[str, float] = field(default_factory=dict)  # by set, with the originals
    floors_without: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, Language | None, tuple[QuestionKind, ...]]:
        """What makes it this bar."""
        return self.measure.name, self.language, self.kinds

    def floors_for(self, *, originals: bool) -> Mapping[str, float]:
        """The floors of one condition, by set."""
        return self.floors if originals else self.floors_without


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a set stands against a bar. `short_of_target` is 0 where it is met or there is none."""

    bar: Bar
    part: Part
    interval: Interval
    floor: float | None
    short_of_target: float

    @property
    def is_broken(self) -> bool:
        """Whether it is below its floor (or above, where lower is better)."""
        if self.floor is None:
            return False
        return _is_worse(self.bar.measure, self.interval.value, self.floor)

    @property
    def report(self) -> str:
        """What broke, where and by how much, in one line."""
        side = "below its floor" if self.bar.measure.better == "higher" else "above its ceiling"
        return (
            f"{self.part}: {self.bar.measure.name} {self.interval.value:.3f} "
            f"(n={self.interval.n}) is {side} {self.floor:.3f}: {self.bar.measure.broken}"
        )


def standings(
    bars: Sequence[Bar], outcomes: Sequence[Outcome], *, originals: bool
) -> tuple[Standing, ...]:
    """Where each set stands against each bar that says something of it."""
    return tuple(
        standing
        for name in sets_of(outcomes)
        for bar in bars
        for standing in _standing(bar, Part(name, bar.language, bar.kinds), outcomes, originals)
    )


def raised(
    bars: Sequence[Bar], outcomes: Sequence[Outcome], *, originals: bool, fewest: int = 1
) -> tuple[Bar, ...]:
    """The bars with each floor at what was measured, where that is stricter.

    A latency has no floor: it is another machine's affair. Nor has a share of fewer than `fewest`
    values, unless lower is better: one question would move it too far.
    """
    return tuple(
        bar if bar.measure.unit == "ms" else _raised(bar, outcomes, originals, fewest)
        for bar in bars
    )


def loosened(before: Sequence[Bar], after: Sequence[Bar]) -> tuple[str, ...]:
    """A line for each floor of `before` that is gone or less strict in `after`."""
    now = {bar.key: bar for bar in after}
    return tuple(
        f"{Part(name, bar.language, bar.kinds)}: {bar.measure.name} was {old}, is {new}"
        for bar in before
        for originals in (True, False)
        for name, old in bar.floors_for(originals=originals).items()
        for new in (_floor_in(now.get(bar.key), name, originals),)
        if new is None or _is_worse(bar.measure, new, old)
    )


def _floor_in(bar: Bar | None, name: str, originals: bool) -> float | None:
    return None if bar is None else bar.floors_for(originals=originals).get(name)


def _is_worse(measure: Measure, value: float, than: float) -> bool:
    gap = than - value if measure.better == "higher" else value - than
    return gap > 1e-9


def _standing(
    bar: Bar, part: Part, outcomes: Sequence[Outcome], originals: bool
) -> Iterator[Standing]:
    interval = measured(bar.measure, part.of(outcomes))
    if interval is None:
        return
    gap = 0.0
    if bar.target is not None and _is_worse(bar.measure, interval.value, bar.target):
        gap = abs(bar.target - interval.value)
    yield Standing(bar, part, interval, bar.floors_for(originals=originals).get(part.set_name), gap)


def _raised(bar: Bar, outcomes: Sequence[Outcome], originals: bool, fewest: int) -> Bar:
    floors = dict(bar.floors_for(originals=originals))
    scale = 10**_PLACES
    for name in sets_of(outcomes):
        interval = measured(bar.measure, Part(name, bar.language, bar.kinds).of(outcomes))
        higher = bar.measure.better == "higher"
        if interval is None or (higher and interval.n < fewest):
            continue
        value = (floor if higher else ceil)(round(interval.value * scale, 6)) / scale
        if name not in floors or _is_worse(bar.measure, floors[name], value):
            floors[name] = value
    return replace(bar, floors=floors) if originals else replace(bar, floors_without=floors)
