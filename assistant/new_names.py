"""Names that a sentence brings and the question has not, known to no list of names: by their
capitals, where a language writes names with them."""

import re
from typing import Final

from assistant.question import Question
from assistant.reading import ReadSentence
from kb.languages import Language
from kb.writing import fold

_WITH_CAPITALS: Final = frozenset[Language](("en", "fr", "es", "ru"))
_CAPITALIZED: Final = re.compile(r"(?<![\w.])(?<!^)[^\W\d_a-zа-яё][^\W\d_]{2,}")


def brings_names(question: Question, sentence: ReadSentence, language: Language) -> bool:
    """Whether the sentence, written in `language`, has capitalized words beside its first one
    that the question has not."""
    if language not in _WITH_CAPITALS:
        return False
    asked = fold(question.text)
    return any(
        match[0][0].isupper() and fold(match[0]) not in asked
        for match in _CAPITALIZED.finditer(sentence.text)
    )
