"""Footnotes: bodies taken out of the running text, marks tied to the passage that carries them.

Converted texts print a footnote's body wherever its page ended, in the middle of the paragraph
that the page cut. A body is known from the format, from the raised mark that starts it, or, where
a conversion lost the raising, from a bare number that also stands glued to a word further up.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN
from ingestion.enumerators import read_number
from ingestion.pieces import Piece, ends_sentence, join_lines
from kb.references import plain_digits

MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]*){MARK_CLOSE}")
_BODY = re.compile(rf"\s*{MARK_OPEN}([^{MARK_CLOSE}]*){MARK_CLOSE}\s*")
_PLAIN_BODY = re.compile(r"(\d{1,3})(?:\s+|(?=[^\W\d_]))(?=[^\s\d.)])")
_BRACKETED_BODY = re.compile(r"\((\d{1,3})\)\s+(?=[\u0620-\u064a]|[A-Z]+/)")
_SLASHED_BODY = re.compile(r"(\d{1,3})/\s+(?=[^\W\d_])")
_LONE_NUMBER = re.compile(r"\d{1,3}")
_ASTERISKS = re.compile(r"(\*{1,4})\s+(?=\S)")
_BULLET = re.compile(r"[-•*–]\s+")
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GLUED_AFTER = r"(?<!\d[.,])(?<=[^\W\d_]|[.,;:!?。，；：！？”»،؛؟\")）\]])"


@dataclass(frozen=True, slots=True)
class FootnoteBody:
    """`place` is the index, among the pieces left, of the piece that follows the body."""

    number: str
    text: str
    place: int


Reading = tuple[str, str, str]  # printed, as read, number of the footnote


def take_out_bodies(
    pieces: Sequence[Piece],
) -> tuple[tuple[Piece, ...], tuple[FootnoteBody, ...], tuple[Reading, ...]]:
    """The pieces without footnote bodies, the bodies in reading order, and marks read as such.

    A piece that followed a body is marked as cut: a page ended there.
    """
    expected = _PlainBodies(pieces)
    pieces = expected.pieces
    left: list[Piece] = []
    bodies: list[FootnoteBody] = []
    cut = False
    goes_on = False  # the body before announced a list
    for index, piece in enumerate(pieces):
        if expected.is_body_text(index):
            continue
        number, text = _body(piece) or expected.body(index) or (None, piece.text)
        if number is not None:
            bodies.append(FootnoteBody(number, _without_marks(text), len(left)))
            cut, goes_on = True, text.rstrip().endswith((":", "："))
        elif cut and goes_on and piece.kind == "text" and _BULLET.match(piece.text):
            bodies[-1] = _longer(bodies[-1], piece.text)
        else:
            left.append(replace(piece, cut=True) if cut else piece)
            cut = goes_on = False
    return tuple(left), tuple(bodies), tuple(expected.readings)


def _body(piece: Piece) -> tuple[str, str] | None:
    if piece.kind == "footnote":
        return piece.number or "*", piece.text
    match = _BODY.match(piece.text) if piece.kind == "text" else None
    if match and match.end() < len(piece.text):
        return match[1], piece.text[match.end() :]
    return None


class _PlainBodies:
    """Bodies whose number lost its raising: "3 See document …", in Arabic editions "(3) …".

    Taken for bodies only in sequence, and only when the same number stands glued to a word in an
    earlier piece, as lost marks do; that digit is then read as the mark.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = list(pieces)
        self.readings: list[Reading] = []
        self._found: dict[int, tuple[str, str]] = {}
        self._texts: set[int] = set()  # pieces that are the text of a lone number before them
        known = {found[0] for piece in pieces if (found := _body(piece))}
        for index, piece in enumerate(pieces):
            if piece.kind != "text" or _body(piece) or index in self._texts:
                continue
            asterisks = _ASTERISKS.match(piece.text)
            if asterisks and self._has_asterisks(index, asterisks[1]):
                self._found[index] = (asterisks[1], piece.text[asterisks.end() :])
                continue
            body, lines = self._plain_body(index)
            if body is None or body[0] in known or not _follows(body[0], known):
                continue
            if self._mark_before(index, body[0]):
                self._found[index] = body
                self._texts.update(range(index + 1, index + lines))
                known.add(body[0])

    def body(self, index: int) -> tuple[str, str] | None:
        """Number and text of the body that the piece at `index` is, if it is one."""
        return self._found.get(index)

    def is_body_text(self, index: int) -> bool:
        """Whether the piece is the text of a body whose number stood on the line before."""
        return index in self._texts

    def _plain_body(self, index: int) -> tuple[tuple[str, str] | None, int]:
        """What could be a body at `index`, and how many pieces it takes up."""
        text = plain_digits(self.pieces[index].text)
        if _LONE_NUMBER.fullmatch(text) and index + 1 < len(self.pieces):
            following = self.pieces[index + 1]
            return ((text, following.text), 2) if following.kind == "text" else (None, 1)
        if read_number(text):
            return None, 1
        for pattern in (_SLASHED_BODY, _PLAIN_BODY, _BRACKETED_BODY):
            match = pattern.match(text)
            if match:
                return (match[1], self.pieces[index].text[match.end() :]), 1
        return None, 1

    def _has_asterisks(self, index: int, asterisks: str) -> bool:
        mark = re.compile(rf"[^\s*]{re.escape(asterisks)}(?!\*)")
        return any(mark.search(piece.text) for piece in self.pieces[:index])

    def _mark_before(self, index: int, number: str) -> bool:
        """Whether an earlier piece holds the glued digit; the nearest one becomes a mark."""
        glued = glued_mark(number)
        for earlier in range(index - 1, -1, -1):
            piece = self.pieces[earlier]
            if piece.kind not in ("text", "heading") or earlier in self._found:
                continue
            match = glued.search(plain_digits(piece.text))
            if match:
                start, end = match.span()
                text = piece.text[:start] + MARK_OPEN + number + MARK_CLOSE + piece.text[end:]
                self.pieces[earlier] = replace(piece, text=text)
                context = piece.text[max(0, start - 15) : end + 5]
                self.readings.append((context, f"footnote mark {number}", number))
                return True
        return False


def _follows(number: str, known: Collection[str]) -> bool:
    return number == "1" or str(int(number) - 1) in known


def glued_mark(number: str) -> re.Pattern[str]:
    """Pattern of a mark that a conversion left as plain digits behind a word or its stop, or in
    the round brackets of Arabic editions."""
    plain = rf"{re.escape(number)}(?=$|\s|[。，；：、,;:)）](?!\d)|\.(?:\s|$))"
    bracketed = rf"(?<=[\u0620-\u06ff»،؛.\d])\({re.escape(number)}\)"
    slashed = rf"\s?(?<=[^\W\d_\s]|[,.;:»”\")\s]){re.escape(number)}/(?=\s|$)"
    return re.compile(rf"{_GLUED_AFTER}{plain}|{bracketed}|{slashed}")


def _longer(body: FootnoteBody, line: str) -> FootnoteBody:
    return FootnoteBody(body.number, f"{body.text}\n{_without_marks(line)}", body.place)


def _without_marks(text: str) -> str:
    return MARK.sub("", text).strip()


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that stood at `offset` of the text that is left without it."""

    number: str
    offset: int


def split_marks(text: str, known: Iterable[str]) -> tuple[str, tuple[Mark, ...]]:
    """`text` without its marks, and the marks. Marks of no `known` body go back as superscripts.

    A superscript that is no footnote is part of the text: km², CO₂.
    """
    numbers = set(known)
    parts: list[str] = []
    marks: list[Mark] = []
    length = at = 0
    for match in MARK.finditer(text):
        parts.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[1] in numbers:
            marks.append(Mark(match[1], length))
        else:
            raised = match[1].translate(_SUPERSCRIPTS)
            parts.append(raised)
            length += len(raised)
    parts.append(text[at:])
    return "".join(parts), tuple(marks)


def join_cut(before: str, after: str) -> str:
    """A paragraph's two parts around a page cut, as one running text."""
    return join_lines(before.rstrip(), after.lstrip())


def continues(before: str, after: Piece) -> bool:
    """Whether `after` runs on from `before` rather than being a line of its own."""
    return after.cut or after.run_on or not ends_sentence(MARK.sub("", before))
