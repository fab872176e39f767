"""The form that asks for a key."""

from api.web.doors import SIGN_IN
from api.web.markup import element
from api.web.visitor import Visitor


def sign_in_form(visitor: Visitor, target: str, wrong: str) -> None:
    """The form that asks for a key, then goes to `target`. It is sent as a form: the key never
    passes through the page's own events, and a new session begins with it."""
    say = visitor.say
    with element("div", classes="lb-measure"), element("div", classes="lb-stack lb-sign-in"):
        element("h1", say("shell.sign_in"))
        element("p", say("shell.key_wanted"), "lb-quiet")
        if wrong:
            element("p", wrong, "lb-problem", role="alert")
        with element("form", classes="lb-stack", method="post", action=SIGN_IN):
            element("input", type="hidden", name="next", value=target)
            with element("label", classes="lb-field"):
                element("span", say("shell.key"))
                element(
                    "input",
                    classes="lb-input",
                    type="password",
                    name="key",
                    dir="ltr",
                    required=True,
                    autocomplete="off",
                    spellcheck="false",
                    data_main_input=True,
                )
            with element("div", classes="lb-line"):
                element("button", say("shell.sign_in"), "lb-button", type="submit")
