"""Briefing: a note to print."""

from collections.abc import Mapping

from api.web.frame import Frame
from api.web.markup import element
from api.web.visitor import Visitor


async def build(visitor: Visitor, frame: Frame, *, query: Mapping[str, str]) -> None:  # noqa: ARG001
    """Build the place; `query` may name what the note is about."""
    with element("div", classes="lb-measure lb-stack"):
        element("h1", visitor.say("shell.briefing"))
