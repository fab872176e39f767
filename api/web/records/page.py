"""Records: the grid of a kind with its filters, and beside it charts, the review, the findings."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from nicegui import ui

from api.record_requests import known_kind
from api.web.frame import Frame
from api.web.markup import element
from api.web.records.asked import VIEW, Asked, asked_of
from api.web.records.grid import GridPlace
from api.web.records.tabs import CHARTS, KIND_LABELS, Kinds, Tabs
from api.web.visitor import Visitor
from kb.records.kinds import RECORD_KINDS, RecordKind

_FIRST: Final[RecordKind] = RECORD_KINDS[0]
_OF_ALL: Final = ("review", "findings")
"""Tabs that are about no one kind: `/records/review`."""


async def build(
    visitor: Visitor, frame: Frame, *, kind: str | None, query: Mapping[str, str]
) -> None:
    """Build the grid of one `kind` with the filters of `query`, its charts, or another tab.

    The other tabs are modules of this folder, imported when they are opened:
    `charts.build(visitor, frame, kind, filters)` with the kind and a mapping from the names of
    filters, those of the API, to tuples of values; `review.build(visitor, frame)`;
    `findings.build(visitor, frame)`. Raises InvalidQuery for an unknown kind or filter.
    """
    opened = kind if kind in _OF_ALL else query.get(VIEW, "table")
    shown = _FIRST if kind is None or kind in _OF_ALL else known_kind(kind)
    # A filter may stand in the address more than once; `query` has the last of each.
    asked = asked_of(shown, ui.context.client.request.query_params.multi_items())
    with element("div", classes="lb-stack rec-place"):
        element("h1", visitor.say("shell.records"))
        tabs = Tabs(visitor, asked, opened)
        if opened in _OF_ALL:
            await import_module(f"api.web.records.{opened}").build(visitor, frame)
            return
        kinds = Kinds(visitor, asked, CHARTS if opened == CHARTS else None)
        await kinds.count()
        frame.title(visitor.say(KIND_LABELS[shown]))
        if opened == CHARTS:
            charts = import_module("api.web.records.charts")
            await charts.build(visitor, frame, shown, asked.filters)
            return

        def moved(now: Asked) -> None:
            tabs.follow(now)
            kinds.follow(now)

        await GridPlace(visitor, frame, asked, moved).build()
