"""`python -m evals.bench.load`: a server with both founding documents under many readers."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal
from urllib.parse import urlencode

from evals.bench.load_client import Call, Load, run
from evals.bench.load_server import ServerProcess, served
from evals.conditions import revision
from evals.home import originals_folder
from evals.measures.statistics import bootstrap, quantile
from evals.shipped import documents_of, question_sets
from kb.settings import load_settings

Route = Literal["ask", "search"]
_ROUTES: Final[tuple[Route, ...]] = ("ask", "search")
_BARS: Final = {"ask": 60.0, "search": 150.0}  # a second
_P95_MS: Final = 700.0
_CPU_MS: Final = 10.0  # an answer
_MEMORY_MB: Final = 600.0
_GROWTH_MB: Final = 20.0  # that memory may grow from the first quarter of a run to its end
_SAMPLES: Final = 20
_WARM_UP_CLIENTS: Final = 4


@dataclass(frozen=True, slots=True)
class Result:
    """Of one route. Times and processor time in milliseconds, memory in MiB.

    `memory` are samples at even distances, of all processes of the server together.
    """

    route: Route
    clients: int
    requests: int
    per_second: float
    p50_ms: float
    p95_ms: float
    errors: int
    statuses: dict[int, int]
    cpu_ms: float
    processes: int
    memory: tuple[float, ...]

    @property
    def growth_mb(self) -> float:
        """How much memory grew after the first quarter."""
        settled = self.memory[len(self.memory) // 4 :]
        return max(settled) - settled[0] if settled else 0.0

    def misses(self) -> Iterator[str]:
        """The bars that it misses; those of one process count for one process."""
        if self.errors:
            yield f"{self.errors} errors {self.statuses}"
        if self.per_second < _BARS[self.route]:
            yield f"{self.per_second:.0f}/s < {_BARS[self.route]:g}/s"
        if self.route == "ask" and self.p95_ms > _P95_MS:
            yield f"p95 {self.p95_ms:.0f} ms > {_P95_MS:g} ms"
        if self.route == "ask" and self.cpu_ms > _CPU_MS:
            yield f"{self.cpu_ms:.1f} ms of processor an answer > {_CPU_MS:g} ms"
        if self.processes == 1 and max(self.memory, default=0.0) > _MEMORY_MB:
            yield f"{max(self.memory):.0f} MiB > {_MEMORY_MB:g} MiB"
        if self.growth_mb > _GROWTH_MB:
            yield f"memory grew by {self.growth_mb:.0f} MiB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where a bar is missed or the server did not start."""
    given = _parser().parse_args(arguments)
    settings = load_settings()
    originals = originals_folder(settings)
    if originals is None:
        sys.stderr.write("evals.bench.load: the originals are not at hand: LANDBRIEF_ORIGINALS\n")
    results = []
    try:
        with TemporaryDirectory(prefix="landbrief-load-") as folder:
            workers = ("--api-workers", str(given.api_workers)) if given.api_workers else ()
            home = given.home or Path(folder, "home")
            with served(home, originals, workers) as server:
                for route in given.route or _ROUTES:
                    results.append(measured(server, route, given.requests, given.clients))
                    sys.stdout.write(_told(results[-1]) + "\n")
                    sys.stdout.flush()
    except RuntimeError as error:
        sys.stderr.write(f"evals.bench.load: {error}\n")
        return 1
    if given.json is not None:
        fields = {"revision": revision(), "load": [asdict(one) for one in results]}
        given.json.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    return int(any(True for one in results for _ in one.misses()))


def measured(server: ServerProcess, route: Route, requests: int, clients: int) -> Result:
    """One route under load, after every question was asked once: a server runs for weeks, and
    what it reads of a document it reads once."""
    calls = calls_of(route)
    run(server.url, calls, len(calls), min(clients, _WARM_UP_CLIENTS))
    every = max(1, requests // _SAMPLES)
    memory: list[float] = []

    def sample(done: int) -> None:
        if done % every == 0:
            memory.append(round(server.taken().memory_mb, 1))

    before = server.taken()
    load = run(server.url, calls, requests, clients, sample)
    after = server.taken()
    spent = after.cpu_seconds - before.cpu_seconds
    return _result(route, clients, load, spent, after.processes, memory)


def calls_of(route: Route) -> list[Call]:
    """The questions of the training sets about the founding documents, each once."""
    texts = [
        question.text
        for one in question_sets(["train"])
        if documents_of(one.name) is None
        for question in one.questions
    ]
    if route == "ask":
        return [Call("/v1/ask", json.dumps({"question": text}).encode()) for text in texts]
    return [Call(f"/v1/search?{urlencode({'q': text})}") for text in texts]


def _result(
    route: Route,
    clients: int,
    load: Load,
    cpu_seconds: float,
    processes: int,
    memory: Sequence[float],
) -> Result:
    return Result(
        route=route,
        clients=clients,
        requests=len(load.times),
        per_second=load.per_second,
        p50_ms=bootstrap(load.times, quantile(0.5)).value,
        p95_ms=bootstrap(load.times, quantile(0.95)).value,
        errors=load.errors,
        statuses=dict(sorted(load.statuses.items())),
        cpu_ms=1000 * cpu_seconds / len(load.times),
        processes=processes,
        memory=tuple(memory),
    )


def _told(one: Result) -> str:
    missed = "; ".join(one.misses())
    return (
        f"{one.route}: {one.requests:,} requests of {one.clients} clients to {one.processes} "
        f"process(es): {one.per_second:.1f}/s, p50 {one.p50_ms:.0f} ms, p95 {one.p95_ms:.0f} ms, "
        f"{one.errors} errors, {one.cpu_ms:.1f} ms of processor each, memory "
        f"{one.memory[0] if one.memory else 0:.0f} → {one.memory[-1] if one.memory else 0:.0f} MiB"
        f" (grew by {one.growth_mb:.0f})" + (f"\n  MISSED: {missed}" if missed else "")
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.load", description=main.__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="requests to each route")
    parser.add_argument("--clients", type=int, default=32, help="clients at once")
    parser.add_argument("--api-workers", type=int, default=0, help="processes beside the first")
    parser.add_argument("--route", choices=_ROUTES, action="append", help="only this; repeatable")
    parser.add_argument("--home", type=Path, help="serve this home, not a fresh one")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
