"""A document of known structure: what every rendering draws and every parser should give back.

Texts hold footnote references as `{^1}` (or `{^*}`); nothing else in them is markup. Numbers and
marks are kept as printed (`12.`, `12-`, `(a)`, `一.`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Language = Literal["ar", "zh", "en", "fr", "ru", "es"]

_REFERENCE: Final = re.compile(r"\{\^([^}]+)\}")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, or a footnote reference (`reference` is True and `text` its number)."""

    text: str
    reference: bool = False


def spans(text: str) -> tuple[Span, ...]:
    """`text` cut at its footnote references."""
    found: list[Span] = []
    for index, piece in enumerate(_REFERENCE.split(text)):
        if piece:
            found.append(Span(piece, reference=index % 2 == 1))
    return tuple(found)


def references(text: str) -> tuple[str, ...]:
    """The footnote numbers that `text` refers to, in order."""
    return tuple(_REFERENCE.findall(text))


def plain(text: str) -> str:
    """`text` without its footnote references."""
    return _REFERENCE.sub("", text)


@dataclass(frozen=True, slots=True)
class SubParagraph:
    """A lettered or numbered part; `degree` from 1 to 4."""

    mark: str
    degree: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `number` is None where it has none."""

    text: str
    number: str | None = None
    subparagraphs: tuple[SubParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` from 1."""

    level: int
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row is as long as `columns`."""

    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that the text layer knows only by its caption and legend."""

    label: str
    caption: str
    legend: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """The heading of an annex, where paragraph numbers start again."""

    label: str
    title: str


FlowItem: TypeAlias = Heading | Para | Table | Figure | Annex


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's body; `mark` is its number or `*`."""

    mark: str
    text: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """Page one down to the summary; `item` holds the item's line and its topics."""

    organisation: tuple[str, ...]
    distribution: tuple[str, ...]
    body: str
    session: str
    place_and_dates: str
    item: tuple[str, ...]
    title: str
    byline: str | None = None
    summary_heading: str | None = None
    summary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents, with its number in `text`."""

    level: int
    text: str
    page: str
    paragraphs: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents; `columns` are the headings of its right-hand columns."""

    heading: str
    columns: tuple[str, ...]
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A whole document. `symbol` is None where none is known: none is then printed."""

    language: Language
    symbol: str | None
    job_number: str
    masthead: Masthead
    contents: Contents | None
    flow: tuple[FlowItem, ...]
    footnotes: tuple[Footnote, ...]

    @property
    def right_to_left(self) -> bool:
        """Whether lines run from right to left."""
        return self.language == "ar"

    @property
    def running_header(self) -> str:
        """What every page after the first has at its top."""
        return self.symbol or plain(self.masthead.title)

    def footnote(self, mark: str) -> Footnote:
        """The footnote of that mark. Raises KeyError if there is none."""
        for note in self.footnotes:
            if note.mark == mark:
                return note
        raise KeyError(mark)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph or sub-paragraph as the contract labels it: `8`, `8(b)(ii)`, `annex, 2(a)`."""

    label: str
    text: str
    footnotes: tuple[str, ...]
    heading_path: tuple[str, ...]


def printed_heading(number: str | None, text: str) -> str:
    """`I. Background`, `一. 背景`, or the text alone."""
    return text if number is None else f"{number} {text}"


def labelled(document: RenderedDocument) -> Iterator[Labelled]:
    """Every numbered paragraph and sub-paragraph in order, text without footnote references."""
    path: list[tuple[int, str]] = []
    prefix = ""
    annexes = sum(isinstance(item, Annex) for item in document.flow)
    seen = 0
    for item in document.flow:
        if isinstance(item, Annex):
            seen += 1
            prefix = "annex, " if annexes == 1 else f"annex {_ROMAN[seen - 1].upper()}, "
            path = [(1, f"{item.label} {item.title}")]
        elif isinstance(item, Heading):
            path = [entry for entry in path if entry[0] < item.level]
            path.append((item.level, printed_heading(item.number, item.text)))
        elif isinstance(item, Para) and item.number is not None:
            headings = tuple(text for _, text in path)
            label = prefix + item.number.rstrip(".-")
            yield Labelled(label, plain(item.text), references(item.text), headings)
            for suffix, part in _suffixes(item.subparagraphs):
                yield Labelled(label + suffix, plain(part.text), references(part.text), headings)


def anchors(document: RenderedDocument) -> dict[str, str]:
    """For each footnote number, the label of the part whose text refers to it."""
    return {mark: part.label for part in labelled(document) for mark in part.footnotes}


def _suffixes(parts: tuple[SubParagraph, ...]) -> Iterator[tuple[str, SubParagraph]]:
    """Canonical label endings: letters for odd degrees, roman numbers for even ones."""
    counts = [0, 0, 0, 0]
    for part in parts:
        counts[part.degree - 1] += 1
        counts[part.degree :] = [0] * (4 - part.degree)
        names = (
            chr(ord("a") + count - 1) if degree % 2 == 0 else _ROMAN[count - 1]
            for degree, count in enumerate(counts[: part.degree])
        )
        yield "".join(f"({name})" for name in names), part
