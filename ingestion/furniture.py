"""Page furniture: what is printed on every page and belongs to none of the text.

Readers that know the page's geometry remove most of it; converted text brings it along.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ingestion.blocks import Block
from kb.references import find_symbols, plain_digits

_PAGE = re.compile(
    r"(?:\d{1,4}\s?/\s?\d{1,4}|[-–—]\s?\d{1,4}\s?[-–—]|(?:page|стр\.?)\s\d{1,4})", re.IGNORECASE
)
_JOB = re.compile(
    r"(?:\d{1,4}(?:/\d{1,4})?\s)?(?:GE\.)?\d{2}-\d{5,6}(?:\s?\([A-Z]\))?(?:\s+\d{6}){0,3}"
    r"(?:\s+\*?\d{7}\*?)?(?:\s\d{1,4}(?:/\d{1,4})?)?"
)
_BAR_CODE = re.compile(r"\*?\d{7}\*?")
_LONE_NUMBER = re.compile(r"\d{1,4}")
_REPEATED: Final = 3
_FRONT: Final = 15  # blocks that may be the masthead


def without_furniture(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks` with running headers, page numbers, job numbers and bar codes as page breaks.

    The first print of a symbol stays: it is the masthead's.
    """
    repeated = _running_titles(blocks)
    front = {cell for block in blocks[:_FRONT] for cell in _cells(block.text)}
    seen_symbols: set[str] = set()
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        text = block.text.strip()
        if block.kind not in ("text", "heading") or not text:
            kept.append(block)
            continue
        symbols = _symbol_line(text)
        if symbols and symbols in seen_symbols:
            kept.append(Block("page_break"))
            continue
        if index < _FRONT:
            seen_symbols.update(found for cell in _cells(text) if (found := _symbol_line(cell)))
        elif symbols:
            seen_symbols.add(symbols)
        if (
            _is_furniture(text)
            or text in repeated
            or _page_number_at(blocks, index)
            or (index >= _FRONT and _repeats_masthead(blocks, index, front, seen_symbols))
        ):
            kept.append(Block("page_break"))
            continue
        kept.append(block)
    return tuple(kept)


def running_symbols(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Symbols that stand alone on a line at least twice: running headers."""
    lines = Counter(
        find_symbols(block.text)
        for block in blocks
        if block.kind in ("text", "heading") and _symbol_line(block.text.strip())
    )
    return next((symbols for symbols, count in lines.most_common(1) if count > 1), ())


@lru_cache(maxsize=256)  # each line is looked at once for itself and once for each one beside it
def _is_furniture(text: str) -> bool:
    plain = plain_digits(text)
    patterns = (_PAGE, _JOB, _BAR_CODE)
    cells = _cells(plain)
    if not cells:
        return False
    known = [any(pattern.fullmatch(cell) for pattern in patterns) for cell in cells]
    numbered = [_LONE_NUMBER.fullmatch(cell) is not None for cell in cells]
    return (
        _mixed_furniture(plain)
        or any(pattern.fullmatch(" ".join(cells)) for pattern in patterns)
        or (any(known) and all(k or n for k, n in zip(known, numbered, strict=True)))
    )


def _mixed_furniture(text: str) -> bool:
    """Header and page number on one line: "ICCD/COP(16)/4    2/6"."""
    symbols = find_symbols(text)
    rest = text.replace("\\", "")
    for symbol in symbols:
        rest = rest.replace(symbol, " ")
    return bool(symbols) and rest != text and bool(_PAGE.fullmatch(rest.strip(" *–-")))


def _symbol_line(text: str) -> str | None:
    symbols = find_symbols(text)
    if not symbols:
        return None
    bare = re.sub(r"[\s*\\–-]", "", text)
    printed = re.sub(r"[\s*\\–-]", "", "".join(symbols))
    return printed if bare == printed else None


def _repeats_masthead(
    blocks: Sequence[Block], index: int, front: set[str], symbols: set[str]
) -> bool:
    """A line of several cells beside a page's end, each of which the first page printed."""
    cells = _cells(blocks[index].text)
    known = [cell in front or _symbol_line(cell) in symbols for cell in cells]
    return bool(cells) and all(known) and _beside_page_end(blocks, index)


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"\s{3,}|\t", text) if cell.strip()]


def _beside_page_end(blocks: Sequence[Block], index: int) -> bool:
    around = (*blocks[max(0, index - 2) : index], *blocks[index + 1 : index + 3])
    return any(b.kind == "page_break" or _is_furniture(b.text.strip()) for b in around)


def _page_number_at(blocks: Sequence[Block], index: int) -> bool:
    """A number alone beside a page break or a running header is a page number."""
    if not _LONE_NUMBER.fullmatch(plain_digits(blocks[index].text.strip())):
        return False
    around = (*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2])
    return any(
        b.kind == "page_break" or _symbol_line(b.text) or _is_furniture(b.text.strip())
        for b in around
    )


def _running_titles(blocks: Sequence[Block]) -> frozenset[str]:
    """Lines that come back beside page breaks or page numbers at least three times."""
    beside: Counter[str] = Counter()
    for index, block in enumerate(blocks):
        text = block.text.strip()
        if block.kind not in ("text", "heading") or not 3 < len(text) < 120:
            continue
        if _beside_page_end(blocks, index):
            beside[text] += 1
    return frozenset(text for text, count in beside.items() if count >= _REPEATED)
