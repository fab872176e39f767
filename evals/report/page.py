"""A result as one HTML page that needs nothing else: styles and plots are inside it."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from evals.bars import Standing
from evals.comparison import Comparison
from evals.measures.catalogue import MEASURES
from evals.outcomes import Outcome
from evals.report.cases import ranks, worst
from evals.report.plots import IntervalRow, count_plot, interval_plot
from evals.report.tables import conditions_lines, figure
from evals.results import Advice, Result, is_held_out
from evals.summary import Part, kinds_of, languages_of, measured, sets_of

_WORST: Final = 40
_BEST: Final = 2  # a chat model's full mark
_BY_LANGUAGE: Final = ("R@5", "right_answer", "in_language")


def page(
    result: Result, standings: Sequence[Standing], comparison: Comparison | None = None
) -> str:
    """The whole document."""
    return stand_alone("LandBrief evaluation", "\n".join(_body(result, standings, comparison)))


def stand_alone(title: str, body: str) -> str:
    """A page around `body`, which is HTML."""
    style = files("evals.report").joinpath("page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _body(
    result: Result, standings: Sequence[Standing], comparison: Comparison | None
) -> Iterator[str]:
    yield "<h1>LandBrief evaluation</h1>"
    facts = [
        *conditions_lines(result.conditions),
        f"{len(result.outcomes)} questions in {result.seconds:.0f} s",
        f"peak memory {result.memory_mb:.0f} MiB",
    ]
    yield '<ul class="facts soft">' + "".join(f"<li>{escape(f)}</li>" for f in facts) + "</ul>"
    yield _alarm(standings)
    for name in sets_of(result.outcomes):
        yield f"<h2>{escape(name)}</h2>"
        yield from _set_section(name, Part(name).of(result.outcomes), standings)
    if comparison is not None:
        yield "<h2>Against the earlier result</h2>"
        yield from _comparison(comparison)
    if result.advice is not None:
        yield f"<h2>What {escape(result.advice.judge)} thinks (advisory: no bar reads it)</h2>"
        yield from _advice(result.advice)
    yield "<h2>Worst cases</h2>"
    yield from _cases(result.outcomes)
    yield "<h2>What each measure says</h2><dl>"
    yield from (
        f"<dt><b>{escape(m.name)}</b></dt><dd>{escape(m.definition)}</dd>"
        for m in MEASURES.values()
    )
    yield "</dl>"


def _alarm(standings: Sequence[Standing]) -> str:
    broken = [one.report for one in standings if one.is_broken]
    if not broken:
        return "<p>No measure is below its floor.</p>"
    lines = "".join(f"<li>{escape(line)}</li>" for line in broken)
    return f'<div class="alarm"><b>Below the floor</b><ul>{lines}</ul></div>'


def _set_section(
    name: str, outcomes: Sequence[Outcome], standings: Sequence[Standing]
) -> Iterator[str]:
    own = [one for one in standings if one.part.set_name == name]
    rows = [
        IntervalRow(_label(one), one.interval, one.floor, one.bar.target, one.is_broken)
        for one in own
        if one.bar.measure.unit == "share"
    ]
    if rows:
        yield _figure(
            interval_plot(rows, f"{name}: every bar"),
            "Each bar with its 95% interval; short tick: floor, long tick: target. "
            "Where lower is better the floor is a ceiling (marked ↓).",
        )
    by_language = [
        IntervalRow(f"{measure} · {language}", interval)
        for measure in _BY_LANGUAGE
        for language in languages_of(outcomes)
        if (interval := measured(MEASURES[measure], Part(name, language).of(outcomes)))
    ]
    if by_language:
        yield _figure(interval_plot(by_language, f"{name}: by language"), "By language")
    counts = ranks(outcomes)
    if any(counts.values()):
        yield _figure(
            count_plot(tuple(counts.items()), f"{name}: ranks"),
            "Rank at which search found the right paragraph, in questions",
        )
    yield _kinds_table(name, outcomes)


def _label(standing: Standing) -> str:
    down = " ↓" if standing.bar.measure.better == "lower" else ""
    part = standing.part
    parts = [
        *([part.language] if part.language else []),
        *([", ".join(part.kinds)] if part.kinds else []),
    ]
    return " · ".join([f"{standing.bar.measure.name}{down}", *parts])


def _kinds_table(name: str, outcomes: Sequence[Outcome]) -> str:
    measures = [m for m in MEASURES.values() if measured(m, outcomes) is not None]
    kinds = kinds_of(outcomes)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in ("measure", "all", *kinds))
    rows = []
    for measure in measures:
        cells = [figure(measured(measure, outcomes), measure, wide=True)]
        for kind in kinds:
            part = Part(name, None, (kind,)).of(outcomes)
            cells.append(figure(measured(measure, part), measure))
        row = "".join(f"<td>{escape(cell)}</td>" for cell in (measure.name, *cells))
        rows.append(f"<tr>{row}</tr>")
    caption = "Every measure by kind of question: figure [95% interval] n"
    return _table(caption, head, rows)


def _comparison(comparison: Comparison) -> Iterator[str]:
    columns = ("measure", "set", "before", "after", "difference [95% interval]", "p", "up", "down")
    head = "".join(f"<th>{column}</th>" for column in columns)
    rows = []
    for change in comparison.changes:
        d = change.difference
        cells = (
            change.measure,
            str(change.part),
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]",
            f"{d.p:.3f}",
            str(d.better),
            str(d.worse),
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    yield _table("Paired over the same questions; p by permutation", head, rows)
    for caveat in comparison.caveats:
        yield f"<p>Not the same conditions: {escape(caveat)}.</p>"


def _advice(advice: Advice) -> Iterator[str]:
    head = "".join(f"<th>{c}</th>" for c in ("question", "mark, 0 to 2", "reason"))
    rows = []
    for mark in advice.marks:
        shown = mark.mark != _BEST and not is_held_out(mark.set_name)
        cells = (mark.question_id, "none" if mark.mark is None else str(mark.mark), mark.reason)
        if shown:
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    yield _table("Answers without full marks, none of a held-out set", head, rows)


def _cases(outcomes: Sequence[Outcome]) -> Iterator[str]:
    cases = worst(outcomes, _WORST)
    if not cases:
        yield '<p class="soft">None to show (questions of held-out sets are never shown).</p>'
    for case in cases:
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in case.remarks)
        yield (
            f'<details><summary><span class="soft">{escape(case.question_id)}</span> '
            f'<bdi dir="auto">{escape(case.question)}</bdi></summary><ul>{remarks}</ul>'
            f'<p class="soft">gold: {escape("; ".join(case.gold) or "none")} · cited: '
            f"{escape('; '.join(case.cited) or 'nothing')}</p>"
            f'<p dir="auto">{escape(case.answer)}</p></details>'
        )


def _figure(svg: str, caption: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{svg}</figure>"


def _table(caption: str, head: str, rows: Sequence[str]) -> str:
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
