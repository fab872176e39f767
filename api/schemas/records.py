"""Typed questions to the records, and what they give."""

from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.schemas.base import Body, Text
from kb.documents import EditionKind, Visibility
from kb.languages import Language
from kb.records.kinds import RecordKind
from kb.records.values import Qualifier, Status

MAX_RECORDS = 1_000
Number = int | float


class RecordRequest(Body):
    """Which records are wanted: every condition holds, of several values any."""

    kind: RecordKind
    """Which table."""
    where: dict[str, list[Text]] = Field(default_factory=dict)
    """Values of columns: names in any of the six languages, codes, ids, words, dates, `year`."""
    id: list[Text] = Field(default_factory=list)
    """Ids of records."""
    party: list[Text] = Field(default_factory=list)
    """Parties, in whatever column names them."""
    organization: list[Text] = Field(default_factory=list)
    """Organizations, in whatever column names them."""
    initiative: list[Text] = Field(default_factory=list)
    """Initiatives, programmes or funds, in whatever column names them."""
    named: list[Text] = Field(default_factory=list)
    """Names of any sort, in whatever column."""
    minimum: Text | None = None
    """The least amount or value, in units."""
    maximum: Text | None = None
    """The largest amount or value, in units."""
    since: Text | None = None
    """First date, ISO with its precision; a record without dates is left out."""
    until: Text | None = None
    """Last date."""
    document: list[Text] = Field(default_factory=list)
    """Documents (id or symbol) or sessions that a source must be of."""
    also_in: list[Text] = Field(default_factory=list)
    """Programmes that the partner, Party or provider must also stand in."""
    not_in: list[Text] = Field(default_factory=list)
    """Programmes that the partner, Party or provider must not stand in."""
    in_role: list[Text] = Field(default_factory=list)
    """The roles that count in `also_in` and `not_in`; all when absent."""
    status: list[Status] = Field(default=["reviewed"])
    """`candidate` records are given only when asked for."""
    judged: bool = False
    """Only those that a reviewer has judged."""
    order: Text = "id"
    """A column; `-amount` for the largest first."""
    language: Language = "en"
    """Language of names, and of quotes where an original is held in it."""
    limit: int = Field(default=50, ge=1, le=MAX_RECORDS)
    """The most records of one page."""
    cursor: Text | None = Field(default=None, max_length=2_000)
    """`next_cursor` of the page before."""


class RecordSourceBody(Body):
    """A paragraph that a record rests on."""

    document_id: str
    """The document, or the name of the user's own file."""
    symbol: str | None
    """UN document symbol, null when not known."""
    session: str | None
    """Session, null when not known."""
    paragraph: str
    """Label of the paragraph; `row 12` of a file."""
    anchor: str
    """The printed figure, date or name; of a file, the row."""
    quote: str | None
    """The verbatim words that say it; null where no text at hand says it."""
    start: int | None
    """Where the quote begins in the paragraph's text."""
    end: int | None
    """Where it ends."""
    language: Language | None
    """Language of the quote."""
    edition: EditionKind | None
    """`digest` until the original is held."""
    version: int | None
    """Version of that edition."""
    status: Literal["current", "superseded", "withdrawn", "not_held", "file"]
    """What has become of the document."""
    superseded_by: str | None
    """The revision in force."""
    corrected_by: list[str]
    """Paragraphs of corrigenda that name this one."""
    label: str | None
    """Citation in the form of the language asked for."""
    url: str | None
    """Path of the paragraph."""


class RecordBody(Body):
    """One record: what all have, and beside it the columns of its kind.

    Amounts are JSON numbers of at most 15 digits, which every reader keeps exactly.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    """Unique over all kinds."""
    kind: RecordKind
    """Which table."""
    status: Status
    """`candidate` when found by extraction and not yet reviewed."""
    visibility: Visibility
    """Who may see it."""
    extracted_by: str
    """Who or what made it; the file's name for one of the user's own."""
    judged_by: str | None = None
    """Who accepted or rejected it; null where nobody did, or gave no name."""
    judged_at: datetime | None = None
    """When that was, in UTC."""
    names: dict[str, str]
    """The names in its columns, in the language asked for."""
    sources: list[RecordSourceBody]
    """One or more."""

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of its kind."""
        return dict(self.model_extra or {})


class RecordList(Body):
    """Some records, in order."""

    items: list[RecordBody]
    """At most `limit`."""
    next_cursor: str | None
    """Asks for those after them; null at the end."""


class GroupBody(Body):
    """How many records have these values."""

    key: dict[str, str | None]
    """The columns grouped by, with their values."""
    names: dict[str, str]
    """The names among them."""
    count: int
    """Number of records."""


class CountBody(Body):
    """How many records there are."""

    count: int
    """All of them."""
    items: list[GroupBody]
    """By the columns asked for, most first."""
    next_cursor: None = None
    """Always null: the list is whole."""


class TotalBody(Body):
    """One sum: never across currencies, units, stages or periods."""

    key: dict[str, str | None]
    """The columns grouped by, with their values."""
    of: dict[str, str | None]
    """What its figures share: currency, stage and `per`, or the unit."""
    names: dict[str, str]
    """The names among both."""
    value: Number
    """The sum, in units."""
    count: int
    """How many figures it adds."""
    records: list[str]
    """Ids of the records that it adds."""
    left_out: dict[str, str]
    """Ids of those that it must not add, each with the record that holds it already."""
    unclear: dict[str, str]
    """Ids of those that it leaves out because another record may hold them; no text says."""
    qualifiers: dict[Qualifier, int]
    """How its figures are meant."""
    notes: list[str]
    """What to know of it: `parts_left_out`, `unclear_left_out`, `mixed_qualifiers`, …"""


class TotalList(Body):
    """Sums of the records asked for."""

    items: list[TotalBody]
    """One for each group and each currency, stage and period, or unit."""
    next_cursor: None = None
    """Always null: the list is whole."""


class ChangeBody(Body):
    """What two sessions or documents say of the same thing."""

    before: RecordBody
    """What the first says."""
    after: RecordBody
    """What the second says."""
    difference: Number | None
    """Null where measures, units or scopes differ."""
    direction: Literal["rise", "fall", "same"] | None
    """Null where measures, units or scopes differ: that is neither a rise nor a fall."""
    notes: list[str]
    """`different_measures`, `different_scopes`, `different_qualifiers`, …"""


class ChangeList(Body):
    """What has changed."""

    items: list[ChangeBody]
    """Things that both speak of."""
    next_cursor: None = None
    """Always null: the list is whole."""
