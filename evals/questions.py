"""Evaluation questions as typed values, in the form of CONTRACT.md, "Question sets"."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from evals.errors import BadQuestionSet
from evals.fields import forms_of, list_of, object_of, read_lines, text_of
from kb.languages import Language, as_language
from kb.references import parse_label

Split = Literal["train", "dev", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)
QuestionKind = Literal[
    "number",
    "date",
    "list",
    "entity",
    "aggregate",
    "comparison",
    "consistency",
    "false_premise",
    "yes_no",
    "narrative",
    "injection",
    "unanswerable",
    "off_topic",
]
KINDS: Final[tuple[QuestionKind, ...]] = get_args(QuestionKind)
REFUSED_KINDS: Final = frozenset[QuestionKind](("unanswerable", "off_topic"))
"""Kinds whose right answer is an abstention."""
BRIEF_KINDS: Final = frozenset[QuestionKind](("number", "date", "entity", "yes_no"))
"""How much, how many, when, who, whether: to be said in the first statement."""

_ASKED: Final = ("type", "question", "gold", "must")
_REQUIRED: Final = ("id", "lang", "topic", *_ASKED)
_OPTIONAL: Final = ("gold_any", "must_not", "note")


@dataclass(frozen=True, slots=True)
class Gold:
    """A paragraph that answers a question; `paragraph` is a normalized label."""

    document_id: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer to it holds and cites.

    `must` are groups of forms: a right answer holds at least one form of each group, no form of
    `must_not`, and cites one of `gold` or `alternatives`. Where `wants_refusal`, all are empty.
    """

    id: str
    language: Language
    topic: str
    kind: QuestionKind
    text: str
    gold: tuple[Gold, ...]
    alternatives: tuple[Gold, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    note: str | None = None

    @property
    def wants_refusal(self) -> bool:
        """Whether the documents do not say, so that abstaining is right."""
        return self.kind in REFUSED_KINDS


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file; `sha256` is that of its bytes. A user's own has no split."""

    name: str
    questions: tuple[Question, ...]
    sha256: str
    split: Split | None = None


def load_file(path: Path) -> QuestionSet:
    """A user's own set; its name is that of the file. Raises BadQuestionSet."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadQuestionSet(f"{path}: {error.strerror}") from error
    questions = read_lines(str(path), content, read_question)
    return QuestionSet(
        path.name.removesuffix(".jsonl"), questions, hashlib.sha256(content).hexdigest()
    )


def read_question(value: object) -> Question:
    """The question that one line's object describes. ValueError says what is wrong with it."""
    fields = object_of(value, _REQUIRED, _OPTIONAL)
    return _question(
        fields,
        text_of(fields, "id"),
        as_language(text_of(fields, "lang")),
        text_of(fields, "topic"),
    )


def read_turn(value: object, identifier: str, language: Language, topic: str) -> Question:
    """One turn of a dialogue, whose language and topic it shares. Raises ValueError."""
    return _question(object_of(value, _ASKED, _OPTIONAL), identifier, language, topic)


def read_gold(fields: Mapping[str, object], name: str) -> tuple[Gold, ...]:
    """The paragraphs that a field lists. Raises ValueError."""
    found: list[Gold] = []
    for place in list_of(fields, name):
        if not isinstance(place, dict) or set(place) != {"doc", "para"}:
            raise ValueError(f'{name} has an entry that is not {{"doc", "para"}}')
        found.append(Gold(text_of(place, "doc"), parse_label(text_of(place, "para")).text))
    return tuple(found)


def _question(
    fields: Mapping[str, object], identifier: str, language: Language, topic: str
) -> Question:
    kind = next((k for k in KINDS if k == fields["type"]), None)
    if kind is None:
        raise ValueError(f'type "{fields["type"]}" is none of: {", ".join(KINDS)}')
    question = Question(
        id=identifier,
        language=language,
        topic=topic,
        kind=kind,
        text=text_of(fields, "question"),
        gold=read_gold(fields, "gold"),
        alternatives=read_gold(fields, "gold_any"),
        must=tuple(forms_of(group, "must") for group in list_of(fields, "must")),
        must_not=forms_of(fields.get("must_not", []), "must_not", empty=True),
        note=text_of(fields, "note") if fields.get("note") is not None else None,
    )
    if question.wants_refusal and (question.gold or question.must):
        raise ValueError(f"a question of type {kind} has neither gold nor must")
    if not question.wants_refusal and not (question.gold and question.must):
        raise ValueError(f"a question of type {kind} needs gold and must")
    return question
