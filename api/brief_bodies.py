"""From a briefing note to the body that the doors give."""

from collections.abc import Iterable

from api.bodies import citation_body
from api.schemas import (
    BriefBarBody,
    BriefBody,
    BriefChartBody,
    BriefRowBody,
    BriefSectionBody,
    BriefSourceBody,
    BriefTableBody,
    StatementBody,
)
from assistant.answer import Statement
from assistant.brief.note import Brief, Chart, Section, Table


def brief_body(brief: Brief) -> BriefBody:
    """`brief` as it is served."""
    return BriefBody(
        topic=brief.topic,
        language=brief.language,
        title=brief.title,
        subtitle=brief.subtitle,
        dated=brief.dated.isoformat() if brief.dated else None,
        abstained=brief.abstained,
        sections=[_section(one) for one in brief.sections],
        citations=[citation_body(one) for one in brief.citations],
        sources=[
            BriefSourceBody(
                n=one.n,
                label=one.label,
                edition=one.edition,
                url=one.url,
                quotes=list(one.quotes),
                citations=list(one.citations),
            )
            for one in brief.sources
        ],
    )


def _section(section: Section) -> BriefSectionBody:
    return BriefSectionBody(
        key=section.key,
        title=section.title,
        lines=_statements(section.lines),
        table=_table(section.table) if section.table else None,
        chart=_chart(section.chart) if section.chart else None,
        notes=_statements(section.notes),
    )


def _table(table: Table) -> BriefTableBody:
    return BriefTableBody(
        caption=table.caption,
        columns=list(table.columns),
        rows=[
            BriefRowBody(cells=list(row.cells), statements=_statements(row.statements))
            for row in table.rows
        ],
    )


def _chart(chart: Chart) -> BriefChartBody:
    bars = []
    for bar in chart.bars:
        completed, in_progress, not_started = bar.parts
        bars.append(
            BriefBarBody(
                label=bar.label,
                completed=completed,
                in_progress=in_progress,
                not_started=not_started,
                of=bar.of,
                statements=_statements(bar.statements),
            )
        )
    return BriefChartBody(
        caption=chart.caption, label=chart.label, legend=list(chart.legend), bars=bars
    )


def _statements(statements: Iterable[Statement]) -> list[StatementBody]:
    return [
        StatementBody(text=one.text, kind=one.kind, citations=list(one.citations))
        for one in statements
    ]
