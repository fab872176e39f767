"""Tables that hold no table: mastheads set in cells, boxes, tables of contents."""

import re
from collections.abc import Sequence
from typing import Final

from kb.references import find_symbols, plain_digits

Rows = tuple[tuple[str, ...], ...]

_DISTRIBUTION = re.compile(
    r"\bdistr\b|distribución|distribution|общ(?:ая|ий)|распростран|普遍|分发|分發|限制|عام\b|توزيع|"
    r"original\s*:|оригинал|原文|الأصل",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"united nations|nations unies|naciones unidas|организация объединенных наций|联合国|聯合國"
    r"|الأمم المتحدة",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"\s*(?:table of )?contents\s*|\s*目\s*[录錄次]\s*|\s*table des matières\s*|\s*sommaire\s*"
    r"|\s*[íi]ndice\s*|\s*contenido\s*|\s*содержание\s*|\s*оглавление\s*"
    r"|\s*(?:قائمة )?المحتويات\s*",
    re.IGNORECASE,
)
_PAGE: Final = r"\d{1,4}|[ivxl]{1,6}"
_LAST_IS_PAGE = re.compile(rf"(?:.*\D)?(?:{_PAGE})\s*")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_ENUMERATOR = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,4})*[.)、]?|\d{1,3}[A-Z]?\.\d{1,4}|\(?[^\W\d_]{1,4}[.)、]|\([^\s()]{1,5}\)"
    r"|[-•–—▪○·*†]|\*{1,4})"
)


def is_masthead(rows: Rows) -> bool:
    """Whether a cell is a document symbol, or says how the document is distributed."""
    if len(rows) > 12:
        return False
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    first_lines = [line for cell in cells for line in cell.split("\n")]
    symbols = any(find_symbols(line) and len(line) < 60 for line in first_lines[:8])
    short = sum(len(cell) for cell in cells) < 900
    distribution = any(_DISTRIBUTION.search(line) for line in first_lines if len(line) < 60)
    organization = any(_ORGANIZATION.search(line) for line in first_lines if len(line) < 90)
    return short and (distribution + organization + symbols >= 2)


def is_contents(rows: Rows, before: str | None) -> bool:
    """Whether `rows` are a table of contents; `before` is the line in front of them."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    filled = [row for row in filled if row]
    pages = [plain_digits(row[-1]) for row in filled if len(row) > 1]
    numbered = sum(bool(_LAST_IS_PAGE.fullmatch(page)) for page in pages)
    if len(pages) < 2 or numbered < 0.6 * len(pages):
        return False
    leaders = sum(bool(_LEADERS.search(cell)) for row in filled for cell in row)
    announced = before is not None and CONTENTS.fullmatch(before) is not None
    return announced or leaders >= 2


def is_numbered_list(rows: Rows) -> bool:
    """Whether the first column only holds the numbers of paragraphs whose text is the second."""
    if any(len([cell for cell in row if cell.strip()]) > 2 for row in rows):
        return False
    marked = sum(bool(_ENUMERATOR.fullmatch(row[0].strip())) for row in rows if row[0].strip())
    return marked >= 0.6 * sum(bool(row[0].strip()) for row in rows) > 0


def as_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines of text, cells apart by tabs, as a table of contents is written."""
    return ["\t".join(cell.strip() for cell in row).rstrip("\t") for row in rows]
