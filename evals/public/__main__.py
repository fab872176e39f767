"""`python -m evals.public DATA`: retrieval and alignment on public sets in a folder of yours.

DATA holds `training/` (question → passage files) and `devtest/` (aligned sentences); the README
beside them says what they are. Nothing of them is in the repository.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from evals.measures.statistics import Interval, bootstrap
from evals.public.alignment import alignments
from evals.public.retrieval import MEASURES, Outcome, outcomes
from evals.public.sets import read_rows, retrieval_sets
from kb.embedding import load_embedder
from kb.errors import LandBriefError
from kb.languages import Language
from kb.settings import Settings, load_settings
from kb.static_model import NAME as TRAINED
from kb.terms import load_terms
from kb.training.held_out import hold_out
from kb.training.sources import read_material


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 with one line where something is missing."""
    given = _parser().parse_args(arguments)
    console = Console() if sys.stdout.isatty() else Console(width=150)
    try:
        settings = load_settings()
        all_passages = given.all or not settings.embedder.startswith(TRAINED)
        sets = retrieval_sets(read_rows(given.data), None if all_passages else _unseen(given.data))
        found = list(outcomes(sets, settings))
        console.print(_retrieval_table(found, "all rows" if all_passages else "held-out rows"))
        console.print(_mean_table(found))
        console.print(_alignment_table(given.data, settings))
    except LandBriefError as error:
        sys.stderr.write(f"evals.public: {error}\n")
        return 1
    if given.json is not None:
        given.json.write_text(_json(found), encoding="utf-8")
    return 0


def _unseen(data: Path) -> set[str]:
    _, held = hold_out(read_material(data / "training"))
    return {passage for passages in held.passages.values() for passage in passages}


def _retrieval_table(found: Iterable[Outcome], rows: str) -> Table:
    table = Table(title=f"Retrieval ({rows}; 95 % bootstrap intervals)", title_justify="left")
    for column in ("set", "asked-passages", "passages", "n", "by", *MEASURES):
        right = column in ("passages", "n", *MEASURES)
        table.add_column(column, justify="right" if right else "left")
    for one in found:
        figures = [one.figure(measure) for measure in MEASURES]
        table.add_row(
            one.name,
            one.pair,
            str(one.passages),
            str(figures[0].n),
            one.way,
            _with_interval(figures[0]),
            *(f"{figure.value:.3f}" for figure in figures[1:]),
        )
    return table


def _mean_table(found: Sequence[Outcome]) -> Table:
    table = Table(title="Means over sets", title_justify="left")
    for column in ("", "by", *MEASURES):
        table.add_column(column, justify="right" if column in MEASURES else "left")
    for within, label in ((True, "one language"), (False, "across two")):
        for way in dict.fromkeys(one.way for one in found):
            some = [one for one in found if one.is_within_language == within and one.way == way]
            if some:
                means = (np.mean([one.figure(m).value for one in some]) for m in MEASURES)
                table.add_row(f"{label} ({len(some)})", way, *(f"{mean:.4f}" for mean in means))
    return table


def _alignment_table(data: Path, settings: Settings) -> Table:
    embedder = load_embedder(
        settings.embedder,
        load_terms().concepts,
        settings.embedder_query_prefix,
        settings.embedder_passage_prefix,
    )
    others: tuple[Language, ...] = ("ar", "zh", "fr", "ru", "es")
    table = Table(title="English → its translation, accuracy@1", title_justify="left")
    for column in ("sentences", "among", *others):
        table.add_column(column, justify="left" if column == "sentences" else "right")
    for name, count, found in alignments(data, embedder):
        cells = (_with_interval(bootstrap(found[language])) for language in others)
        table.add_row(name, f"{count:,}", *cells)
    return table


def _with_interval(figure: Interval) -> str:
    return f"{figure.value:.3f} [{figure.low:.3f} {figure.high:.3f}]"


def _json(found: Iterable[Outcome]) -> str:
    lines = [
        {"set": one.name, "pair": one.pair, "by": one.way, "passages": one.passages}
        | {measure: one.figure(measure).value for measure in MEASURES}
        | {"n": one.figure("R@1").n}
        for one in found
    ]
    return json.dumps(lines, indent=1) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.public", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with training/ and devtest/")
    parser.add_argument(
        "--all",
        action="store_true",
        help="ask of every passage, also where the shipped model was trained on it",
    )
    parser.add_argument("--json", type=Path, help="write the figures of retrieval")
    return parser


if __name__ == "__main__":
    sys.exit(main())
