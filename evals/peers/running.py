"""One contestant over one corpus: what it found, and what it cost."""

import gc
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from evals.machine import folder_mb
from evals.peers.contestant import Contestant, Corpus, Found, Text
from evals.peers.field import Make
from evals.peers.judging import K

_TEXT: Final = "1. Dunes move.\n\n2. Rain falls on the hills."


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


def run(make: Make, corpus: Corpus, queries: Sequence[str], repeats: int = 1) -> Run:
    """Ingests and asks, warm: no import, no loading of a model and no opening of a store is in any
    time, and no first ingestion or query."""
    with TemporaryDirectory(prefix="landbrief-peers-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "warm-up.txt"
        file.write_text(_TEXT, encoding="utf-8")
        warm = Corpus("warm-up", (file,), (Text("warm-up", _TEXT),), 2)
        times: list[float] = []
        contestant = _ingested(make, Path(folder) / "0", warm, [])
        contestant.search(queries[0], K)
        gc.collect()
        gc.freeze()  # what other contestants have left must not be gone through in its times
        for number in range(repeats):
            contestant.close()
            contestant = _ingested(make, Path(folder) / str(number + 1), corpus, times)
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
        gc.unfreeze()
    return Run(tuple(hits), tuple(times), tuple(query_ms), *sizes)


def memory_growth_mb(name: str, corpus: Corpus, queries: Sequence[str]) -> float:
    """Resident memory (MiB) that importing, ingesting and asking add to a process of its own.

    Raises RuntimeError where it fails.
    """
    command = [sys.executable, "-m", "evals.peers.memory"]
    given = pickle.dumps((name, corpus, queries))
    done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"memory of {name}: {done.stderr.decode().strip()[-500:]}")
    return float(done.stdout.splitlines()[-1])


def _ingested(make: Make, folder: Path, corpus: Corpus, times: list[float]) -> Contestant:
    folder.mkdir()
    contestant = make(folder)
    started = perf_counter()
    contestant.ingest(corpus)
    times.append(perf_counter() - started)
    return contestant
