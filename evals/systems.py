"""What is evaluated: a system that searches, answers, and can show what it cites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.knowledge import Knowledge
from evals.brief_text import Briefing
from kb.documents import EditionKind
from kb.languages import Language
from kb.passages import EditionInfo, Passage


class Catalogue(Protocol):
    """Where citations are looked up."""

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage or sub-paragraph. Raises NotFound."""

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """The texts held of a document, by id or symbol. Raises NotFound."""


class Asking(Protocol):
    """An assistant."""

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """The answer; abstaining is an ordinary one."""


Converse = Callable[[str, str], Answer]
"""The answer to a question (second) in the conversation of that id (first)."""


@dataclass(frozen=True, slots=True)
class System:
    """The parts that are evaluated. `catalogue` is trusted: it judges what the others give.

    Without `converse` each turn of a dialogue is asked alone; without `briefing` no briefing note
    can be measured.
    """

    kb: Knowledge
    assistant: Asking
    catalogue: Catalogue
    converse: Converse | None = None
    briefing: Briefing | None = None
