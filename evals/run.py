"""`python -m evals.run`: the evaluation from a checkout, with what only developers need."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.command import run_from_command_line
from evals.faults import fault_names
from kb.errors import LandBriefError
from kb.settings import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the arguments ask for; 1 below a floor or where nothing could be run."""
    given = _parser().parse_args(arguments)
    try:
        return run_from_command_line(
            load_settings(),
            given.sets,
            given.questions,
            given.json,
            given.report,
            given.compare,
            save=given.save,
            without_originals=given.without_originals,
            raise_floors=given.raise_floors,
            plant=given.plant,
            bars=given.bars,
            judge=given.judge,
        )
    except LandBriefError as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.run", description=main.__doc__)
    parser.add_argument("sets", nargs="*", help="names or splits of sets; all when none is named")
    parser.add_argument("--questions", type=Path, help="a question file, asked of your own home")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--report", type=Path, help="write a page (HTML) with plots")
    parser.add_argument("--compare", type=Path, help="an earlier result (default: baseline.json)")
    parser.add_argument("--save", type=Path, help="write the result, to be compared with later")
    parser.add_argument(
        "--without-originals", action="store_true", help="run on the shipped digests alone"
    )
    parser.add_argument(
        "--raise-floors", action="store_true", help="make what is measured the floor in bars.toml"
    )
    parser.add_argument("--bars", type=Path, help="a file of bars instead of bars.toml")
    parser.add_argument(
        "--judge", metavar="MODEL", help="a chat model that marks answers (advisory)"
    )
    parser.add_argument("--plant", choices=fault_names(), metavar="FAULT", help="plant a fault")
    return parser


if __name__ == "__main__":
    sys.exit(main())
