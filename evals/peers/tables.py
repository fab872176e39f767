"""The comparison as tables, and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from evals.measures.statistics import Interval
from evals.peers.figures import BARS, Heat, costs, differences, not_ahead, quality, ratios


def print_comparison(console: Console, heats: Sequence[Heat]) -> None:
    """A table for each corpus, then ours against each peer, the bars, and where we are behind."""
    for heat in heats:
        console.print(_heat_table(heat))
    console.print(_differences_table(heats))
    console.print(_bars_table(heats))
    behind = [line for heat in heats for line in not_ahead(heat)]
    console.print("Not ahead:" if behind else "Ahead of every peer on every quality row.")
    for line in behind:
        console.print(f"  {line}", markup=False, highlight=False)


def as_json(heats: Sequence[Heat], revision: str | None) -> str:
    """Everything that the tables show, without rounding."""
    found = [
        {
            "corpus": heat.corpus.name,
            "paragraphs": heat.corpus.paragraphs,
            "questions": len(heat.questions),
            "systems": {
                name: {k: asdict(v) for k, v in (quality(heat, name) | costs(heat, name)).items()}
                for name in heat.entries
            },
            "differences": [
                {"measure": measure, "peer": peer} | asdict(difference)
                for measure, peer, difference in differences(heat)
            ],
            "ratios": [asdict(one) | {"met": one.is_met} for one in ratios(heat)],
            "not_ahead": list(not_ahead(heat)),
        }
        for heat in heats
    ]
    return json.dumps({"revision": revision, "corpora": found}, ensure_ascii=False, indent=1) + "\n"


def _heat_table(heat: Heat) -> Table:
    paragraphs = f"{heat.corpus.paragraphs:,} paragraphs"
    title = f"{heat.corpus.name} ({paragraphs}): figure [95% interval]"
    table = Table("measure", title=title, title_justify="left")
    for name in ("n", *heat.entries):
        table.add_column(name, justify="right", no_wrap=True)
    found = [quality(heat, name) | costs(heat, name) for name in heat.entries]
    for label, first in found[0].items():
        table.add_row(label, str(first.n), *(_cell(one[label]) for one in found))
    return table


def _cell(one: Interval) -> str:
    digits = 2 if one.value < 10 else 1 if one.value < 100 else 0
    value, low, high = (f"{x:,.{digits}f}" for x in (one.value, one.low, one.high))
    return value if one.n == 1 else f"{value} [{low}, {high}]"


def _differences_table(heats: Sequence[Heat]) -> Table:
    title = "Ours less the peer's, question by question"
    table = Table("corpus", "measure", "peer", title=title, title_justify="left")
    for column in ("difference [95%]", "p", "n", "better", "worse"):
        table.add_column(column, justify="right", no_wrap=True)
    for heat in heats:
        for measure, peer, d in differences(heat):
            span = f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]"
            counts = map(str, (d.n, d.better, d.worse))
            table.add_row(heat.corpus.name, measure, peer, span, f"{d.p:.4f}", *counts)
    return table


def _bars_table(heats: Sequence[Heat]) -> Table:
    title = "Ours over the MiniLM pipeline's"
    table = Table("corpus", "time", title=title, title_justify="left")
    for column in ("ours", "theirs", "ratio", "bar", "met"):
        table.add_column(column, justify="right")
    for heat in heats:
        for one in ratios(heat):
            met = "yes" if one.is_met else "NO"
            share, bar = f"1/{one.theirs / one.ours:.1f}", f"1/{1 / BARS[one.time]:.0f}"
            times = f"{one.ours:.2f}", f"{one.theirs:.2f}"
            table.add_row(heat.corpus.name, one.time, *times, share, bar, met)
    return table
