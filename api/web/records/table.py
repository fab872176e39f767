"""The table of a grid: its head on the server, its rows a page at a time in the browser.

`static/records.js` makes the rows, all of text, keeps a few pages of them, and asks for others as
the reader scrolls: the server keeps the cursor of each page, and what the chips of late ones open.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final

from nicegui.elements.mixins.text_element import TextElement

from api.web.frame import Frame
from api.web.markup import element
from api.web.records.asked import Asked
from api.web.records.columns import COLUMNS, GridColumn
from api.web.records.rows import PAGE, Row, RowPage, row_page
from api.web.records.tabs import KIND_LABELS
from api.web.visitor import Visitor

_REMEMBERED: Final = 12
"""Pages whose chips can be opened: more than a browser holds."""
_PARTS: Final = {"main": "m", "figure": "f", "key": "k", "more": "x"}


class Table:
    """Shows pages of rows; `sort` gets the order that the reader chose."""

    def __init__(
        self,
        visitor: Visitor,
        frame: Frame,
        asked: Asked,
        sort: Callable[[str | None], Awaitable[None]],
    ) -> None:
        """Builds the empty table where it is made."""
        self._visitor = visitor
        self._frame = frame
        self._asked = asked
        self._sort = sort
        self._cursors: list[str | None] = [None]
        self._total = 0
        self._marks: OrderedDict[int, dict[str, Row]] = OrderedDict()
        say = visitor.say
        columns = COLUMNS[asked.kind]
        self._root = element(
            "div",
            classes=f"rec-grid rec-{asked.kind}",
            id="rec-grid",
            data_candidate=say("records.candidate"),
            data_hint=say("shell.chip_hint"),
            data_language=visitor.language,
            data_parts="".join(_PARTS[one.part] for one in columns),
        )
        self._root.on("lbpage", self._wanted, js_handler="(event) => emit(event.detail)")
        self._root.on("lbopen", self._open, js_handler="(event) => emit(event.detail)")
        with self._root:
            with element("table", classes="rec-table", role="table") as self._table:
                self._table.props["aria-label"] = say(KIND_LABELS[asked.kind])
                with (
                    element("thead", role="rowgroup"),
                    element("tr", role="row", aria_rowindex="1"),
                ):
                    self._heads = [self._head(one) for one in columns]
                    element("th", say("shell.source"), "rec-k", scope="col", role="columnheader")
            with element("div", classes="rec-foot lb-no-print"):
                more = element("button", say("records.show_more"), "lb-button-quiet rec-more")
                more.props["type"] = "button"
                element("p", say("shell.working"), "lb-quiet rec-working", aria_hidden="true")
        self._mark_order()

    def _head(self, column: GridColumn) -> TextElement:
        head = element("th", classes=f"rec-{_PARTS[column.part]}", scope="col", role="columnheader")
        text = self._visitor.say(column.label)
        with head:
            if column.order is None:
                element("span", text)
            else:
                with element("button", classes="rec-sort", type="button") as button:
                    element("span", text)
                    element("span", classes="rec-arrow", aria_hidden="true")
                button.on("click", lambda: self._sort(self._next_order(column)))
        return head

    def _next_order(self, column: GridColumn) -> str | None:
        rising, falling = column.order or "", f"-{column.order}"
        turns = [falling, rising, None] if column.starts_high else [rising, falling, None]
        held = self._asked.sorting
        return turns[(turns.index(held) + 1) % len(turns)] if held in turns[:2] else turns[0]

    def _mark_order(self) -> None:
        for column, head in zip(COLUMNS[self._asked.kind], self._heads, strict=True):
            order = self._asked.sorting
            if column.order is not None and order in (column.order, f"-{column.order}"):
                head.props["aria-sort"] = "ascending" if order == column.order else "descending"
            else:
                head.props.pop("aria-sort", None)
            head.update()

    def begin(self, asked: Asked, page: RowPage, total: int) -> None:
        """Show the first page of what is asked now, in place of all rows."""
        self._asked = asked
        self._total = total
        self._cursors = [None]
        self._marks.clear()
        self._root.set_visibility(bool(page.rows))
        self._mark_order()
        self._fill(0, page, is_first=True)

    def busy(self, is_busy: bool) -> None:
        """Show that other rows are on their way."""
        self._table.props["aria-busy"] = "true" if is_busy else "false"
        self._table.update()

    def _fill(self, nth: int, page: RowPage, *, is_first: bool = False) -> None:
        if page.next_cursor is not None and len(self._cursors) == nth + 1:
            self._cursors.append(page.next_cursor)
        self._marks[nth] = {row.id: row for row in page.rows}
        self._marks.move_to_end(nth)
        while len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)
        self._frame.call_script(
            "landbriefRecords.fill",
            {
                "page": nth,
                "rows": [{"id": row.id, **row.data} for row in page.rows],
                "isFirst": is_first,
                "isLast": page.next_cursor is None,
                "total": self._total,
                "size": PAGE,
            },
        )

    async def _wanted(self, event: Any) -> None:
        """The browser wants a page: one that it had before, or the one after all those."""
        nth = event.args
        if not isinstance(nth, int) or not 0 <= nth < len(self._cursors):
            return
        asked, cursor, language = self._asked, self._cursors[nth], self._visitor.language
        try:
            page = await self._visitor.call(
                "reading", lambda desk: row_page(desk, asked, language, cursor)
            )
        except Exception as error:
            self._frame.tell(error)
            self._frame.call_script("landbriefRecords.failed")
            return
        if asked is self._asked:
            self._fill(nth, page)

    async def _open(self, event: Any) -> None:
        record_id, nth = event.args
        held = next((rows[record_id] for rows in self._marks.values() if record_id in rows), None)
        if held is None or not 0 <= int(nth) < len(held.marks):
            return
        reference = held.marks[int(nth)].reference
        if reference is not None:
            await self._frame.source.show(reference)
