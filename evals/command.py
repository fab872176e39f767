"""The evaluation as one call, for `landbrief eval` and `python -m evals.run`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

from rich.console import Console
from rich.progress import Progress

from evals.bar_files import load_bars, written
from evals.bars import Bar, Standing, raised, standings
from evals.comparison import Comparison
from evals.comparison import compare as compared
from evals.conditions import conditions
from evals.errors import BadBars
from evals.faults import planted
from evals.home import Home, fresh_home, own_home
from evals.machine import peak_memory_mb
from evals.questions import QuestionSet, documents_of, load_file, load_sets
from evals.report.page import page
from evals.report.tables import print_broken, print_result
from evals.results import Result, merged, read_result
from evals.running import evaluate
from kb.settings import Settings
from kb.terms import load_terms

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
    bars: Sequence[Bar] | None = None,
) -> int:
    """Evaluates, prints, and says by its exit code whether every floor held: 0, or 1 below one.

    `sets` are names or splits of sets that ship (all when empty), run in a fresh temporary home
    with the originals where they are at hand; a `questions` file is run instead over the user's
    own home, which is only read. `as_json` prints the result as JSON alone; `report` is where an
    HTML page goes, `save` where the result goes as JSON to be compared with later (`BASELINE`
    under `evals/` is compared with where nothing else is named); `without_originals` leaves them
    out, also where they are at hand; `raise_floors` writes what was measured into the bars as new
    floors; `plant` names a fault to plant first. `bars` stand in for those that ship.

    Raises LandBriefError for a bad question file, an unknown set or fault, or unusable stores.
    """
    own = questions is not None
    chosen = (load_file(questions),) if questions is not None else load_sets(sets)
    baseline = compare or (None if own else _shipped(BASELINE))
    earlier = read_result(baseline) if baseline is not None else None
    held = tuple(bars) if bars is not None else load_bars()
    results: list[Result] = []
    originals = False
    for documents, group in _by_documents(chosen, own=own):
        opening = (
            own_home(settings)
            if own
            else fresh_home(settings, without_originals=without_originals, documents=documents)
        )
        with opening as home:
            results.append(_evaluated(settings, home, group, plant, quiet=as_json))
            originals = originals or (home.originals and documents is None)
    result = merged(results)
    if raise_floors and plant is None:
        target = _shipped(BARS)
        if target is None:
            raise BadBars("bars.toml is not a file here: raise floors in a checkout")
        held = raised(held, result.outcomes, originals=originals)
        target.write_text(written(held), encoding="utf-8")
    standing = standings(held, result.outcomes, originals=originals)
    comparison = compared(earlier, result) if earlier is not None else None
    if save is not None:
        save.write_text(result.baseline(), encoding="utf-8")
    if report is not None:
        report.write_text(page(result, standing, comparison), encoding="utf-8")
    _print(result, standing, comparison, as_json=as_json)
    return int(any(one.is_broken for one in standing))


def _by_documents(
    sets: Sequence[QuestionSet], *, own: bool
) -> list[tuple[Path | None, list[QuestionSet]]]:
    """The sets in groups that ask about the same documents, the founding ones first."""
    groups: dict[Path | None, list[QuestionSet]] = {}
    for one in sets:
        groups.setdefault(None if own else documents_of(one.name), []).append(one)
    return sorted(groups.items(), key=lambda group: group[0] is not None)


def _evaluated(
    settings: Settings, home: Home, sets: Sequence[QuestionSet], plant: str | None, *, quiet: bool
) -> Result:
    system = home.system if plant is None else planted(home.system, plant, home.assistant_over)
    made_under = conditions(settings, home, sets, plant)
    started = perf_counter()
    stderr = Console(stderr=True)
    with Progress(console=stderr, disable=quiet or not stderr.is_terminal) as progress:
        task = progress.add_task("asking", total=None)
        outcomes = evaluate(
            system,
            sets,
            load_terms(),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
    return Result(made_under, outcomes, perf_counter() - started, peak_memory_mb())


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
