"""Meets whoever opens a page: finds out who she is, then has the place built for her."""

import copy
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Final

from nicegui import Client, app
from starlette.requests import Request

from api.web.admission import Admission, SignedOut
from api.web.arriving import visitor_of
from api.web.background import Work
from api.web.door import ATTRIBUTES
from api.web.frame import Frame, frame
from api.web.frame_parts import Place
from api.web.key_form import sign_in_form
from api.web.visitor import KEY, Visitor
from kb.languages import Language

Build = Callable[..., Awaitable[None] | None]
_ENDED: Final = "ended"
WRONG: Final = "wrong"
"""Seconds to wait after too many wrong keys; 0 after a wrong one."""
_PACKS: Final[dict[Language, str]] = {
    "ar": "ar",
    "zh": "zh-CN",
    "en": "en-US",
    "fr": "fr",
    "ru": "ru",
    "es": "es",
}
"""What Quasar calls the languages."""
_DARK: Final = {"system": None, "light": False, "dark": True}


class Reception:
    """One for an application."""

    def __init__(self, admission: Admission, work: Work) -> None:
        self.admission = admission
        self._work = work

    async def open(
        self, request: Request, client: Client, place: Place | None, build: Build, **given: Any
    ) -> None:
        """Build a page: the frame around what `build` makes, or around the form for a key.

        `build` gets the visitor, the frame, and what is `given`.
        """
        visitor = await self._visitor(request)
        _dress(request, client, visitor)
        with frame(visitor, client, place) as made:
            if visitor.caller is None:
                self._ask_key(request, visitor, made)
                return
            try:
                built = build(visitor, made, **given)
                if inspect.isawaitable(built):
                    await built
            except SignedOut:
                self._ask_key(request, visitor, made)
            except Exception as error:
                made.problem(error)

    async def _visitor(self, request: Request) -> Visitor:
        visitor = await visitor_of(request, self.admission, self._work)
        stored = app.storage.user
        if visitor.caller is None and stored.pop(KEY, None) is not None:
            stored[_ENDED] = True
        return visitor

    def _ask_key(self, request: Request, visitor: Visitor, made: Frame) -> None:
        stored = app.storage.user
        wrong = stored.pop(WRONG, None)
        if wrong:
            text = visitor.say("shell.key_many", seconds=str(wrong))
        elif wrong is not None:
            text = visitor.say("shell.key_wrong")
        else:
            text = visitor.say("shell.key_ended") if stored.get(_ENDED) else ""
        stored.pop(_ENDED, None)
        query = f"?{request.url.query}" if request.url.query else ""
        made.title(visitor.say("shell.sign_in"))
        sign_in_form(visitor, request.url.path + query, text)


def _dress(request: Request, client: Client, visitor: Visitor) -> None:
    """Give the page the reader's language, direction and colours."""
    own: Any = copy.copy(client.page)  # that of the route is every reader's
    own.language = _PACKS[visitor.language]
    own.dark = _DARK[visitor.theme]
    client.page = own
    setattr(
        request.state,
        ATTRIBUTES,
        {"lang": visitor.language, "dir": visitor.direction, "data-theme": visitor.theme},
    )
