"""A briefing note as every renderer gets it: sections of checked statements, tables and a chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from assistant.answer import Citation, Statement
from kb.languages import Language

SectionKey = Literal[
    "context",
    "key_figures",
    "roles",
    "funding",
    "progress",
    "changes",
    "decisions",
    "gaps",
    "questions",
    "sources",
]
SECTION_KEYS: Final[tuple[SectionKey, ...]] = get_args(SectionKey)
"""In the order in which a note has them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. Its cells are pieces of the statements that say it, which passed the
    gate; its citations are theirs."""

    cells: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def citations(self) -> tuple[int, ...]:
        """Those of its statements, each once."""
        return tuple(dict.fromkeys(n for one in self.statements for n in one.citations))


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the column of sources, which stands last, has no cell in the rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity: how many have completed it, have it in progress, have not started it."""

    label: str
    parts: tuple[int, int, int]
    of: int
    statements: tuple[Statement, ...]

    @property
    def citations(self) -> tuple[int, ...]:
        """Those of its statements, each once."""
        return tuple(dict.fromkeys(n for one in self.statements for n in one.citations))


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars; `legend` names their three parts."""

    caption: str
    label: str  # heading of the column of activities
    legend: tuple[str, str, str]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a note: lines, a table, a chart, then `notes`."""

    key: SectionKey
    title: str
    lines: tuple[Statement, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    notes: tuple[Statement, ...] = ()

    @property
    def statements(self) -> Iterator[Statement]:
        """All that it says, in the order in which it is shown."""
        yield from self.lines
        for row in self.table.rows if self.table else ():
            yield from row.statements
        for bar in self.chart.bars if self.chart else ():
            yield from bar.statements
        yield from self.notes


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A numbered source: one paragraph of one text, with the words cited of it.

    `citations` are the numbers of the note's citations that it gathers; `edition` is in the
    reader's words and says where the text is LandBrief's summary.
    """

    n: int
    label: str
    edition: str
    url: str
    quotes: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing note. `citations` are numbered as the statements refer to them; `sources` are
    what a reader sees of them. `abstained` says that the documents hold nothing on the topic."""

    topic: str
    language: Language
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    abstained: bool = False
    dated: date | None = None

    @property
    def statements(self) -> Iterator[Statement]:
        """All that it says."""
        for section in self.sections:
            yield from section.statements

    def marks(self, citations: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers of the sources that hold these citations, each once, in order."""
        found = {n: one.n for one in self.sources for n in one.citations}
        return tuple(dict.fromkeys(found[n] for n in citations))
