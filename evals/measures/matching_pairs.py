"""One thing of a gold list for one that was found, and none twice."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_G = TypeVar("_G")
_F = TypeVar("_F")


def paired_off(
    gold: Sequence[_G], found: Sequence[_F], agree: Callable[[_G, _F], bool]
) -> dict[int, _F]:
    """For each place of `gold` the first of `found` that agrees with it and is not taken yet."""
    left = list(found)
    pairs: dict[int, _F] = {}
    for at, wanted in enumerate(gold):
        match = next((i for i, one in enumerate(left) if agree(wanted, one)), None)
        if match is not None:
            pairs[at] = left.pop(match)
    return pairs
