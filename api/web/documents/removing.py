"""Withdraws documents, once the reader has said that she means it."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from api.web.documents.held import Row
from api.web.frame import Frame
from api.web.markup import element, icon, isolated
from api.web.visitor import Visitor


class Removing:
    """One for a list: a button for each document, one dialog for all."""

    def __init__(
        self, visitor: Visitor, frame: Frame, on_removed: Callable[[], Awaitable[None]]
    ) -> None:
        self._visitor = visitor
        self._frame = frame
        self._on_removed = on_removed

    def button(self, row: Row) -> None:
        """The button that asks."""
        label = f"{self._visitor.say('documents.remove')}: {row.name}"
        with element(
            "button", classes="lb-icon-button", type="button", aria_label=label, title=label
        ) as made:
            icon("delete")
        made.on("click", lambda: self._ask(row))

    async def _ask(self, row: Row) -> None:
        say = self._visitor.say
        with self._frame.main:
            dialog = ui.dialog()
        with dialog, ui.card(), element("div", classes="lb-stack"):
            element("h2", say("documents.remove_title"))
            with element("p"):
                isolated(row.name, "lb-strong")
            element("p", say("documents.remove_means"))
            with element("div", classes="lb-line lb-documents-answers"):
                keep = element("button", say("documents.keep"), "lb-button-quiet", type="button")
                remove = element(
                    "button",
                    say("documents.remove"),
                    "lb-button lb-button-grave",
                    type="button",
                )
            keep.props["autofocus"] = True
            keep.on("click", lambda: dialog.submit(False))
            remove.on("click", lambda: dialog.submit(True))
        dialog.props["aria-label"] = say("documents.remove_title")
        is_meant = await dialog
        dialog.delete()
        if not is_meant:
            return
        with self._frame.trying():
            await self._visitor.call(
                "writing", lambda desk: desk.remove(row.document_id, None), "admin"
            )
            self._frame.note(say("documents.removed", document=row.name))
            self._frame.announce(say("documents.removed", document=row.name))
            await self._on_removed()
