"""What is indexed: the units of an edition, cut from SQL, with ids that never change.

A unit is a passage, or a part of a long one: a paragraph of several pages would drown the one
sentence that is asked for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, Protocol, TypeVar
from urllib.parse import quote, unquote

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from kb.documents import EditionKind, Paragraph
from kb.languages import Language
from kb.rows import passages_in
from kb.store import chunks
from kb.tables import Document, Edition, ParagraphRow

_LONG: Final = 1_600  # bytes of UTF-8: about 1,600 Latin letters or 530 Han characters
_ROWS_AT_ONCE: Final = 4_000
_REMEMBERED: Final = 20_000  # cards
_SENTENCE: Final = re.compile(r"(?<=[.!?؟;؛])\s+|(?<=[。！？；])|\n+")

_OPENING: Final = 500  # characters of the first passage

UnitKind = Literal["original", "digest", "card"]


@dataclass(frozen=True, slots=True)
class UnitKey:
    """The edition and passage that a unit belongs to. `part` 0 is the whole passage."""

    document_id: str
    language: Language
    kind: EditionKind
    version: int
    label: str
    part: int = 0

    @property
    def edition(self) -> str:
        """Names the edition alone."""
        return edition_name(self.document_id, self.language, self.kind, self.version)

    def __str__(self) -> str:
        whole = f"{self.edition}|{_escaped(self.label)}"
        return f"{whole}|{self.part}" if self.part else whole


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to be indexed. `opening` is how the whole document opens: what it is about."""

    key: UnitKey
    text: str
    heading_path: tuple[str, ...]
    opening: str = ""


@dataclass(frozen=True, slots=True)
class CardKey:
    """The record and language that a card is of."""

    record_id: str
    language: Language

    @property
    def record(self) -> str:
        """Names all cards of the record."""
        return cards_name(self.record_id)

    def __str__(self) -> str:
        return f"{self.record}|{self.language}"


@dataclass(frozen=True, slots=True)
class CardText:
    """A record card to be indexed."""

    key: CardKey
    text: str


def cards_name(record_id: str) -> str:
    """What the ids of a record's cards begin with."""
    return f"card|{_escaped(record_id)}"


@lru_cache(maxsize=_REMEMBERED)
def record_of(card: str) -> str:
    """The id of the record that a card is of."""
    record = card.split("|")[1]
    return unquote(record) if "%" in record else record


def parse_unit(unit: str) -> UnitKey:
    """The key that `str(key)` wrote; ValueError for anything else."""
    document, language, kind, version, label, *part = unit.split("|")
    return UnitKey(
        unquote(document),
        language,  # type: ignore[arg-type]
        kind,  # type: ignore[arg-type]
        int(version.removeprefix("v")),
        unquote(label),
        int(part[0]) if part else 0,
    )


def edition_name(document_id: str, language: Language, kind: EditionKind, version: int) -> str:
    """What the ids of an edition's units begin with."""
    return f"{_escaped(document_id)}|{language}|{kind}|v{version}"


def edition_and_label(unit: str) -> tuple[str, str]:
    """The name of a unit's edition, and the label of its passage; quicker than `parse_unit`."""
    document, language, kind, version, label, *_ = unit.split("|")
    return f"{document}|{language}|{kind}|{version}", unquote(label) if "%" in label else label


def best_first(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """(unit, score) sorted, best first; among equals originals come before digests."""
    keyed = [(-round(score, 5), "|digest|" in unit, unit, score) for unit, score in found]
    keyed.sort()
    return [(unit, score) for _, _, unit, score in keyed]


def indexed() -> tuple[ColumnElement[bool], ...]:
    """Which editions, joined to their document, search may find: the one rule of all who ask."""
    return (
        col(Edition.status) == "current",
        col(Document.superseded_by).is_(None),
        col(Document.withdrawn).is_(False),
    )


def indexed_editions(session: Session) -> list[Edition]:
    """Every edition that the indexes should hold, in the order of their ids."""
    return list(
        session.exec(
            select(Edition)
            .join(Document, col(Document.id) == col(Edition.document_id))
            .where(*indexed())
            .order_by(col(Edition.id))
        )
    )


class Edited(Protocol):
    """An edition, as a row or as a value."""

    @property
    def id(self) -> int | None:
        """In SQL."""

    @property
    def document_id(self) -> str:
        """Of its document."""

    @property
    def language(self) -> str:
        """One of the six."""

    @property
    def kind(self) -> str:
        """An original or a digest."""

    @property
    def version(self) -> int:
        """From 1."""


_Edited = TypeVar("_Edited", bound=Edited)


def units_of(session: Session, editions: Sequence[Edition]) -> list[list[Unit]]:
    """The units of each edition, in reading order."""
    found: list[list[Unit]] = []
    for edition, passages in _passages(session, editions):
        opening = _opening(edition.title, passages)
        found.append(
            [
                Unit(key, text, passage.heading_path, opening)
                for passage in passages
                for key, text in _texts(edition, passage)
            ]
        )
    return found


def unit_keys(session: Session, editions: Sequence[Edited]) -> list[list[UnitKey]]:
    """The keys of the units of each edition, in reading order."""
    return [
        [key for passage in passages for key, _ in _texts(edition, passage)]
        for edition, passages in _passages(session, editions)
    ]


def _passages(
    session: Session, editions: Sequence[_Edited]
) -> Iterator[tuple[_Edited, Sequence[Paragraph]]]:
    held = passages_in(session, [edition.id or 0 for edition in editions])
    for edition in editions:
        yield edition, held[edition.id or 0]


def _opening(title: str | None, passages: Sequence[Paragraph]) -> str:
    """The title, then the summary, else the first paragraph, cut short."""
    first = next(
        (p.text for kind in ("summary", "paragraph") for p in passages if p.kind == kind), ""
    )
    return f"{title or ''} {first[:_OPENING]}".strip()


def batches(session: Session, editions: Sequence[Edition]) -> Iterator[list[Edition]]:
    """`editions` in groups of about `_ROWS_AT_ONCE` passages, so that memory stays bounded."""
    sizes: dict[int, int] = {}
    for ids in chunks(edition.id for edition in editions):
        sizes.update(
            session.exec(
                select(ParagraphRow.edition_id, func.count())
                .where(col(ParagraphRow.edition_id).in_(ids))
                .group_by(col(ParagraphRow.edition_id))
            ).all()
        )
    group: list[Edition] = []
    rows = 0
    for edition in editions:
        size = sizes.get(edition.id or 0, 0)
        if group and rows + size > _ROWS_AT_ONCE:
            yield group
            group, rows = [], 0
        group.append(edition)
        rows += size
    if group:
        yield group


def _texts(edition: Edited, passage: Paragraph) -> Iterator[tuple[UnitKey, str]]:
    if not any(character.isalnum() for character in passage.text):
        return
    yield _key(edition, passage.label), passage.text
    if passage.kind == "table":  # its rows are units of their own
        return
    for number, text in enumerate(parts(passage), start=1):
        yield _key(edition, passage.label, number), text


def parts(passage: Paragraph) -> Sequence[str]:
    """A long passage cut at its sub-paragraphs, then at its sentences; nothing for a short one.

    Together the parts hold the whole text.
    """
    if len(passage.text.encode()) <= _LONG:
        return ()
    cuts = sorted({0, *(s.start for s in passage.subparagraphs if s.label.count("(") == 1)})
    pieces = [
        passage.text[start:end]
        for start, end in zip(cuts, (*cuts[1:], len(passage.text)), strict=True)
    ]
    return tuple(part for piece in pieces for part in _windows(piece))


def _windows(text: str) -> Iterator[str]:
    start, size = 0, 0
    ends = [match.end() for match in _SENTENCE.finditer(text)] + [len(text)]
    sentence_start = 0
    for end in ends:
        length = len(text[sentence_start:end].encode())
        if size and size + length > _LONG:
            yield text[start:sentence_start]
            start, size = sentence_start, 0
        size += length
        sentence_start = end
    if start < len(text):
        yield text[start:]


def _key(edition: Edited, label: str, part: int = 0) -> UnitKey:
    return UnitKey(
        edition.document_id,
        edition.language,  # type: ignore[arg-type]
        edition.kind,  # type: ignore[arg-type]
        edition.version,
        label,
        part,
    )


def _escaped(text: str) -> str:
    return quote(text, safe="/()., []:;'") if "|" in text or "%" in text else text
