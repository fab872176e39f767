"""Footnotes at the foot of a page, and their text that goes on over the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block
from ingestion.readers.joining import LineJoiner
from ingestion.readers.marks import footnote_body
from ingestion.readers.pdf_drawing import Rectangle
from ingestion.readers.pdf_lines import Line

_SMALL: Final = 0.95  # of the body's size
_PLAIN = re.compile(r"(\d{1,3}|\*{1,4})\s+(?=\S)")
_BULLET = re.compile(r"[•–▪○-]\s")
_MARKS = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]+){MARK_CLOSE}")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or a part of one; `number` is None where it goes on from the page before."""

    number: str | None
    text: str
    page: int


def split_notes(
    lines: Sequence[Line],
    rules: Sequence[Rectangle],
    body_size: float,
    text_width: float,
    joiner: LineJoiner,
    *,
    open_note: bool,
    next_number: int,
) -> tuple[list[Line], list[Note]]:
    """The body lines of a page and its footnotes.

    `rules` are horizontal; `open_note`: the last note of the page before may go on here;
    `next_number` is the number that a note printed without a raised figure must have.
    """
    start = _start(lines, rules, body_size, text_width, open_note, next_number)
    body = list(lines[:start])
    marked = {m for line in body for m in _MARKS.findall(line.text)}
    notes: list[Note] = []
    for line in lines[start:]:
        found = _begins(line.text, next_number, marked)
        if found:
            notes.append(Note(found[0], found[1], line.page))
            if found[0].isdecimal():
                next_number = int(found[0]) + 1
        elif notes:
            last = notes[-1]
            notes[-1] = Note(last.number, _longer(last.text, line.text, joiner), line.page)
        else:
            notes.append(Note(None, line.text, line.page))
    return body, notes


def _longer(text: str, line: str, joiner: LineJoiner) -> str:
    return f"{text}\n{line}" if _BULLET.match(line) else joiner.join(text, line)


def _begins(text: str, next_number: int, marked: set[str]) -> tuple[str, str] | None:
    """Number and text of a line that begins a note."""
    body = footnote_body(text)
    if body:
        return body
    alone = _MARKS.fullmatch(text.strip())
    if alone:
        return alone[1], ""
    match = _PLAIN.match(text)
    if match and (match[1] in marked or match[1] == str(next_number) or match[1].startswith("*")):
        return match[1], text[match.end() :]
    return None


def _start(
    lines: Sequence[Line],
    rules: Sequence[Rectangle],
    body_size: float,
    text_width: float,
    open_note: bool,
    next_number: int,
) -> int:
    """Index of the first line of the notes; the number of lines where there are none."""
    marked = {m for line in lines for m in _MARKS.findall(line.text)}
    tail = len(lines)
    while tail > 0 and lines[tail - 1].size < _SMALL * body_size:
        tail -= 1
    ruled = _below_rule(lines, rules, text_width)
    if ruled is not None and ruled < len(lines):
        begins = _begins(lines[ruled].text, next_number, marked) is not None
        if begins or (open_note and lines[ruled].size < _SMALL * body_size):
            return ruled
    for index in range(tail, len(lines)):
        if _begins(lines[index].text, next_number, marked):
            return tail if open_note and index > tail and _is_apart(lines, tail) else index
    if open_note and tail < len(lines) and _is_apart(lines, tail):
        return tail
    return _same_size_notes(lines)


def _below_rule(lines: Sequence[Line], rules: Sequence[Rectangle], text_width: float) -> int | None:
    """Index of the first line under the lowest short rule at the text's edge."""
    for rule in sorted(rules, key=lambda r: r[1]):
        if not 0.08 * text_width < rule[2] - rule[0] < 0.5 * text_width:
            continue
        under = [i for i, line in enumerate(lines) if line.baseline < rule[1]]
        # A rule right under a word underlines it.
        underlined = any(
            0 <= line.baseline - rule[3] < 0.35 * line.size
            and line.left < rule[2]
            and line.right > rule[0]
            for line in lines
        )
        if under and not underlined:
            return under[0]
    return None


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    if index == 0:
        return False
    gap = lines[index - 1].baseline - lines[index].baseline
    return gap > 1.3 * lines[index - 1].size


def _same_size_notes(lines: Sequence[Line]) -> int:
    """Notes in the size of the body: the page ends with lines that begin with raised figures."""
    start = len(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 15), -1):
        if footnote_body(lines[index].text):
            start = index
        elif lines[index].left > min(line.left for line in lines) + 40:
            break
    return start


def joined_notes(pages: Sequence[Sequence[Note]], joiner: LineJoiner) -> list[list[Block]]:
    """For each page the blocks of the notes that begin on it, with what follows on later ones."""
    found: list[list[Block]] = []
    for notes in pages:
        blocks: list[Block] = []
        for note in notes:
            if note.number is None and (last := _last(found, blocks)) is not None:
                holder, index = last
                block = holder[index]
                holder[index] = Block(
                    "footnote",
                    _longer(block.text, note.text, joiner),
                    number=block.number,
                    page=block.page,
                )
            else:
                blocks.append(Block("footnote", note.text, number=note.number, page=note.page))
        found.append(blocks)
    return found


def _last(pages: list[list[Block]], current: list[Block]) -> tuple[list[Block], int] | None:
    for blocks in (current, *reversed(pages)):
        if blocks:
            return blocks, len(blocks) - 1
    return None
