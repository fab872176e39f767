"""The two rows of links above the records: table, charts, review, findings; and the kinds."""

from typing import Final

from babel.numbers import format_decimal
from nicegui.elements.mixins.text_element import TextElement

from api.desk import Desk
from api.schemas import RecordRequest
from api.web.markup import element
from api.web.records.asked import VIEW, Asked
from api.web.visitor import Visitor
from kb.records.kinds import RECORD_KINDS, RecordKind

CHARTS: Final = "charts"
_TABS: Final = {
    "table": "records.tab_table",
    CHARTS: "records.tab_charts",
    "review": "records.tab_review",
    "findings": "records.tab_findings",
}
KIND_LABELS: Final[dict[RecordKind, str]] = {
    "targets": "records.kind_targets",
    "milestones": "records.kind_milestones",
    "partnerships": "records.kind_partnerships",
    "participations": "records.kind_participations",
    "funding": "records.kind_funding",
    "observations": "records.kind_observations",
    "events": "records.kind_events",
    "decisions": "records.kind_decisions",
}
_ORDER: Final[tuple[RecordKind, ...]] = (
    *("targets", "milestones", "observations", "partnerships"),
    *("participations", "funding", "events", "decisions"),
)


class Tabs:
    """Links to the views of the records; the review is offered to editors only."""

    def __init__(self, visitor: Visitor, asked: Asked, opened: str) -> None:
        """Builds them where it is made."""
        self._links: dict[str, TextElement] = {}
        with element("nav", classes="rec-tabs", aria_label=visitor.say("records.views")):
            for name, key in _TABS.items():
                if name in ("review", "findings") and not visitor.may("editor"):
                    continue
                link = element("a", visitor.say(key), "rec-tab")
                if name == opened:
                    link.props["aria-current"] = "true"
                self._links[name] = link
        self.follow(asked)

    def follow(self, asked: Asked) -> None:
        """Have them lead to what is asked now."""
        for name, link in self._links.items():
            of_kind = name in ("table", CHARTS)
            link.props["href"] = _with_view(asked, name) if of_kind else f"/records/{name}"
            link.update()


class Kinds:
    """Links to the kinds, each with how many records it has; filters that it knows come along."""

    def __init__(self, visitor: Visitor, asked: Asked, view: str | None) -> None:
        """Builds them where it is made; `view` is the tab that they open, None for the table."""
        self._visitor = visitor
        self._view = view
        self._links: dict[RecordKind, TextElement] = {}
        self._counts: dict[RecordKind, TextElement] = {}
        with element("nav", classes="rec-kinds", aria_label=visitor.say("records.kinds")):
            for kind in _ORDER:
                link = element("a", classes="rec-kind")
                if kind == asked.kind:
                    link.props["aria-current"] = "true"
                with link:
                    element("span", visitor.say(KIND_LABELS[kind]))
                    self._counts[kind] = element("span", classes="rec-kind-count lb-num")
                self._links[kind] = link
        self.follow(asked)

    async def count(self) -> None:
        """Say how many of each are held."""
        counts = await self._visitor.call("reading", _counts)
        for kind, count in counts.items():
            self._counts[kind].set_text(format_decimal(count, locale=self._visitor.language))

    def follow(self, asked: Asked) -> None:
        """Have them keep what is asked now."""
        for kind, link in self._links.items():
            of_kind = asked if kind == asked.kind else asked.of_kind(kind)
            link.props["href"] = _with_view(of_kind, self._view or "table")
            link.update()


def _with_view(asked: Asked, view: str) -> str:
    if view == "table":
        return asked.path
    return f"{asked.path}{'&' if asked.query else '?'}{VIEW}={view}"


def _counts(desk: Desk) -> dict[RecordKind, int]:
    return {kind: desk.record_count(RecordRequest(kind=kind), []).count for kind in RECORD_KINDS}
