"""What a knowledge base of a given size costs. One size to a process: memory is its own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from evals.bench.generator import corpus, questions
from evals.home import opened, system_of
from evals.machine import folder_mb, memory_mb, peak_memory_mb
from evals.measures.statistics import bootstrap, quantile
from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.errors import StoreDamaged
from kb.settings import Settings

SEARCHES: Final = 120
ASKS: Final = 60
_WARM_UP: Final = 6  # one of each language


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one size. Times are of a warm system.

    `paragraphs` counts passages as they are stored: six for a paragraph in six languages.
    """

    paragraphs: int
    ingest_seconds: float
    search_p50_ms: float
    search_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float
    memory_mb: float  # resident once everything is ingested and searched
    peak_memory_mb: float
    disk_mb: float

    @property
    def per_second(self) -> float:
        """Passages ingested in a second."""
        return self.paragraphs / self.ingest_seconds


def costs_of(paragraphs: int, settings: Settings) -> Costs:
    """Ingests, searches and asks in a temporary home of that size."""
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        home = Path(folder) / "home"
        file = write_passages(Path(folder), paragraphs)
        with opened(settings.model_copy(update={"home": home}), write=True) as kb:
            started = perf_counter()
            (report,) = ingest_paths(kb, [file], options=IngestOptions(), limits=ReadLimits())
            spent = perf_counter() - started
            if report.status != "added":
                raise StoreDamaged(f"the synthetic corpus was {report.status}: {report.reason}")
            system = system_of(kb)
            searches = _times(SEARCHES, lambda text: system.kb.search(text, k=10))
            asks = _times(ASKS, system.assistant.ask)
            return Costs(
                report.paragraphs,
                spent,
                *_percentiles(searches),
                *_percentiles(asks),
                memory_mb(),
                peak_memory_mb(),
                folder_mb(home),
            )


def write_passages(folder: Path, paragraphs: int) -> Path:
    """A passages file of that size, or a little more, in `folder`."""
    file = folder / "synthetic.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for row in corpus(paragraphs):
            fields = {
                "document_id": row.document_id,
                "paragraph": row.paragraph,
                "language": row.language,
                "text": row.text,
            }
            lines.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return file


def _times(count: int, asked: Callable[[str], object]) -> list[float]:
    times = []
    for number, (_, text) in enumerate(questions(count + _WARM_UP)):
        started = perf_counter()
        asked(text)
        if number >= _WARM_UP:
            times.append(1000 * (perf_counter() - started))
    return times


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    return bootstrap(times, quantile(0.5)).value, bootstrap(times, quantile(0.95)).value
