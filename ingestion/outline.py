"""Headings: their depth and the path above each paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.enumerators import OutlineMark
from kb.documents import Heading

_UNNUMBERED: Final = 10  # rank of headings without a number: below all numbered ones


@dataclass(frozen=True, slots=True)
class Title:
    """A heading before its depth is known. `format_level` is what the file's format says."""

    number: str | None
    text: str
    rank: int  # 1 roman or Han numeral, 2 letter, 3 arabic number, from 10 without a number
    before: int  # index of the first paragraph behind it
    format_level: int | None = None


def unnumbered_rank(format_level: int | None) -> int:
    """Rank of a heading without a number, deeper for deeper format levels."""
    return _UNNUMBERED + (format_level or 0)


def headings_of(titles: Sequence[Title]) -> tuple[Heading, ...]:
    """The headings with their depth.

    The numbering's style gives the depth (I., A., 1., then unnumbered); the format's own levels do
    where they agree with it throughout, for conversions mark them at random.
    """
    if _format_agrees(titles):
        return tuple(_heading(t, t.format_level or 1) for t in _lifted(titles))
    headings: list[Heading] = []
    open_ranks: list[int] = []
    for title in titles:
        while open_ranks and open_ranks[-1] >= title.rank:
            open_ranks.pop()
        open_ranks.append(title.rank)
        headings.append(_heading(title, len(open_ranks)))
    return tuple(headings)


def _heading(title: Title, level: int) -> Heading:
    return Heading(level, title.number, title.text, title.before)


def _lifted(titles: Sequence[Title]) -> list[Title]:
    top = min((t.format_level or 1 for t in titles), default=1)
    return [
        Title(t.number, t.text, t.rank, t.before, (t.format_level or 1) - top + 1) for t in titles
    ]


def _format_agrees(titles: Sequence[Title]) -> bool:
    if not titles or any(not t.format_level for t in titles):
        return False
    levels: dict[int, set[int]] = {}
    for title in titles:
        if title.rank < _UNNUMBERED:
            levels.setdefault(title.rank, set()).add(title.format_level or 0)
    if any(len(found) > 1 for found in levels.values()):
        return False
    ordered = [next(iter(levels[rank])) for rank in sorted(levels)]
    return ordered == sorted(set(ordered))


def path_at(headings: Sequence[Heading], paragraph: int) -> tuple[str, ...]:
    """Titles above the paragraph at that index, outermost first."""
    path: list[Heading] = []
    for heading in headings:
        if heading.before > paragraph:
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(heading.title for heading in path)


class OutlineReader:
    """Reads marks that can be a roman numeral or a letter by what came before them."""

    def __init__(self) -> None:
        self._roman = 0
        self._letter = 0

    def rank(self, mark: OutlineMark) -> int:
        """1 for a numeral, 2 for a letter."""
        rank, value = mark.rank, mark.value
        if mark.other and value != self._roman + 1 and mark.other[1] == self._letter + 1:
            rank, value = mark.other
        if rank == 1:
            self._roman, self._letter = value, 0
        else:
            self._letter = value
        return rank


def clean_title(text: str) -> str:
    """A heading's text without the spaces and leaders that layout adds."""
    return re.sub(r"\s+", " ", re.sub(r"[.…·]{3,}.*$", "", text)).strip()
