"""Ask: a conversation."""

from typing import Final

from nicegui import context

from api.web.ask.conversation_shown import Shown
from api.web.ask.starters import Remembered
from api.web.frame import Frame
from api.web.visitor import Visitor
from kb.errors import NotFound

_REMEMBERED: Final = Remembered()


async def build(visitor: Visitor, frame: Frame, *, conversation_id: str | None) -> None:
    """Build the place; `conversation_id` is that of an earlier conversation."""
    sees_internal = visitor.caller is not None and visitor.caller.sees_internal
    held = await visitor.call(
        "reading", lambda desk: _REMEMBERED.held(desk, sees_internal=sees_internal)
    )
    kept = None
    is_gone = False
    if conversation_id is not None:
        wanted = conversation_id
        try:
            kept = await visitor.call(None, lambda desk: desk.conversation(wanted, visitor.owner))
        except NotFound:
            is_gone = True
    shown = Shown(visitor, frame, context.client, held, kept)
    if is_gone:
        shown.say_gone()
    await shown.list_conversations()
