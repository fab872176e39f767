"""The chart of a note as the charts of records are drawn."""

from api.schemas import BriefChartBody, CitationBody
from api.web.records.charts_view import Chart, Mark, Tone

_TONES: tuple[Tone, Tone, Tone] = ("strong", "middle", "pale")


def chart_of(chart: BriefChartBody, name: str) -> Chart:
    """Its marks: the three parts of each bar, in the order of the legend; `name` is its id."""
    marks = [
        Mark(row=bar.label, series=series, size=size, text=str(size), tone=tone)
        for bar in chart.bars
        for series, tone, size in zip(
            chart.legend, _TONES, (bar.completed, bar.in_progress, bar.not_started), strict=True
        )
    ]
    heads = (chart.label, "", "", "")
    return Chart(name, "stacked", chart.caption, (), heads, tuple(marks))


def cited_by_mark(
    chart: BriefChartBody, citations: dict[int, CitationBody]
) -> tuple[CitationBody | None, ...]:
    """The citation that a click on each mark opens: that of its part, else of its bar."""
    found: list[CitationBody | None] = []
    for bar in chart.bars:
        each = [[citations[n] for n in one.citations if n in citations] for one in bar.statements]
        every = [one for some in each for one in some]
        for nth in range(len(chart.legend)):
            own = each[nth] if nth < len(each) else []
            found.append(next(iter(own or every), None))
    return tuple(found)
