"""A note while it is edited: what is left out stays in sight, struck through, and can come back."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from nicegui.element import Element

from api.schemas import BriefBody, BriefSectionBody, StatementBody
from api.web.briefing.editing import MOST, Edit, ids_of, ordered, strays
from api.web.briefing.note_shown import NoteShown
from api.web.frame import Frame, draft
from api.web.markup import element, icon
from api.web.visitor import Visitor

Change = Callable[[Edit, str], None]
"""Takes the new edit and the id of the element to focus once it is shown."""
_VALUE: Final = "(event) => emit(event.target.value)"
_FORM: Final = """(event) => {
  event.preventDefault();
  emit(event.target.querySelector("textarea").value);
}"""


class NoteEdited(NoteShown):
    """Builds the note with what changes it; every change is told to `change`."""

    def __init__(
        self, visitor: Visitor, frame: Frame, note: BriefBody, edit: Edit, change: Change
    ) -> None:
        super().__init__(visitor, frame, note)
        self._edit = edit
        self._change = change

    def build(self) -> None:
        """The whole note but its sources, which follow from what is kept."""
        say, edit = self.visitor.say, self._edit
        element("p", say("briefing.edit_help"), "brief-help lb-small")
        with self.sheet() as sheet:
            sheet.classes("brief-editing")
            self._heading("title", self.note.title, edit.title, say("briefing.title_label"))
            sections = ordered(self.note, edit)
            for nth, section in enumerate(sections):
                with element("section", classes="brief-section"):
                    self._section_head(section, nth, len(sections))
                    if section.key not in edit.left_out:
                        self._parts(section)

    def _section_head(self, section: BriefSectionBody, nth: int, count: int) -> None:
        say, edit, key = self.visitor.say, self._edit, section.key
        title = edit.headings.get(key) or section.title
        is_out = key in edit.left_out
        with element("div", classes="brief-section-head"):
            if is_out:
                element("h2", title, "lb-grow brief-out", dir="auto")
                self._button("undo", "briefing.put_back", title, f"out-{key}",
                             lambda: edit.restored(key))  # fmt: skip
                return
            label = say("briefing.heading_label")
            self._heading(key, section.title, edit.headings.get(key, ""), label)
            up = self._button("up-arrow", "briefing.up", title, f"up-{key}",
                              lambda: edit.moved(self.note, key, -1))  # fmt: skip
            down = self._button("down", "briefing.down", title, f"down-{key}",
                                lambda: edit.moved(self.note, key, 1))  # fmt: skip
            self._button("close", "briefing.leave_out", title, f"out-{key}",
                         lambda: edit.without(key))  # fmt: skip
            for button, is_last in ((up, nth == 0), (down, nth == count - 1)):
                if is_last:
                    button.props["disabled"] = ""

    def _heading(self, key: str, own: str, given: str, label: str) -> None:
        edit = self._edit
        field = element(
            "textarea",
            classes=f"lb-input brief-heading{' brief-heading-title' if key == 'title' else ''}",
            id=f"head-{key}",
            value=given or own,
            rows="1",
            maxlength=str(MOST),
            dir="auto",
            aria_label=f"{label}: {own}",
        )

        def changed(value: object) -> None:
            text = "" if str(value).strip() == own else str(value)
            now = edit.titled(text) if key == "title" else edit.headed(key, text)
            if now != edit:
                self._change(now, "")

        field.on("change", lambda event: changed(event.args), js_handler=_VALUE)

    def _parts(self, section: BriefSectionBody) -> None:
        ids = ids_of(section)
        self._editable(section.lines, ids.lines)
        if section.table is not None:
            with (
                self.table(section.table, section.title, self.visitor.say("briefing.changes")),
                element("tbody"),
            ):
                for row, name in zip(section.table.rows, ids.rows, strict=True):
                    with element("tr", classes=self._state(name)):
                        self.cells(section.table, row.cells)
                        with element("td", classes="brief-places"):
                            self.chips(row.statements)
                        with element("td", classes="brief-acts"):
                            self._acts(name, " · ".join(filter(None, row.cells)))
        if section.chart is not None:
            element("p", section.chart.caption, "brief-caption", dir="auto")
            with element("ul", classes="brief-lines"):
                for bar, name in zip(section.chart.bars, ids.bars, strict=True):
                    counts = f"{bar.completed} · {bar.in_progress} · {bar.not_started}"
                    with element("li", classes=f"brief-line {self._state(name)}"):
                        with element("div", classes="brief-line-of"):
                            with element("p", classes="lb-text", dir="auto"):
                                element("span", f"{bar.label}: ")
                                element("bdi", counts, "lb-num")
                                self.chips(bar.statements)
                            self._acts(name, bar.label)
                        self._replacing(name)
        self._editable(section.notes, ids.notes)
        for name in (*ids.rows, *strays(section, self._edit)):
            if name in self._edit.replaced:
                text = self._edit.replaced[name]
                self._own(text, partial(self._edit.restored, name))
        for nth, text in enumerate(self._edit.added.get(section.key, ())):
            self._own(text, partial(self._edit.without_remark, section.key, nth))
        self._adding(section)

    def _editable(self, lines: Iterable[StatementBody], names: Iterable[str]) -> None:
        some = list(zip(lines, names, strict=True))
        if not some:
            return
        with element("ul", classes="brief-lines"):
            for line, name in some:
                with element("li", classes=f"brief-line {self._state(name)}"):
                    with element("div", classes="brief-line-of"):
                        self.statement(line)
                        self._acts(name, line.text)
                    self._replacing(name)

    def _state(self, name: str) -> str:
        is_gone = name in self._edit.left_out or name in self._edit.replaced
        return "brief-out" if is_gone else ""

    def _acts(self, name: str, text: str) -> None:
        edit = self._edit
        with element("span", classes="brief-buttons"):
            if name in edit.left_out or name in edit.replaced:
                self._button("undo", "briefing.put_back", text, f"do-{name}",
                             lambda: edit.restored(name))  # fmt: skip
                return
            self._button("close", "briefing.leave_out", text, f"do-{name}",
                         lambda: edit.without(name))  # fmt: skip

    def _replacing(self, name: str) -> None:
        """The remark in the place of a statement that is left out, or the form for one."""
        edit = self._edit
        if name in edit.replaced:
            self._own(edit.replaced[name], lambda: edit.restored(name))
        elif name in edit.left_out:
            self._form(
                f"replace-{name}",
                self.visitor.say("briefing.replace"),
                lambda text: edit.with_remark_for(name, text),
            )

    def _adding(self, section: BriefSectionBody) -> None:
        edit = self._edit
        self._form(
            f"add-{section.key}",
            self.visitor.say("briefing.add_remark"),
            lambda text: edit.with_remark(section.key, text),
        )

    def _own(self, text: str, remove: Callable[[], Edit]) -> None:
        with element("div", classes="brief-line-of"):
            self.own(text)
            self._button("delete", "briefing.remove_remark", text, "", remove)

    def _form(self, name: str, label: str, made: Callable[[str], Edit]) -> None:
        with element("details", classes="brief-remark lb-no-print", lang=self.visitor.language,
                     dir=self.visitor.direction):  # fmt: skip
            with element("summary", classes="brief-fold", id=f"sum-{name}"):
                icon("plus")
                element("span", label)
            with element("form", classes="lb-stack lb-stack-tight") as form:
                field = element(
                    "textarea",
                    classes="lb-input",
                    rows="2",
                    maxlength=str(MOST),
                    dir="auto",
                    aria_label=label,
                )
                draft(field, f"brief-{name}")
                with element("div", classes="lb-line"):
                    keep = self.visitor.say("briefing.keep_remark")
                    element("button", keep, "lb-button-quiet", type="submit")

        def keep_it(value: object) -> None:
            now = made(str(value))
            if now != self._edit:
                self.frame.forget_draft(f"brief-{name}")
                self._change(now, f"sum-{name}")

        form.on("submit", lambda event: keep_it(event.args), js_handler=_FORM)

    def _button(
        self, sign: str, key: str, about: str, name: str, made: Callable[[], Edit]
    ) -> Element:
        label = self.visitor.say(key)
        button = element(
            "button",
            classes="lb-icon-button brief-act",
            type="button",
            aria_label=f"{label}: {about[:80]}",
            title=label,
            lang=self.visitor.language,
        )
        if name:
            button.props["id"] = name
        with button:
            icon(sign)
        button.on("click", lambda: self._change(made(), name))
        return button
