"""`python -m kb.training DATA`: trains the embedding model and writes it to `kb/data/model`."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kb.errors import LandBriefError
from kb.training.recipe import TINY, Recipe

_SHIPPED = Path(__file__).parents[1] / "data" / "model"


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains from the files in DATA; 1, with one line, when they are not there."""
    given = _parser().parse_args(arguments)
    if given.data is None or not given.data.is_dir():
        named = f"{given.data} is no folder" if given.data else "no folder was named"
        sys.stderr.write(
            f"model: {named}: the training data is not part of this repository "
            "(make model DATA=folder)\n"
        )
        return 1
    recipe = TINY if given.tiny else Recipe()
    # Read once by the libraries, so set before they are imported: one seed, one result.
    os.environ.setdefault("OMP_NUM_THREADS", str(recipe.threads))
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or threads spin on a busy machine
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    try:
        from kb.training.run import make_meanings, make_model
    except ImportError as error:
        sys.stderr.write(f"model: {error.name} is missing: pip install -e '.[training]'\n")
        return 1
    started = time.monotonic()

    def say(line: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:6.0f} s  {line}\n")

    try:
        if given.meanings:
            make_meanings(given.data, given.out, say)
        else:
            make_model(given.data, given.out, recipe, say)
    except LandBriefError as error:
        sys.stderr.write(f"model: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kb.training", description=main.__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="folder of the training files")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="where the model is written")
    parser.add_argument(
        "--meanings", action="store_true", help="only what the pieces of the model there mean"
    )
    parser.add_argument("--tiny", action="store_true", help="a few seconds' run, to try the code")
    return parser


if __name__ == "__main__":
    sys.exit(main())
