"""Which of the numbers at line starts number the document's paragraphs.

UN documents number paragraphs consecutively through the whole text while numbered headings and
list items restart. So the paragraphs' numbers are the best chain: the sequence of candidates in
reading order that goes on by one most steadily and whose members look most like paragraphs
(dynamic programming over candidates; cost of a step below).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ingestion.enumerators import Numbered

Mode = Literal["paragraphs", "sections"]

_MEMBER: Final = 0.9  # worth of any number that goes on
_GAP: Final = 0.9  # cost of a skipped number, plus _PER_SKIP for each one
_PER_SKIP: Final = 0.1
_MOST_GAP: Final = 1.4
_REPEAT: Final = 0.9
_START: Final = 1.0  # cost of a chain that does not begin with 1
_SHORTEST_RESTART: Final = 3  # candidates that make a second chain


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that starts with a number. `prose` is how much it looks like a paragraph, -1 to 1."""

    index: int  # of its piece
    number: Numbered
    prose: float


@dataclass(frozen=True, slots=True)
class Numbering:
    """The chosen chains: indices of pieces, one tuple for each run that starts anew."""

    mode: Mode
    chains: tuple[tuple[int, ...], ...]


def choose_numbering(candidates: Sequence[Candidate]) -> Numbering:
    """The numbering of one part (body or annex) of a document; no chain when there is none."""
    simple = [c for c in candidates if len(c.number.value) == 1]
    dotted = [c for c in candidates if len(c.number.value) == 2]
    titles = [_as_title(c) for c in candidates]
    numbered = max((simple, dotted), key=lambda chosen: _best_chain(chosen)[0])
    if dotted and _best_chain(titles)[0] > _best_chain(numbered)[0]:
        # A table of contents prints the same numbers before: the later chain is the text's.
        return Numbering("sections", (_best_chain(titles)[1],))
    return Numbering("paragraphs", _chains(numbered))


def _as_title(candidate: Candidate) -> Candidate:
    return Candidate(candidate.index, candidate.number, -candidate.prose)


def _chains(candidates: Sequence[Candidate]) -> tuple[tuple[int, ...], ...]:
    """The best chain, and the runs that start anew before or behind it."""
    _, best = _best_chain(candidates)
    if not best:
        return ()
    outside = (
        [c for c in candidates if c.index < best[0]],
        [c for c in candidates if c.index > best[-1]],
    )
    restarts = (chain for rest in outside for chain in _chains(rest))
    return tuple(sorted([best, *(c for c in restarts if len(c) >= _SHORTEST_RESTART)]))


def _best_chain(candidates: Sequence[Candidate]) -> tuple[float, tuple[int, ...]]:
    totals: list[float] = []
    before: list[int | None] = []
    latest: dict[tuple[int, ...], int] = {}  # best position so far for each value
    for position, candidate in enumerate(candidates):
        value = candidate.number.value
        total, previous = -_start_cost(value), None
        for earlier_value, earlier in latest.items():
            cost = _step_cost(earlier_value, value)
            if earlier_value == value and earlier != position - 1:
                continue  # a number comes twice in a row, or the numbering starts again
            if cost is not None and totals[earlier] - cost > total:
                total, previous = totals[earlier] - cost, earlier
        totals.append(total + _MEMBER + candidate.prose)
        before.append(previous)
        holder = latest.get(value)
        if holder is None or totals[position] >= totals[holder]:
            latest[value] = position
    if not totals:
        return 0.0, ()
    best = max(range(len(totals)), key=lambda position: (totals[position], position))
    if totals[best] <= 0:
        return 0.0, ()
    chain: list[int] = []
    cursor: int | None = best
    while cursor is not None:
        chain.append(candidates[cursor].index)
        cursor = before[cursor]
    return totals[best], tuple(reversed(chain))


def _start_cost(value: tuple[int, ...]) -> float:
    return 0.0 if value[-1] == 1 else _START


def _step_cost(earlier: tuple[int, ...], later: tuple[int, ...]) -> float | None:
    """Cost of going on from one number to another; None where that is no way to go on."""
    if len(later) == len(earlier) + 1 and later[:-1] == earlier:
        return 0.0 if later[-1] == 1 else _GAP
    if len(later) < len(earlier):
        step = later[-1] - earlier[len(later) - 1]
        same_parent = later[:-1] == earlier[: len(later) - 1]
        return _gap_cost(step) if same_parent and step > 0 else None
    if len(later) > len(earlier):
        return None
    if later[:-1] == earlier[:-1]:
        step = later[-1] - earlier[-1]
        if step == 0:
            return _REPEAT
        return _gap_cost(step) if step > 0 else None
    moved_on = later[-1] == 1 and len(later) == 2 and later[0] == earlier[0] + 1
    return 0.0 if moved_on else None


def _gap_cost(step: int) -> float:
    return 0.0 if step == 1 else min(_MOST_GAP, _GAP + _PER_SKIP * (step - 1))
