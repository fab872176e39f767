"""`python -m evals.bench`: what LandBrief costs, as a table, JSON and a plot."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from evals.bench.costs import Costs, costs_of
from evals.bench.speed import Speed, speeds
from evals.conditions import revision
from evals.report.page import stand_alone
from evals.report.plots import Series, growth_plot
from kb.errors import LandBriefError
from kb.settings import load_settings

SIZES: Final = (200, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where a speed bar is not met or something could not be run."""
    given = _parser().parse_args(arguments)
    if given.one is not None:
        sys.stdout.write(json.dumps(asdict(costs_of(given.one, load_settings()))) + "\n")
        return 0
    console = Console() if sys.stdout.isatty() else Console(width=140)
    try:
        found = () if given.no_speed else tuple(speeds(load_settings()))
        costs = tuple(_in_own_process(size) for size in given.paragraphs)
    except (LandBriefError, RuntimeError) as error:
        sys.stderr.write(f"evals.bench: {error}\n")
        return 1
    console.print(_speed_table(found))
    console.print(_cost_table(costs))
    if given.json is not None:
        given.json.write_text(_json(found, costs), encoding="utf-8")
    if given.plot is not None:
        given.plot.write_text(stand_alone("What LandBrief costs", _plots(costs)), encoding="utf-8")
    return int(any(one.is_met is False for one in found))


def _in_own_process(size: int) -> Costs:
    command = [sys.executable, "-m", "evals.bench", "--one", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"{size:,} paragraphs: {done.stderr.strip()[-500:]}")
    return Costs(**json.loads(done.stdout.splitlines()[-1]))


def _speed_table(found: Sequence[Speed]) -> Table:
    table = Table(title="Speed", title_justify="left")
    for column in ("what", "measured", "bar", "met", "note"):
        table.add_column(column, justify="right" if column in ("measured", "bar") else "left")
    for one in found:
        sign = "≤" if one.unit == "s" else "≥"
        value = "" if one.value is None else f"{one.value:,.2f} {one.unit}"
        met = {True: "yes", False: "NO", None: "?"}[one.is_met]
        table.add_row(one.name, value, f"{sign} {one.bar:g} {one.unit}", met, one.note)
    return table


def _cost_table(costs: Sequence[Costs]) -> Table:
    table = Table(title="Cost by size (passages, six languages together)", title_justify="left")
    columns = (
        *("passages", "ingestion", "passages/s", "search p50", "p95"),
        *("ask p50", "p95", "memory", "peak", "disk"),
    )
    for column in columns:
        table.add_column(column, justify="right")
    for one in costs:
        table.add_row(
            f"{one.paragraphs:,}",
            f"{one.ingest_seconds:.1f} s",
            f"{one.per_second:,.0f}",
            *(
                f"{ms:.1f} ms"
                for ms in (one.search_p50_ms, one.search_p95_ms, one.ask_p50_ms, one.ask_p95_ms)
            ),
            *(f"{mb:,.0f} MiB" for mb in (one.memory_mb, one.peak_memory_mb, one.disk_mb)),
        )
    return table


def _json(found: Sequence[Speed], costs: Sequence[Costs]) -> str:
    fields = {
        "revision": revision(),
        "speed": [asdict(one) | {"met": one.is_met} for one in found],
        "costs": [asdict(one) for one in costs],
    }
    return json.dumps(fields, indent=1) + "\n"


def _plots(costs: Sequence[Costs]) -> str:
    def series(label: str, name: str) -> Series:
        points = ((float(one.paragraphs), float(getattr(one, name))) for one in costs)
        return Series(label, tuple(point for point in points if point[1] > 0))

    times = [
        series("search p50", "search_p50_ms"),
        series("search p95", "search_p95_ms"),
        series("answer p50", "ask_p50_ms"),
        series("answer p95", "ask_p95_ms"),
    ]
    space = [series("memory", "memory_mb"), series("disk", "disk_mb")]
    work = [series("ingestion", "ingest_seconds")]
    return "".join(
        f"<h2>{title}</h2><figure>{growth_plot(lines, title, 'passages', unit)}</figure>"
        for title, lines, unit in (
            ("Time of a search and of an answer", times, "ms"),
            ("Memory and disk", space, "MiB"),
            ("Time of ingestion", work, "s"),
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=main.__doc__)
    parser.add_argument(
        "--paragraphs", type=int, nargs="+", default=SIZES, help="sizes to measure (passages)"
    )
    parser.add_argument("--no-speed", action="store_true", help="leave the speed bars out")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    parser.add_argument("--plot", type=Path, help="write a page (HTML) with plots of the growth")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
