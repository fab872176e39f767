"""What a conversation remembers of a turn, and how the next one was understood."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from kb.languages import Language, as_language

Relation = Literal["whole", "replaced", "refined", "continued", "why", "paragraph"]
"""How a turn leans on those before: not at all; something else in place of a part of the question;
another question word or filter on it; another question about the same; why; the paragraph that the
answer cited."""
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that is over.

    `asked` is the whole question that `question` was read as, `topic` the names and words that "it"
    can stand for, empty where `asked` tells them; `documents` what the search was restricted to.
    `cited` are the documents and paragraphs that the answer cites, in order, and `subjects` the
    concepts that its records are of; `said` are its statements.
    """

    question: str
    asked: str
    relation: Relation
    language: Language
    topic: str = ""
    documents: tuple[str, ...] | None = None
    cited: tuple[tuple[str, str], ...] = ()
    subjects: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a new turn asks, as a question that stands alone.

    `language` is the one to answer in, None where the question itself tells. `otherwise` is a
    second reading, to be tried where the first finds no answer. `own` is the turn without what it
    took over, for a reading whose answer must say something of it; `near` says that its answer must
    stand near what the last answer cites.
    """

    asked: str
    relation: Relation
    topic: str = ""
    documents: tuple[str, ...] | None = None
    language: Language | None = None
    otherwise: "Understood | None" = None
    own: str = ""
    near: bool = False


def as_json(turn: Turn) -> dict[str, Any]:
    """The turn in plain values, as `from_json` reads it."""
    return asdict(turn)


def from_json(held: Mapping[str, Any]) -> Turn | None:
    """The turn of plain values; None where another version of the program wrote something else."""
    try:
        relation = next(one for one in RELATIONS if one == held["relation"])
        documents = held["documents"]
        return Turn(
            str(held["question"]),
            str(held["asked"]),
            relation,
            as_language(held["language"]),
            str(held["topic"]),
            None if documents is None else tuple(map(str, documents)),
            tuple((str(document), str(label)) for document, label in held["cited"]),
            tuple(map(str, held["subjects"])),
            tuple(map(str, held.get("said", ()))),
        )
    except (KeyError, StopIteration, TypeError, ValueError, AttributeError):
        return None
