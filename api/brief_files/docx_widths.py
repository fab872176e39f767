"""Widths of a table's columns, so that its rows take few lines, and of the parts of a bar."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import count, takewhile
from typing import Final
from unicodedata import east_asian_width

_HALF_WIDTH: Final = 104  # twentieths of a point of a Latin letter of a table's text
_CELL_MARGINS: Final = 190
_WIDEST_WORD: Final = 1800
_STEP: Final = 90
_BOLD: Final = 1.15
_WIDE_SCRIPT: Final = 1.15  # letters beside those of English: Cyrillic ones above all

Column = Sequence[str]
"""The texts of a column, its heading first."""


def column_widths(columns: Sequence[Column], room: int) -> list[int]:
    """The widths of `columns`, `room` twentieths of a point together.

    No column is narrower than its longest word, up to a bound; the rest goes, step by step, to the
    column that saves most lines for what it takes.
    """
    widths = [min(_least(column), _WIDEST_WORD) for column in columns]
    left = room - sum(widths)
    while left > 0:
        step = _best_step(columns, widths, left)
        if step is None:
            break
        at, more = step
        widths[at] += more
        left -= more
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] += left
    return widths


def width_of(text: str) -> int:
    """About how wide a line of `text` is in a cell, its margins included."""
    return halves(text) * _HALF_WIDTH + _CELL_MARGINS


def shares(counts: Sequence[int], units: int) -> list[int]:
    """`units` divided as `counts` are, by the largest remainders; no count above 0 gets none."""
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    exact = [units * count / whole for count in counts]
    found = [max(int(one), 1) if count else 0 for one, count in zip(exact, counts, strict=True)]
    while sum(found) != units:
        step = 1 if sum(found) < units else -1
        at = max(
            (i for i, count in enumerate(counts) if count and found[i] + step > 0),
            key=lambda i: step * (exact[i] - found[i]),
        )
        found[at] += step
    return found


def _best_step(
    columns: Sequence[Column], widths: Sequence[int], left: int
) -> tuple[int, int] | None:
    """The column and what to add to it; None where nothing that is left saves a line."""
    lines = [[_lines(text, width) for text in c] for c, width in zip(columns, widths, strict=True)]
    tall = [max(row) for row in zip(*lines, strict=True)]
    best: tuple[float, int, int] | None = None
    for at, column in enumerate(columns):
        others = [
            max((some[nth] for other, some in enumerate(lines) if other != at), default=1)
            for nth in range(len(tall))
        ]
        for more in takewhile(lambda one: one <= left, count(_STEP, _STEP)):
            wider = (_lines(text, widths[at] + more) for text in column)
            saved = sum(
                was - max(now, other) for was, now, other in zip(tall, wider, others, strict=True)
            )
            if saved and (best is None or saved / more > best[0]):
                best = saved / more, at, more
    return (best[1], best[2]) if best else None


@lru_cache(maxsize=20_000)
def _lines(text: str, width: int) -> int:
    """How many lines `text` takes in a cell so wide."""
    room = max(1, (width - _CELL_MARGINS) // _HALF_WIDTH)
    lines, line = 1, 0
    for word in text.split(" "):
        size = halves(word)
        if line and line + 1 + size > room:
            lines, line = lines + 1, 0
        line += size + (1 if line else 0)
        if line > room:
            # Han parts anywhere; of another word the same is near enough.
            lines += (line - 1) // room
            line = line % room or room
    return lines


def _least(column: Column) -> int:
    """The width of the longest word; the heading, which comes first, is bold."""
    return max(
        int(_letters(word) * (_BOLD if nth == 0 else 1) * _HALF_WIDTH) + _CELL_MARGINS
        for nth, text in enumerate(column)
        for word in text.split() or [""]
    )


def _letters(word: str) -> float:
    if halves(word) > len(word):
        return halves(word[:2])
    return halves(word) if word.isascii() else halves(word) * _WIDE_SCRIPT


@lru_cache(maxsize=4_000)
def halves(text: str) -> int:
    """How many Latin letters are about as wide as `text`."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
