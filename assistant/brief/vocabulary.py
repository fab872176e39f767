"""The names in texts, each text read once: a note looks at the same paragraphs many times."""

from functools import lru_cache
from typing import Final

from assistant.question import Vocabulary
from kb.languages import Language
from kb.terms import Mention

_TEXTS: Final = 8_000


class RememberedNames:
    """A vocabulary that remembers what it has read. Safe in threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._find = lru_cache(maxsize=_TEXTS)(vocabulary.find)
        self._concepts = lru_cache(maxsize=_TEXTS)(vocabulary.concepts)

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """The names in `text`."""
        return self._find(text, language)

    def concepts(self, text: str, language: Language | None = None) -> tuple[str, ...]:
        """Ids of the concepts in `text`."""
        return self._concepts(text, language)
