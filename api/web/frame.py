"""The frame of every page: where I am, what I asked, what it rests on."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from types import TracebackType
from typing import Final

from nicegui import Client, ui
from nicegui.element import Element

from api.operations.lines import Full
from api.web.admission import SignedOut
from api.web.frame_parts import PLACES, WORDMARK, Place, places, side_column, top_bar
from api.web.markup import element
from api.web.source import SourcePanel
from api.web.visitor import Visitor
from kb.errors import LandBriefError

_NOTE_MS: Final = 8_000
_log = logging.getLogger("landbrief")


class Frame:
    """What a place is built in: its `main` part, its source panel, and how it speaks up."""

    def __init__(self, visitor: Visitor, client: Client, main: Element, live: Element) -> None:
        self.visitor = visitor
        self.main = main
        self._client = client
        self._live = live
        self.source: SourcePanel
        self.side: Element
        client.on_exception(self.tell)

    def title(self, text: str) -> None:
        """Name the page in the browser's tab: `text`, then the wordmark."""
        with self._client:
            ui.page_title(f"{text} · {WORDMARK}" if text else WORDMARK)

    def announce(self, text: str) -> None:
        """Have screen readers say `text` when they pause."""
        # The same words again would not be said: a space that nobody sees makes them others.
        again = getattr(self._live, "text", "") == text
        self._live.set_text(f"{text}\N{NO-BREAK SPACE}" if again else text)  # type: ignore[attr-defined]

    def tell(self, error: BaseException) -> None:
        """Say an error in a note that passes, in the reader's language.

        Where her key was revoked, the page asks for another one.
        """
        if isinstance(error, SignedOut):
            self.run("location.reload()")
            return
        if not isinstance(error, LandBriefError | Full):
            _log.error("page: %s: %s", type(error).__name__, error, exc_info=error)
        with self._client:
            ui.notify(
                self.visitor.said(error),
                position="bottom",
                timeout=_NOTE_MS,
                classes="lb-note-problem",
                close_button=self.visitor.say("shell.close"),
            )

    def note(self, text: str) -> None:
        """Say that something was done, in a note that passes."""
        with self._client:
            ui.notify(text, position="bottom", timeout=_NOTE_MS // 2)

    def problem(self, error: BaseException) -> None:
        """Write an error into the page where it is called: in place of what could not be shown."""
        if not isinstance(error, LandBriefError | Full):
            _log.error("page: %s: %s", type(error).__name__, error, exc_info=error)
        element("p", self.visitor.said(error), "lb-problem", role="alert")

    def trying(self) -> "_Trying":
        """`with frame.trying():` around what may fail: the error is said, the page lives on."""
        return _Trying(self)

    def run(self, script: str) -> None:
        """Run a script that holds nothing of documents or readers: `call_script` takes those."""
        with self._client:
            ui.run_javascript(script)

    def call_script(self, function: str, *values: object) -> None:
        """Call a function of `shell.js`, such as `landbrief.forget`, with values as data."""
        # json.dumps escapes all but what the page itself never sees: it goes over the socket.
        self.run(f"{function}({', '.join(json.dumps(value) for value in values)})")

    def forget_draft(self, name: str) -> None:
        """Forget what was typed into the field of that draft: it has been sent."""
        self.call_script("landbrief.forget", name)


class _Trying:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self._frame.tell(error)
        return True


def draft(field: Element, name: str, *, is_main: bool = False) -> None:
    """Keep what is typed into `field` through reloads; `/` focuses the main one of a page."""
    field.props["data-draft"] = name
    if is_main:
        field.props["data-main-input"] = ""


def working(visitor: Visitor, text: str = "") -> Element:
    """A quiet line that says that something goes on; it shows itself after 300 ms only.

    Remove it (`.delete()`) when it is done.
    """
    return element("p", text or visitor.say("shell.working"), "lb-working", role="status")


@contextmanager
def frame(visitor: Visitor, client: Client, active: Place | None) -> Iterator[Frame]:
    """Build the frame; the block builds what stands in its middle."""
    say = visitor.say
    needs_script = escape(say("shell.needs_script"))
    ui.add_body_html(f'<noscript><p class="lb-problem">{needs_script}</p></noscript>')
    with element("div", classes="lb-shell"):
        element("a", say("shell.skip"), "lb-skip", href="#main")
        top_bar(visitor)
        side = side_column(visitor, active)
        main = element("main", classes="lb-main", id="main", tabindex="-1")
        aside = element("div", classes="lb-aside-slot")
        with element("nav", classes="lb-bar lb-narrow-only", aria_label=say("shell.places")):
            places(visitor, active)
    live = element("div", classes="lb-hidden", role="status", aria_live="polite")
    element(
        "div",
        classes="lb-hidden lb-live-local",
        role="status",
        aria_live="polite",
        data_copied=say("shell.copied", text="{text}"),
    )
    element(
        "div",
        classes="lb-banner",
        role="status",
        hidden=True,
        data_lost=say("shell.lost"),
        data_back=say("shell.back"),
    )
    made = Frame(visitor, client, main, live)
    made.side = side
    with aside:
        made.source = SourcePanel(visitor, made.tell)
    made.title(say(PLACES[active][1]) if active else "")
    with main:
        yield made
