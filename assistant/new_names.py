"""Names that no list of names has: by their capitals, where a language writes names with them."""

import re
from typing import Final

from assistant.question import Question
from assistant.reading import ReadSentence
from kb.languages import Language
from kb.writing import fold

_WITH_CAPITALS: Final = frozenset[Language](("en", "fr", "es", "ru"))
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def brings_names(question: Question, sentence: ReadSentence, language: Language) -> bool:
    """Whether a sentence in `language` has, after its first word, a capitalized one that the
    question has not."""
    if language not in _WITH_CAPITALS:
        return False
    asked = fold(question.text)
    words = _WORD.findall(sentence.text)[1:]
    return any(word[0].isupper() and fold(word) not in asked for word in words)
