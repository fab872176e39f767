"""The page that lists what is held."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from babel.numbers import format_decimal
from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from api.web.documents.adding import build_panel
from api.web.documents.head import session_and_item
from api.web.documents.held import (
    Narrowing,
    Row,
    languages_of,
    narrowing_of,
    rows_of,
    sessions_of,
    without,
)
from api.web.documents.links import page_of
from api.web.documents.removing import Removing
from api.web.documents.resting import counts
from api.web.frame import Frame
from api.web.markup import element, isolated
from api.web.visitor import Visitor
from api.web.words import NAMES
from kb.languages import LANGUAGES

_AT_ONCE: Final = 60
_VALUE: Final = "(event) => emit(event.target.value)"


async def build_list(visitor: Visitor, frame: Frame, query: Mapping[str, str]) -> None:
    """Build the list, narrowed to what `query` names."""
    listing = _Listing(visitor, frame, narrowing_of(query))
    await listing.build()


class _Listing:
    def __init__(self, visitor: Visitor, frame: Frame, narrowing: Narrowing) -> None:
        self._visitor = visitor
        self._frame = frame
        self._narrowing = narrowing
        self._rows: tuple[Row, ...] = ()
        self._shown = _AT_ONCE
        self._counts: dict[str, int] = {}
        self._cells: dict[str, TextElement] = {}
        self._filters: Element
        self._count: TextElement
        self._table: Element
        self._removing = Removing(visitor, frame, self._renew)

    async def build(self) -> None:
        visitor, say = self._visitor, self._visitor.say
        await self._read()
        with element("div", classes="lb-stack lb-documents"):
            element("h1", say("shell.documents"))
            if visitor.may("editor"):
                build_panel(visitor, self._renew)
            self._filters = element("div", classes="lb-documents-filters", role="search")
            self._count = element("p", classes="lb-small lb-quiet", role="status")
            self._table = element("div")
        self._fill_filters()
        self._fill()
        ui.timer(0.05, self._count_records, once=True)

    async def _read(self) -> None:
        visitor = self._visitor
        self._rows = await visitor.call("reading", lambda desk: rows_of(desk, visitor.language))
        self._narrowing = without(self._narrowing, self._rows)

    async def _renew(self) -> None:
        with self._frame.trying():
            await self._read()
            self._fill_filters()
            self._fill()
            self._counts = {}
            await self._count_records()

    def _fill_filters(self) -> None:
        say, narrowing = self._visitor.say, self._narrowing
        self._filters.clear()
        with self._filters:
            field = element(
                "input",
                classes="lb-input",
                type="search",
                value=narrowing.text,
                dir="auto",
                autocomplete="off",
                aria_label=say("documents.search"),
                placeholder=say("documents.search"),
                data_main_input=True,
            )
            field.on(
                "input",
                lambda event: self._narrow(replace(self._narrowing, text=str(event.args)[:200])),
                js_handler=_VALUE,
                throttle=0.2,
                leading_events=False,
            )
            self._select(
                say("documents.session"),
                say("documents.every_session"),
                [(one, one) for one in sessions_of(self._rows)],
                narrowing.session,
                lambda value: replace(self._narrowing, session=value),
            )
            self._select(
                say("documents.original_in"),
                say("documents.every_language"),
                [(one, NAMES[one]) for one in languages_of(self._rows)],
                narrowing.language or "",
                lambda value: replace(
                    self._narrowing, language=next((x for x in LANGUAGES if x == value), None)
                ),
            )

    def _select(
        self,
        label: str,
        every: str,
        options: Sequence[tuple[str, str]],
        chosen: str,
        narrowed: Any,
    ) -> None:
        with element("select", classes="lb-select", aria_label=label) as menu:
            element("option", every, value="", selected=not chosen)
            for value, text in options:
                element("option", text, value=value, selected=value == chosen)
        menu.on("change", lambda event: self._narrow(narrowed(event.args)), js_handler=_VALUE)

    def _narrow(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._shown = _AT_ONCE
        self._fill()
        # The path is made of what urlencode leaves; it goes to the script as data all the same.
        self._frame.call_script("history.replaceState", None, "", narrowing.path)

    def _fill(self) -> None:
        visitor = self._visitor
        rows = [row for row in self._rows if self._narrowing.fits(row)]
        self._count.set_text(visitor.say_count("documents.held", len(rows)))
        self._cells = {}
        self._table.clear()
        with self._table:
            if not rows:
                self._build_empty()
                return
            self._build_rows(rows[: self._shown])
            if len(rows) > self._shown:
                more = element(
                    "button", visitor.say("documents.more"), "lb-button-quiet", type="button"
                )
                more.on("click", self._show_more)

    async def _show_more(self) -> None:
        self._shown *= 2
        self._fill()
        with self._frame.trying():
            await self._count_records()

    def _build_empty(self) -> None:
        say = self._visitor.say
        with element("div", classes="lb-empty"):
            if self._rows:
                element("p", say("documents.none_fit"))
                with element("p"):
                    clear = element(
                        "button", say("documents.clear"), "lb-button-quiet", type="button"
                    )
                clear.on("click", self._clear)
            elif self._visitor.may("editor"):
                element("p", say("documents.drop_here"))
            else:
                element("p", say("documents.none_held"))

    def _clear(self) -> None:
        self._narrow(Narrowing())
        self._fill_filters()

    def _build_rows(self, rows: Sequence[Row]) -> None:
        say = self._visitor.say
        with element("table", classes="lb-table lb-documents-table"):
            with element("thead"), element("tr"):
                element("th", say("documents.document"), scope="col")
                element("th", say("documents.texts"), scope="col")
                element("th", say("documents.paragraphs"), "lb-num", scope="col")
                element("th", say("shell.records"), "lb-num", scope="col")
                if self._visitor.may("admin"):
                    with element("th", scope="col"):
                        element("span", say("documents.remove"), "lb-hidden")
            with element("tbody"):
                for row in rows:
                    self._build_row(row)

    def _build_row(self, row: Row) -> None:
        visitor, say = self._visitor, self._visitor.say
        with element("tr"):
            with element("th", scope="row"):
                title = element("a", row.title or row.name, "lb-documents-title", href=row.path)
                title.props["dir"] = "auto"
                if row.title and row.title_language:
                    title.props["lang"] = row.title_language
                with element("div", classes="lb-line lb-small lb-quiet lb-doc-identity"):
                    if row.title:
                        isolated(row.name)
                    for text in session_and_item(visitor, row):
                        element("span", text)
                    if row.visibility == "internal":
                        element("span", say("documents.internal"), "lb-tag lb-doc-internal")
                    if row.superseded_by:
                        with element("span", say("documents.superseded"), "lb-tag"):
                            element("a", row.superseded_by, href=page_of(row.superseded_by))
                    if row.corrects:
                        element("span", f"{say('documents.corrects')} {row.corrects}", "lb-tag")
            with element("td", classes="lb-documents-texts"):
                for language in row.originals:
                    element("span", NAMES[language], "lb-tag lb-documents-original", lang=language)
                if row.digests:
                    names = ", ".join(NAMES[one] for one in row.digests)
                    text = visitor.say_count("documents.summaries", len(row.digests))
                    element("span", text, "lb-small lb-quiet", title=names)
            with element("td", classes="lb-num", data_label=say("documents.paragraphs")):
                isolated(number(visitor, row.paragraphs))
            with element("td", classes="lb-num", data_label=say("shell.records")):
                known = self._counts.get(row.document_id)
                shown = "…" if known is None else number(visitor, known)
                self._cells[row.document_id] = isolated(shown)
            if visitor.may("admin"):
                with element("td", classes="lb-documents-remove"):
                    self._removing.button(row)

    async def _count_records(self) -> None:
        wanted = [one for one in self._cells if one not in self._counts]
        if not wanted:
            return
        with self._frame.trying():
            found = await self._visitor.call("reading", lambda desk: counts(desk, wanted))
            self._counts.update(found)
            for one, count in found.items():
                if one in self._cells:
                    self._cells[one].set_text(number(self._visitor, count))


def number(visitor: Visitor, value: int) -> str:
    """A count as her language writes numbers."""
    return str(format_decimal(value, locale=visitor.language))
