"""What a document is: the frozen values that flow from a file to the stores.

A document's identity is its `document_id`; a passage's identity is `(document_id, label)`, the
same in all six language editions. Offsets are Unicode code points into the text of a top-level
paragraph, which includes its sub-paragraphs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.languages import Language

EditionKind = Literal["original", "digest"]
Visibility = Literal["public", "internal"]
PassageKind = Literal[
    "paragraph",  # carries an official number
    "section",  # a numbered section of a document that numbers sections, not paragraphs
    "summary",
    "preamble",
    "ordinal",  # has no number of its own: its label stands in square brackets
    "table",
    "table_row",
    "footnote",
    "figure",
]
AmendmentKind = Literal[
    "joined",  # the paragraph was cut by a page and its parts were put together
    "reading",  # the printed form is damaged; `amended` is how it is read
    "missing_number",  # the source skips this number
    "repeated_number",  # the source has this number more than once
    "out_of_order",  # the number is lower than the one before
    "unanchored",  # a footnote body whose mark was not found
]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the first page says of a document; None where it says nothing."""

    language: Language
    symbols: tuple[str, ...] = ()  # canonical form, "ICCD/COP(16)/4"; a joint document has several
    session: str | None = None  # "COP(16)", "CRIC(23)"
    agenda_item: str | None = None  # "3", "2(a)"
    title: str | None = None
    body: str | None = None  # "Conference of the Parties", as printed
    issuer: str | None = None  # "Note by the secretariat", as printed
    dates: str | None = None  # of the session, as printed
    place: str | None = None  # of the session, as printed


@dataclass(frozen=True, slots=True)
class Heading:
    """`before` is the index, among `ParsedDocument.paragraphs`, of the first one under it."""

    level: int  # 1 is outermost
    number: str | None  # as printed, "II.", "A.", "一."
    text: str
    before: int

    @property
    def title(self) -> str:
        """Number and text as one line."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Subparagraph:
    """A span of its paragraph's text: `text[start:end]`, its own sub-paragraphs included."""

    label: str  # whole label, "8(b)(iii)"
    start: int
    end: int
    run_in: bool = False  # enumerated inside a sentence, with no line of its own


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A top-level passage of the running text; `text` is without its own number."""

    label: str
    kind: PassageKind
    text: str
    heading_path: tuple[str, ...] = ()
    subparagraphs: tuple[Subparagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """`anchor` is the label, to the deepest degree, of the passage that carries the mark.

    `offset` is where in the text of the top-level paragraph the mark stood (the mark itself is not
    part of the text); None with `anchor` when the mark was not found.
    """

    label: str  # "fn 16"
    text: str
    anchor: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are text; every row has as many cells as `columns`."""

    label: str  # "table 1"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading_path: tuple[str, ...] = ()
    note: str = ""  # source and notes printed under it

    def row_label(self, index: int) -> str:
        """Label of the row at `index`, counted from 0: "table 1, row 1"."""
        return f"{self.label}, row {index + 1}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture's label and what is printed of it."""

    label: str  # "figure 1"
    caption: str
    legend: str = ""
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """What differs from the printed source, or what is odd in it."""

    kind: AmendmentKind
    label: str  # the passage concerned
    printed: str
    amended: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One edition of one document, as its file says it."""

    masthead: Masthead
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def numbered(self) -> tuple[Paragraph, ...]:
        """The paragraphs that carry an official number (of their own or of their section)."""
        return tuple(p for p in self.paragraphs if p.kind in ("paragraph", "section"))

    def passages(self) -> Iterator[Paragraph]:
        """Everything that can be cited by a label of its own, in reading order."""
        yield from self.paragraphs
        for table in self.tables:
            rows = [
                self._with_printed_forms(table.row_label(index), row)
                for index, row in enumerate(table.rows)
            ]
            yield Paragraph(table.label, "table", _table_text(table, rows), table.heading_path)
            for index, row in enumerate(rows):
                text = row_text(table.columns, row)
                yield Paragraph(table.row_label(index), "table_row", text, table.heading_path)
        for footnote in self.footnotes:
            yield Paragraph(footnote.label, "footnote", footnote.text)
        for figure in self.figures:
            text = f"{figure.caption}\n{figure.legend}" if figure.legend else figure.caption
            yield Paragraph(figure.label, "figure", text, figure.heading_path)

    def _with_printed_forms(self, label: str, row: tuple[str, ...]) -> tuple[str, ...]:
        """The cells, a damaged one with its printed form too: "18 (100%) [sic: (18 100)]"."""
        readings = {
            a.amended: a.printed
            for a in self.amendments
            if a.kind == "reading" and a.label == label
        }
        return tuple(
            f"{cell} [sic: {readings[cell]}]" if cell in readings else cell for cell in row
        )


def row_text(columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    """A table row as one line: the first cell, then `column: cell` for each other one."""
    rest = (f"{column}: {cell}" for column, cell in zip(columns[1:], row[1:], strict=True))
    return " | ".join((row[0], *rest))


def _table_text(table: Table, rows: Sequence[tuple[str, ...]]) -> str:
    lines = (" | ".join(row) for row in (table.columns, *rows))
    return "\n".join((table.caption, *lines, *((table.note,) if table.note else ())))
