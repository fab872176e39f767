"""How sure a figure is, and whether two runs differ. Seeds are fixed: equal runs compare equal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = 20241202
RESAMPLES: Final = 1_000
PERMUTATIONS: Final = 10_000

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From samples, shape (resamples, n), to one number for each, shape (resamples,)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its confidence interval: `low <= value <= high` but for odd samples."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of `after - before` over the same questions, its interval, and how likely a difference
    at least as large is if the two runs were alike (two-sided, in (0, 1])."""

    mean: float
    low: float
    high: float
    p: float
    n: int
    better: int  # questions whose value rose
    worse: int  # questions whose value fell


def mean(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """The statistic of most measures."""
    means: NDArray[np.float64] = samples.mean(axis=1)
    return means


def quantile(share: float) -> Statistic:
    """The statistic of latencies: `quantile(0.95)` is p95, interpolated linearly."""

    def of(samples: NDArray[np.float64]) -> NDArray[np.float64]:
        values: NDArray[np.float64] = np.quantile(samples, share, axis=1)
        return values

    return of


def bootstrap(
    values: Sequence[float],
    statistic: Statistic = mean,
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
) -> Interval:
    """The statistic of `values` with its bootstrap percentile interval.

    Where all values are equal the interval has no width, which says nothing about rare failures.
    Raises ValueError for no values. Source: Efron & Tibshirani (1993), §13.3.
    """
    if not values:
        raise ValueError("no values: nothing can be said of them")
    sample = np.asarray(values, np.float64)
    value = float(statistic(sample[np.newaxis, :])[0])
    if sample.min() == sample.max():
        return Interval(value, value, value, len(values))
    drawn = np.random.default_rng(SEED).integers(0, len(values), (resamples, len(values)))
    spread = statistic(sample[drawn])
    low, high = np.quantile(spread, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(value, float(low), float(high), len(values))


def paired(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Compares two runs over the same questions, in the same order.

    p by sign-flip permutation with (1 + count) / (1 + permutations), never 0. Raises ValueError
    for unequal lengths or none. Sources: Efron & Tibshirani (1993), §15.2; Smucker, Allan &
    Carterette (2007), A comparison of statistical significance tests for IR evaluation.
    """
    if len(before) != len(after) or not before:
        raise ValueError(f"cannot pair {len(before)} values with {len(after)}")
    gained = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    interval = bootstrap(gained.tolist())
    flips = np.random.default_rng(SEED).integers(0, 2, (PERMUTATIONS, len(gained))) * 2 - 1
    extreme = np.abs((flips * gained).mean(axis=1)) >= abs(gained.mean()) - 1e-12
    return Difference(
        mean=interval.value,
        low=interval.low,
        high=interval.high,
        p=float(1 + extreme.sum()) / (1 + PERMUTATIONS),
        n=len(gained),
        better=int((gained > 0).sum()),
        worse=int((gained < 0).sum()),
    )
