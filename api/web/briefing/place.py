"""A note on the page: written, shown, edited, saved."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from nicegui import app, ui
from nicegui.element import Element

from api.brief_files import MEDIA_TYPES, brief_file, markdown
from api.schemas import BriefBody, BriefFormat, SearchRequest
from api.schemas.searching import HitBody
from api.web.briefing.asked import Asked
from api.web.briefing.editing import Edit, edited, remembered
from api.web.briefing.form import build_starters
from api.web.briefing.note_edited import NoteEdited
from api.web.briefing.note_shown import NoteShown
from api.web.briefing.suggestions import Suggestion
from api.web.chip import chip
from api.web.frame import Frame, working
from api.web.markup import element, icon
from api.web.reference import Reference, short_form
from api.web.visitor import Visitor

_MOST_KEPT: Final = 12
_NEAR: Final = 3
_LETTERS: Final = 60
_FILES: Final[Sequence[tuple[BriefFormat, str]]] = (
    ("docx", "briefing.save_word"),
    ("md", "briefing.save_markdown"),
    ("html", "briefing.save_html"),
)


class NotePlace:
    """Built where it is made; `write` fills it."""

    def __init__(
        self, visitor: Visitor, frame: Frame, asked: Asked, some: Sequence[Suggestion]
    ) -> None:
        self._visitor = visitor
        self._frame = frame
        self._asked = asked
        self._some = some
        self._note: BriefBody | None = None
        # By key: the next who signs in at this device is not shown what this one wrote.
        self._kept = f"briefs:{visitor.owner or ''}"
        self._edit = remembered(_stored(self._kept).get(asked.path))
        self._is_editing = False
        self._box: Element = element("div", classes="brief-place", aria_busy="true")
        with self._box:
            element("h1", asked.topic, "lb-hidden", dir="auto")
            working(visitor, visitor.say("briefing.writing"))

    async def write(self) -> None:
        """Write the note, and show it as it was left."""
        visitor, request = self._visitor, self._asked.request
        try:
            note = await visitor.call("answers", lambda desk: desk.brief(request))
            near: list[HitBody] = []
            if note.abstained:
                wanted = SearchRequest(q=request.topic, k=_NEAR, language=visitor.language)
                near = (await visitor.call("reading", lambda desk: desk.search(wanted))).hits
        except Exception as error:
            self._box.clear()
            with self._box:
                element("h1", self._asked.topic, "brief-failed", dir="auto")
                self._frame.problem(error)
            return
        finally:
            self._box.props.pop("aria-busy", None)
        self._note = note
        self._frame.title(note.topic)
        if note.abstained:
            self._abstain(note, near)
        else:
            self._show()
        self._frame.announce(visitor.say("briefing.written"))

    def _show(self, focus: str = "") -> None:
        note = self._note
        if note is None:
            return
        self._box.clear()
        with self._box:
            final = edited(note, self._edit)
            self._bar(final)
            if self._is_editing:
                element("h1", note.title, "lb-hidden", dir="auto")
                NoteEdited(self._visitor, self._frame, note, self._edit, self._change).build()
            else:
                NoteShown(self._visitor, self._frame, final).build()
        if focus:
            self._frame.call_script("landbriefNotes.focus", focus)

    def _change(self, edit: Edit, focus: str) -> None:
        self._edit = edit
        kept = _stored(self._kept)
        kept.pop(self._asked.path, None)
        if not edit.is_empty:
            kept[self._asked.path] = edit.kept()
        while len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)))
        app.storage.user[self._kept] = kept
        self._show(focus)

    def _bar(self, note: BriefBody) -> None:
        say = self._visitor.say
        with element("div", classes="brief-bar lb-no-print", role="group",
                     aria_label=say("briefing.actions")):  # fmt: skip
            name = "briefing.done" if self._is_editing else "briefing.edit"
            sign = "check" if self._is_editing else "edit"
            self._act(sign, say(name), self._toggle, "brief-edit", is_main=self._is_editing)
            if self._is_editing and not self._edit.is_empty:
                self._act(
                    "undo", say("briefing.reset"), partial(self._change, Edit(), "brief-edit")
                )
            if self._is_editing:
                return
            for form, key in _FILES:
                saving = self._act("download", say(key), partial(self._save, form))
                saving.props["aria-label"] = say("briefing.save_as", form=say(key))
                saving.props["title"] = say("briefing.save_as", form=say(key))
            copying = self._act("copy", say("briefing.copy"))
            copying.props["data-brief-copy"] = markdown(note)
            copying.props["data-done"] = say("briefing.copied")
            printing = self._act("print", say("briefing.print"))
            printing.props["data-brief-print"] = ""

    def _act(
        self, sign: str, label: str, act: Any = None, name: str = "", *, is_main: bool = False
    ) -> Element:
        made = element("button", classes="lb-button" if is_main else "lb-button-quiet")
        made.props["type"] = "button"
        if name:
            made.props["id"] = name
        with made:
            icon(sign)
            element("span", label)
        if act is not None:
            made.on("click", act)
        return made

    def _toggle(self) -> None:
        self._is_editing = not self._is_editing
        self._show("brief-edit")

    async def _save(self, form: BriefFormat) -> None:
        note = self._note
        if note is None:
            return
        final = edited(note, self._edit)
        with self._frame.trying():
            content = await self._visitor.call("reading", lambda _: brief_file(final, form))
            ui.download.content(content, file_name(final.title, form), MEDIA_TYPES[form])

    def _abstain(self, note: BriefBody, near: Sequence[HitBody]) -> None:
        say = self._visitor.say
        self._box.clear()
        with self._box, element("div", classes="lb-measure lb-stack"):
            element("h1", note.topic, dir="auto")
            for line in (one for section in note.sections for one in section.lines):
                element("p", line.text, "lb-text", lang=note.language, dir="auto")
            if near:
                with element("section", classes="lb-stack lb-stack-tight"):
                    element("h2", say("briefing.near"), "lb-small lb-quiet")
                    with element("ul", classes="lb-list"):
                        for hit in near:
                            self._near(hit)
            build_starters(self._visitor, self._asked, self._some)

    def _near(self, hit: HitBody) -> None:
        text = short_form(
            hit.paragraph, hit.symbol, hit.session, hit.document_id, self._visitor.language
        )
        place = Reference(hit.document_id, hit.paragraph, hit.language, hit.edition)
        with element("li", classes="lb-stack lb-stack-tight brief-near-one"):
            element("p", hit.text, "brief-near lb-quiet", lang=hit.language, dir="auto")
            chip(self._visitor, text, place, self._frame.source.show)


def file_name(title: str, form: BriefFormat) -> str:
    """A name that every system takes: letters and digits of the title in any script."""
    words = re.sub(r"[\W_]+", "-", title)[:_LETTERS].strip("-")
    return f"{words or 'briefing'}.{form}"


def _stored(name: str) -> dict[str, Any]:
    kept = app.storage.user.get(name)
    return dict(kept) if isinstance(kept, dict) else {}
