"""Joins the parts of a question as its language does."""

import re
from collections.abc import Iterable
from typing import Final

from assistant.conversation_parts import spaced
from assistant.conversation_words import bare
from kb.languages import Language

_ENDS: Final = " \t.?!。？！؟"
_QUESTION_MARKS: Final[dict[Language, str]] = {"zh": "？", "ar": "؟", "fr": " ?"}
_TOLD: Final = re.compile(r"; |、")  # between the things that a topic names


def inserted(text: str, more: str, language: Language) -> str:
    """The question with more at its end."""
    return as_question(spaced(language, text, more), language)


def with_topic(text: str, topic: str, language: Language) -> str:
    """The question with those things of the topic behind it that it does not name itself."""
    if not topic:
        return as_question(bare(text), language)
    opened, closed = ("（", "）") if language == "zh" else (" (", ")")
    told = [one for one in _TOLD.split(topic) if not _said_in(one, text, language)]
    if not told:
        return as_question(bare(text), language)
    return as_question(f"{bare(text)}{opened}{listed(language, told)}{closed}", language)


def _said_in(words: str, text: str, language: Language) -> bool:
    """Whether the text has these words already; in other languages than Chinese as whole words."""
    if language == "zh":
        return words in text
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def as_question(text: str, language: Language) -> str:
    """The text with the question mark of its language."""
    return f"{text.rstrip(_ENDS)}{_QUESTION_MARKS.get(language, '?')}"


def listed(language: Language, texts: Iterable[str]) -> str:
    """The texts that are not empty, as `with_topic` parts them."""
    kept = [one for one in texts if one]
    return ("、" if language == "zh" else "; ").join(kept)
