"""`python -m evals.fault_check`: proves that each planted fault ends the evaluation with 1.

Each fault is planted in turn, the sets are run, and the bar that is there to catch it must break.
Floors are those of `bars.toml`; a set that has none yet gets what the sound system reaches.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table

from evals.bar_files import load_bars, read_bar_file
from evals.bars import Bar, Standing, raised, standings
from evals.errors import UnknownFault
from evals.faults import BROKEN_ANALYZER, fault_names
from evals.measuring import Measured, measure
from evals.shipped import AnySet, load_sets
from kb.errors import LandBriefError
from kb.languages import LANGUAGES
from kb.settings import Settings, load_settings

_CAUGHT_BY: Final = {
    "citations-off-by-one": "cites_gold",
    "quotes-altered": "non_verbatim_quote",
    "amounts-tenfold": "unsupported_figure",
    "abstention-off": "unanswerable_refused",
}


class Caught(NamedTuple):
    """A fault, every bar that it broke, and the lines of those that are there to catch it."""

    fault: str
    broken: int
    lines: tuple[str, ...]


def is_caught_by(fault: str, standing: Standing) -> bool:
    """Whether a broken bar is the one that is there for `fault`. Raises UnknownFault."""
    measured = standing.bar.measure.name
    if fault in _CAUGHT_BY:
        return measured == _CAUGHT_BY[fault]
    language = fault.removeprefix(BROKEN_ANALYZER)
    if language not in LANGUAGES:
        raise UnknownFault(f'no bar is there to catch the fault "{fault}"')
    return measured == "R@5" and standing.part.language == language


def check_faults(
    settings: Settings, sets: Sequence[AnySet], bars: Sequence[Bar], *, without_originals: bool
) -> tuple[Caught, ...]:
    """Every fault planted in turn. Raises LandBriefError for unusable stores."""

    def run(plant: str | None) -> Measured:
        return measure(
            settings,
            sets,
            without_originals=without_originals,
            plant=plant,
            quiet=plant is not None,
        )

    sound = run(None)
    floored = _with_floors(bars, sound)
    found: list[Caught] = []
    for fault in fault_names():
        result = run(fault)
        broken = [
            one
            for one in standings(floored, result.result.outcomes, originals=result.originals)
            if one.is_broken
        ]
        lines = tuple(one.report for one in broken if is_caught_by(fault, one))
        found.append(Caught(fault, len(broken), lines))
    return tuple(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a row for each fault; 1 where one is not caught."""
    parser = argparse.ArgumentParser(prog="python -m evals.fault_check", description=main.__doc__)
    parser.add_argument("sets", nargs="*", default=["dev/own"], help="names or splits of sets")
    parser.add_argument("--bars", type=Path, help="a file of bars instead of bars.toml")
    parser.add_argument("--without-originals", action="store_true", help="on the digests alone")
    given = parser.parse_args(arguments)
    try:
        caught = check_faults(
            load_settings(),
            load_sets(given.sets),
            load_bars() if given.bars is None else read_bar_file(given.bars),
            without_originals=given.without_originals,
        )
    except LandBriefError as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1
    stdout = Console()
    console = stdout if stdout.is_terminal else Console(width=180)
    console.print(_table(caught))
    return int(any(not one.lines for one in caught))


def _table(caught: Sequence[Caught]) -> Table:
    table = Table(title="Planted faults and the bars that catch them", title_justify="left")
    for column in ("fault", "bars broken", "what is said"):
        table.add_column(column)
    for one in caught:
        said = "\n".join(one.lines) or "NOT CAUGHT"
        table.add_row(one.fault, str(one.broken), said, style=None if one.lines else "bold red")
    return table


def _with_floors(bars: Sequence[Bar], sound: Measured) -> tuple[Bar, ...]:
    """Floors of the sound system where a set has none."""
    reached = raised(
        [replace(bar, floors={}, floors_without={}) for bar in bars],
        sound.result.outcomes,
        originals=sound.originals,
    )
    return tuple(
        replace(
            bar,
            floors={**new.floors, **bar.floors},
            floors_without={**new.floors_without, **bar.floors_without},
        )
        for bar, new in zip(bars, reached, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
