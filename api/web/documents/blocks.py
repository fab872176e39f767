"""What the reader shows of one edition, block by block; offsets count code points."""

from dataclasses import dataclass
from typing import Literal

from api.web.documents.links import Link
from kb.documents import PassageKind

Kind = Literal["heading", "paragraph", "table", "figure", "notes"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's mark before `line.text[at]`."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, which begins at `start` in the text of its paragraph.

    `label` and `citation` are those of the sub-paragraph that begins with it; `depth` is 0 for
    the paragraph's own lines.
    """

    text: str
    start: int = 0
    depth: int = 0
    label: str | None = None
    citation: str | None = None
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; `number` is what its mark shows."""

    label: str
    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the source is damaged: what it prints, and how that is read."""

    printed: str
    amended: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is outermost."""

    level: int
    number: str | None
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `number` stands in its margin, or `name` above it."""

    label: str
    number: str
    kind: PassageKind
    citation: str
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    readings: tuple[Reading, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` has as many cells in each row as there are `columns`."""

    label: str
    citation: str
    caption: Line
    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    note: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What is printed of a picture."""

    label: str
    citation: str
    caption: Line
    legend: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class LooseNotes:
    """Footnotes whose marks were not found; they stand at the end."""

    notes: tuple[Note, ...]


Block = Heading | Paragraph | Table | Figure | LooseNotes
