"""From an edition, as the desk gives it, to the blocks of the reader."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from api.schemas import (
    DocumentBody,
    FigureBody,
    FootnoteBody,
    HeadingBody,
    OutlineParagraph,
    TableBody,
)
from api.web.documents.blocks import (
    Block,
    Figure,
    Heading,
    Line,
    LooseNotes,
    Mark,
    Note,
    Paragraph,
    Reading,
    Table,
)
from api.web.documents.labels import kind_of, top_of
from api.web.documents.links import Links
from kb.languages import Language
from kb.mentions import find_paragraph_references
from kb.references import cite

_LINE: Final = re.compile(r"[^\n]+")
_NUMBERED: Final = frozenset({"paragraph", "ordinal"})
"""Whose labels stand in the margin; the others are named above their text."""


def blocks_of(body: DocumentBody, links: Links, language: Language) -> tuple[Block, ...]:
    """The blocks of an edition in reading order, with citations in the form of `language`."""
    return tuple(_Building(body, links, language).blocks())


class _Building:
    def __init__(self, body: DocumentBody, links: Links, language: Language) -> None:
        self._body = body
        self._links = links
        self._language = language
        self._labels = {one.paragraph for one in body.paragraphs}
        self._before = headings_before(body)
        self._notes_of: dict[str, list[FootnoteBody]] = {}
        for note in body.footnotes:
            self._notes_of.setdefault(top_of(note.anchor) if note.anchor else "", []).append(note)
        self._readings_of: dict[str, list[Reading]] = {}
        for one in body.amendments:
            if one.kind == "reading":
                readings = self._readings_of.setdefault(top_of(one.paragraph), [])
                readings.append(Reading(one.printed, one.amended))

    def blocks(self) -> Iterator[Block]:
        body = self._body
        beside = _placed(body)
        for nth, paragraph in enumerate(body.paragraphs):
            yield from self._headings(nth)
            yield self._paragraph(paragraph)
            for one in beside.get(nth, ()):
                yield self._table(one) if isinstance(one, TableBody) else self._figure(one)
        yield from self._headings(len(body.paragraphs))
        for one in beside.get(-1, ()):
            yield self._table(one) if isinstance(one, TableBody) else self._figure(one)
        held = {*self._labels, *(table.label for table in body.tables)}
        loose = [
            one for one in body.footnotes if one.anchor is None or top_of(one.anchor) not in held
        ]
        if loose:
            yield LooseNotes(self._notes(loose))

    def _headings(self, before: int) -> Iterator[Heading]:
        for one in self._before.get(before, ()):
            yield Heading(one.level, one.number, self._plain(one.text))

    def _paragraph(self, one: OutlineParagraph) -> Paragraph:
        notes = self._notes_of.get(one.paragraph, ())
        citation = self._cite(one.paragraph, section=one.kind == "section")
        return Paragraph(
            label=one.paragraph,
            number=one.paragraph if kind_of(one.paragraph) in _NUMBERED else "",
            kind=one.kind,
            citation=citation,
            lines=tuple(self._lines(one, notes)),
            notes=self._notes(notes),
            readings=tuple(self._readings_of.get(one.paragraph, ())),
            name="" if kind_of(one.paragraph) in _NUMBERED else self._named(citation),
        )

    def _named(self, citation: str) -> str:
        """What a citation says after the document: `table 1, row 3`."""
        document = self._cite("")
        name = citation.removeprefix(document).lstrip(" ,，،、")
        return name[:1].upper() + name[1:]

    def _lines(self, one: OutlineParagraph, notes: Sequence[FootnoteBody]) -> Iterator[Line]:
        spans = [span for span in one.spans if not span.run_in]
        begun = {span.start: span.label for span in spans}
        found = [match for match in _LINE.finditer(one.text) if match[0].strip()]
        starts = [match.start() for match in found]
        marks: dict[int, list[Mark]] = {}
        for note in notes:
            at = len(one.text) if note.offset is None else note.offset
            nth = max(bisect_right(starts, at) - 1, 0)
            if starts:
                place = min(max(at - starts[nth], 0), len(found[nth][0]))
                marks.setdefault(nth, []).append(Mark(place, note.label))
        for nth, match in enumerate(found):
            label = begun.get(match.start())
            yield Line(
                text=match[0],
                start=match.start(),
                depth=sum(span.start <= match.start() < span.end for span in spans),
                label=label,
                citation=self._cite(label) if label else None,
                links=self._links.of(match[0]),
                marks=tuple(marks.get(nth, ())),
            )

    def _table(self, one: TableBody) -> Table:
        return Table(
            label=one.label,
            citation=self._cite(one.label),
            caption=self._plain(one.caption),
            columns=tuple(self._plain(text) for text in one.columns),
            rows=tuple(tuple(self._plain(text) for text in row) for row in one.rows),
            note=self._several(one.note),
            notes=self._notes(self._notes_of.get(one.label, ())),
            readings=tuple(self._readings_of.get(one.label, ())),
        )

    def _figure(self, one: FigureBody) -> Figure:
        caption, legend = self._plain(one.caption), self._several(one.legend)
        return Figure(one.label, self._cite(one.label), caption, legend)

    def _notes(self, notes: Iterable[FootnoteBody]) -> tuple[Note, ...]:
        return tuple(
            Note(one.label, one.label.rpartition("fn ")[2], self._several(one.text))
            for one in notes
        )

    def _several(self, text: str) -> tuple[Line, ...]:
        return tuple(self._plain(line) for line in text.split("\n") if line.strip())

    def _plain(self, text: str) -> Line:
        return Line(text, links=self._links.of(text))

    def _cite(self, label: str, *, section: bool = False) -> str:
        document = self._body.symbol or self._body.document_id
        try:
            return cite(document, label, self._language, section=section)
        except ValueError:
            return f"{document}, {label}"


def headings_before(body: DocumentBody) -> dict[int, list[HeadingBody]]:
    """The headings by the index of the paragraph that each stands before.

    A digest's rows of tables stand among its paragraphs and are not counted by its headings: the
    paths of the paragraphs say where those belong.
    """
    placed: dict[int, list[HeadingBody]] = {}
    earliest = 0
    for one in body.headings:
        title = f"{one.number} {one.text}" if one.number else one.text
        under = (
            nth
            for nth, paragraph in enumerate(body.paragraphs)
            if nth >= earliest and title in paragraph.heading_path[one.level - 1 :]
        )
        earliest = next(under, max(earliest, min(one.before, len(body.paragraphs))))
        placed.setdefault(earliest, []).append(one)
    return placed


def _placed(body: DocumentBody) -> dict[int, list[TableBody | FigureBody]]:
    """Tables and figures by the index of the paragraph that each follows; -1 at the end.

    Of its section that is the first paragraph that names it, else the last.
    """
    placed: dict[int, list[TableBody | FigureBody]] = {}
    things: list[TableBody | FigureBody] = [*body.figures, *body.tables]
    for one in things:
        path = one.heading_path
        section = [
            nth
            for nth, paragraph in enumerate(body.paragraphs)
            if path and paragraph.heading_path[: len(path)] == path
        ]
        naming = (
            nth
            for nth in section
            if any(
                reference.label == one.label
                for reference in find_paragraph_references(body.paragraphs[nth].text)
            )
        )
        at = next(naming, section[-1] if section else -1)
        placed.setdefault(at, []).append(one)
    return placed
