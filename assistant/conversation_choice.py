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


class Choice:
    """The answer of a turn, from those to its readings in order: the first one that fits, else the
    first that says anything new, else a refusal."""

    def __init__(self, last: Turn | None, vocabulary: Naming) -> None:
        self._last = last
        self._vocabulary = vocabulary
        self._is_bare = False  # the kept answer only repeats the last one
        self.kept: tuple[Answer, Understood] | None = None

    def takes(self, answer: Answer, meant: Understood) -> bool:
        """Whether the answer is kept for now; `settles` tells whether another is worth asking."""
        is_bare = not answer.abstained and self._is_bare_repetition(answer, meant)
        if self.kept is None or self._is_better(answer, meant, is_bare=is_bare):
            self.kept, self._is_bare = (answer, meant), is_bare
            return True
        return False

    def settles(self, answer: Answer, meant: Understood) -> bool:
        """Whether no other reading need be asked: it is an answer, no repetition of the last one
        that leaves out what the turn itself asks, and near the last one where it must be."""
        if answer.abstained:
            # What no document speaks of is no better for what was said before it.
            return meant.relation == "whole" and answer.reason == "off_topic"
        if self._last is None:
            return True
        if meant.near and not is_near(answer, self._last):
            return False
        if meant.doubtful and not self._share(answer, meant.own) > 0:
            return False
        return not self._is_bare_repetition(answer, meant)

    def _is_better(self, answer: Answer, meant: Understood, *, is_bare: bool) -> bool:
        if self.settles(answer, meant):
            return True
        held = self.kept is not None and self.kept[0].abstained
        if answer.abstained:
            return self._is_bare and meant.near
        return held and not (meant.near or meant.doubtful or is_bare)

    def _is_bare_repetition(self, answer: Answer, meant: Understood) -> bool:
        if not meant.own or self._last is None:
            return False
        repeated = {one.text for one in answer.statements} <= set(self._last.said)
        return repeated and self._share(answer, meant.own) < _ENOUGH

    def _share(self, answer: Answer, own: str) -> float:
        """How much of what the turn itself says is spoken of in the answer, from 0 to 1."""
        language = answer.language
        wanted = set(_things(own, language, self._vocabulary))
        texts = (one.text for one in answer.statements)
        held = {thing for text in texts for thing in _things(text, language, self._vocabulary)}
        return len(wanted & held) / len(wanted) if wanted else 1.0


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
