"""From a question to what has to be looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from kb.languages import Language
from kb.mentions import ParagraphReference

HITS: Final = 30  # paragraphs asked of search: the answer is seldom below
_LIST_HITS: Final = 45  # a list has few of the words that ask for it


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look up: the paragraphs that are named, and a search beside them.

    `documents` restricts both to those ids; None means all.
    """

    question: Question
    lookups: tuple[ParagraphReference, ...]
    query: str
    documents: tuple[str, ...] | None = None
    hits: int = HITS


def read(
    text: str,
    vocabulary: Vocabulary,
    *,
    language: Language | None = None,
    documents: Sequence[str] | None = None,
) -> Plan:
    """The plan for one question, answered in `language` (its own when not given)."""
    question = read_question(text, vocabulary, language)
    lookups = tuple(r for r in question.references if r.elsewhere is None)
    chosen = None if documents is None else tuple(documents)
    hits = _LIST_HITS if question.wants_items else HITS
    return Plan(question, lookups, question.text, chosen, hits)
