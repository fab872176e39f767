"""The front of a document: masthead lines, summary, table of contents; then the body begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.divisions import opens_division
from ingestion.enumerators import read_outline
from ingestion.pieces import Piece, is_title_like, number_of
from ingestion.words import fold, is_word, starts_with_word
from kb.references import plain_digits

_LEADER = re.compile(r"(?:[.…·]\s?){3,}")
_NUMBER = r"\d{1,4}[A-Z]?(?:\.\d{1,3})?"
_PAGES = re.compile(
    rf"(?:\s|[.…·]{{2,}})\s*{_NUMBER}(?:\s?[-–—]\s?{_NUMBER})?(?:\s+\d{{1,4}})?\s*$"
)
_RESOLUTION_TITLE = re.compile(r"\d{1,4}/\d{1,4}")
_LOOK_AHEAD = 3
_LONGEST_CONTENTS = 200  # pieces
_LONGEST_ENTRY = 300  # characters
_WIDEST_OPENING = 120


@dataclass(frozen=True, slots=True)
class Front:
    """`masthead` is what stands before the summary, the contents or the body."""

    masthead: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    preamble: tuple[Piece, ...]  # of a resolution: all before its first operative paragraph
    contents: tuple[str, ...]  # titles of the table of contents, folded
    body: tuple[Piece, ...]


def split_front(pieces: Sequence[Piece]) -> Front:
    """The pieces before the body, by what they are."""
    contents_at = _first(pieces, "contents")
    titles: tuple[str, ...] = ()
    contents_end = 0
    if contents_at is not None:
        contents_end, titles = _contents_end(pieces, contents_at)
    summary_at = _first(pieces, "summary", before=contents_at)
    start = contents_end
    summary: tuple[Piece, ...] = ()
    front_end = contents_at
    if summary_at is not None:
        summary_end = _summary_end(pieces, summary_at, contents_at)
        summary = tuple(p for p in pieces[summary_at + 1 : summary_end] if p.kind == "text")
        front_end = summary_at
        start = max(contents_end, summary_end)
    if front_end is None:
        front_end = start = _body_start(pieces)
    masthead = tuple(pieces[:front_end])
    opening = _preamble_start(masthead)
    return Front(masthead[:opening], summary, masthead[opening:], titles, tuple(pieces[start:]))


def preambular(text: str) -> bool:
    """Whether a paragraph begins as preambular ones do: Recalling, Rappelant, 回顾, وإذ."""
    return starts_with_word(text.lstrip("*_ "), "preambular")


def _preamble_start(masthead: Sequence[Piece]) -> int:
    """Index of the first preambular piece, or of the "The General Assembly," before it."""
    found = [i for i, p in enumerate(masthead) if p.kind == "text" and preambular(p.text)]
    if not found:
        return len(masthead)
    first = found[0]
    before = masthead[first - 1].text.rstrip() if first else ""
    opens = before.endswith((",", "，", "،", ":", "：")) and len(before) < _WIDEST_OPENING
    return first - 1 if opens else first


def _first(pieces: Sequence[Piece], role: str, before: int | None = None) -> int | None:
    for index, piece in enumerate(pieces[:before]):
        if piece.kind in ("text", "heading") and is_word(piece.text, role):
            return index
    return None


def _summary_end(pieces: Sequence[Piece], start: int, contents_at: int | None) -> int:
    for index in range(start + 1, len(pieces)):
        piece = pieces[index]
        if index == contents_at or piece.kind == "heading" or _begins_body(piece):
            return index
    return len(pieces)


def _begins_body(piece: Piece) -> bool:
    text = piece.text
    outline = read_outline(text)
    number = number_of(piece)
    return bool(
        (outline and outline.value == 1 and is_title_like(text))
        or (number and (number.value[-1] == 1 or piece.kind == "heading"))
        or opens_division(piece)
    )


def _body_start(pieces: Sequence[Piece]) -> int:
    """Without summary and contents: the first mark that starts an outline or a numbering."""
    for index, piece in enumerate(pieces):
        if piece.kind in ("text", "heading") and _begins_body(piece):
            while index > 0 and _is_section_title(pieces[index - 1]):
                index -= 1
            return index
    return 0


def _is_section_title(piece: Piece) -> bool:
    """A heading that the format puts below the document's title; a resolution's is its title."""
    below = piece.kind == "heading" and (piece.level or 0) > 1
    return below and not _RESOLUTION_TITLE.match(plain_digits(piece.text))


def is_contents_entry(piece: Piece) -> bool:
    """Whether a line looks like "II. Title ....... 12" or is a column title of the contents."""
    if piece.kind == "table":
        return True
    text = plain_digits(piece.text)
    return bool(
        _LEADER.search(text)
        or (len(text) < 240 and _PAGES.search(text) and not read_paragraph_like(text))
        or all(is_word(word, "contents column") for word in re.split(r"\s{2,}|\t", text) if word)
    )


def read_paragraph_like(text: str) -> bool:
    """Prose that happens to end with a number is no entry."""
    return bool(re.search(r"[^\W\d_]{3,}[.。;；]\s", text)) and not _LEADER.search(text)


def _contents_end(pieces: Sequence[Piece], start: int) -> tuple[int, tuple[str, ...]]:
    restart = _restart(pieces, start)
    titles: list[str] = []
    index = start + 1
    while index < len(pieces):
        piece = pieces[index]
        if index == restart or fold(piece.text).strip(" .") in titles:
            break
        ahead = pieces[index + 1 : index + 1 + _LOOK_AHEAD]
        if is_contents_entry(piece):
            titles += _entry_titles(piece)
        elif index < restart and is_title_like(piece.text):
            titles.append(fold(piece.text).strip(" ."))  # an entry without a page
        elif not (is_title_like(piece.text) and any(_has_page(later) for later in ahead)):
            break
        index += 1
    return index, tuple(titles)


def _restart(pieces: Sequence[Piece], start: int) -> int:
    """Where the first entry of the contents stands again, as the heading of the body; 0 if nowhere.

    Only short lines and tables lie between the two.
    """
    first = ""
    for index in range(start + 1, min(len(pieces), start + 1 + _LONGEST_CONTENTS)):
        piece = pieces[index]
        if first and fold(piece.text).strip(" .") == first:
            return index
        if not first and is_contents_entry(piece):
            first = next(iter(_entry_titles(piece)), "")
        elif piece.kind != "table" and len(piece.text) > _LONGEST_ENTRY:
            break
    return 0


def _has_page(piece: Piece) -> bool:
    return piece.kind == "table" or bool(_PAGES.search(plain_digits(piece.text)))


def _entry_titles(piece: Piece) -> list[str]:
    lines = [" ".join(row[:-1]) or row[0] for row in piece.rows] or [piece.text]
    found = (_entry_title(line) for line in lines if not starts_with_word(line, "contents column"))
    return [title for title in found if title]


def _entry_title(line: str) -> str:
    bare, *pages = _LEADER.split(plain_digits(line))
    cells = [cell for cell in re.split(r"\t|\s{2,}", bare.strip()) if cell]
    while len(cells) > 1 and _PAGES.fullmatch(f" {cells[-1]}"):
        cells.pop()
        pages.append("")
    title = " ".join(cells)
    if not pages:
        title = re.sub(rf"(?:\s+{_NUMBER}(?:[-–—]{_NUMBER})?){{1,2}}\s*$", "", title)
    return fold(title).strip(" .")
