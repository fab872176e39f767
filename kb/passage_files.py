"""Passages files: lines that each hold one passage, as editions to be stored.

An edition may be put together from several files: a file read again replaces its own lines and
those of the labels it names, and leaves the other files' lines alone.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import exists
from sqlmodel import Session, col, select

from kb.catalogue import Draft
from kb.documents import Heading, Masthead, Paragraph, ParsedDocument, PassageKind
from kb.languages import Language
from kb.references import parse_label
from kb.registry import identify
from kb.rows import passages_in
from kb.store import chunks
from kb.tables import Edition, ParagraphRow
from kb.views import Origin, PassageRow

_PARSER = "passages"  # an edition that anything else made is replaced as a whole

_KINDS: dict[str, PassageKind] = {
    "paragraph": "paragraph",
    "table": "table",
    "row": "table_row",
    "footnote": "footnote",
    "figure": "figure",
    "summary": "summary",
    "preamble": "preamble",
    "ordinal": "ordinal",
}
_RUNNING: Final = ("paragraph", "section", "summary", "preamble", "ordinal")
_HEADING_NUMBER: Final = re.compile(
    r"((?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)\.|[一二三四五六七八九十]+[.、])\s+"
)
_Group = tuple[str, Language]


def passage_drafts(session: Session, rows: Iterable[PassageRow], origin: Origin) -> list[Draft]:
    """One draft for each document and language in `rows`, in the order of their first lines.

    `origin.sha256` is left aside: each edition gets a hash of its own passages.
    """
    groups: dict[_Group, list[PassageRow]] = {}
    for row in rows:
        document_id = origin.document_id or row.document_id
        groups.setdefault((document_id, row.language), []).append(row)
    parser = f"{_PARSER} {origin.parser}"
    kept = _lines_of_other_files(session, groups, replace(origin, parser=parser))
    return [
        _draft(group, lines, replace(origin, parser=parser), kept.get(group, []))
        for group, lines in groups.items()
    ]


class _NoneTaken:
    """Passages name their document themselves: nothing is looked up."""

    def held(self, document_id: str, language: Language) -> None:
        """Nothing."""

    def by_symbol(self, symbol: str) -> None:
        """Nothing."""


def _draft(
    group: _Group,
    lines: Sequence[PassageRow],
    origin: Origin,
    kept: Sequence[tuple[Paragraph, str]],
) -> Draft:
    document_id, language = group
    read = dict.fromkeys(map(_paragraph, lines), origin.source)
    labels = {paragraph.label for paragraph in read}
    others = {paragraph: source for paragraph, source in kept if paragraph.label not in labels}
    title = origin.title or next((line.title for line in lines if line.title), None)
    masthead = Masthead(language=language, title=title)
    every = {**others, **read}
    return Draft(
        ParsedDocument(masthead, headings_from_paths(tuple(every)), tuple(every)),
        replace(origin, sha256=_hash(masthead, every)),
        identify(
            masthead,
            source=origin.source,
            taken=_NoneTaken(),
            override=document_id,
            symbol=origin.symbol,
        ),
        {paragraph.label: source for paragraph, source in every.items()},
    )


def headings_from_paths(paragraphs: Sequence[Paragraph]) -> tuple[Heading, ...]:
    """The outline that the heading paths of the running text imply."""
    headings: list[Heading] = []
    above: tuple[str, ...] = ()
    running = [paragraph for paragraph in paragraphs if paragraph.kind in _RUNNING]
    for index, paragraph in enumerate(running):
        path = paragraph.heading_path
        shared = 0
        while shared < min(len(path), len(above)) and path[shared] == above[shared]:
            shared += 1
        for level, title in enumerate(path[shared:], shared + 1):
            match = _HEADING_NUMBER.match(title)
            number, text = (match[1], title[match.end() :]) if match else (None, title)
            headings.append(Heading(level, number, text, index))
        above = path
    return tuple(headings)


def _paragraph(line: PassageRow) -> Paragraph:
    label, kind = _label_and_kind(line.paragraph)
    return Paragraph(label, kind, line.text, line.heading_path)


def _label_and_kind(written: str) -> tuple[str, PassageKind]:
    bare = written.strip()
    if bare.isascii() and bare.isdecimal():
        return bare, "paragraph"
    try:
        label = parse_label(bare)
    except ValueError:  # a label of the file's own making is kept as it is
        return bare, "paragraph"
    return label.text, _KINDS[label.kind]


def _hash(masthead: Masthead, passages: dict[Paragraph, str]) -> str:
    lines = [[masthead.title], *([p.label, p.text, p.heading_path, s] for p, s in passages.items())]
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def _lines_of_other_files(
    session: Session, wanted: Collection[_Group], origin: Origin
) -> dict[_Group, list[tuple[Paragraph, str]]]:
    """What current editions hold from passages files of other names."""
    kept: dict[_Group, list[tuple[Paragraph, str]]] = {}
    for ids in chunks({document_id for document_id, _ in wanted}):
        editions = session.exec(
            select(Edition).where(
                col(Edition.document_id).in_(ids),
                Edition.kind == origin.kind,
                Edition.status == "current",
                Edition.parser == origin.parser,
                exists().where(
                    col(ParagraphRow.edition_id) == col(Edition.id),
                    col(ParagraphRow.source) != origin.source,
                ),
            )
        )
        for edition in editions:
            group: _Group = (edition.document_id, edition.language)  # type: ignore[assignment]
            if group in wanted:
                kept[group] = _other_lines(session, edition, origin.source)
    return kept


def _other_lines(session: Session, edition: Edition, source: str) -> list[tuple[Paragraph, str]]:
    sources = dict(
        session.exec(
            select(ParagraphRow.label, ParagraphRow.source).where(
                ParagraphRow.edition_id == edition.id
            )
        ).all()
    )
    return [
        (passage, sources[passage.label] or edition.source)
        for passage in passages_in(session, [edition.id or 0])[edition.id or 0]
        if (sources[passage.label] or edition.source) != source
    ]
