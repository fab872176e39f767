"""The speed bars: what a user waits for, measured as she would meet it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, Literal

from evals.bench.costs import write_passages
from evals.bench.generator import corpus
from evals.bench.pdf import write_pdf
from evals.home import opened, originals_folder
from ingestion.pipeline import FileReport, IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.settings import PREFIX, Settings

PDF_PAGES: Final = 100
PASSAGES: Final = 10_000
_QUESTION: Final = "How much did Saudi Arabia grant to the Riyadh drought partnership?"
_COLD_STARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """One figure against its bar; `value` is None where it could not be measured, `note` why."""

    name: str
    value: float | None
    unit: Literal["s", "passages/s"]
    bar: float
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is met; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value <= self.bar if self.unit == "s" else self.value >= self.bar


def speeds(settings: Settings) -> Iterator[Speed]:
    """Every speed bar, one after the other."""
    yield _founding_documents(settings)
    yield _pdf(settings)
    yield _passages(settings)
    yield _cold_ask(settings)


def _founding_documents(settings: Settings) -> Speed:
    name, bar = "both founding documents, warm", 2.0
    folder = originals_folder(settings)
    if folder is None:
        return Speed(name, None, "s", bar, "the originals are not at hand: set LANDBRIEF_ORIGINALS")
    return Speed(name, _second_ingestion(settings, lambda _: folder), "s", bar)


def _pdf(settings: Settings) -> Speed:
    name, bar = f"a PDF of {PDF_PAGES} pages", 5.0
    texts = [row.text for row in corpus(6 * 600) if row.language == "en"]

    def made(folder: Path) -> Path:
        return write_pdf(folder / "synthetic.pdf", texts, PDF_PAGES)

    try:
        return Speed(name, _second_ingestion(settings, made), "s", bar)
    except ModuleNotFoundError as error:
        return Speed(name, None, "s", bar, f"{error.name} is not installed: the extra dev has it")


def _passages(settings: Settings) -> Speed:
    name, bar = f"{PASSAGES:,} passages of a .jsonl file", 1_000.0
    seconds = _second_ingestion(settings, lambda folder: write_passages(folder, PASSAGES))
    return Speed(name, PASSAGES / seconds, "passages/s", bar)


def _second_ingestion(settings: Settings, made: Callable[[Path], Path]) -> float:
    """Seconds that the second of two ingestions takes, each in a home of its own."""
    seconds = 0.0
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        source = made(Path(folder))
        for name in ("cold", "warm"):
            own = settings.model_copy(update={"home": Path(folder) / name})
            with opened(own, write=True) as kb:
                started = perf_counter()
                reports = list(
                    ingest_paths(kb, [source], options=IngestOptions(), limits=ReadLimits())
                )
                seconds = perf_counter() - started
            _require_added(reports)
    return seconds


def _require_added(reports: list[FileReport]) -> None:
    for report in reports:
        if report.status not in ("added", "updated"):
            raise RuntimeError(f"{report.path} was {report.status}: {report.reason}")


def _cold_ask(settings: Settings) -> Speed:
    """Wall time of `landbrief ask` as a new process over a home that is ready; the median."""
    times = []
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        with opened(settings.model_copy(update={"home": Path(folder)}), write=True) as kb:
            kb.init_shipped()
        environment = os.environ | {f"{PREFIX}HOME": folder}
        command = [sys.executable, "-m", "api.cli", "ask", _QUESTION]
        note = ""
        for _ in range(_COLD_STARTS):
            started = perf_counter()
            done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
            times.append(perf_counter() - started)
            if done.returncode != 0:
                note = done.stderr.decode(errors="replace").strip()[-200:]
    median = sorted(times)[len(times) // 2]
    return Speed("landbrief ask, cold start", None if note else median, "s", 3.0, note)
