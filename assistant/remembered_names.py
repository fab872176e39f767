"""A vocabulary that remembers what it found in the last texts: one question is read many times."""

from functools import lru_cache
from typing import Final

from assistant.question import Vocabulary
from kb.languages import Language
from kb.terms import Mention

_HELD: Final = 256


class RememberedNames:
    """The same names as the vocabulary gives. Safe in threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._find = lru_cache(maxsize=_HELD)(vocabulary.find)
        self._concepts = lru_cache(maxsize=_HELD)(vocabulary.concepts)

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """The names in `text`."""
        return self._find(text, language)

    def concepts(self, text: str, language: Language | None = None) -> tuple[str, ...]:
        """Ids of the concepts in `text`."""
        return self._concepts(text, language)
