"""`python -m evals.bench.records`: what record tables cost at the size of a national tracker."""

import csv
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from evals.home import opened
from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.knowledge_base import KnowledgeBase
from kb.records.query import EVERYONE, RecordQuery
from kb.settings import load_settings
from kb.terms import load_terms

ROWS: Final = 100_000
LOAD_BAR: Final = 60.0  # seconds
QUERY_BAR: Final = 0.050  # seconds
_ROUNDS: Final = 7
_ACTIONS: Final = ("Restore cropland", "Avoid forest loss", "Reduce erosion", "Improve pasture")
_INDICATORS: Final = ("SO 1-1", "SO 1-2", "SO 1-3", "SO 3-1")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that something took, against its bar."""

    name: str
    seconds: float
    bar: float


def write_targets(path: Path, rows: int, seed: int = 15) -> None:
    """A file as a target tracker would export it: one row a target. Equal seeds, equal files."""
    chance = random.Random(seed)  # noqa: S311
    parties = [load_terms().name(one.id, "en") for one in load_terms().parties]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Id", "Country", "Target text", "Indicator", "Area (ha)", "Target year"])
        for number in range(rows):
            action = chance.choice(_ACTIONS)
            writer.writerow(
                [
                    f"T{number:06}",
                    chance.choice(parties),
                    f"{action} in district {chance.randrange(5_000)} of basin {number}",
                    chance.choice(_INDICATORS),
                    chance.randrange(1, 900_000) if chance.random() < 0.8 else "",
                    chance.randrange(2025, 2051),
                ]
            )


def timings(rows: int = ROWS) -> Iterator[Timing]:
    """The load, then each query: the median of some rounds."""
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        source = Path(folder, "targets.csv")
        write_targets(source, rows)
        settings = load_settings().model_copy(update={"home": Path(folder, "home")})
        with opened(settings, write=True) as kb:
            started = perf_counter()
            reports = list(ingest_paths(kb, [source], options=IngestOptions(), limits=ReadLimits()))
            taken = perf_counter() - started
            if [one.status for one in reports] != ["added"] or reports[0].records != rows:
                raise RuntimeError(f"{source.name} was {reports[0].status}: {reports[0].reason}")
            yield Timing(f"{rows:,} targets of a CSV file, read and committed", taken, LOAD_BAR)
            for name, ask in _queries(kb):
                yield Timing(name, _median(ask), QUERY_BAR)


def _queries(kb: KnowledgeBase) -> Iterator[tuple[str, Callable[[], object]]]:
    records = kb.records
    party = RecordQuery(kind="targets", where={"party": ("party:KEN",)})
    years = RecordQuery(kind="targets", since="2030", until="2031")
    indicator = RecordQuery(kind="targets", where={"indicator": ("name:SO 1-1",)})
    everything = RecordQuery(kind="targets", visibility=EVERYONE)
    yield "one Party, grouped by indicator", lambda: records.groups(party, ["indicator"])
    yield "one Party, summed by year", lambda: records.totals(party, ["deadline"])
    yield (
        "named anywhere, grouped by year",
        lambda: records.groups(
            RecordQuery(kind="targets", named=(("party:KEN", "party:MAR"),)), ["year"]
        ),
    )
    yield "two years, grouped by Party", lambda: records.groups(years, ["party"])
    yield "one indicator, grouped by Party", lambda: records.groups(indicator, ["party"])
    yield (
        "one Party, largest first, a page",
        lambda: records.page(RecordQuery(kind="targets", where=party.where, order="-value")),
    )
    yield "all, grouped by Party", lambda: records.groups(everything, ["party"])
    yield (
        "all for the public, grouped by Party",
        lambda: records.groups(RecordQuery(kind="targets"), ["party"]),
    )


def _median(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = perf_counter()
        ask()
        times.append(perf_counter() - started)
    return median(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each; 1 where a bar is not met."""
    given = sys.argv[1:] if arguments is None else arguments
    found = list(timings(int(given[0]) if given else ROWS))
    for one in found:
        met = "met" if one.seconds <= one.bar else "NOT MET"
        sys.stdout.write(f"{one.name:<52} {one.seconds:>9.4f} s  bar {one.bar:g} s  {met}\n")
    return int(any(one.seconds > one.bar for one in found))


if __name__ == "__main__":
    sys.exit(main())
