"""The reader's rows as its script gets them: plain values, offsets in UTF-16 units."""

from collections.abc import Sequence
from typing import Any, Final

from api.schemas import DocumentBody
from api.web.documents.alignment import Row
from api.web.documents.blocks import (
    Block,
    Figure,
    Heading,
    Line,
    LooseNotes,
    Note,
    Paragraph,
    Reading,
    Table,
)
from api.web.documents.labels import kind_of, top_of
from api.web.documents.opening import Opened
from kb.references import normalize_label

Plain = dict[str, Any]
_WIDEST: Final = "\uffff"


def rows_out(rows: Sequence[Row]) -> list[Plain]:
    """The rows of a reader."""
    return [
        {"id": nth, "first": _block(row.first), "second": _block(row.second)}
        for nth, row in enumerate(rows)
    ]


def target_of(opened: Opened) -> Plain | None:
    """Where to scroll, and what to highlight; None where the text has no such place.

    `row` is the index of the row, `cells` that of a table's row, `note` the label of a footnote,
    `lines` the spans of a sub-paragraph: line, start, end. Where a text does not tell the
    sub-paragraph apart, its paragraph is the place.
    """
    if not opened.paragraph:
        return None
    label = normalize_label(opened.paragraph)
    for nth, row in enumerate(opened.rows):
        if label in (_label(row.first), _label(row.second)):
            return {"row": nth, "label": label}
    for nth, row in enumerate(opened.rows):
        is_first = row.first is not None
        block, body = (row.first, opened.body) if is_first else (row.second, opened.second)
        found = _within(block, label, body) if block and body else None
        if found is not None:
            return {"row": nth, "label": label, **found}
    return None


def _within(block: Block, label: str, body: DocumentBody) -> Plain | None:
    notes = block.notes if isinstance(block, Paragraph | Table | LooseNotes) else ()
    if any(note.label == label for note in notes):
        return {"note": label}
    if not isinstance(block, Paragraph | Table | Figure) or block.label != top_of(label):
        return None
    if isinstance(block, Table):
        nth = int(label.rpartition(" ")[2]) - 1 if kind_of(label) == "row" else -1
        return {"cells": nth} if 0 <= nth < len(block.rows) else {}
    if not isinstance(block, Paragraph):
        return None
    outline = next(one for one in body.paragraphs if one.paragraph == block.label)
    span = next((one for one in outline.spans if one.label == label), None)
    if span is None:
        return {}
    lines = [
        [nth, _units(line.text, span.start - line.start), _units(line.text, span.end - line.start)]
        for nth, line in enumerate(block.lines)
        if line.start < span.end and line.start + len(line.text) > span.start
    ]
    return {"lines": lines}


def _label(block: Block | None) -> str | None:
    return block.label if isinstance(block, Paragraph | Table | Figure) else None


def _block(block: Block | None) -> Plain | None:
    match block:
        case None:
            return None
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "number": block.number or "",
                "line": _line(block.line),
            }
        case Paragraph():
            return {
                "kind": "paragraph",
                "label": block.label,
                "number": block.number,
                "name": block.name,
                "official": block.kind in ("paragraph", "section"),
                "citation": block.citation,
                "lines": [_line(line) for line in block.lines],
                "notes": [_note(note) for note in block.notes],
                "readings": [_reading(one) for one in block.readings],
            }
        case Table():
            return {
                "kind": "table",
                "label": block.label,
                "citation": block.citation,
                "caption": _line(block.caption),
                "columns": [_line(line) for line in block.columns],
                "rows": [[_line(line) for line in row] for row in block.rows],
                "note": [_line(line) for line in block.note],
                "notes": [_note(note) for note in block.notes],
                "readings": [_reading(one) for one in block.readings],
            }
        case Figure():
            return {
                "kind": "figure",
                "label": block.label,
                "citation": block.citation,
                "caption": _line(block.caption),
                "legend": [_line(line) for line in block.legend],
            }
        case LooseNotes():
            return {"kind": "notes", "notes": [_note(note) for note in block.notes]}


def _line(line: Line) -> Plain:
    out: Plain = {"text": line.text}
    if line.depth:
        out["depth"] = line.depth
    if line.label:
        out |= {"label": line.label, "citation": line.citation}
    if line.links:
        out["links"] = [
            [_units(line.text, one.start), _units(line.text, one.end), one.href, one.outside]
            for one in line.links
        ]
    if line.marks:
        out["marks"] = [[_units(line.text, mark.at), mark.label] for mark in line.marks]
    return out


def _note(note: Note) -> Plain:
    return {
        "label": note.label,
        "number": note.number,
        "lines": [_line(line) for line in note.lines],
    }


def _reading(reading: Reading) -> list[str]:
    return [reading.printed, reading.amended]


def _units(text: str, at: int) -> int:
    """The UTF-16 offset of a code point's, kept within `text`."""
    at = min(max(at, 0), len(text))
    if text.isascii() or max(text[:at], default="") <= _WIDEST:
        return at
    return at + sum(char > _WIDEST for char in text[:at])
