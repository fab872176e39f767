"""The grid of one kind: filters, count and sums, rows; all of it follows the address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from nicegui import ui
from nicegui.element import Element

from api.desk import Desk
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.asked import Asked, asked_of
from api.web.records.excluding import Excluding, excluding
from api.web.records.exporting import export_menu
from api.web.records.filter_bar import FilterBar
from api.web.records.rows import RowPage, row_page
from api.web.records.sums_line import SumsLine
from api.web.records.table import Table
from api.web.records.totals import MOST_SUMMED, SUMMED, Sum, sums
from api.web.visitor import Visitor
from kb.errors import InvalidQuery
from kb.languages import Language

_LONGEST: Final = 8_000
"""Characters of an address that are looked at: about what a browser would send of it."""
_AT_ONCE: Final = 2_000
"""Records whose sums are made with the first rows: more would keep the rows waiting."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a grid shows first. `sums` are None where they are still to be made."""

    page: RowPage
    total: int
    sums: tuple[Sum, ...] | None
    excluding: tuple[Excluding, ...]


def opening(desk: Desk, asked: Asked, language: Language) -> Opening:
    """The first page, the count, the sums of small tables; if empty, why. Raises InvalidQuery."""
    page = row_page(desk, asked, language)
    total = (
        desk.record_count(asked.request(language), []).count
        if page.next_cursor is not None
        else len(page.rows)
    )
    made = sums(desk, asked, language) if total <= _AT_ONCE else None
    why = () if page.rows else excluding(desk, asked, language)
    return Opening(page, total, made if asked.kind in SUMMED else (), why)


class GridPlace:
    """Builds the grid, and has it follow filters, order and the back button."""

    def __init__(
        self, visitor: Visitor, frame: Frame, asked: Asked, moved: Callable[[Asked], None]
    ) -> None:
        """`moved` is told what is asked now, whenever that changes."""
        self._visitor = visitor
        self._frame = frame
        self._asked = asked
        self._moved = moved
        self._turn = 0

    async def build(self) -> None:
        """Build it where it is called, with its first rows. Raises what the desk raises."""
        visitor, asked = self._visitor, self._asked
        self._bar = FilterBar(visitor, self._frame, asked, self._change)
        with element("div", classes="rec-summary"):
            with element("div", classes="rec-counted"):
                self._count = element("p", classes="lb-strong")
                self._sums = SumsLine(visitor)
            self._export = export_menu(visitor, self._frame, lambda: (self._asked, self._total))
        self._problem: Element = element("div")
        self._empty: Element = element("div", classes="lb-empty rec-empty")
        with element("div", classes="rec-address") as address:
            address.props["id"] = "rec-address"
            address.on("lbaddress", self._returned, js_handler="(event) => emit(event.detail)")
        self._table = Table(visitor, self._frame, asked, self._sort)
        self._total = 0
        await self._load(asked)

    async def _change(self, asked: Asked) -> None:
        """Ask for something else; the address and the links follow."""
        ui.navigate.history.push(asked.path)
        await self._follow(asked)

    async def _sort(self, order: str | None) -> None:
        await self._change(self._asked.sorted_by(order))

    async def _returned(self, event: Any) -> None:
        """The reader went back or forward."""
        pairs = parse_qsl(str(event.args)[:_LONGEST].removeprefix("?"))
        await self._follow(asked_of(self._asked.kind, pairs))

    async def _follow(self, asked: Asked) -> None:
        self._asked = asked
        self._moved(asked)
        self._bar.show(asked)
        self._table.busy(True)
        await self._load(asked)
        if asked is self._asked:
            self._table.busy(False)
            self._frame.announce(self._count.text)

    async def _load(self, asked: Asked) -> None:
        self._turn += 1
        turn, language = self._turn, self._visitor.language
        self._problem.clear()
        try:
            found = await self._visitor.call("reading", lambda desk: opening(desk, asked, language))
        except InvalidQuery as error:
            self._wrong(error)
            return
        if turn != self._turn:
            return  # something else was asked meanwhile
        self._total = found.total
        self._count.set_text(self._visitor.say_count("records.count", found.total))
        self._table.begin(asked, found.page, found.total)
        self._export.set_visibility(bool(found.total))
        self._say_empty(found)
        if found.sums is not None:
            self._sums.show(found.sums)
        elif found.total <= MOST_SUMMED:
            self._sums.wait()
            ui.timer(0.05, self._add_up, once=True)
        else:
            self._sums.decline(MOST_SUMMED)

    async def _add_up(self) -> None:
        asked, language = self._asked, self._visitor.language
        try:
            made = await self._visitor.call("reading", lambda desk: sums(desk, asked, language))
        except Exception as error:
            self._sums.show(())
            self._frame.tell(error)
            return
        if asked is self._asked:
            self._sums.show(made)

    def _wrong(self, error: InvalidQuery) -> None:
        self._total = 0
        self._count.set_text("")
        self._sums.show(())
        self._table.begin(self._asked, RowPage((), None), 0)
        self._empty.clear()
        with self._problem, element("div", classes="lb-stack"):
            self._frame.problem(error)
            self._clear_button()

    def _clear_button(self) -> None:
        with element("div", classes="lb-line"):
            button = element("button", self._visitor.say("records.clear"), "lb-button-quiet")
            button.props["type"] = "button"
            button.on("click", lambda: self._change(self._asked.cleared()))

    def _say_empty(self, found: Opening) -> None:
        """Which filters exclude all, and what takes each away."""
        say = self._visitor.say
        self._empty.clear()
        self._empty.set_visibility(not found.page.rows)
        if found.page.rows:
            return
        with self._empty:
            if not self._asked.filters:
                element("p", say("records.none_held"))
                return
            element("p", say("records.none_fit"), "lb-strong")
            with element("ul", classes="rec-excluding"):
                for one in found.excluding:
                    self._exclusion(one)
            self._clear_button()

    def _exclusion(self, one: Excluding) -> None:
        label = f"{one.label}: {', '.join(one.values)}"
        say = self._visitor.say_count
        with element("li", classes="lb-line"):
            button = element("button", classes="rec-filter rec-filter-on", type="button")
            button.props["aria-label"] = self._visitor.say("records.take_away", filter=label)
            button.on("click", lambda: self._change(self._asked.with_values(one.name, ())))
            with button:
                element("bdi", label)
                icon("close")
            counts = (say("records.without", one.count), say("records.alone", one.alone))
            element("span", " · ".join(counts), "lb-quiet lb-small")
