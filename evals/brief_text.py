"""A briefing note as it is judged, whatever writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from assistant.answer import Citation, Statement
from kb.languages import Language

Section = Literal[
    "context",
    "key_figures",
    "roles",
    "funding",
    "progress",
    "changes",
    "decisions",
    "gaps",
    "questions",
    "sources",
]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)


@dataclass(frozen=True, slots=True)
class BriefText:
    """A briefing note as it is judged: which sections it has (those that say something), and what
    it states. A statement's `citations` are numbers of `citations`, as in an answer."""

    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


Briefing = Callable[[str, Language], BriefText]
"""Writes a briefing note on a topic in a language."""
