"""A topic and its briefing note."""

from typing import Literal

from pydantic import Field

from api.schemas.answers import CitationBody, StatementBody
from api.schemas.base import MAX_QUESTION, Body, Text
from assistant.brief.note import SectionKey
from kb.languages import Language

BriefFormat = Literal["json", "md", "html", "docx"]


class BriefRequest(Body):
    """What a note is wanted on."""

    topic: Text = Field(
        min_length=1,
        max_length=MAX_QUESTION,
        examples=["Riyadh Global Drought Resilience Partnership", "agenda item 2(a)"],
    )
    """An initiative, a Party, an organization, an agenda item or document, or free words, in any of
    the six languages."""
    language: Language | None = Field(default=None, examples=["en"])
    """Language of the note; that of the topic when absent."""
    sections: list[SectionKey] | None = Field(
        default=None, min_length=1, examples=[["key_figures", "funding"]]
    )
    """The only sections wanted; all that have something to say when absent. `sources` always comes
    last."""
    format: BriefFormat = "json"
    """`json`, or a file: `md` (Markdown), `html`, `docx` (Word)."""


class BriefRowBody(Body):
    """A row of a table."""

    cells: list[str]
    """One for each column; empty where the documents do not say."""
    statements: list[StatementBody]
    """What the row says, as sentences; they carry its citations."""


class BriefTableBody(Body):
    """A table."""

    caption: str
    """What the table shows."""
    columns: list[str]
    """Column headings."""
    rows: list[BriefRowBody]
    """Its rows."""


class BriefBarBody(Body):
    """An activity of a chart."""

    label: str
    """The activity."""
    completed: int = Field(ge=0)
    """How many have completed it."""
    in_progress: int = Field(ge=0)
    """How many are at it."""
    not_started: int = Field(ge=0)
    """How many have not begun."""
    of: int = Field(ge=0)
    """How many there are in all."""
    statements: list[StatementBody]
    """What the bar shows, as sentences; they carry its citations."""


class BriefChartBody(Body):
    """Stacked bars."""

    caption: str
    """What the chart shows."""
    label: str
    """Heading of the column of activities."""
    legend: list[str] = Field(min_length=3, max_length=3)
    """Names of the three states, in the order of a bar's parts."""
    bars: list[BriefBarBody]
    """Its bars."""


class BriefSectionBody(Body):
    """A section: lines, then a table, then a chart, then notes."""

    key: SectionKey
    """Which section, whatever the language."""
    title: str
    """Its heading."""
    lines: list[StatementBody]
    """Its sentences."""
    table: BriefTableBody | None = None
    """Its table, or null."""
    chart: BriefChartBody | None = None
    """Its chart, or null."""
    notes: list[StatementBody]
    """What to know of what it says."""


class BriefSourceBody(Body):
    """A numbered source: one paragraph of one text."""

    n: int = Field(ge=1)
    """The number that a reader of the note sees."""
    label: str = Field(examples=["CRIC(23), item 2(a), para. 89"])
    """The citation in the UN form of the note's language."""
    edition: str = Field(examples=["LandBrief’s summary (English)"])
    """Which text was read, in words of the note's language."""
    url: str
    """Path of the paragraph in this interface."""
    quotes: list[str]
    """The words cited, verbatim."""
    citations: list[int]
    """Numbers (`n`) of the citations that it gathers."""


class BriefBody(Body):
    """A briefing note."""

    topic: str
    """The topic, as asked."""
    language: Language
    """Language of the note."""
    title: str
    """Title of the note."""
    subtitle: str
    """What the note was made from."""
    dated: str | None
    """The day it was written, ISO."""
    abstained: bool
    """Whether the documents hold nothing on the topic."""
    sections: list[BriefSectionBody]
    """Those that have something to say, in order; `sources` comes last."""
    citations: list[CitationBody]
    """What the statements rest on."""
    sources: list[BriefSourceBody]
    """The citations by paragraph, numbered as files print them."""
