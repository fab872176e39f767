"""Which charts the records of a kind allow: never a chart of nothing, never of candidates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.desk import Desk
from api.schemas import RecordBody, RecordRequest, TotalBody
from api.schemas.records import MAX_RECORDS
from api.web.records.asked import Asked
from api.web.records.charts_figures import compared_charts, money_charts, progress_charts
from api.web.records.charts_relations import (
    PARTY_COLUMNS,
    demand_charts,
    flow_charts,
    map_charts,
    timeline_charts,
)
from api.web.records.charts_view import Chart
from kb.languages import Language
from kb.records.kinds import RecordKind

MOST_CHARTS: Final = 8
"""The most charts on one page: the filters lead to the others."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The charts of some records. `is_cut`: there are more records than were read.

    `more` is how many further charts there would be.
    """

    charts: tuple[Chart, ...]
    more: int
    is_cut: bool


def offered(
    desk: Desk, kind: RecordKind, filters: Mapping[str, Sequence[str]], language: Language
) -> Offered:
    """The charts of the reviewed records that the filters leave. Raises what the desk raises."""
    kept = {name: tuple(some) for name, some in filters.items() if name != "status" and some}
    request = Asked(kind, kept).request(language, limit=MAX_RECORDS)
    request = request.model_copy(update={"status": ["reviewed"]})
    page = desk.records(request)
    charts = tuple(_charts(desk, request, page.items))
    return Offered(
        charts[:MOST_CHARTS], max(0, len(charts) - MOST_CHARTS), page.next_cursor is not None
    )


def _charts(desk: Desk, request: RecordRequest, records: Sequence[RecordBody]) -> Iterator[Chart]:
    def total(ids: Sequence[str]) -> Sequence[TotalBody]:
        return desk.record_totals(request.model_copy(update={"id": list(ids)}), []).items

    kind, language = request.kind, request.language
    match kind:
        case "milestones":
            yield from progress_charts(records, language)
        case "funding":
            yield from money_charts(records, language, total)
        case "observations" | "targets":
            yield from compared_charts(records, language)
        case "events":
            yield from timeline_charts(records, language)
        case "partnerships":
            yield from flow_charts(records, language)
        case "decisions":
            yield from demand_charts(records, language)
    if kind in PARTY_COLUMNS:
        yield from map_charts(kind, records, language)
