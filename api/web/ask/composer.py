"""The field that a question is typed into. Its keys are in `static/ask.js`."""

from collections.abc import Awaitable, Callable
from typing import Final

from api.schemas import MAX_QUESTION
from api.web.frame import draft
from api.web.markup import element, icon
from api.web.visitor import Visitor

_DETAIL: Final = "(event) => emit(event.detail)"


class Composer:
    """Built where it is made, at the foot of the page."""

    def __init__(
        self, visitor: Visitor, ask: Callable[[str], Awaitable[None]], stop: Callable[[], None]
    ) -> None:
        say = visitor.say
        self._form = element("form", classes="ask-form lb-dock lb-no-print", data_ask_form=True)
        with self._form, element("div", classes="ask-field"):
            field = element(
                "textarea",
                classes="ask-input",
                rows="1",
                dir="auto",
                maxlength=str(MAX_QUESTION),
                placeholder=say("ask.field"),
                enterkeyhint="send",
                autocomplete="off",
                aria_label=say("ask.question"),
                aria_describedby="ask-keys",
            )
            draft(field, "ask", is_main=True)
            with element(
                "button",
                classes="lb-button ask-send",
                type="submit",
                aria_label=say("ask.send"),
                title=say("ask.send"),
            ):
                icon("send")
            stopping = element(
                "button",
                classes="lb-button-quiet ask-stop",
                type="button",
                aria_label=say("ask.stop"),
                title=say("ask.stop"),
            )
            with stopping:
                icon("stop")
            stopping.on("click", stop)
            element("p", say("ask.keys"), "lb-hidden", id="ask-keys")
        # An event of its own, which the script raises: the text is not watched letter by letter.
        self._form.on("ask", lambda event: ask(str(event.args)), js_handler=_DETAIL)

    def busy(self, is_busy: bool) -> None:
        """Whether an answer is being made: then it can be stopped."""
        if is_busy:
            self._form.props["data-busy"] = ""
        else:
            self._form.props.pop("data-busy", None)
