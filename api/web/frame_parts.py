"""The parts of the frame around the middle column: places, language, colours, session."""

from typing import Final, Literal

from nicegui import app, ui
from nicegui.element import Element

from api.web.doors import SIGN_OUT
from api.web.markup import element, icon
from api.web.theme import THEMES
from api.web.visitor import LANGUAGE, THEME, Visitor
from api.web.words import NAMES

Place = Literal["ask", "documents", "records", "briefing"]
PLACES: Final[dict[Place, tuple[str, str]]] = {
    "ask": ("/", "shell.ask"),
    "documents": ("/documents", "shell.documents"),
    "records": ("/records", "shell.records"),
    "briefing": ("/brief", "shell.briefing"),
}
WORDMARK: Final = "LandBrief"
_THEME_KEYS: Final = {
    "system": "shell.theme_system",
    "light": "shell.theme_light",
    "dark": "shell.theme_dark",
}
_VALUE: Final = "(event) => emit(event.target.value)"


def top_bar(visitor: Visitor) -> None:
    """The head of narrow pages."""
    with element("header", classes="lb-top lb-narrow-only"):
        element("a", WORDMARK, "lb-word", href="/", translate="no")
        with element("div", classes="lb-tools"):
            with element("div", classes="lb-select-of"):
                icon("language")
                _languages(visitor)
            _theme(visitor, "lb-icon-button")
            _session(visitor, "lb-icon-button")


def side_column(visitor: Visitor, active: Place | None) -> Element:
    """The first column of wide pages; returns the part under the places, for the place's own."""
    with element("div", classes="lb-side lb-wide-only"):
        element("a", WORDMARK, "lb-word", href="/", translate="no")
        with element(
            "nav", classes="lb-stack lb-stack-tight", aria_label=visitor.say("shell.places")
        ):
            places(visitor, active)
        own = element("div", classes="lb-side-own")
        with element("div", classes="lb-side-foot"):
            with element("div", classes="lb-select-of"):
                icon("language")
                _languages(visitor)
            _theme(visitor, "lb-tool")
            _session(visitor, "lb-tool")
    return own


def places(visitor: Visitor, active: Place | None) -> None:
    """Links to the four places; `active` is where the reader is."""
    for place, (path, key) in PLACES.items():
        link = element("a", classes="lb-place", href=path)
        if place == active:
            link.props["aria-current"] = "page"
        with link:
            icon(place)
            element("span", visitor.say(key))


def _languages(visitor: Visitor) -> None:
    menu = element("select", classes="lb-plain-select", aria_label=visitor.say("shell.language"))
    with menu:
        for language, name in NAMES.items():
            element(
                "option", name, value=language, lang=language, selected=language == visitor.language
            )
    menu.on("change", lambda event: _choose(LANGUAGE, event.args), js_handler=_VALUE)


def _theme(visitor: Visitor, classes: str) -> None:
    label = visitor.say(_THEME_KEYS[visitor.theme])
    following = THEMES[(THEMES.index(visitor.theme) + 1) % len(THEMES)]
    button = element("button", classes=classes, type="button", aria_label=label)
    if classes == "lb-icon-button":
        button.props["title"] = label
    with button:
        icon("theme")
        if classes != "lb-icon-button":
            element("span", label)
    button.on("click", lambda: _choose(THEME, following))


def _session(visitor: Visitor, classes: str) -> None:
    caller = visitor.caller
    if caller is None or caller.key_id is None:
        return
    named = visitor.say("shell.signed_in", name=caller.key_name or "")
    if classes != "lb-icon-button":
        element("p", named, "lb-small lb-quiet lb-session", dir="auto")
    with element("form", method="post", action=SIGN_OUT):
        label = visitor.say("shell.sign_out")
        with element("button", classes=classes, type="submit", aria_label=label, title=named):
            icon("out")
            if classes != "lb-icon-button":
                element("span", label)


def _choose(name: str, value: object) -> None:
    if value not in (*NAMES, *THEMES):
        return
    app.storage.user[name] = value
    ui.run_javascript("location.reload()")
