"""Where files are dropped: `static/documents.js` sends each of them to `taking_in.py`."""

from collections.abc import Awaitable, Callable
from typing import Final

from api.web.doors import UPLOAD
from api.web.markup import element, icon
from api.web.visitor import Visitor

FORMATS: Final = ".pdf,.docx,.html,.htm,.txt,.md,.jsonl,.csv,.xlsx,.json"


def build_panel(visitor: Visitor, on_added: Callable[[], Awaitable[None]]) -> None:
    """The panel with the files on their way; `on_added` is called after any was taken in."""
    say = visitor.say
    panel = element(
        "section",
        classes="lb-upload lb-no-print",
        data_upload=UPLOAD,
        aria_label=say("documents.add"),
        data_waiting=say("documents.waiting"),
        data_sending=say("documents.sending", percent="{percent}"),
        data_reading=say("documents.reading"),
        data_failed=say("documents.not_sent"),
        data_too_large=say("documents.too_large"),
        data_retry=say("documents.retry"),
        data_open=say("documents.open"),
        data_done=say("documents.files_done", count="{count}", of="{of}"),
        data_locale=visitor.language,
    )
    with panel:
        with element("div", classes="lb-upload-drop"):
            icon("upload")
            with element("div", classes="lb-grow"):
                element("p", say("documents.drop_here"), "lb-strong")
                element("p", say("documents.formats"), "lb-small lb-quiet")
            element(
                "input",
                classes="lb-hidden",
                type="file",
                multiple=True,
                accept=FORMATS,
                tabindex="-1",
                aria_label=say("documents.add"),
            )
            _visibility(visitor)
            element("button", say("documents.add"), "lb-button", type="button", data_add_files=True)
        element("ul", classes="lb-list lb-upload-files", aria_label=say("documents.files"))
        element("p", classes="lb-hidden", role="status", aria_live="polite")
    panel.on("added", lambda: on_added(), args=[])


def _visibility(visitor: Visitor) -> None:
    """Who may see what is added: offered to those who see internal documents themselves."""
    say = visitor.say
    if visitor.caller is None or not visitor.caller.sees_internal:
        return
    with element("label", classes="lb-field lb-upload-visibility"):
        element("span", say("documents.visible_to"))
        with element("select", classes="lb-select", name="visibility"):
            element("option", say("documents.as_it_is"), value="")
            element("option", say("documents.public"), value="public")
            element("option", say("documents.internal"), value="internal")
