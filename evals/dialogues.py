"""Dialogues: several turns of one conversation, each a question that may lean on those before."""

from dataclasses import dataclass
from typing import Final

from evals.fields import list_of, object_of, text_of
from evals.questions import Question, Split, read_turn
from kb.languages import Language, as_language

_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of one conversation, in order, at least two; their ids are `<id>.1`, `<id>.2`, …"""

    id: str
    language: Language
    topic: str
    turns: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DialogueSet:
    """The dialogues of one file; `sha256` is that of its bytes."""

    name: str
    dialogues: tuple[Dialogue, ...]
    sha256: str
    split: Split | None = None


def read_dialogue(value: object) -> Dialogue:
    """The dialogue that one line's object describes. Raises ValueError."""
    fields = object_of(value, ("id", "lang", "topic", "turns"))
    identifier, topic = text_of(fields, "id"), text_of(fields, "topic")
    language = as_language(text_of(fields, "lang"))
    turns = list_of(fields, "turns")
    if len(turns) < _FEWEST:
        raise ValueError(f"turns has fewer than {_FEWEST} questions")
    read = [
        _turn(turn, number, identifier, language, topic) for number, turn in enumerate(turns, 1)
    ]
    return Dialogue(identifier, language, topic, tuple(read))


def _turn(value: object, number: int, identifier: str, language: Language, topic: str) -> Question:
    try:
        return read_turn(value, f"{identifier}.{number}", language, topic)
    except ValueError as error:
        raise ValueError(f"turn {number}: {error}") from error
