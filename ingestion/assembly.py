"""The parts of a document put together: what each piece turns into, in reading order."""

from collections.abc import Collection, Sequence

from ingestion.captions import amended_table, even_rows
from ingestion.drafts import Draft
from ingestion.footnotes import FootnoteBody
from ingestion.outline import Title, headings_of, path_at
from ingestion.pieces import Piece
from kb.documents import (
    Amendment,
    Figure,
    Footnote,
    Masthead,
    Paragraph,
    ParsedDocument,
    PassageKind,
    Table,
)

_ORDINAL_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


class Assembly:
    """Grows with each piece; `finished` gives the document."""

    def __init__(self, known_footnotes: Collection[str]) -> None:
        self.draft: Draft | None = None
        self._known = known_footnotes
        self._paragraphs: list[Draft] = []
        self._titles: list[Title] = []
        self._tables: list[tuple[Table, int]] = []
        self._figures: list[tuple[Figure, int]] = []
        self._amendments: list[Amendment] = []
        self._loose_marks: list[tuple[str, str]] = []  # number, label
        self._ordinals = 0
        self._unlabelled_tables = 0

    # What the parts of a document ask for

    def open_paragraph(self, label: str, kind: PassageKind, text: str) -> None:
        """A new paragraph; a label that is taken becomes "7 (2nd)" and is reported."""
        taken = sum(1 for d in self._paragraphs if _bare_label(d.label) == label)
        if taken:
            repeated = f"{label} ({_ordinal(taken + 1)})"
            if kind in ("paragraph", "section"):
                self.amend("repeated_number", repeated, label, repeated)
            label = repeated
        self.draft = Draft(label, kind, self._known)
        self._paragraphs.append(self.draft)
        if text:
            self.draft.add_line(text)

    def open_unnumbered(self, text: str) -> None:
        """A paragraph without any number: its ordinal stands in square brackets."""
        self._ordinals += 1
        self.open_paragraph(f"[{self._ordinals}]", "ordinal", text)

    @property
    def has_preamble(self) -> bool:
        """Whether it is a resolution or a decision."""
        return any(draft.kind == "preamble" for draft in self._paragraphs)

    def add_title(self, title: Title) -> None:
        """A heading; the paragraph before it is closed."""
        self.draft = None
        self._titles.append(title)

    @property
    def next_index(self) -> int:
        """Index of the paragraph that will be opened next."""
        return len(self._paragraphs)

    def add_table(self, number: str | None, caption: str, piece: Piece, annex: str | None) -> None:
        """A table. Without a printed number its label says so: "table [1]"."""
        rows = even_rows(piece.rows)
        if number is None:
            self._unlabelled_tables += 1
            number = f"[{self._unlabelled_tables}]"
        label = f"{annex}, table {number}" if annex else f"table {number}"
        table, readings = amended_table(Table(label, caption, rows[0], rows[1:]))
        self._amendments += readings
        self._tables.append((table, self.next_index))

    def extend_table(self, piece: Piece) -> bool:
        """Rows of a table that goes on behind a page cut; False if it is another table."""
        if not self._tables:
            return False
        table, before = self._tables[-1]
        rows = even_rows(piece.rows)
        if len(rows[0]) != len(table.columns) or before != self.next_index:
            return False
        more = rows[1:] if rows[0] == table.columns else rows
        self._tables[-1] = (_with(table, rows=(*table.rows, *more)), before)
        return True

    def note_table(self, text: str) -> None:
        """A source or note printed under the last table."""
        table, before = self._tables[-1]
        note = f"{table.note}\n{text}" if table.note else text
        self._tables[-1] = (_with(table, note=note), before)

    @property
    def has_table(self) -> bool:
        """Whether any table was added yet."""
        return bool(self._tables)

    def add_figure(self, number: str, caption: str, annex: str | None) -> None:
        """A figure, of which only what is printed around it is known."""
        label = f"{annex}, figure {number}" if annex else f"figure {number}"
        self._figures.append((Figure(label, caption), self.next_index))

    def add_legend(self, text: str) -> None:
        """The legend of the last figure."""
        figure, before = self._figures[-1]
        legend = f"{figure.legend}\n{text}" if figure.legend else text
        self._figures[-1] = (Figure(figure.label, figure.caption, legend), before)

    def amend(self, kind: str, label: str, printed: str, amended: str) -> None:
        """Record what differs from the printed source or is odd in it."""
        self._amendments.append(Amendment(kind, label, printed, amended))  # type: ignore[arg-type]

    def mark_in_title(self, number: str) -> None:
        """A footnote mark in a heading: it belongs to the paragraph that follows."""
        self._loose_marks.append((number, str(self.next_index)))

    # The whole

    def finished(self, masthead: Masthead, bodies: Sequence[FootnoteBody]) -> ParsedDocument:
        """The document, with heading paths and anchored footnotes."""
        headings = headings_of(self._titles)
        paragraphs = tuple(
            draft.finished(path_at(headings, index)) for index, draft in enumerate(self._paragraphs)
        )
        for draft in self._paragraphs:
            for before, after in draft.joins:
                self.amend("joined", draft.label, f"{before} ┊ {after}", "")
        footnotes = tuple(self._footnote(body, paragraphs) for body in bodies)
        return ParsedDocument(
            masthead,
            headings,
            paragraphs,
            footnotes,
            tuple(
                _with(table, heading_path=path_at(headings, max(0, before - 1)))
                for table, before in self._tables
            ),
            tuple(
                Figure(f.label, f.caption, f.legend, path_at(headings, max(0, before - 1)))
                for f, before in self._figures
            ),
            tuple(self._amendments),
        )

    def _footnote(self, body: FootnoteBody, paragraphs: Sequence[Paragraph]) -> Footnote:
        label = f"fn {body.number}"
        for draft in self._paragraphs:
            for mark in draft.marks:
                if mark.number == body.number:
                    return Footnote(label, body.text, draft.anchor(mark), mark.offset)
        for number, index in self._loose_marks:
            if number == body.number and int(index) < len(paragraphs):
                return Footnote(label, body.text, paragraphs[int(index)].label, 0)
        if not body.number.startswith("*"):  # asterisks stand on titles, not in paragraphs
            self.amend("unanchored", label, "", "")
        return Footnote(label, body.text)


def _with(
    table: Table,
    *,
    rows: tuple[tuple[str, ...], ...] | None = None,
    heading_path: tuple[str, ...] | None = None,
    note: str | None = None,
) -> Table:
    return Table(
        table.label,
        table.caption,
        table.columns,
        table.rows if rows is None else rows,
        table.heading_path if heading_path is None else heading_path,
        table.note if note is None else note,
    )


def _bare_label(label: str) -> str:
    return label.split(" (")[0] if label.endswith(")") and " (" in label else label


def _ordinal(number: int) -> str:
    suffix = "th" if 10 < number % 100 < 14 else _ORDINAL_SUFFIX.get(number % 10, "th")
    return f"{number}{suffix}"
