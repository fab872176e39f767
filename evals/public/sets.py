"""Public question → passage files as retrieval sets: in one language, and across two.

A set holds whole neighbourhoods of a file (passages of one article stand beside each other in it),
because a passage is hardest to tell from its neighbours.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evals.errors import NoPublicData
from kb.languages import LANGUAGES, Language, as_language

PASSAGES: Final = 240
QUESTIONS: Final = 1_190
_TOGETHER: Final = 5  # neighbours that come in or stay out together
_FILES: Final[tuple[tuple[str, str, Language], ...]] = (
    ("mlqa", "more_qa_mlqa_es_ar_zh_en", "en"),
    ("tydiqa", "more_qa_tydiqa_en_ru_ar", "en"),
    ("piaf", "more_qa_piaf_fr", "fr"),
    ("arcd", "qa_ar_arcd", "ar"),
    ("cmrc", "qa_zh_cmrc", "zh"),
)
"""Name, file under `training/`, and the language of rows that do not say."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and the passage that answers it. `place` counts passages of its file."""

    source: str
    question: str
    language: Language
    passage: str
    passage_language: Language
    place: int


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions of one language over passages of one language; one passage answers each."""

    name: str
    language: Language
    passage_language: Language
    passages: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]  # text, index of its passage

    @property
    def pair(self) -> str:
        """`en-zh`: an English question, a Chinese passage."""
        return f"{self.language}-{self.passage_language}"


def read_rows(data: Path) -> list[Row]:
    """The rows of every file. Raises NoPublicData naming the first file that is missing."""
    rows: list[Row] = []
    for source, name, language in _FILES:
        path = data / "training" / f"{name}.jsonl"
        places: dict[str, int] = {}
        for line in lines_of(path):
            passage_language = as_language(line.get("lang") or language)
            asked = as_language(line.get("question_lang") or passage_language)
            passage = as_one_line(line["passage"])
            question = as_one_line(line["question"].strip(" -"))
            place = places.setdefault(passage, len(places))
            rows.append(Row(source, question, asked, passage, passage_language, place))
    return rows


def retrieval_sets(
    rows: Iterable[Row], unseen: Collection[str] | None = None
) -> list[RetrievalSet]:
    """A set for each source and pair of languages, those within one language first.

    At most 240 passages and 1,190 questions each, chosen by a hash: the same ones every time. With
    `unseen` passages only those are asked for; others of the file fill the set up to 240. A pair
    with nothing to ask is left out.
    """
    groups: dict[tuple[str, Language, Language], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.source, row.language, row.passage_language), []).append(row)
    order = sorted(groups, key=lambda g: (g[1] != g[2], *map(LANGUAGES.index, g[1:]), g[0]))
    known = None if unseen is None else {as_one_line(passage) for passage in unseen}
    sets = (_set(*group, groups[group], known) for group in order)
    return [each for each in sets if each.questions]


def as_one_line(text: str) -> str:
    """`text` with every run of space as one."""
    return " ".join(text.split())


def _set(
    source: str,
    asked: Language,
    answered: Language,
    rows: list[Row],
    unseen: Collection[str] | None,
) -> RetrievalSet:
    places = {row.passage: row.place for row in rows}

    def order(passage: str) -> tuple[bool, int, int]:
        place = places[passage]
        filler = unseen is not None and passage not in unseen
        return filler, _code(f"{source}{place // _TOGETHER}"), place

    chosen = sorted(places, key=order)[:PASSAGES]
    passages = {passage: index for index, passage in enumerate(chosen)}
    questions = dict.fromkeys(
        (row.question, passages[row.passage])
        for row in rows
        if row.passage in passages and (unseen is None or row.passage in unseen)
    )
    asked_for = sorted(questions, key=lambda question: _code(question[0]))[:QUESTIONS]
    return RetrievalSet(source, asked, answered, tuple(passages), tuple(asked_for))


def lines_of(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a JSON-lines file. Raises NoPublicData when it is not there."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise NoPublicData(
            f"{path} is not there: name the folder that holds training/ and devtest/"
        ) from error
    for line in text.splitlines():
        if line.strip():
            yield json.loads(line)


def _code(text: str) -> int:
    return zlib.crc32(text.encode())
