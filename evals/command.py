"""The evaluation as one call, for `landbrief eval` and `python -m evals.run`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from evals.bar_files import load_bars, read_bar_file, written
from evals.bars import FEWEST, Standing, raised, standings
from evals.chat_judge import advise, open_judge
from evals.comparison import Comparison
from evals.comparison import compare as compared
from evals.errors import BadBars
from evals.measuring import measure
from evals.questions import load_file
from evals.report.page import page
from evals.report.tables import print_broken, print_result
from evals.results import Result, read_result
from evals.shipped import load_sets
from kb.settings import Settings

BASELINE: Final = "baseline.json"
BARS: Final = "bars.toml"


def run_from_command_line(
    settings: Settings,
    sets: Sequence[str] = (),
    questions: Path | None = None,
    as_json: bool = False,
    report: Path | None = None,
    compare: Path | None = None,
    *,
    save: Path | None = None,
    without_originals: bool = False,
    raise_floors: bool = False,
    plant: str | None = None,
    bars: Path | None = None,
    judge: str | None = None,
) -> int:
    """Evaluates, prints, and says by its exit code whether every floor held: 0, or 1 below one.

    `sets` are names or splits of sets that ship (all when empty), run in a fresh temporary home
    with the originals where they are at hand; a `questions` file is run instead over the user's
    own home, which is only read. `as_json` prints the result as JSON alone; `report` is where an
    HTML page goes, `save` where the result goes as JSON to be compared with later (`BASELINE`
    under `evals/` is compared with where nothing else is named); `without_originals` leaves them
    out, also where they are at hand; `bars` is a file of bars instead of the one that ships, and
    `raise_floors` writes what was measured into it as new floors; `plant` names a fault to plant
    first; `judge` names a chat model whose marks are shown and count for nothing.

    Raises LandBriefError for a bad question file, an unknown set, fault or chat model, or unusable
    stores.
    """
    own = questions is not None
    chosen = (load_file(questions),) if questions is not None else load_sets(sets)
    adviser = open_judge(judge) if judge is not None else None
    baseline = compare or (None if own else _shipped(BASELINE))
    earlier = read_result(baseline) if baseline is not None else None
    held = load_bars() if bars is None else read_bar_file(bars)
    result, originals = measure(
        settings,
        chosen,
        own=own,
        without_originals=without_originals,
        plant=plant,
        quiet=as_json,
    )
    if adviser is not None:
        result = advise(result, chosen, adviser)
    if raise_floors and plant is None:
        target = bars or _shipped(BARS)
        if target is None:
            raise BadBars("bars.toml is not a file here: name one with --bars")
        fewest = 1 if own else FEWEST
        held = raised(held, result.outcomes, originals=originals, fewest=fewest)
        target.write_text(written(held), encoding="utf-8")
    standing = standings(held, result.outcomes, originals=originals)
    comparison = compared(earlier, result) if earlier is not None else None
    if save is not None:
        save.write_text(result.baseline(), encoding="utf-8")
    if report is not None:
        report.write_text(page(result, standing, comparison), encoding="utf-8")
    _print(result, standing, comparison, as_json=as_json)
    return int(any(one.is_broken for one in standing))


def _print(
    result: Result,
    standing: Sequence[Standing],
    comparison: Comparison | None,
    *,
    as_json: bool,
) -> None:
    if as_json:
        sys.stdout.write(result.to_json() + "\n")
    else:
        # A pipe has no width: a table must not be cut to 80 columns there.
        stdout = Console()
        print_result(
            stdout if stdout.is_terminal else Console(width=180), result, standing, comparison
        )
    print_broken(Console(stderr=True, soft_wrap=True), standing)


def _shipped(name: str) -> Path | None:
    file = Path(__file__).resolve().parent / name
    return file if file.is_file() else None
