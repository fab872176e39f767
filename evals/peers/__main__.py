"""`python -m evals.peers`: LandBrief beside what a user would pick instead, in one process."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console

from evals.bench.generator import questions as synthetic_questions
from evals.conditions import revision
from evals.home import fresh_home, originals_folder
from evals.peers.contestant import Corpus
from evals.peers.corpora import asked, corpora, synthetic
from evals.peers.field import NAMES, maker
from evals.peers.figures import Entry, Heat, ratios
from evals.peers.judging import Judge
from evals.peers.running import memory_growth_mb, run
from evals.peers.tables import as_json, print_comparison
from evals.questions import Question
from kb.errors import LandBriefError
from kb.settings import load_settings

REPEATS: Final = 3  # ingestions of the documents
SYNTHETIC: Final = 1_200
QUERIES: Final = 120  # of the synthetic documents


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs, prints; 1 where a speed bar is not met or something could not be run."""
    given = _parser().parse_args(arguments)
    before = os.getloadavg()[0]
    try:
        heats = tuple(_heats(given.synthetic))
    except (LandBriefError, RuntimeError) as error:
        sys.stderr.write(f"evals.peers: {error}\n")
        return 1
    if given.json:
        sys.stdout.write(as_json(heats, revision()))
    else:
        stdout = Console()
        console = stdout if stdout.is_terminal else Console(width=200)
        print_comparison(console, heats)
        load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores"
        console.print(f"revision {revision() or 'unknown'}, load {load}", highlight=False)
    return int(not all(one.is_met for heat in heats for one in ratios(heat)))


def _heats(passages: int) -> Iterator[Heat]:
    settings = load_settings()
    folder = originals_folder(settings)
    if folder is None:
        raise RuntimeError("the originals are not at hand: set LANDBRIEF_ORIGINALS")
    with fresh_home(settings) as home, TemporaryDirectory(prefix="landbrief-peers-") as scratch:
        questions = asked(home.system.kb)
        plain, full = corpora(folder, home.system.kb)
        yield _heat(plain, questions, Judge(home.system.catalogue, ("original",)))
        yield _heat(full, questions, Judge(home.system.catalogue, ("original", "digest")))
        if passages:
            queries = [text for _, text in synthetic_questions(QUERIES)]
            corpus = synthetic(Path(scratch), passages)
            entries = {name: Entry(run(maker(name), corpus, queries)) for name in NAMES}
            yield Heat(corpus, (), entries)


def _heat(corpus: Corpus, questions: tuple[Question, ...], judge: Judge) -> Heat:
    queries = [question.text for question in questions]
    entries = {}
    for name in NAMES:
        sys.stderr.write(f"{corpus.name}: {name}\n")
        done = run(maker(name), corpus, queries, REPEATS)
        judged = tuple(judge.judge(*pair) for pair in zip(questions, done.hits, strict=True))
        entries[name] = Entry(done, judged, memory_growth_mb(name, corpus, queries))
    return Heat(corpus, questions, entries)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.peers", description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--synthetic", type=int, default=SYNTHETIC, help="synthetic paragraphs for speed; 0: none"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
