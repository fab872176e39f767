"""The head of a conversation: its name, and what can be done with it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

from nicegui import ui
from nicegui.element import Element

from api.brief_files import MEDIA_TYPES
from api.schemas.conversations import MAX_TITLE
from api.web.ask.export import ExportFormat, exported, file_name
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.visitor import Visitor

_VALUE: Final = "(event) => { event.preventDefault(); emit(event.target.elements[0].value); }"


class Head:
    """Built where it is made; `show` fills it once there is a conversation."""

    def __init__(
        self,
        visitor: Visitor,
        frame: Frame,
        open_list: Callable[[], None],
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._visitor = visitor
        self._frame = frame
        self._changed = changed
        self._id: str | None = None
        self._title = self._first = ""
        say = visitor.say
        self._box = element("header", classes="ask-head")
        with self._box:
            self._name: Element = element("div", classes="ask-name")
            with self._name:
                self._heading = element("h1", say("shell.ask"), "lb-hidden", dir="auto")
            self._actions: Element = element("div", classes="ask-actions lb-no-print")
            listed = element(
                "button",
                classes="lb-icon-button lb-narrow-only lb-no-print",
                type="button",
                aria_label=say("ask.conversations"),
                title=say("ask.conversations"),
            )
            with listed:
                icon("menu")
            listed.on("click", open_list)

    def show(self, conversation_id: str, title: str, first: str) -> None:
        """Name the conversation, and offer what can be done with it.

        `first` is its first question: a name that only repeats it is not shown above it.
        """
        is_new = self._id is None
        self._id, self._title, self._first = conversation_id, title, first
        self._heading.set_text(title)
        repeats = first.startswith(title.rstrip("…"))
        self._heading.classes(
            add="lb-hidden" if repeats else "", remove="" if repeats else "lb-hidden"
        )
        self._frame.title(title)
        if is_new:
            with self._actions:
                self._offer()

    def _offer(self) -> None:
        say = self._visitor.say
        with element("details", classes="ask-menu", data_menu=True):
            label = say("ask.actions")
            with element(
                "summary", classes="lb-icon-button", aria_label=label, title=label, role="button"
            ):
                icon("more")
            with element("div", classes="ask-menu-items"):
                self._item("edit", say("ask.rename"), self._rename)
                self._item("download", say("ask.export_markdown"), lambda: self._export("md"))
                self._item("download", say("ask.export_word"), lambda: self._export("docx"))
                self._item("delete", say("ask.delete"), self._delete)

    def _item(self, name: str, label: str, act: Callable[[], object]) -> None:
        made = element("button", classes="lb-tool", type="button")
        with made:
            icon(name)
            element("span", label)
        made.on("click", act)

    def _rename(self) -> None:
        say = self._visitor.say
        with self._actions:
            dialog = _dialog(say("ask.rename"))
        with dialog, element("form", classes="ask-dialog lb-stack") as form:
            with element("label", classes="lb-field"):
                element("span", say("ask.name"))
                element(
                    "input",
                    classes="lb-input",
                    value=self._title,
                    maxlength=str(MAX_TITLE),
                    required=True,
                    dir="auto",
                    autofocus=True,
                )
            self._choice(dialog, say("ask.save"))

        async def save(given: object) -> None:
            title = str(given).strip()[:MAX_TITLE]
            if not title or self._id is None:
                return
            owner, conversation = self._visitor.owner, self._id
            with self._frame.trying():
                kept = await self._visitor.call(
                    None, lambda desk: desk.rename_conversation(conversation, owner, title)
                )
                dialog.close()
                self.show(conversation, kept.title, self._first)
                await self._changed()

        form.on("submit", lambda event: save(event.args), js_handler=_VALUE)
        dialog.open()

    def _delete(self) -> None:
        say = self._visitor.say
        with self._actions:
            dialog = _dialog(say("ask.delete"))
        with dialog, element("form", classes="ask-dialog lb-stack") as form:
            element("p", say("ask.delete_sure", title=self._title), dir="auto")
            self._choice(dialog, say("ask.delete"), " ask-danger")

        async def delete() -> None:
            if self._id is None:
                return
            owner, conversation = self._visitor.owner, self._id
            with self._frame.trying():
                await self._visitor.call(
                    None, lambda desk: desk.delete_conversation(conversation, owner)
                )
                dialog.close()
                ui.navigate.to("/")

        form.on("submit", delete, js_handler="(event) => { event.preventDefault(); emit(); }")
        dialog.open()

    def _choice(self, dialog: ui.dialog, act: str, classes: str = "") -> None:
        with element("div", classes="lb-line ask-choice"):
            cancel = element("button", self._visitor.say("ask.cancel"), "lb-button-quiet")
            cancel.props["type"] = "button"
            cancel.on("click", dialog.close)
            element("button", act, f"lb-button{classes}", type="submit")

    async def _export(self, form: ExportFormat) -> None:
        if self._id is None:
            return
        visitor, conversation = self._visitor, self._id
        today = datetime.now(UTC).date()
        with self._frame.trying():
            content = await visitor.call(
                "reading",
                lambda desk: exported(
                    desk.conversation(conversation, visitor.owner), form, visitor.language, today
                ),
            )
            ui.download.content(content, file_name(self._title, form), MEDIA_TYPES[form])


def _dialog(label: str) -> ui.dialog:
    made = ui.dialog()
    made.props["aria-label"] = label
    made.on("hide", made.delete)
    return made
