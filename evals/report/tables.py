"""A result as plain tables on a terminal."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from evals.bars import Standing
from evals.comparison import Comparison
from evals.measures.catalogue import MEASURES, Measure
from evals.measures.statistics import Interval
from evals.outcomes import Outcome
from evals.report.cases import ranks, worst
from evals.results import Advice, Conditions, Result
from evals.summary import Part, kinds_of, languages_of, measured, sets_of

WORST: Final = 12
_KIND_MEASURES: Final = (
    "R@5",
    "right_answer",
    "cites_gold",
    "statements_supported",
    "brief",
    "turn_right",
)


def conditions_lines(conditions: Conditions) -> tuple[str, ...]:
    """What made the result, in a few lines."""
    originals = (
        "original documents ingested"
        if conditions.originals
        else "ORIGINAL DOCUMENTS NOT INGESTED: shipped digests alone (see LANDBRIEF_ORIGINALS)"
    )
    planted = (f"PLANTED FAULT: {conditions.planted}",) if conditions.planted else ()
    return (
        *planted,
        f"{conditions.started} · revision {conditions.revision or 'unknown'} · "
        f"embedder {conditions.embedder} · data {conditions.data[:12]}",
        originals,
        *(f"  {line}" for line in conditions.ingested),
        *(f"SKIPPED: {line}" for line in conditions.skipped),
    )


def print_result(
    console: Console,
    result: Result,
    standings: Sequence[Standing],
    comparison: Comparison | None = None,
) -> None:
    """Everything: conditions, each set's figures, worst cases, bars, what changed."""
    for line in conditions_lines(result.conditions):
        console.print(line, highlight=False, markup=False)
    for name in sets_of(result.outcomes):
        own = Part(name).of(result.outcomes)
        console.print(_languages_table(name, own))
        if kinds := _kinds_table(name, own):
            console.print(kinds)
    if any(ranks(result.outcomes).values()):
        console.print(_ranks_table(result.outcomes))
    _print_worst(console, result.outcomes)
    if comparison is not None:
        print_comparison(console, comparison)
    if result.advice is not None:
        console.print(_advice_table(result.advice))
    console.print(_standings_table(standings))
    questions = f"{len(result.outcomes)} questions in {result.seconds:.0f} s"
    console.print(f"{questions}, peak memory {result.memory_mb:.0f} MiB", highlight=False)


def print_broken(console: Console, standings: Sequence[Standing]) -> None:
    """A line for each bar that is broken: what, where, by how much."""
    for standing in standings:
        if standing.is_broken:
            console.print(standing.report, style="bold red", highlight=False, markup=False)


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Measure by measure: before, after, difference with its interval and p."""
    table = Table(title="Against the earlier result", title_justify="left")
    for column in ("set", "measure", "before", "after", "difference", "p", "n", "up", "down"):
        table.add_column(column, justify="left" if column in ("set", "measure") else "right")
    for change in comparison.changes:
        d = change.difference
        table.add_row(
            str(change.part),
            change.measure,
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]",
            f"{d.p:.3f}",
            str(d.n),
            str(d.better),
            str(d.worse),
            style="bold" if d.p < 0.05 else None,
        )
    console.print(table)
    for caveat in comparison.caveats:
        console.print(f"not the same conditions: {caveat}", markup=False)
    for title, ids in (
        ("turned wrong", comparison.turned_wrong),
        ("turned right", comparison.turned_right),
    ):
        console.print(f"{title}: {', '.join(ids) or 'none'}", markup=False, highlight=False)


def figure(interval: Interval | None, measure: Measure, *, wide: bool = False) -> str:
    """A figure with its interval and sample: "0.87 [0.82, 0.91] n=40"; "" where there is none."""
    if interval is None:
        return ""
    digits = 1 if measure.unit == "ms" else 2
    value, low, high = (f"{x:.{digits}f}" for x in (interval.value, interval.low, interval.high))
    return f"{value} [{low}, {high}] n={interval.n}" if wide else f"{value} n={interval.n}"


def _languages_table(name: str, outcomes: Sequence[Outcome]) -> Table:
    languages = languages_of(outcomes)
    table = Table(title=f"{name}: figure [95% interval] n", title_justify="left")
    table.add_column("measure")
    table.add_column("all", justify="right", no_wrap=True)
    for language in languages:
        table.add_column(language, justify="right", no_wrap=True)
    for measure in MEASURES.values():
        whole = measured(measure, outcomes)
        if whole is None:
            continue
        parts = (measured(measure, Part(name, one).of(outcomes)) for one in languages)
        cells = (figure(part, measure) for part in parts)
        table.add_row(measure.name, figure(whole, measure, wide=True), *cells)
    return table


def _kinds_table(name: str, outcomes: Sequence[Outcome]) -> Table | None:
    """Figures by kind of question; None where the set holds no questions."""
    shown = [m for m in _KIND_MEASURES if measured(MEASURES[m], outcomes) is not None]
    if not shown:
        return None
    table = Table(title=f"{name}: by kind of question", title_justify="left")
    table.add_column("kind")
    for measure in shown:
        table.add_column(measure, justify="right", no_wrap=True)
    for kind in kinds_of(outcomes):
        part = Part(name, None, (kind,)).of(outcomes)
        cells = (
            figure(
                measured(MEASURES[m], part), MEASURES[m], wide=m in ("right_answer", "turn_right")
            )
            for m in shown
        )
        table.add_row(kind, *cells)
    return table


def _ranks_table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title="Rank at which the right paragraph was found", title_justify="left")
    table.add_column("set")
    names = sets_of(outcomes)
    for rank in ranks(outcomes):
        table.add_column(rank, justify="right")
    for name in names:
        counts = ranks(Part(name).of(outcomes))
        if any(counts.values()):
            table.add_row(name, *map(str, counts.values()))
    return table


def _print_worst(console: Console, outcomes: Sequence[Outcome]) -> None:
    cases = worst(outcomes, WORST)
    if not cases:
        return
    console.print("Worst cases (none of a held-out set is shown)", style="bold")
    for case in cases:
        console.print(f"{case.question_id}  {case.question}", markup=False, highlight=False)
        for remark in case.remarks:
            console.print(f"    {remark}", markup=False, highlight=False)


def _advice_table(advice: Advice) -> Table:
    title = f"What {advice.judge} thinks of the answers, 0 to 2 (advisory: no bar reads it)"
    table = Table(title=title, title_justify="left")
    for column in ("set", "mean", "0", "1", "2", "no mark"):
        table.add_column(column, justify="left" if column == "set" else "right")
    for name in dict.fromkeys(mark.set_name for mark in advice.marks):
        own = [mark.mark for mark in advice.marks if mark.set_name == name]
        given = [mark for mark in own if mark is not None]
        mean = f"{sum(given) / len(given):.2f}" if given else ""
        table.add_row(name, mean, *(str(own.count(m)) for m in (0, 1, 2, None)))
    return table


def _standings_table(standings: Sequence[Standing]) -> Table:
    table = Table(title="Bars", title_justify="left")
    for column in ("set", "measure", "figure", "floor", "target", "short of target", ""):
        table.add_column(column, justify="left" if column in ("set", "measure", "") else "right")
    for one in standings:
        target = one.bar.target
        table.add_row(
            str(one.part),
            one.bar.measure.name,
            figure(one.interval, one.bar.measure, wide=True),
            "" if one.floor is None else f"{one.floor:g}",
            "" if target is None else f"{target:g}",
            f"{one.short_of_target:.3g}" if one.short_of_target else "",
            "BROKEN" if one.is_broken else "",
            style="bold red" if one.is_broken else None,
        )
    return table
