"""One contestant over one corpus: what it found, and what it cost."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from evals.machine import folder_mb
from evals.peers.contestant import Corpus, Found, Text
from evals.peers.field import Make
from evals.peers.judging import K

WARM_UP: Final = Corpus("warm-up", (), (Text("warm-up", "1. Dunes move.\n\n2. Rain falls."),), 2)


@dataclass(frozen=True, slots=True)
class Run:
    """Of a contestant over a corpus. `hits` and `query_ms` are by query, in order.

    `ingest_s` are the times of repeated ingestions, each into a store of its own.
    """

    hits: tuple[tuple[Found, ...], ...]
    ingest_s: tuple[float, ...]
    query_ms: tuple[float, ...]
    disk_mb: float
    model_mb: float  # weights that it needs besides


def run(make: Make, corpus: Corpus, queries: Sequence[str], repeats: int) -> Run:
    """Ingests and asks. Making the contestant, its first ingestion and a first query are warm-up:
    no import, no loading of a model and no opening of a store is in any time."""
    with TemporaryDirectory(prefix="landbrief-peers-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        _warm_up(make, root / "warm-up", corpus)
        times = [_ingestion(make, root / str(number), corpus) for number in range(1, repeats)]
        contestant = _made(make, root / "last")
        started = perf_counter()
        contestant.ingest(corpus)
        times.append(perf_counter() - started)
        contestant.search(queries[0], K)
        hits, query_ms = [], []
        for query in queries:
            started = perf_counter()
            found = contestant.search(query, K)
            query_ms.append(1000 * (perf_counter() - started))
            hits.append(tuple(found))
        store, model = contestant.written()
        sizes = folder_mb(store), folder_mb(model) if model else 0.0
        contestant.close()
    return Run(tuple(hits), tuple(times), tuple(query_ms), *sizes)


def memory_growth_mb(name: str, corpus: Corpus, queries: Sequence[str]) -> float:
    """Resident memory (MiB) that importing, ingesting and asking add to a process of its own.

    Of its own, because contestants share libraries: in one process the first would pay for all.
    Raises RuntimeError where it fails.
    """
    given = json.dumps({"name": name, "corpus": asdict(corpus), "queries": queries}, default=str)
    command = [sys.executable, "-m", "evals.peers.memory"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"memory of {name}: {done.stderr.strip()[-500:]}")
    return float(done.stdout.splitlines()[-1])


def _warm_up(make: Make, folder: Path, corpus: Corpus) -> None:
    warm = WARM_UP
    if corpus.files:
        file = folder.with_suffix(".txt")
        file.write_text(WARM_UP.texts[0].text, encoding="utf-8")
        warm = Corpus(WARM_UP.name, (file,), WARM_UP.texts, WARM_UP.paragraphs)
    contestant = _made(make, folder)
    contestant.ingest(warm)
    contestant.search("Where do dunes move?", K)
    contestant.close()


def _ingestion(make: Make, folder: Path, corpus: Corpus) -> float:
    contestant = _made(make, folder)
    started = perf_counter()
    contestant.ingest(corpus)
    seconds = perf_counter() - started
    contestant.close()
    return seconds


def _made(make: Make, folder: Path):  # type: ignore[no-untyped-def]
    folder.mkdir()
    return make(folder)
