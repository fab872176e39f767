"""What a chart shows, as frozen values: its heading, its scope, its marks with their sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from api.schemas import RecordBody, RecordSourceBody
from api.web.reference import short_document
from api.web.words import say, say_count
from kb.languages import Language
from kb.records.naming import sentence_case
from kb.records.times import date_in_words

Form = Literal["stacked", "bars", "timeline", "flow", "map"]
Tone = Literal["strong", "middle", "pale"]
"""How far a thing has come, where its series are steps of one way."""
MOST_MARKS: Final = 24
"""The most bars, links or events that one chart draws; it says how many there are."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure, link, event or Party: what is drawn, and the row of the table beside it.

    `size` drives its length; `text` is the figure as written; `key` is an ISO code or a year.
    """

    row: str
    series: str = ""
    size: float = 0.0
    text: str = ""
    when: str = ""
    key: str = ""
    tone: Tone | None = None
    sources: tuple[RecordSourceBody, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table. `scope` are parts between middle dots; `heads` name the columns.

    `heads` are those of `row`, `series`, `text` and `when`; "" leaves a column out. `left` is how
    many marks are not drawn, which the table has all the same.
    """

    id: str
    form: Form
    title: str
    scope: tuple[str, ...]
    heads: tuple[str, str, str, str]
    marks: tuple[Mark, ...]
    left: int = 0
    notes: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[Mark, ...]:
        """The marks that are drawn: all but the last `left`."""
        return self.marks[: len(self.marks) - self.left]

    @property
    def series(self) -> tuple[str, ...]:
        """The names of its series, in the order of their marks."""
        return tuple(dict.fromkeys(mark.series for mark in self.marks if mark.series))

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of its rows that are drawn, in order."""
        return tuple(dict.fromkeys(mark.row for mark in self.drawn))

    @property
    def drawn_series(self) -> tuple[str, ...]:
        """The names of its series that are drawn, in order."""
        return tuple(dict.fromkeys(mark.series for mark in self.drawn if mark.series))

    @property
    def sources(self) -> tuple[RecordSourceBody, ...]:
        """The paragraphs that it rests on, each once."""
        every = (source for mark in self.marks for source in mark.sources)
        return tuple({(one.document_id, one.paragraph): one for one in every}.values())


def sources_of(records: Iterable[RecordBody]) -> tuple[RecordSourceBody, ...]:
    """The paragraphs of several records, each once."""
    every = (source for record in records for source in record.sources)
    return tuple({(one.document_id, one.paragraph): one for one in every}.values())


def documents(records: Iterable[RecordBody]) -> tuple[str, ...]:
    """The short names of the documents that records rest on: the session where it is known."""
    return tuple(
        dict.fromkeys(
            short_document(None, one.session, one.symbol or one.document_id)
            for record in records
            for one in record.sources
        )
    )


def scope(
    records: Sequence[RecordBody], language: Language, *more: str, as_of: str | None = None
) -> tuple[str, ...]:
    """What a chart is of: its documents, the day it speaks of, and `more`."""
    some = documents(records)
    told = " + ".join(some[:3]) + (" …" if len(some) > 3 else "")
    day = date_in_words(as_of, language, "as_of") if as_of else ""
    return tuple(one for one in (told, sentence_case(day), *more) if one)


def cut(language: Language, marks: Sequence[Mark], most: int = MOST_MARKS) -> tuple[int, str]:
    """How many of `marks` are left out of a drawing of `most`, and the note that says so."""
    left = max(0, len(marks) - most)
    if not left:
        return 0, ""
    return left, say_count(language, "charts.left", most, all=str(len(marks)))


def head(language: Language, name: str) -> str:
    """The head of a column of the table beside a chart, such as `provider`."""
    return say(language, _HEADS[name]) if name else ""


_HEADS: Final = {
    "activity": "charts.head_activity",
    "progress": "charts.head_progress",
    "countries": "charts.head_figure",
    "who": "charts.head_who",
    "stage": "charts.head_stage",
    "amount": "charts.head_amount",
    "figure": "charts.head_figure",
    "when": "charts.head_when",
    "what": "charts.head_what",
    "supports": "charts.head_supports",
    "role": "charts.head_role",
    "event": "charts.head_event",
    "place": "charts.head_place",
    "party": "charts.head_party",
    "year": "charts.head_year",
}
