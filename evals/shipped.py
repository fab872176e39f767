"""The sets that ship: `evals/sets/<split>/<name>.jsonl`, and folders with gold structure.

A set's name is `<split>/<name>`; what a file holds is said by the beginning of its name (see
`_READERS`), questions otherwise. `sets/documents.toml` says where the documents of a set lie that
does not ask about the founding ones. Sets listed in `sets/FROZEN.txt` may never change.
"""

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from evals.briefs import BriefSet, read_brief_topic
from evals.dialogues import DialogueSet, read_dialogue
from evals.errors import BadQuestionSet
from evals.fields import check_ids, read_lines
from evals.quantity_sets import QuantitySet, read_quantity_case
from evals.questions import SPLITS, Question, QuestionSet, Split, read_question
from evals.structure_sets import StructureSet, structure_set

AskedSet = QuestionSet | DialogueSet
"""What is asked of an assistant."""
AnySet = AskedSet | BriefSet | QuantitySet | StructureSet

FROZEN: Final = "FROZEN.txt"
_LISTED: Final = "documents.toml"
_STRUCTURE: Final = "structure"

_Reader = Callable[[str, str, bytes, Split], AnySet]


def sets_folder() -> Traversable:
    """Where the sets that ship lie."""
    return files("evals").joinpath("sets")


def set_names() -> tuple[str, ...]:
    """Names of the sets that ship, `<split>/<name>`, train before dev before test."""
    folders = [name for name in _listed() if _base(name) == _STRUCTURE]
    return tuple(
        name
        for split in SPLITS
        for name in (
            *(f"{split}/{file.name.removesuffix('.jsonl')}" for file in _files(split)),
            *(one for one in folders if one.startswith(f"{split}/")),
        )
    )


def load_sets(wanted: Sequence[str] = ()) -> tuple[AnySet, ...]:
    """The sets of these names or splits; all that ship when none is named.

    Raises BadQuestionSet for an unknown name, a bad line, and an id used twice across the sets.
    """
    known = set_names()
    for name in wanted:
        if name not in known and name not in SPLITS:
            raise BadQuestionSet(f'no question set "{name}"; there are: {", ".join(known)}')
    chosen = [n for n in known if not wanted or n in wanted or n.split("/")[0] in wanted]
    sets = tuple(_load(name) for name in chosen)
    check_ids([(identifier, one.name) for one in sets for identifier in _ids(one)])
    return sets


def question_sets(wanted: Sequence[str] = ()) -> tuple[QuestionSet, ...]:
    """Those of `load_sets` that hold single questions."""
    return tuple(one for one in load_sets(wanted) if isinstance(one, QuestionSet))


def questions_of(one: AnySet) -> tuple[Question, ...]:
    """The questions of a set, turns of dialogues among them; none where it asks nothing."""
    if isinstance(one, QuestionSet):
        return one.questions
    if isinstance(one, DialogueSet):
        return tuple(turn for dialogue in one.dialogues for turn in dialogue.turns)
    return ()


def documents_of(name: str) -> Path | None:
    """The folder of the documents that a shipped set asks about; None for the founding ones.

    Raises BadQuestionSet where the folder is not there, as in an installed package.
    """
    folders = _folders(name)
    return folders[0] if folders else None


def frozen_hashes() -> Mapping[str, str]:
    """SHA-256 of each frozen file, by its path in the sets folder."""
    text = sets_folder().joinpath(FROZEN).read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if line.strip() and line[0] != "#")
    return {name: digest for digest, name in pairs}


def _listed() -> Mapping[str, tuple[str, ...]]:
    text = sets_folder().joinpath(_LISTED).read_text(encoding="utf-8")
    return {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in tomllib.loads(text).items()
    }


def _folders(name: str) -> tuple[Path, ...]:
    root = Path(__file__).resolve().parents[1]
    listed = _listed().get(name, ())
    for folder in listed:
        if not root.joinpath(folder).is_dir():
            raise BadQuestionSet(f'set "{name}" needs the documents of a checkout in {folder}')
    return tuple(root.joinpath(folder) for folder in listed)


def _files(split: Split) -> list[Traversable]:
    folder = sets_folder().joinpath(split)
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((f for f in found if f.name.endswith(".jsonl")), key=lambda one: one.name)


def _base(name: str) -> str:
    return name.split("/")[-1]


def _load(name: str) -> AnySet:
    split = next(s for s in SPLITS if name.startswith(f"{s}/"))
    if _base(name) == _STRUCTURE:
        return structure_set(name, _folders(name), split)
    content = sets_folder().joinpath(f"{name}.jsonl").read_bytes()
    read = next((r for start, r in _READERS.items() if _base(name).startswith(start)), _questions)
    return read(name, f"evals/sets/{name}.jsonl", content, split)


def _ids(one: AnySet) -> tuple[str, ...]:
    match one:
        case QuestionSet():
            return tuple(question.id for question in one.questions)
        case DialogueSet():
            return tuple(dialogue.id for dialogue in one.dialogues)
        case QuantitySet():
            return tuple(case.id for case in one.cases)
        case BriefSet():
            return tuple(topic.id for topic in one.topics)
        case StructureSet():
            return ()


def _questions(name: str, source: str, content: bytes, split: Split) -> QuestionSet:
    return QuestionSet(name, read_lines(source, content, read_question), _sha256(content), split)


def _dialogues(name: str, source: str, content: bytes, split: Split) -> DialogueSet:
    return DialogueSet(name, read_lines(source, content, read_dialogue), _sha256(content), split)


def _quantities(name: str, source: str, content: bytes, split: Split) -> QuantitySet:
    cases = read_lines(source, content, read_quantity_case)
    return QuantitySet(name, cases, _sha256(content), split)


def _briefs(name: str, source: str, content: bytes, split: Split) -> BriefSet:
    return BriefSet(name, read_lines(source, content, read_brief_topic), _sha256(content), split)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_READERS: Final[Mapping[str, _Reader]] = {
    "dialogues": _dialogues,
    "quantities": _quantities,
    "briefs": _briefs,
}
