"""Turns of conversations that a worker has answered: the owner of the stores keeps them."""

from collections.abc import Mapping
from typing import Any

from api.desk import Desk
from api.schemas import TurnRequest


class RemoteTurns:
    """Sends each turn to the owner, whose desk `owner` is. Any thread may call any method."""

    def __init__(self, owner: Desk) -> None:
        self._owner = owner

    def add(
        self,
        conversation_id: str,
        owner: str | None,
        question: str,
        answer: Mapping[str, Any],
        memory: Mapping[str, Any],
    ) -> None:
        """Has a turn kept. Raises what the owner raises, and StoreBusy when it does not answer."""
        self._owner.keep_turn(
            TurnRequest(
                conversation_id=conversation_id,
                owner=owner,
                question=question,
                answer=dict(answer),
                memory=dict(memory),
            )
        )

    def memories(self, conversation_id: str, owner: str | None) -> tuple[Mapping[str, Any], ...]:  # noqa: ARG002
        """None: turns that follow are answered by the owner."""
        return ()
