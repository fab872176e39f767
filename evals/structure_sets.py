"""Folders of documents with their gold structure, as sets of the runner."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.outcomes import Outcome
from evals.questions import Split
from evals.structure import Score, score_folder
from kb.languages import as_language


@dataclass(frozen=True, slots=True)
class StructureSet:
    """Documents in `folders`, each with a `.gold.json`; `sha256` is over all these files."""

    name: str
    folders: tuple[Path, ...]
    sha256: str
    split: Split | None = None


def structure_set(name: str, folders: tuple[Path, ...], split: Split | None) -> StructureSet:
    """The set over all files of `folders`."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.iterdir()):
            digest.update(f"{file.name}\0".encode())
            digest.update(file.read_bytes())
    return StructureSet(name, folders, digest.hexdigest(), split)


def score_structure(one: StructureSet) -> tuple[Outcome, ...]:
    """What the parser makes of each document, held against its gold."""
    scores = (score for folder in one.folders for score in score_folder(folder))
    return tuple(_outcome(one.name, score) for score in scores)


def _outcome(set_name: str, score: Score) -> Outcome:
    values = {
        "labels_found": score.found / score.labels,
        "labels_exact": score.exact / score.labels,
    }
    if score.found + score.extra:
        values["labels_invented"] = score.extra / (score.found + score.extra)
    if score.subparagraphs:
        values["subparagraphs_right"] = score.subparagraphs_right / score.subparagraphs
    return Outcome(
        set_name,
        f"{set_name}: {score.name}",
        as_language(score.name.split(".")[-2]),
        "structure",
        score.name,
        values,
        remarks=tuple(_remarks(score)),
    )


def _remarks(score: Score) -> Iterator[str]:
    if score.refused:
        yield f"cannot be read: {score.refused}"
    if score.found < score.labels:
        yield f"{score.labels - score.found} of {score.labels} labels are not found"
    if score.exact < score.found:
        yield f"{score.found - score.exact} labels have more or less than their text"
    if score.extra:
        yield f"{score.extra} labels are none of the document's"
