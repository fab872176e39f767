"""What training never sees, so that the model can be measured on it."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kb.languages import LANGUAGES, Language
from kb.training.sources import Material, Question, Segment, Sourced

_SENTENCES: Final = {"prais4_manual": 400, "trends_earth_docs": 231}
"""How many six-language segments are held out at the end of a document, by source."""
_PASSAGES: Final = 240
_DIRECT: Final = 4  # one in so many groups with questions in the passage's own language
_OTHERS: Final = 10


@dataclass(frozen=True)
class HeldOut:
    """Sentences in six languages; questions, and by language the passages they are looked up in."""

    sentences: list[Segment]
    questions: list[Question]
    passages: dict[Language, list[str]]


def hold_out(material: Material) -> tuple[Material, HeldOut]:
    """What is left to train on, and what is held out: whole documents' ends, whole passages."""
    sentences = _held_sentences(material.segments)
    known = {text for segment in sentences for text in segment.values() if len(text) > 25}
    known_english = {segment["en"] for segment in sentences}
    segments = [
        each
        for each in material.segments
        if each.segment.get("en") not in known_english
        and not any(text in known for text in each.segment.values())
    ]
    held, questions = _held_questions(material.questions)
    passages: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        asked = {q.passage for q in held if q.passage_language == language}
        passages[language] = sorted(asked, key=_code)[:_PASSAGES]
    kept = {language: set(some) for language, some in passages.items()}
    held = [q for q in held if q.passage in kept[q.passage_language]]
    return Material(segments, questions, material.rows), HeldOut(sentences, held, passages)


def _held_sentences(segments: Iterable[Sourced]) -> list[Segment]:
    held: list[Segment] = []
    for source, count in _SENTENCES.items():
        seen: set[str] = set()
        whole = []
        for each in segments:
            if each.source == source and len(each.segment) == len(LANGUAGES):
                if each.segment["en"] not in seen and len(each.segment["en"]) > 25:
                    whole.append(each.segment)
                seen.add(each.segment["en"])
        held.extend(whole[-min(count, len(whole) // 3) :])
    return held


def _held_questions(questions: list[Question]) -> tuple[list[Question], list[Question]]:
    """Held out and left. A passage, all its questions, and every passage that shares a question."""
    find = _Groups()
    for question in questions:
        find.join("q" + question.text, "p" + question.passage)
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[find.of("p" + question.passage)].append(question)
    held: list[Question] = []
    left: list[Question] = []
    for group in groups.values():
        key = min(question.passage for question in group)
        (held if _chosen(group)(key) else left).extend(group)
    return held, left


def _chosen(group: list[Question]) -> Callable[[str], bool]:
    source = group[0].source
    if source.startswith("mlqa"):
        direct = any(question.language == question.passage_language for question in group)
        return lambda key: _code(key) % (_DIRECT if direct else _OTHERS) == 0
    if source.startswith("tydiqa") and group[0].language == "ru":
        return lambda key: _code(key) % _DIRECT == 0
    if source.startswith("piaf"):
        return lambda key: _code(key) % _OTHERS == 0
    return lambda _: False


def _code(text: str) -> int:
    return zlib.crc32(text.encode())


class _Groups:
    """Union of texts into groups."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, text: str) -> str:
        parents = self._parents
        while (parent := parents.setdefault(text, text)) != text:
            parents[text] = parents[parent]
            text = parents[text]
        return text

    def join(self, one: str, other: str) -> None:
        self._parents[self.of(one)] = self.of(other)
