"""Evaluation questions as typed values, and the files that hold them.

A set is a file `evals/sets/<split>/<name>.jsonl` in the form of CONTRACT.md, "Question sets"; its
name is `<split>/<name>`. Sets listed in `evals/sets/FROZEN.txt` may never change.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, get_args

from evals.errors import BadQuestionSet
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
FROZEN: Final = "FROZEN.txt"

_REQUIRED: Final = ("id", "lang", "topic", "type", "question", "gold", "must")
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


def sets_folder() -> Traversable:
    """Where the sets that ship lie."""
    return files("evals").joinpath("sets")


def set_names() -> tuple[str, ...]:
    """Names of the sets that ship, `<split>/<name>`, train before dev before test."""
    return tuple(
        f"{split}/{file.name.removesuffix('.jsonl')}"
        for split in SPLITS
        for file in _files(split)
        if file.name.endswith(".jsonl")
    )


def load_sets(wanted: Sequence[str] = ()) -> tuple[QuestionSet, ...]:
    """The sets of these names or splits; all that ship when none is named.

    Raises BadQuestionSet for an unknown name, a bad line, and an id used twice across the sets.
    """
    known = set_names()
    for name in wanted:
        if name not in known and name not in SPLITS:
            raise BadQuestionSet(f'no question set "{name}"; there are: {", ".join(known)}')
    chosen = [n for n in known if not wanted or n in wanted or n.split("/")[0] in wanted]
    sets = tuple(_shipped_set(name) for name in chosen)
    _check_ids([(question.id, one.name) for one in sets for question in one.questions])
    return sets


def documents_of(name: str) -> Path | None:
    """The folder of the documents that a shipped set asks about; None for the founding ones.

    `sets/documents.toml` gives it from the root of the checkout. Raises BadQuestionSet where the
    folder is not there, as in an installed package.
    """
    listed = tomllib.loads(sets_folder().joinpath("documents.toml").read_text(encoding="utf-8"))
    if name not in listed:
        return None
    folder = Path(__file__).resolve().parents[1].joinpath(str(listed[name]))
    if not folder.is_dir():
        raise BadQuestionSet(f'set "{name}" needs the documents of a checkout in {listed[name]}')
    return folder


def load_file(path: Path) -> QuestionSet:
    """A user's own set; its name is that of the file. Raises BadQuestionSet."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadQuestionSet(f"{path}: {error.strerror}") from error
    return _set(path.name.removesuffix(".jsonl"), str(path), content, None)


def frozen_hashes() -> Mapping[str, str]:
    """SHA-256 of each frozen file, by its path in the sets folder."""
    text = sets_folder().joinpath(FROZEN).read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if line.strip() and line[0] != "#")
    return {name: digest for digest, name in pairs}


def _files(split: Split) -> list[Traversable]:
    folder = sets_folder().joinpath(split)
    return sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else []


def _shipped_set(name: str) -> QuestionSet:
    split = next(s for s in SPLITS if name.startswith(f"{s}/"))
    content = sets_folder().joinpath(f"{name}.jsonl").read_bytes()
    return _set(name, f"evals/sets/{name}.jsonl", content, split)


def _set(name: str, source: str, content: bytes, split: Split | None) -> QuestionSet:
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{source}: is not UTF-8 text (byte {error.start})") from error
    questions = tuple(_read_lines(source, lines))
    if not questions:
        raise BadQuestionSet(f"{source}: holds no question")
    _check_ids([(question.id, source) for question in questions])
    return QuestionSet(name, questions, hashlib.sha256(content).hexdigest(), split)


def _check_ids(pairs: Sequence[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for identifier, source in pairs:
        if identifier in seen:
            first = seen[identifier]
            where = source if first == source else f"{first} and {source}"
            raise BadQuestionSet(f'{where}: the id "{identifier}" is used twice')
        seen[identifier] = source


def _read_lines(source: str, lines: Sequence[str]) -> Iterator[Question]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read_question(json.loads(line))
        except ValueError as error:  # of json too
            raise BadQuestionSet(f"{source}, line {number}: {error}") from error


def read_question(fields: object) -> Question:
    """The question that one line's object describes. ValueError says what is wrong with it."""
    if not isinstance(fields, dict):
        raise ValueError("is not a JSON object")
    missing = [name for name in _REQUIRED if name not in fields]
    unknown = [name for name in fields if name not in (*_REQUIRED, *_OPTIONAL)]
    if missing or unknown:
        what = [*(f"{name} is missing" for name in missing), *(f"{n} is unknown" for n in unknown)]
        raise ValueError("; ".join(what))
    kind = next((k for k in KINDS if k == fields["type"]), None)
    if kind is None:
        raise ValueError(f'type "{fields["type"]}" is none of: {", ".join(KINDS)}')
    question = Question(
        id=_text(fields, "id"),
        language=as_language(_text(fields, "lang")),
        topic=_text(fields, "topic"),
        kind=kind,
        text=_text(fields, "question"),
        gold=_gold(fields, "gold"),
        alternatives=_gold(fields, "gold_any"),
        must=tuple(_forms(group, "must") for group in _list(fields, "must")),
        must_not=_forms(fields.get("must_not", []), "must_not", empty=True),
        note=_text(fields, "note") if fields.get("note") is not None else None,
    )
    if question.wants_refusal and (question.gold or question.must):
        raise ValueError(f"a question of type {kind} has neither gold nor must")
    if not question.wants_refusal and not (question.gold and question.must):
        raise ValueError(f"a question of type {kind} needs gold and must")
    return question


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is not a text")
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value


def _forms(group: object, name: str, *, empty: bool = False) -> tuple[str, ...]:
    if not isinstance(group, list) or not (group or empty):
        raise ValueError(f"{name} has a group that is not a list of forms")
    forms = [form for form in group if isinstance(form, str) and form.strip()]
    if len(forms) != len(group):
        raise ValueError(f"{name} has a form that is not a text")
    return tuple(forms)


def _gold(fields: Mapping[str, object], name: str) -> tuple[Gold, ...]:
    found: list[Gold] = []
    for place in _list(fields, name):
        if not isinstance(place, dict) or set(place) != {"doc", "para"}:
            raise ValueError(f'{name} has an entry that is not {{"doc", "para"}}')
        document, label = _text(place, "doc"), _text(place, "para")
        found.append(Gold(document, parse_label(label).text))
    return tuple(found)
