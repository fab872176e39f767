"""Whether an answer is what a turn of a conversation wanted: it goes on from the last one."""

import re
from collections.abc import Iterable
from typing import Final

from assistant.answer import Answer
from assistant.claim_words import actions
from assistant.content_words import content_words
from assistant.conversation_parts import Naming, parts_of
from assistant.conversation_turn import Turn, Understood
from kb.languages import Language

_NEAR: Final = 8  # paragraphs from one that the last answer cites
_ENOUGH: Final = 0.5  # of what the turn itself says, in what is said once more
_NUMBER: Final = re.compile(r"\d+")


def fits(answer: Answer, meant: Understood, last: Turn | None, vocabulary: Naming) -> bool:
    """Whether it is an answer, no repetition of the last one that leaves out what the turn itself
    asks, and near the last one where it must be."""
    if answer.abstained:
        return False
    if last is None:
        return True
    if meant.near and not is_near(answer, last):
        return False
    return not meant.own or not _repeats(answer, last) or _speaks_of(answer, meant.own, vocabulary)


def is_near(answer: Answer, last: Turn) -> bool:
    """Whether it cites a paragraph near one that the last answer cites."""
    held = list(last.cited)
    return any(
        document == one.document_id and _distance(label, one.paragraph) <= _NEAR
        for one in answer.citations
        for document, label in held
    )


def _distance(one: str, other: str) -> int:
    a, b = _NUMBER.findall(one), _NUMBER.findall(other)
    if one == other:
        return 0
    if not a or not b or len(a) != len(b) or a[:-1] != b[:-1]:
        return _NEAR + 1
    return abs(int(a[-1]) - int(b[-1]))


def _repeats(answer: Answer, last: Turn) -> bool:
    """Whether it says nothing that the last answer did not say."""
    return {one.text for one in answer.statements} <= set(last.said)


def _speaks_of(answer: Answer, own: str, vocabulary: Naming) -> bool:
    language = answer.language
    wanted = set(_things(own, language, vocabulary))
    held: set[str] = set()
    for one in answer.statements:
        held |= set(_things(one.text, language, vocabulary))
    return not wanted or len(wanted & held) >= _ENOUGH * len(wanted)


def _things(text: str, language: Language, vocabulary: Naming) -> Iterable[str]:
    parts = parts_of(text, vocabulary, language)
    spans = [(m.start, m.end) for m in parts.question.names]
    yield from (m.concept_id for m in parts.question.names)
    for key, start, end in actions(language).find(parts.text):
        spans.append((start, end))
        yield key
    taken = [(a.start, a.end) for a in parts.asking] + spans
    for word in content_words(parts.text, language):
        if not any(s <= word.start and word.end <= e for s, e in taken):
            yield word.stem
