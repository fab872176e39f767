"""The reader's conversations: a list, beside the page on wide screens, a sheet on narrow ones."""

from nicegui import ui
from nicegui.element import Element

from api.schemas import ConversationItem, ConversationList
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.visitor import Visitor

_PAGE = 20


class ConversationShelf:
    """Builds both at once; `refresh` reads them anew."""

    def __init__(self, visitor: Visitor, frame: Frame) -> None:
        self._visitor = visitor
        self._frame = frame
        self._limit = _PAGE
        self._current: str | None = None
        say = visitor.say
        with (
            frame.side,
            element("section", classes="ask-shelf", aria_label=say("ask.conversations")),
        ):
            self._new()
            self._lists: list[Element] = [element("ul", classes="ask-list", data_arrows=True)]
        self._sheet = ui.dialog().props("position=bottom")
        self._sheet.props["aria-label"] = say("ask.conversations")
        with self._sheet, element("div", classes="ask-sheet"):
            with element("div", classes="ask-sheet-head"):
                element("h2", say("ask.conversations"))
                close = element(
                    "button", classes="lb-icon-button", type="button", aria_label=say("shell.close")
                )
                with close:
                    icon("close")
                close.on("click", self._sheet.close)
            self._new()
            self._lists.append(element("ul", classes="ask-list", data_arrows=True))

    def open(self) -> None:
        """Show the sheet."""
        self._sheet.open()

    async def refresh(self, current: str | None) -> None:
        """Read them anew; `current` is the one on the page."""
        self._current = current
        owner, limit = self._visitor.owner, self._limit
        found = await self._visitor.call(None, lambda desk: desk.conversations(owner, limit=limit))
        for shelf in self._lists:
            shelf.clear()
            with shelf:
                self._fill(found)

    def _fill(self, found: ConversationList) -> None:
        say = self._visitor.say
        if not found.items:
            element("li", say("ask.none"), "lb-small lb-quiet ask-none")
        for one in found.items:
            with element("li"):
                self._link(one)
        if found.next_cursor:
            with element("li"):
                more = element("button", say("ask.more"), "lb-tool", type="button")
                more.on("click", self._more)

    def _link(self, one: ConversationItem) -> None:
        link = element(
            "a",
            one.title,
            "ask-list-one",
            href=f"/c/{one.conversation_id}",
            dir="auto",
            title=one.title,
        )
        if one.conversation_id == self._current:
            link.props["aria-current"] = "page"

    def _new(self) -> None:
        with element("a", classes="lb-tool ask-new", href="/"):
            icon("plus")
            element("span", self._visitor.say("ask.new"))

    async def _more(self) -> None:
        self._limit += _PAGE * 2
        with self._frame.trying():
            await self.refresh(self._current)
