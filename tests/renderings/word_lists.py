"""Automatic numbering for the DOCX rendering: headings, paragraphs and their parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .counting import format_of
from .model import Heading, Para, RenderedDocument, SubParagraph

Format = tuple[str, str]  # a number format of WordprocessingML and its frame, such as "(%)"

_PARAGRAPHS: Final = 1  # w:numId of the paragraphs before any annex
_HEADINGS: Final = 2
_BULLETS: Final = 3
_STEP: Final = 567  # indent of one degree, in twentieths of a point


@dataclass(slots=True)
class WordLists:
    """Definitions of lists, collected while the document is written, for numbering.xml."""

    document: RenderedDocument
    heading_formats: dict[int, Format] = field(default_factory=dict)
    _abstract: list[str] = field(default_factory=list)
    _numbers: list[str] = field(default_factory=list)
    _abstract_of: dict[tuple[Format, ...], int] = field(default_factory=dict)
    _paragraphs: int = _PARAGRAPHS
    _next: int = _BULLETS + 1

    def __post_init__(self) -> None:
        self.heading_formats = _heading_formats(self.document)
        self._add_abstract((_paragraph_format(self.document),), style=None)
        headings = tuple(self.heading_formats.get(level, ("none", "")) for level in (1, 2, 3))
        self._add_abstract(headings, style="Heading")
        self._add_abstract((("bullet", "•"),), style=None)
        self._numbers += [_num(number, number - 1) for number in (1, 2, 3)]

    @property
    def paragraphs(self) -> int:
        """The list that paragraphs are numbered by at this place."""
        return self._paragraphs

    @property
    def headings(self) -> int:
        """The list that headings are numbered by."""
        return _HEADINGS

    @property
    def bullets(self) -> int:
        """A list of bullets."""
        return _BULLETS

    def restart_paragraphs(self) -> None:
        """Makes the paragraphs that follow count from 1 again, as in an annex."""
        self._paragraphs = self._new_number(0, levels=1)

    def parts(self, parts: Sequence[SubParagraph]) -> int | None:
        """A list whose automatic marks are those of `parts`, or None if there is none."""
        formats = _part_formats(parts)
        if formats is None:
            return None
        if formats not in self._abstract_of:
            self._abstract_of[formats] = self._add_abstract(formats, style=None)
        return self._new_number(self._abstract_of[formats], levels=len(formats))

    def write(self, numbering: Any) -> None:
        """Replaces what the numbering part holds."""
        for child in list(numbering):
            numbering.remove(child)
        for xml in (*self._abstract, *self._numbers):
            numbering.append(parse_xml(xml))

    def _new_number(self, abstract: int, levels: int) -> int:
        number = self._next
        self._next += 1
        self._numbers.append(_num(number, abstract, restarted=levels))
        return number

    def _add_abstract(self, formats: tuple[Format, ...], style: str | None) -> int:
        identity = len(self._abstract)
        levels = "".join(
            _level(at, number_format, frame, None if style is None else f"{style}{at + 1}")
            for at, (number_format, frame) in enumerate(formats)
        )
        self._abstract.append(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        return identity


def _level(at: int, number_format: str, frame: str, style: str | None) -> str:
    text = frame.replace("%", f"%{at + 1}")
    linked = "" if style is None else f'<w:pStyle w:val="{style}"/>'
    indent = _STEP * (at + 2)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{linked}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )


def _num(number: int, abstract: int, restarted: int = 0) -> str:
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for at in range(restarted)
    )
    return (
        f'<w:num {nsdecls("w")} w:numId="{number}">'
        f'<w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    )


def _paragraph_format(document: RenderedDocument) -> Format:
    first = next(item for item in document.flow if isinstance(item, Para) and item.number)
    return "decimal", f"%{(first.number or '1.')[-1]}"


def _heading_formats(document: RenderedDocument) -> dict[int, Format]:
    """The format of each level, or nothing if one heading's number is not what they would give."""
    formats: dict[int, Format] = {}
    counts = [0] * 9
    for item in document.flow:
        if not isinstance(item, Heading) or item.number is None:
            continue
        counts[item.level - 1] += 1
        counts[item.level :] = [0] * (9 - item.level)
        found = format_of(item.number, counts[item.level - 1], roman=item.level == 1)
        if found is None or formats.setdefault(item.level, found) != found:
            return {}
    return formats


def _part_formats(parts: Sequence[SubParagraph]) -> tuple[Format, ...] | None:
    formats: dict[int, Format] = {}
    counts = [0] * 4
    for part in parts:
        counts[part.degree - 1] += 1
        counts[part.degree :] = [0] * (4 - part.degree)
        found = format_of(part.mark, counts[part.degree - 1], roman=part.degree % 2 == 0)
        if found is None or formats.setdefault(part.degree - 1, found) != found:
            return None
    deepest = max(formats, default=-1)
    return tuple(formats.get(at, ("none", "")) for at in range(deepest + 1))
