"""That something done once was done at another place or session than a question says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from assistant.claim_words import role_patterns
from assistant.holding import is_place
from assistant.items import Item
from assistant.polarity import same_acts, signs
from assistant.question import Question, Vocabulary
from assistant.reading import FAMILY, ReadSentence
from assistant.verdict_signs import MODES
from kb.languages import Language
from kb.mentions import find_sessions
from kb.sentences import Span
from kb.terms import Mention

_ONCE: Final = frozenset(("launch", "adopt", "sign"))
_SEATED: Final = frozenset(("launch", "host", "hold"))
_TOWN: Final = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'-]+\s?[,(（]\s?$")
_CAPITAL: Final = re.compile(r"\s*([A-ZÀ-ÞА-ЯЁ][^\W\d_]+)")


def other_session(
    asked: Question, lacking: Item, topics: Sequence[Item], found: Mapping[Item, Sequence[Span]],
    sentence: ReadSentence,
) -> bool:  # fmt: skip
    """Whether the sentence says of all that is asked that it was done at another session."""
    body = lacking.key.partition("(")[0]
    others = [s for s in find_sessions(sentence.text) if s.partition("(")[0] == body]
    if lacking.kind != "session" or len(others) != 1:
        return False
    once = any((i.action or i.key) in _ONCE for i in topics)
    return once and all(found[i] for i in topics) and _is_said(sentence, asked.language)


def place_named(question: Question, vocabulary: Vocabulary) -> tuple[int, int, str | None] | None:
    """Where the question names the one place of what is done, and the Party if it is one; None
    where it names none, or two."""
    text, language = question.text, question.language
    parties = [
        m for m in question.names if m.kind == "party" and is_place(text, m, language, vocabulary)
    ]
    if len(parties) == 1:
        return parties[0].start, parties[0].end, parties[0].concept_id
    if parties or language in ("zh", "ar"):
        return None
    found: set[tuple[int, int]] = set()
    for pattern in role_patterns(language)["place"].values():
        for match in pattern.finditer(text):
            word = _CAPITAL.match(text, match.end())
            if word and not any(m.start <= word.start(1) < m.end for m in question.names):
                found.add((word.start(1), word.end(1)))
    return (*next(iter(found)), None) if len(found) == 1 else None


def other_place(
    question: Question, place: tuple[int, int, str | None], topics: Sequence[Item],
    found: Mapping[Item, Sequence[Span]], sentence: ReadSentence, language: Language,
    vocabulary: Vocabulary,
) -> bool:  # fmt: skip
    """Whether the sentence says of what is asked that it was done, or has its seat, in one other
    place, and does not speak of the place asked about."""
    start, end, party = place
    name = question.text[start:end].casefold()
    left = [i for i in topics if not (i.kind == "word" and _is_of(i.key, name))]
    seat = same_acts(language)["located"].search(question.text[: start + 1])
    seated = seat is not None or any((i.action or i.key) in _SEATED for i in left)
    if not seated or not left or not all(found[i] for i in left):
        return False
    others = [m for m in sentence.mentions if m.kind == "party"]
    here = [m for m in others if is_place(sentence.text, _moved(m, sentence), language, vocabulary)]
    if len(others) != 1 or len(here) != 1 or here[0].concept_id == party:
        return False
    if party is None and (_speaks_of(sentence, name) or not _has_town(sentence, here[0])):
        return False
    return _is_said(sentence, language)


def _has_town(sentence: ReadSentence, party: Mention) -> bool:
    """Whether a town stands before the Party: another town may lie in the same Party."""
    return _TOWN.search(sentence.text[: party.start - sentence.span.start]) is not None


def _moved(mention: Mention, sentence: ReadSentence) -> Mention:
    """The mention, counted from the beginning of the sentence."""
    first = sentence.span.start
    return replace(mention, start=mention.start - first, end=mention.end - first)


def _speaks_of(sentence: ReadSentence, name: str) -> bool:
    """Whether the place is in the sentence, but for longer names that hold it."""
    text = list(sentence.text.casefold())
    for m in sentence.mentions:
        if m.kind != "party":
            first = m.start - sentence.span.start
            text[first : m.end - sentence.span.start] = " " * (m.end - m.start)
    return name[:FAMILY] in "".join(text)


def _is_of(stem: str, name: str) -> bool:
    return name.startswith(stem[:FAMILY]) or stem.startswith(name[:FAMILY])


def _is_said(sentence: ReadSentence, language: Language) -> bool:
    """Whether it is said as done: not denied, limited, put off or wished."""
    said = signs(sentence.text, language)
    return not (said.of("denial") or said.of("doubt") or said.poles("stage") & MODES)
