"""An edition's content as SQL rows and back: `parsed(rows(document)) == document`."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from kb.documents import (
    Amendment,
    Figure,
    Footnote,
    Heading,
    Masthead,
    Paragraph,
    ParsedDocument,
    Subparagraph,
    Table,
)
from kb.store import chunks
from kb.tables import (
    AmendmentRow,
    Correction,
    Edition,
    FigureRow,
    FootnoteRow,
    HeadingRow,
    IndexWork,
    ParagraphRow,
    TableCell,
    TableRow,
)

Row = dict[str, Any]
Rows = dict[type[SQLModel], list[Row]]

_STANDING_ALONE: Final = frozenset({"paragraph", "section", "summary", "preamble", "ordinal"})


def with_unique_labels(document: ParsedDocument) -> ParsedDocument:
    """`document` with every repeated label told apart: `7`, `7 (2nd)`, `7 (3rd)`."""
    labels = Counter(p.label for p in document.passages())
    labels.update(s.label for p in document.paragraphs for s in p.subparagraphs)
    if all(count == 1 for count in labels.values()):
        return document
    seen = Counter(t.row_label(row) for t in document.tables for row in range(len(t.rows)))

    def once(label: str) -> str:
        seen[label] += 1
        while seen[label] > 1 and (new := f"{label} ({_ordinal(seen[label])})") in labels:
            seen[label] += 1
        return label if seen[label] == 1 else new

    paragraphs = tuple(
        replace(
            paragraph,
            label=once(paragraph.label),
            subparagraphs=tuple(replace(s, label=once(s.label)) for s in paragraph.subparagraphs),
        )
        for paragraph in document.paragraphs
    )
    return replace(
        document,
        paragraphs=paragraphs,
        tables=tuple(replace(table, label=once(table.label)) for table in document.tables),
        footnotes=tuple(replace(note, label=once(note.label)) for note in document.footnotes),
        figures=tuple(replace(figure, label=once(figure.label)) for figure in document.figures),
    )


def _ordinal(number: int) -> str:
    return f"{number}{ {2: 'nd', 3: 'rd'}.get(number, 'th') }"


def add_rows(
    rows: Rows,
    edition_id: int,
    document: ParsedDocument,
    sources: Mapping[str, str] | None = None,
) -> None:
    """Adds what `document` (labels unique) says, as rows of its edition, to `rows`.

    `sources` names, for each label, the passages file that it came from.
    """
    mine = {"edition_id": edition_id}
    for position, heading in enumerate(document.headings):
        rows[HeadingRow].append({**mine, "position": position, **asdict(heading)})
    for position, passage in enumerate(document.passages()):
        source = sources.get(passage.label) if sources else None
        rows[ParagraphRow].extend(_passage_rows(edition_id, position, passage, source))
    for position, note in enumerate(document.footnotes):
        rows[FootnoteRow].append(
            {
                **mine,
                "position": position,
                "label": note.label,
                "anchor": note.anchor,
                "offset": note.offset,
            }
        )
    for position, table in enumerate(document.tables):
        rows[TableRow].append(
            {
                **mine,
                "position": position,
                "label": table.label,
                "caption": table.caption,
                "note": table.note,
                "heading_path": list(table.heading_path),
            }
        )
        for number, cells in enumerate((table.columns, *table.rows)):
            rows[TableCell].extend(
                {**mine, "table": table.label, "row": number, "column": column, "text": cell}
                for column, cell in enumerate(cells)
            )
    for position, figure in enumerate(document.figures):
        facts = {**asdict(figure), "heading_path": list(figure.heading_path)}
        rows[FigureRow].append({**mine, "position": position, **facts})
    for position, amendment in enumerate(document.amendments):
        rows[AmendmentRow].append({**mine, "position": position, **asdict(amendment)})


def no_rows() -> Rows:
    """An empty list for each table, in an order that foreign keys allow."""
    kinds = (
        HeadingRow,
        ParagraphRow,
        FootnoteRow,
        TableRow,
        TableCell,
        FigureRow,
        AmendmentRow,
        Correction,
        IndexWork,
    )
    return {kind: [] for kind in kinds}


def insert_rows(session: Session, rows: Rows) -> None:
    """Writes `rows`, one statement for each table."""
    for kind, some in rows.items():
        if some:
            session.execute(insert(kind), some)


def read_document(session: Session, edition: Edition) -> ParsedDocument:
    """The whole content of `edition`, as it was added."""
    passages = passages_in(session, [edition.id or 0])[edition.id or 0]
    tables = _read_tables(session, edition)
    notes = session.exec(
        select(FootnoteRow)
        .where(FootnoteRow.edition_id == edition.id)
        .order_by(col(FootnoteRow.position))
    )
    figures = session.exec(
        select(FigureRow)
        .where(FigureRow.edition_id == edition.id)
        .order_by(col(FigureRow.position))
    )
    texts = {passage.label: passage.text for passage in passages}
    document = ParsedDocument(
        masthead=_masthead(edition),
        headings=_read_headings(session, edition),
        footnotes=tuple(Footnote(n.label, texts[n.label], n.anchor, n.offset) for n in notes),
        tables=tables,
        figures=tuple(Figure(f.label, f.caption, f.legend, tuple(f.heading_path)) for f in figures),
        amendments=_read_amendments(session, edition),
    )
    # What is said again by a table, a footnote or a figure is no paragraph of its own; a digest
    # of a table row, which has no table here, is.
    derived = {passage.label for passage in document.passages()}
    running = tuple(p for p in passages if p.kind in _STANDING_ALONE or p.label not in derived)
    return replace(document, paragraphs=running)


def passages_in(session: Session, edition_ids: Collection[int]) -> dict[int, list[Paragraph]]:
    """Every citable passage of each edition in reading order, with its sub-paragraphs."""
    found: dict[int, list[Paragraph]] = {edition_id: [] for edition_id in edition_ids}
    for ids in chunks(edition_ids):
        rows = session.connection().execute(_PASSAGES, {"editions": ids})
        for edition_id, own in groupby(rows, key=lambda row: row.edition_id):
            found[edition_id] = _passages_of(own)
    return found


# Columns, not whole rows: every change reads its editions back, and an object for each row costs
# as much as reading it.
_PASSAGES: Final = (
    select_columns(
        col(ParagraphRow.edition_id),
        col(ParagraphRow.label),
        col(ParagraphRow.kind),
        col(ParagraphRow.text),
        col(ParagraphRow.heading_path),
        col(ParagraphRow.parent),
        col(ParagraphRow.start),
        col(ParagraphRow.end),
        col(ParagraphRow.run_in),
    )
    .where(col(ParagraphRow.edition_id).in_(bindparam("editions", expanding=True)))
    .order_by(col(ParagraphRow.edition_id), col(ParagraphRow.position), col(ParagraphRow.nth))
)


def _passages_of(found: Iterable[SqlRow[*tuple[Any, ...]]]) -> list[Paragraph]:
    """The passages of one edition's rows, given in reading order."""
    tops: list[SqlRow[*tuple[Any, ...]]] = []
    below: dict[str, list[Subparagraph]] = {}
    for row in found:
        if row.parent is None:
            tops.append(row)
        else:
            start, end = row.start or 0, row.end or 0
            below.setdefault(row.parent, []).append(Subparagraph(row.label, start, end, row.run_in))
    return [
        Paragraph(
            top.label,
            top.kind,
            top.text or "",
            tuple(top.heading_path),
            tuple(below.get(top.label, ())),
        )
        for top in tops
    ]


def _passage_rows(
    edition_id: int, position: int, passage: Paragraph, source: str | None
) -> Sequence[Row]:
    path = list(passage.heading_path)
    shared = {
        "edition_id": edition_id,
        "position": position,
        "kind": passage.kind,
        "source": source,
    }
    top = {
        **shared,
        "label": passage.label,
        "text": passage.text,
        "heading_path": path,
        "parent": None,
        "start": None,
        "end": None,
        "run_in": False,
        "nth": 0,
    }
    return [
        top,
        *(
            {
                **shared,
                "label": sub.label,
                "text": None,
                "heading_path": path,
                "parent": passage.label,
                "start": sub.start,
                "end": sub.end,
                "run_in": sub.run_in,
                "nth": nth,
            }
            for nth, sub in enumerate(passage.subparagraphs, start=1)
        ),
    ]


def _read_headings(session: Session, edition: Edition) -> tuple[Heading, ...]:
    found = session.exec(
        select(HeadingRow)
        .where(HeadingRow.edition_id == edition.id)
        .order_by(col(HeadingRow.position))
    )
    return tuple(Heading(h.level, h.number, h.text, h.before) for h in found)


def _read_tables(session: Session, edition: Edition) -> tuple[Table, ...]:
    cells = session.exec(
        select(TableCell)
        .where(TableCell.edition_id == edition.id)
        .order_by(col(TableCell.table), col(TableCell.row), col(TableCell.column))
    )
    grids: dict[str, dict[int, list[str]]] = {}
    for cell in cells:
        grids.setdefault(cell.table, {}).setdefault(cell.row, []).append(cell.text)
    found = session.exec(
        select(TableRow).where(TableRow.edition_id == edition.id).order_by(col(TableRow.position))
    )
    tables = []
    for row in found:
        columns, *rest = (tuple(cells) for cells in grids.get(row.label, {0: []}).values())
        path = tuple(row.heading_path)
        tables.append(Table(row.label, row.caption, columns, tuple(rest), path, row.note))
    return tuple(tables)


def _read_amendments(session: Session, edition: Edition) -> tuple[Amendment, ...]:
    found = session.exec(
        select(AmendmentRow)
        .where(AmendmentRow.edition_id == edition.id)
        .order_by(col(AmendmentRow.position))
    )
    return tuple(Amendment(a.kind, a.label, a.printed, a.amended) for a in found)  # type: ignore[arg-type]


def _masthead(edition: Edition) -> Masthead:
    facts = {**edition.masthead, "symbols": tuple(edition.masthead.get("symbols", ()))}
    return Masthead(**facts)
