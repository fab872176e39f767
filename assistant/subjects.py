"""Whether a figure or a date is said of the one that the question asks about."""

import re
from collections.abc import Sequence, Set
from typing import Final

from assistant.claim_words import has_role
from assistant.figures import Figure
from assistant.question import Question, Vocabulary
from assistant.reading import Mark, ReadSentence, ReadText
from assistant.segments import own_part
from kb.languages import Language
from kb.sentences import Span
from kb.terms import Kind as ConceptKind
from kb.terms import Mention

_NEXT: Final = re.compile(r"\s*(?:[\u3400-\u9fff]{2}|[^\W\d_]+)")
_LAST: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+\s*$")
_SUBJECTS: Final[tuple[ConceptKind, ...]] = ("initiative", "party")
_OF_MONEY: Final[tuple[ConceptKind, ...]] = (*_SUBJECTS, "organization")


def subjects(text: ReadText, sentence: ReadSentence) -> list[Mention]:
    """The names in `sentence` but for those of events: at a summit others act."""
    return _without_events(sentence.mentions, text.text, text.language)


def actors(text: str, language: Language, vocabulary: Vocabulary) -> list[Mention]:
    """As `subjects`, for any text."""
    return _without_events(vocabulary.find(text, language), text, language)


def _without_events(mentions: Sequence[Mention], text: str, language: Language) -> list[Mention]:
    return [
        m
        for m in mentions
        if m.kind != "initiative" or not has_role(text[m.start : m.end], language, "event")
    ]


def is_of_another(
    question: Question,
    text: ReadText,
    sentence: ReadSentence,
    figure: Figure,
    carried: frozenset[str],
    met: frozenset[str],
) -> bool:
    """Whether another Party, body or initiative stands where the one asked about should.

    In the sentence: none of those asked about is named in it or carried into it, another of their
    kind is, or a Party asked about is named only later in the text. In the piece with the figure:
    another is, and those asked about stand elsewhere in the
    sentence. `carried` are names that the sentence goes on about, `met` such as are there by the
    terms of their names.
    """
    kinds = _OF_MONEY if question.kind == "how_much" else _SUBJECTS
    for kind in kinds:
        asked = {m.concept_id for m in question.names if m.kind == kind}
        if not asked:
            continue
        named = [m for m in subjects(text, sentence) if m.kind == kind]
        if not asked & (sentence.concepts | carried | met):
            if named or (kind == "party" and _is_named_later(asked, text, sentence)):
                return True
            continue
        if figure.piece is None or asked & carried:
            continue
        inside = {m.concept_id for m in named if _holds(figure.piece, m.start, m.end)}
        own = {m.concept_id for m in named if m.concept_id in asked}
        if inside and own and not inside & asked:
            return True
    return False


def _is_named_later(asked: Set[str], text: ReadText, sentence: ReadSentence) -> bool:
    """Whether the text comes to speak of them only after the sentence: in a row of a table, say."""
    holding = [s.span.start for s in text.sentences if asked & s.concepts]
    return bool(holding) and min(holding) > sentence.span.start


def is_governed(
    question: Question,
    text: ReadText,
    sentence: ReadSentence,
    figure: Figure,
    carried: frozenset[str],
    done: frozenset[str],
) -> bool:
    """Whether a date is that of what is asked: the thing done stands in one part with it, and the
    initiative is named in the sentence or meant by a word such as "it".

    `done` are the actions asked about.
    """
    if figure.place is None:
        return False
    part = own_part(text.text, sentence.span, figure.place.start)
    inside = [m for m in sentence.marks if _holds(part, m.start, m.end)]
    acts = (m for m in inside if m.kind == "action" and m.key in done)
    if done and all(_is_of_meeting(m, text.text, text.language) for m in acts):
        return False
    asked = {m.concept_id for m in question.names if m.kind == "initiative"}
    if not asked or asked & sentence.concepts:
        return True
    return bool(asked & carried) and has_role(part.of(text.text), text.language, "anaphor")


def _is_of_meeting(mark: Mark, text: str, language: Language) -> bool:
    """Whether it says what kind of meeting one is: an inception meeting launches nothing."""
    if mark.key != "launch":
        return False
    after, before = _NEXT.match(text, mark.end), _LAST.search(text[: mark.start])
    beside = (after[0] if after else "", before[0] if before else "")
    return any(has_role(word, language, "event") for word in beside)


def _holds(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end
