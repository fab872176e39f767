"""The form: what the note is on, its language, its sections.

`static/briefing.js` opens the list of suggestions.
"""

from collections.abc import Sequence
from typing import Any, Final

from nicegui import ui

from api.schemas import MAX_QUESTION
from api.web.briefing.asked import CHOICES, Asked, asked_of
from api.web.briefing.suggestions import Suggestion, SuggestionKind, best
from api.web.frame import draft
from api.web.markup import element, icon
from api.web.visitor import Visitor
from api.web.words import NAMES
from assistant.brief.words import BriefWords

DRAFT: Final = "brief"
KIND_LABELS: Final[dict[SuggestionKind, str]] = {
    "initiative": "briefing.initiative",
    "party": "briefing.party",
    "organization": "briefing.organization",
    "topic": "briefing.topic_kind",
    "document": "briefing.document",
}
_GIVEN: Final = """(event) => {
  event.preventDefault();
  const given = new FormData(event.target);
  const section = given.getAll("section");
  emit({topic: given.get("topic"), language: given.get("language"), section});
}"""


def build_form(visitor: Visitor, asked: Asked, some: Sequence[Suggestion]) -> None:
    """Build it, filled in as `asked`; sending it leads to the address of the note."""
    say = visitor.say
    with element("form", classes="brief-form lb-stack", role="search") as form:
        _topic(visitor, asked, some)
        with element("div", classes="brief-choices"):
            with element("label", classes="lb-field brief-language"):
                element("span", say("briefing.language"))
                with element("select", classes="lb-select", name="language"):
                    for language, name in NAMES.items():
                        is_chosen = language == asked.language
                        element("option", name, value=language, lang=language, selected=is_chosen)
            with element("button", classes="lb-button brief-write", type="submit"):
                element("span", say("briefing.write"))
        _sections(visitor, asked)
    form.on("submit", lambda event: _send(visitor, event.args), js_handler=_GIVEN)


def build_starters(visitor: Visitor, asked: Asked, some: Sequence[Suggestion]) -> None:
    """Three topics that much is held on, each a link to its note."""
    chosen = best(some)
    if not chosen:
        return
    with element("section", classes="brief-starters", aria_labelledby="brief-starters"):
        element("h2", visitor.say("briefing.starters"), "lb-small lb-quiet", id="brief-starters")
        with element("div", classes="lb-stack lb-stack-tight", data_arrows=True):
            for one in chosen:
                path = Asked(one.text, asked.language).path
                with element("a", classes="lb-card brief-starter", href=path):
                    element("span", one.text, "lb-grow", dir="auto")
                    held = visitor.say_count("briefing.records", one.records)
                    element("span", held, "lb-small lb-quiet lb-num")


def _send(visitor: Visitor, given: object) -> None:
    if not isinstance(given, dict):
        return
    values: dict[str, Any] = given
    query = [(name, str(values.get(name) or "")) for name in ("topic", "language")]
    query += [("section", str(one)) for one in values.get("section") or ()]
    asked = asked_of(query, visitor.language)
    if asked.topic:
        ui.run_javascript(f"landbrief.forget({DRAFT!r})")
        ui.navigate.to(asked.path)


def _topic(visitor: Visitor, asked: Asked, some: Sequence[Suggestion]) -> None:
    say = visitor.say
    with element("div", classes="lb-field brief-topic"):
        element("label", say("briefing.topic"), "lb-label", for_="brief-topic")
        field = element(
            "input",
            classes="lb-input",
            id="brief-topic",
            name="topic",
            type="text",
            value=asked.topic,
            required=True,
            maxlength=str(MAX_QUESTION),
            dir="auto",
            autocomplete="off",
            enterkeyhint="go",
            placeholder=say("briefing.topic_hint"),
            role="combobox",
            aria_expanded="false",
            aria_autocomplete="list",
            aria_controls="brief-options",
            data_brief_topic=True,
        )
        if not asked.topic:
            draft(field, DRAFT, is_main=True)
        with element(
            "ul",
            classes="brief-options",
            id="brief-options",
            role="listbox",
            aria_label=say("briefing.suggestions"),
            hidden=True,
        ):
            for nth, one in enumerate(some):
                _option(visitor, nth, one)


def _option(visitor: Visitor, nth: int, one: Suggestion) -> None:
    with element(
        "li",
        classes="brief-option",
        id=f"brief-option-{nth}",
        role="option",
        hidden=True,
        aria_selected="false",
        data_value=one.text,
        data_more=one.detail,
    ):
        with element("span", classes="lb-grow"):
            element("span", one.text, "brief-option-text", dir="auto")
            if one.detail:
                element("span", one.detail, "brief-option-detail lb-small lb-quiet", dir="auto")
        element("span", visitor.say(KIND_LABELS[one.kind]), "lb-small lb-quiet")


def _sections(visitor: Visitor, asked: Asked) -> None:
    words = BriefWords(visitor.language)
    with element("details", classes="brief-sections"):
        with element("summary", classes="brief-fold"):
            icon("forward")
            element("span", visitor.say("briefing.sections"))
            told = (
                visitor.say("briefing.all_sections")
                if asked.sections == CHOICES
                else visitor.say_count("briefing.some_sections", len(asked.sections))
            )
            element("span", told, "lb-quiet")
        with element("fieldset", classes="brief-checks"):
            element("legend", visitor.say("briefing.sections"), "lb-hidden")
            for key in CHOICES:
                with element("label", classes="brief-check"):
                    element(
                        "input",
                        type="checkbox",
                        name="section",
                        value=key,
                        checked=key in asked.sections,
                    )
                    element("span", words.say(f"section_{key}"))
