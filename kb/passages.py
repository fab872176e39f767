"""What search and look-up give back: frozen views of stored passages."""

from dataclasses import dataclass
from typing import Literal

from kb.documents import EditionKind, PassageKind, Visibility
from kb.languages import Language

Via = Literal["dense", "lexical", "record", "reference"]
EditionStatus = Literal["current", "superseded", "withdrawn"]


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """One stored text of a document. Only one version of a (language, kind) is `current`."""

    language: Language
    kind: EditionKind
    version: int  # from 1
    status: EditionStatus
    title: str | None
    source: str  # name of the file, without its folder
    paragraphs: int  # numbered ones


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable text with its identity. For a sub-paragraph, `text` is its own span.

    `start` is where `text` begins in the text of the top-level passage (0 unless it is a
    sub-paragraph): citation offsets count from the top-level text.
    """

    document_id: str
    symbol: str | None
    session: str | None
    label: str
    kind: PassageKind
    language: Language
    edition: EditionKind
    version: int
    status: EditionStatus
    visibility: Visibility
    text: str
    start: int
    heading_path: tuple[str, ...]
    footnotes: tuple[str, ...] = ()  # labels
    subparagraphs: tuple[str, ...] = ()  # labels
    superseded_by: str | None = None  # id of the revision, if one is held
    corrected_by: tuple[str, ...] = ()  # "ID para. 2" of corrigenda that name this paragraph


@dataclass(frozen=True, slots=True)
class Hit:
    """One paragraph found by a search. `rank` counts from 1; a higher `score` is better.

    `passage` is the edition that matched best in the reader's language, else the best match;
    `via` names every way in which any edition of the paragraph was found. A `candidate` was found
    by candidate records alone, which no one has reviewed.
    """

    passage: Passage
    score: float
    rank: int
    via: tuple[Via, ...]
    candidate: bool = False
