"""The filters of a grid: a button for each, which opens a list of choices with a search in it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from babel.numbers import format_decimal
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.asked import Asked
from api.web.records.choices import Choice, choices, label_of, matching
from api.web.records.filters import FILTERS, Filter
from api.web.visitor import Visitor

OnChange = Callable[[Asked], Awaitable[None]]
_SHOWN: Final = 60
"""Choices listed at once: a search finds the others."""
_SEARCHED_FROM: Final = 8
_TYPED: Final = 200


class FilterBar:
    """Shows which filters hold, and changes them: `change` gets what is asked then."""

    def __init__(self, visitor: Visitor, frame: Frame, asked: Asked, change: OnChange) -> None:
        """Builds it where it is made."""
        self._visitor = visitor
        self._change = change
        self.asked = asked
        say = visitor.say
        with element("div", classes="rec-filters", role="group") as bar:
            bar.props["aria-label"] = say("records.filters")
            self._fields = [_Field(self, visitor, frame, known) for known in FILTERS[asked.kind]]
            self._others: Element = element("span", classes="rec-others")
            self._clear = element("button", classes="rec-clear", type="button")
            with self._clear:
                icon("close")
                element("span", say("records.clear"))
            self._clear.on("click", lambda: change(self.asked.cleared()))
        self.show(asked)

    def show(self, asked: Asked) -> None:
        """Have it show these filters."""
        self.asked = asked
        for one in self._fields:
            one.show()
        self._clear.set_visibility(bool(asked.filters))
        offered = {one.name for one in FILTERS[asked.kind]}
        self._others.clear()
        with self._others:
            for name, some in asked.filters.items():
                if name not in offered:
                    self._other(name, ", ".join(some))

    async def choose(self, name: str, values: tuple[str, ...]) -> None:
        """Ask by other values of one filter."""
        await self._change(self.asked.with_values(name, values))

    def _other(self, name: str, text: str) -> None:
        """A filter that only addresses know, with what takes it away."""
        button = element("button", classes="rec-filter rec-filter-on", type="button")
        button.props["aria-label"] = self._visitor.say("records.take_away", filter=f"{name} {text}")
        with button:
            element("bdi", f"{name}: {text}")
            icon("close")
        button.on("click", lambda: self.choose(name, ()))


class _Field:
    def __init__(self, bar: FilterBar, visitor: Visitor, frame: Frame, known: Filter) -> None:
        self._bar = bar
        self._visitor = visitor
        self._frame = frame
        self._known = known
        self._label = visitor.say(known.label)
        self._made: tuple[Choice, ...] = ()
        self._typed = ""
        panel = f"rec-filter-{known.name}"
        self._button = element(
            "button",
            classes="rec-filter",
            type="button",
            popovertarget=panel,
            aria_haspopup="dialog",
        )
        with self._button:
            element("span", self._label, "rec-filter-name")
            self._value: TextElement = element("bdi", "", "rec-filter-value")
        self._panel = element(
            "div",
            classes="rec-choices",
            id=panel,
            popover="auto",
            role="dialog",
            aria_label=self._label,
        )
        self._panel.on("toggle", self._toggled, js_handler="(event) => emit(event.newState)")
        with self._panel:
            element("p", self._label, "lb-strong rec-choices-name")
            self._search = element(
                "input",
                classes="lb-input rec-search",
                type="search",
                placeholder=visitor.say("records.find_choice"),
                aria_label=visitor.say("records.find_choice"),
                autocomplete="off",
                dir="auto",
            )
            self._search.on("input", self._searched, js_handler=_VALUE, throttle=0.15)
            self._list: Element = element("div", classes="rec-choice-list", tabindex="-1")
            self._foot = element(
                "button", visitor.say("records.clear_one"), "rec-clear", type="button"
            )
            self._foot.on("click", self._cleared)

    @property
    def _chosen(self) -> tuple[str, ...]:
        return self._bar.asked.values(self._known.name)

    def show(self) -> None:
        asked, language = self._bar.asked, self._visitor.language
        labels = [label_of(asked, self._known.name, one, language) for one in self._chosen]
        shown = f"{labels[0]} +{len(labels) - 1}" if len(labels) > 1 else "".join(labels)
        self._value.set_text(shown)
        self._button.classes(
            add="rec-filter-on" if labels else "", remove="" if labels else "rec-filter-on"
        )
        self._foot.set_visibility(bool(labels))

    async def _toggled(self, event: Any) -> None:
        if event.args != "open":
            return
        with self._frame.trying():
            self._typed = ""
            self._list.clear()
            with self._list:
                element("p", self._visitor.say("shell.working"), "lb-quiet rec-choice-none")
            asked, language = self._bar.asked, self._visitor.language
            self._made = await self._visitor.call(
                "reading", lambda desk: choices(desk, asked, self._known, language)
            )
            self._search.set_visibility(len(self._made) > _SEARCHED_FROM)
            self._fill()

    def _searched(self, event: Any) -> None:
        self._typed = str(event.args)[:_TYPED]
        self._fill()

    def _fill(self) -> None:
        found = matching(self._made, self._typed)
        self._list.clear()
        with self._list:
            for one in found[:_SHOWN]:
                self._choice(one)
            if len(found) > _SHOWN:
                text = self._visitor.say_count("records.more_choices", len(found) - _SHOWN)
                element("p", text, "lb-quiet lb-small rec-choice-none")
            if not found:
                element("p", self._visitor.say("records.no_choice"), "lb-quiet rec-choice-none")

    def _choice(self, one: Choice) -> None:
        with element("label", classes="rec-choice"):
            box = element(
                "input", type="checkbox", value=one.value, checked=one.value in self._chosen
            )
            box.on(
                "change",
                lambda event, value=one.value: self._ticked(value, bool(event.args)),
                js_handler="(event) => emit(event.target.checked)",
            )
            element("bdi", one.label, "lb-grow")
            count = format_decimal(one.count, locale=self._visitor.language)
            element("span", count, "lb-quiet lb-small lb-num")

    async def _ticked(self, value: str, is_chosen: bool) -> None:
        kept = [one for one in self._chosen if one != value]
        await self._bar.choose(self._known.name, (*kept, value) if is_chosen else tuple(kept))

    async def _cleared(self) -> None:
        self._panel.run_method("hidePopover")
        await self._bar.choose(self._known.name, ())


_VALUE: Final = "(event) => emit(event.target.value)"
