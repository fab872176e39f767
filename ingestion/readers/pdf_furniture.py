"""What is printed on every page and belongs to none: page numbers, job numbers, running titles."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.blocks import MARK_OPEN
from kb.references import find_symbols, plain_digits

_STRONG = re.compile(
    r"GE\.\s?\d{2}-\d{5}|(?<![\d-])\d{2}-\d{5}(?=\s?\([A-Z]\)|\s*$)|\*\s?[0-9A-Z]{5,12}\s?\*"
    r"|please recycle",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\([A-Z]\)|(?<!\d)\d{6}(?!\d)|[*♲♻]")
_PAGE_OF = re.compile(
    r"(?:page|página|стр(?:аница|\.)?|صفحة|第)?\s*\d{1,4}\s?(?:/|of|de|sur|из|من|页\s?共|页[，,]\s?共)\s?"
    r"\d{1,4}\s?页?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:page|página|p\.|pág\.|стр(?:аница|\.)?|صفحة)\s?\d{1,4}|第\s?\d{1,4}\s?页|[-–—]\s?\d{1,4}\s?[-–—]"
    r"|\|?\s?page\s?\|\s?\d{1,4}",
    re.IGNORECASE,
)
_OUTER_LINES: Final = 4
_SHORT: Final = 12  # characters: odds and ends at the page's edge
_BARE = re.compile(r"\d{1,4}|[ivxl]{1,6}")


@dataclass(frozen=True, slots=True)
class Margin:
    """One line near the top or the bottom of a page."""

    page: int
    place: int  # its index among the lines of the page
    height: float  # of its baseline, in points from the bottom of the page
    text: str
    top: bool
    attached: bool = False  # as close to the next line inwards as the lines of one text are


def is_plain_furniture(text: str) -> bool:
    """Whether a line is furniture whatever the other pages show: job numbers, bar codes and what
    stands with them, page numbers included."""
    text = plain_digits(text.strip())
    rest, strong = _STRONG.subn(" ", text)
    if not strong:
        return False
    rest = _BESIDE.sub(" ", rest).strip()
    return not rest or is_page_number(rest) or bool(_BARE.fullmatch(rest))


def is_page_number(text: str) -> bool:
    """Whether a line can only be a page's number: "2/6", "Page 3 of 9", "– 4 –"."""
    text = plain_digits(text.strip())
    return bool(_PAGE_OF.fullmatch(text) or _PAGE.fullmatch(text))


def furniture_of(margins: Sequence[Margin], pages: int) -> frozenset[tuple[int, int]]:
    """(page, place) of the lines that are furniture.

    At the top of page 1 a running title may be all that names the document: it is among them if
    the other pages show it too, and the caller keeps it once.
    """
    candidates = [m for m in margins if MARK_OPEN not in m.text]
    found = {(m.page, m.place) for m in candidates if _by_itself(m)}
    found |= _counting(candidates, pages)
    found |= _repeated(candidates, pages)
    found |= _symbol_lines(candidates)
    return frozenset(found)


def _by_itself(margin: Margin) -> bool:
    return is_plain_furniture(margin.text) or is_page_number(margin.text)


def _counting(margins: Sequence[Margin], pages: int) -> set[tuple[int, int]]:
    """Bare numbers in the margin that count with the pages."""
    offsets: defaultdict[int, list[Margin]] = defaultdict(list)
    for margin in margins:
        text = plain_digits(margin.text.strip())
        if text.isdecimal() and len(text) <= 4:
            offsets[int(text) - margin.page].append(margin)
    found: set[tuple[int, int]] = set()
    for offset, counted in offsets.items():
        held = len({m.page for m in counted})
        if held >= max(2, 0.3 * pages) or (pages == 1 and offset == 0):
            found |= {(m.page, m.place) for m in counted}
    return found


def _repeated(margins: Sequence[Margin], pages: int) -> set[tuple[int, int]]:
    """Lines that stand at the same height on several pages and differ in numbers at most."""
    groups: defaultdict[tuple[str, bool], list[Margin]] = defaultdict(list)
    for margin in margins:
        groups[_shape(margin.text), margin.top].append(margin)
    found: set[tuple[int, int]] = set()
    for (shape, _), group in groups.items():
        if not shape.strip("# ."):
            continue
        for margin in group:
            beside = {m.page for m in group if abs(m.height - margin.height) <= 4.0}
            if len(beside) < 2 or pages < 2:
                continue
            # Left and right pages differ, chapters have their own titles: two pages are enough
            # for a line that stands apart. Two footnotes may look alike, not half of all pages.
            if len(beside) >= max(3, 0.45 * pages) or not margin.attached:
                found.add((margin.page, margin.place))
    return _reached_from_edge(found, margins)


def _reached_from_edge(
    found: set[tuple[int, int]], margins: Sequence[Margin]
) -> set[tuple[int, int]]:
    """Of `found`, what no line of text stands outside of."""
    lines = {(m.page, m.place): m for m in margins}
    kept = set()
    for page, place in found:
        step = -1 if lines[page, place].top else 1
        outer = place + step
        while (line := lines.get((page, outer))) and (
            (page, outer) in found or _by_itself(line) or len(line.text) < _SHORT
        ):
            outer += step
        if line is None:
            kept.add((page, place))
    return kept


def _shape(text: str) -> str:
    shape = re.sub(r"\d+", "#", plain_digits(text).lower())
    return re.sub(r"\s+", " ", shape).strip()


def _symbol_lines(margins: Sequence[Margin]) -> set[tuple[int, int]]:
    """Lines behind page 1 that hold nothing but document symbols."""
    found: set[tuple[int, int]] = set()
    for margin in margins:
        symbols = find_symbols(margin.text) if margin.page > 1 else ()
        if symbols:
            rest = margin.text
            for symbol in symbols:
                rest = rest.replace(symbol, "")
            if not re.sub(r"[\s\d*–-]", "", rest):
                found.add((margin.page, margin.place))
    return found


def margins_of(page: int, lines: Sequence[tuple[float, float, str]], height: float) -> list[Margin]:
    """The outer lines of a page; `lines` are (baseline, size, text) from top to bottom."""
    found = []
    for place, (baseline, size, text) in enumerate(lines):
        top = place < _OUTER_LINES and baseline > 0.75 * height
        bottom = place >= len(lines) - _OUTER_LINES and baseline < 0.25 * height
        if not top and not bottom:
            continue
        inward = place + 1 if top else place - 1
        gap = abs(baseline - lines[inward][0]) if 0 <= inward < len(lines) else height
        found.append(Margin(page, place, baseline, text, top, attached=gap < 1.6 * size))
    return found
