"""Where the time of a search and of an ingestion goes: which stage to look at first.

`python -m evals.bench.stages`. The profiler slows Python code more than native code, so that the
milliseconds are for comparing stages with each other, not with a bar.
"""

import cProfile
import pstats
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from evals.bench.costs import write_passages
from evals.bench.generator import questions
from evals.home import opened, originals_folder
from ingestion.pipeline import IngestOptions, Shelf, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.settings import Settings, load_settings

SEARCHES: Final = 120
_PASSAGES: Final = 600  # where the originals are not at hand
_SHOWN: Final = 25
_OURS: Final = ("kb", "ingestion")


@dataclass(frozen=True, slots=True)
class Stage:
    """One function of ours: milliseconds with all that it calls, and calls, per run."""

    name: str
    milliseconds: float
    calls: float


def search_stages(settings: Settings) -> list[Stage]:
    """Of one warm search, the slowest first."""
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        own = settings.model_copy(update={"home": Path(folder) / "home"})
        with opened(own, write=True) as kb:
            _ingest(kb, _source(settings, Path(folder)))
            texts = [text for _, text in questions(SEARCHES)]
            kb.search(texts[0])
            return _stages(lambda: [kb.search(text) for text in texts], SEARCHES)


def ingestion_stages(settings: Settings) -> list[Stage]:
    """Of one warm ingestion of the originals, or of synthetic passages; the slowest first."""
    with TemporaryDirectory(prefix="landbrief-bench-") as folder:
        source = _source(settings, Path(folder))
        found: list[Stage] = []
        for name in ("cold", "warm"):
            own = settings.model_copy(update={"home": Path(folder) / name})
            with opened(own, write=True) as kb:
                found = _stages(lambda kb=kb: _ingest(kb, source), 1)  # type: ignore[misc]
        return found


def main() -> int:
    """Prints both."""
    settings = load_settings()
    for title, found in (
        ("one search", search_stages(settings)),
        ("one ingestion", ingestion_stages(settings)),
    ):
        sys.stdout.write(f"{title}\n")
        for one in found[:_SHOWN]:
            sys.stdout.write(f"{one.milliseconds:9.3f} ms {one.calls:9.1f} x  {one.name}\n")
    return 0


def _source(settings: Settings, folder: Path) -> Path:
    return originals_folder(settings) or write_passages(folder, _PASSAGES)


def _ingest(kb: Shelf, source: Path) -> None:
    list(ingest_paths(kb, [source], options=IngestOptions(), limits=ReadLimits()))


def _stages(run: Callable[[], object], count: int) -> list[Stage]:
    profile = cProfile.Profile()
    profile.runcall(run)
    return sorted(_ours(profile, count), key=lambda stage: -stage.milliseconds)


def _ours(profile: cProfile.Profile, count: int) -> Iterator[Stage]:
    for (file, _, function), numbers in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        package = next((part for part in path.parts[-3:-1] if part in _OURS), None)
        if package is not None and not function.startswith("<"):
            name = f"{package}.{path.stem}.{function}"
            yield Stage(name, 1000 * numbers[3] / count, numbers[1] / count)


if __name__ == "__main__":
    sys.exit(main())
