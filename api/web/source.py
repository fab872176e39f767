"""The source panel: the paragraph behind a citation, with what was quoted marked in it."""

import asyncio
import re
from collections.abc import Callable
from typing import Final

from nicegui import ui
from nicegui.element import Element

from api.web.markup import element, icon, isolated
from api.web.reference import Reference, paragraph_in_words
from api.web.source_view import Neighbour, SourceView, Tab, source_view
from api.web.visitor import Visitor
from api.web.words import NAMES, direction
from kb.errors import NotFound
from kb.languages import Language

_SYMBOL: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z()/.-]*")
_LRI: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
_PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
_PATIENCE: Final = 0.3
"""Seconds after which the panel says that it works."""


class SourcePanel:
    """The column at the end of wide pages; a sheet from below on narrow ones.

    `shell.js` opens and closes it, keeps the focus in it and gives it back.
    """

    def __init__(self, visitor: Visitor, tell: Callable[[BaseException], None]) -> None:
        """Builds the empty panel where it is made; `tell` says an error."""
        self._visitor = visitor
        self._tell = tell
        say = visitor.say
        self.shown: Reference | None = None
        self._first: Reference | None = None
        self._asked = 0
        element("div", classes="lb-veil", aria_hidden="true")
        with element("aside", classes="lb-source", id="source", aria_label=say("shell.source")):
            with element("div", classes="lb-source-head"):
                self._title = element("h2", say("shell.source"))
                with element(
                    "button",
                    classes="lb-icon-button",
                    type="button",
                    aria_label=say("shell.close"),
                    data_close_source=True,
                ):
                    icon("close")
            self._body: Element = element("div", classes="lb-source-body")
            with self._body:
                element("p", say("shell.source_empty"), "lb-quiet")

    async def show(self, reference: Reference) -> None:
        """Open the panel at `reference`; what is wrong is said on the page."""
        self._first = reference
        await self._open(reference)

    def close(self) -> None:
        """Close it; what it showed stays in it."""
        ui.run_javascript("landbrief.closeSource()")

    async def _open(self, reference: Reference, *, keeps_page: bool = False) -> None:
        self._asked += 1
        asked = self._asked
        language = self._visitor.language
        finding = asyncio.ensure_future(
            self._visitor.call("reading", lambda desk: source_view(desk, reference, language))
        )
        try:
            done, _ = await asyncio.wait({finding}, timeout=_PATIENCE)
            if not done and asked == self._asked:
                self._work()
            view = await finding
        except NotFound as error:
            if keeps_page and asked == self._asked:
                self._lack()
            else:
                self._tell(error)
            return
        except Exception as error:
            self._tell(error)
            return
        if asked != self._asked:
            return  # another one was asked for meanwhile
        self.shown = view.reference
        self._title.set_text(_with_symbols_isolated(view.document))
        self._body.clear()
        with self._body:
            self._build(view)
        ui.run_javascript("landbrief.openSource(); landbrief.showHighlight()")

    def _work(self) -> None:
        self._body.clear()
        with self._body:
            element("p", self._visitor.say("shell.working"), "lb-quiet", role="status")
        ui.run_javascript("landbrief.openSource()")

    def _lack(self) -> None:
        with self._body:
            element("p", self._visitor.say("ask.source_lacks"), "lb-problem", role="alert")

    def _build(self, view: SourceView) -> None:
        found = view.paragraph
        self._session(view)
        if view.headings:
            with element(
                "ol", classes="lb-source-path", lang=found.language, dir=direction(found.language)
            ):
                for heading in view.headings:
                    element("li", heading)
        self._tabs(view)
        self._standing(view)
        with element("div", classes="lb-source-text"):
            if view.before:
                self._neighbour(view.before, found.language)
            self._paragraph(view)
            if view.after:
                self._neighbour(view.after, found.language)
        self._actions(view)

    def _session(self, view: SourceView) -> None:
        # Where a document has no symbol, its name says both.
        if not view.symbol or not (view.session or view.item):
            return
        with element("p", classes="lb-small lb-quiet lb-line lb-source-session"):
            if view.session:
                isolated(view.session)
            if view.item:
                element("span", self._visitor.say("ask.source_item", item=view.item))

    def _tabs(self, view: SourceView) -> None:
        say = self._visitor.say
        with element(
            "div", classes="lb-source-tabs", role="group", aria_label=say("ask.source_editions")
        ):
            for tab in view.languages:
                self._tab(tab, NAMES[tab.language], lang=tab.language)
        with element("div", classes="lb-line"):
            for tab in view.texts:
                digest = tab.edition == "digest"
                key = "ask.source_text_digest" if digest else "ask.source_text_original"
                self._tab(tab, say(key))
            if view.paragraph.edition == "digest":
                element("span", say("shell.digest"), "lb-tag")
            elif not view.texts:
                element("span", say("shell.original"), "lb-tag")

    def _tab(self, tab: Tab, text: str, **attributes: str) -> None:
        made = element(
            "button",
            text,
            "lb-source-tab",
            type="button",
            aria_pressed="true" if tab.is_shown else "false",
            **attributes,
        )
        # Back in the text that was quoted, the quote is marked again.
        there = tab.reference
        first = self._first
        if first is not None and _same_text(first, there):
            there = first
        made.on("click", lambda: self._open(there, keeps_page=True))

    def _standing(self, view: SourceView) -> None:
        say, found = self._visitor.say, view.paragraph
        if found.status == "withdrawn":
            element("p", say("ask.source_withdrawn"), "lb-problem")
        elif found.superseded_by:
            said = say("ask.source_superseded", document=found.superseded_by)
            element("p", said, "lb-problem")
        elif found.status == "superseded":
            element("p", say("ask.source_older"), "lb-problem")
        for document in found.corrected_by:
            element("p", say("ask.source_corrected", document=document), "lb-problem")

    def _paragraph(self, view: SourceView) -> None:
        found = view.paragraph
        gone = " lb-source-gone" if found.status != "current" or found.superseded_by else ""
        with element(
            "p",
            classes=f"lb-text lb-source-here{gone}",
            lang=found.language,
            dir="auto",
            data_here=True,
        ):
            self._number(found.paragraph, found.language, "lb-strong")
            for part in view.parts:
                element("mark" if part.is_marked else "span", part.text)
        for note in found.footnote_texts:
            with element("p", classes="lb-small lb-quiet", lang=found.language, dir="auto"):
                isolated(note.label.removeprefix("fn "), "lb-source-number")
                element("span", note.text)

    def _number(self, label: str, language: Language, classes: str = "") -> None:
        said = paragraph_in_words(label, language)
        reads = "ltr" if said == label else "auto"
        element("bdi", said, f"lb-num lb-source-number {classes}".strip(), dir=reads)

    def _neighbour(self, one: Neighbour, language: Language) -> None:
        made = element(
            "button",
            classes="lb-source-near",
            type="button",
            title=self._visitor.say("ask.source_paragraph", label=one.label),
        )
        with made, element("span", classes="lb-source-near-text", lang=language, dir="auto"):
            self._number(one.label, language)
            element("span", one.text)
        made.on("click", lambda: self.show(one.reference))

    def _actions(self, view: SourceView) -> None:
        say = self._visitor.say
        with element("div", classes="lb-source-actions"):
            with element(
                "button", classes="lb-tool", type="button", data_copy=view.paragraph.label
            ):
                icon("copy")
                element("span", say("shell.copy_citation"))
            with element("a", classes="lb-tool", href=view.reference.path):
                icon("documents")
                element("span", say("shell.open_document"))
            if view.official:
                with element(
                    "a",
                    classes="lb-tool",
                    href=view.official,
                    target="_blank",
                    rel="noopener noreferrer",
                ):
                    icon("open")
                    element("span", say("ask.source_official"))


def _with_symbols_isolated(name: str) -> str:
    """In words that read from right to left, 2(a) keeps its brackets."""
    return _SYMBOL.sub(f"{_LRI}\\g<0>{_PDI}", name)


def _same_text(one: Reference, other: Reference) -> bool:
    def text(of: Reference) -> tuple[object, ...]:
        return of.document_id, of.paragraph, of.language, of.edition, of.version

    return text(one) == text(other)
