"""Briefing: a note on a topic, a Party, an initiative or a document."""

from collections.abc import Mapping
from typing import Final

from nicegui import ui

from api.web.briefing.asked import asked_of
from api.web.briefing.form import build_form, build_starters
from api.web.briefing.place import NotePlace
from api.web.briefing.suggestions import Remembered
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.visitor import Visitor

_REMEMBERED: Final = Remembered()


async def build(visitor: Visitor, frame: Frame, *, query: Mapping[str, str]) -> None:
    """Build the place; `query` may name topic, language and sections of a note."""
    # A section may stand in the address more than once; `query` has the last of each.
    given = ui.context.client.request.query_params.multi_items() if query else ()
    asked = asked_of(given, visitor.language)
    sees_internal = visitor.caller is not None and visitor.caller.sees_internal
    some = await visitor.call(
        "reading",
        lambda desk: _REMEMBERED.of(desk, visitor.language, sees_internal=sees_internal),
    )
    say = visitor.say
    if not asked.topic:
        with element("div", classes="lb-measure lb-stack brief-start"):
            with element("header", classes="lb-stack lb-stack-tight"):
                element("h1", say("shell.briefing"))
                element("p", say("briefing.lead"), "lb-quiet")
            build_form(visitor, asked, some)
            build_starters(visitor, asked, some)
        return
    with element("div", classes="brief-wide"):
        with element("details", classes="brief-again lb-no-print"):
            with element("summary", classes="brief-fold"):
                icon("forward")
                element("span", say("briefing.again"))
            build_form(visitor, asked, some)
        place = NotePlace(visitor, frame, asked, some)
    ui.timer(0.05, place.write, once=True)
