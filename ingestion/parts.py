"""One part of a document, its body or an annex, assembled under its numbering."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from ingestion.assembly import Assembly
from ingestion.captions import caption_number, is_legend
from ingestion.enumerators import Numbered, read_degree, read_number, read_outline
from ingestion.footnotes import MARK, continues
from ingestion.front import preambular
from ingestion.numbering import Candidate, choose_numbering
from ingestion.outline import Title
from ingestion.pieces import Piece, ends_sentence, is_title_like
from ingestion.titles import Context, TitleReader, has_format_levels
from ingestion.words import starts_with_word
from kb.references import plain_digits

_SECTION_NUMBER = re.compile(r"(\d{1,3}(?:[.-]\d{1,3})*)[.)]?\s*(?=\S)")
_LONG = 140


class PartReader:
    """Turns the pieces of one part into paragraphs, headings, tables and figures."""

    def __init__(
        self,
        assembly: Assembly,
        pieces: Sequence[Piece],
        *,
        annex: str | None,
        contents: Collection[str],
    ) -> None:
        self._assembly = assembly
        self._pieces = list(pieces)
        self._annex = annex
        self._numbers = {
            i: number for i, p in enumerate(pieces) if (number := _number_of(p)) is not None
        }
        self._numbering = choose_numbering(
            [Candidate(i, n, _prose(pieces[i], n)) for i, n in self._numbers.items()]
        )
        self._starts = {i for chain in self._numbering.chains for i in chain}
        self._titles = TitleReader(contents, has_format_levels(pieces))
        self._caption: tuple[str, str] | None = None  # number and text of a table to come
        self._after: str | None = None  # "table" or "figure" when the piece before was one
        self._floated = False  # a picture or table stood in the middle of the paragraph

    def read(self) -> None:
        """Add everything to the assembly."""
        if self._annex:
            self._open_annex()
        for index in range(1 if self._annex else 0, len(self._pieces)):
            self._read_piece(index, self._pieces[index])
        self._report_numbers()

    def _open_annex(self) -> None:
        title = self._pieces[0].text.strip()
        self._assembly.add_title(
            Title(None, title, 0, self._assembly.next_index, self._pieces[0].level)
        )

    def _read_piece(self, index: int, piece: Piece) -> None:
        if piece.kind == "image":
            self._floated, self._after = True, self._after or "figure"
        elif piece.kind == "table":
            self._read_table(piece)
        elif index in self._starts:
            self._after, self._floated = None, False
            self._open_numbered(piece, self._numbers[index])
        elif not self._read_caption(index, piece):
            self._read_text(index, piece)

    # Paragraphs and sections

    def _open_numbered(self, piece: Piece, number: Numbered) -> None:
        label = f"{self._annex}, {number.label}" if self._annex else number.label
        if self._numbering.mode == "paragraphs":
            self._assembly.open_paragraph(label, "paragraph", number.rest.strip())
            return
        title = MARK.sub("", number.rest).strip()
        depth = len(number.value)
        self._assembly.add_title(
            Title(number.printed, title, depth, self._assembly.next_index, piece.level)
        )
        self._assembly.open_paragraph(label, "section", "")
        for mark in MARK.finditer(number.rest):
            self._assembly.mark_in_title(mark[1])

    def _read_text(self, index: int, piece: Piece) -> None:
        draft = self._assembly.draft
        context = Context(
            ended=draft is None or draft.ended or not draft.text,
            next_opens=self._opens(index + 1),
            before=self._assembly.next_index,
        )
        title = self._titles.read(piece, context)
        if title is not None:
            self._add_title(title, piece)
            return
        floated, self._floated, self._after = self._floated, False, None
        self._add_running_text(piece, floated=floated)

    def _add_title(self, title: Title, piece: Piece) -> None:
        self._after, self._floated = None, False
        draft = self._assembly.draft
        for mark in MARK.finditer(piece.text):
            self._assembly.mark_in_title(mark[1])
        self._assembly.add_title(title)
        if self._numbering.mode == "sections" and draft is not None and draft.kind == "section":
            # A title without a number is part of its section's text.
            draft.add_line(piece.text)
            self._assembly.draft = draft

    def _add_running_text(self, piece: Piece, *, floated: bool) -> None:
        draft = self._assembly.draft
        if draft is None:
            if self._is_second_preamble(piece):
                label = f"{self._annex}, preamble" if self._annex else "preamble"
                self._assembly.open_paragraph(label, "preamble", piece.text)
            else:
                self._assembly.open_unnumbered(piece.text)
        elif draft.kind == "ordinal" and not self._starts and not piece.cut and draft.ended:
            self._assembly.open_unnumbered(piece.text)
        elif degree := read_degree(piece.text):
            draft.add_line(piece.text.lstrip("-•*– "), degree)
        elif piece.text.startswith(("- ", "• ")) or piece.kind == "heading":
            draft.add_line(piece.text)
        elif not draft.text or draft.kind == "section":
            draft.add_line(piece.text) if not piece.run_on else draft.run_on(
                piece.text, cut=piece.cut
            )
        elif floated or continues(draft.text, piece):
            draft.run_on(piece.text, cut=floated or not piece.run_on)
        else:
            draft.add_line(piece.text)

    def _is_second_preamble(self, piece: Piece) -> bool:
        return bool(self._starts) and preambular(piece.text)

    # Tables and figures

    def _read_caption(self, index: int, piece: Piece) -> bool:
        text = MARK.sub("", piece.text)
        if self._after == "caption":
            return self._second_caption_line(index, text)
        if self._after == "figure" and is_legend(text):
            self._assembly.add_legend(text)
            return True
        if self._after == "table" and starts_with_word(text, "table note"):
            self._assembly.note_table(text)
            return True
        table = caption_number(text, "table")
        if table and self._table_follows(index):
            self._caption, self._after = table, None if table[1] else "caption"
            self._floated = True
            return True
        figure = caption_number(text, "figure")
        if figure:
            number, caption = figure
            if not caption and self._can_be_caption(index + 1):
                caption = MARK.sub("", self._pieces[index + 1].text)
                self._pieces[index + 1] = Piece("image")
            self._assembly.add_figure(number, caption, self._annex)
            self._after, self._floated = "figure", True
            return True
        return False

    def _second_caption_line(self, index: int, text: str) -> bool:
        self._after = None
        if self._caption and not self._caption[1] and self._table_follows(index):
            self._caption = (self._caption[0], text)
            return True
        return False

    def _can_be_caption(self, index: int) -> bool:
        if index >= len(self._pieces) or index in self._starts:
            return False
        piece = self._pieces[index]
        return piece.kind in ("text", "heading") and is_title_like(piece.text)

    def _table_follows(self, index: int) -> bool:
        return any(p.kind == "table" for p in self._pieces[index + 1 : index + 4])

    def _read_table(self, piece: Piece) -> None:
        if len(piece.rows) < 2 or max(len(row) for row in piece.rows) < 2:
            for row in piece.rows:
                self._add_running_text(Piece("text", " ".join(row)), floated=False)
            return
        number, caption = self._caption or (None, "")
        goes_on = self._caption is None and (piece.cut or self._after == "table")
        if not (goes_on and self._assembly.extend_table(piece)):
            self._assembly.add_table(number, caption, piece, self._annex)
        self._caption, self._after, self._floated = None, "table", True

    # What comes next, and what the numbers tell

    def _opens(self, index: int) -> bool:
        """Whether the piece at `index` opens a paragraph or a heading, or is the end."""
        while index < len(self._pieces) and self._pieces[index].kind == "image":
            index += 1
        if index >= len(self._pieces) or index in self._starts:
            return index < len(self._pieces)
        piece = self._pieces[index]
        if piece.kind == "heading":
            return True
        if not self._starts:
            return not is_title_like(piece.text)
        return bool(
            is_title_like(piece.text) and (read_outline(piece.text) or read_number(piece.text))
        )

    def _report_numbers(self) -> None:
        if self._numbering.mode != "paragraphs":
            return
        for chain in self._numbering.chains:
            for earlier, later in pairwise(chain):
                _report_gap(
                    self._assembly, self._numbers[earlier], self._numbers[later], self._annex
                )


def _report_gap(assembly: Assembly, earlier: Numbered, later: Numbered, annex: str | None) -> None:
    if earlier.value[:-1] != later.value[:-1]:
        return
    for missing in range(earlier.value[-1] + 1, later.value[-1]):
        label = ".".join(str(part) for part in (*earlier.value[:-1], missing))
        assembly.amend("missing_number", f"{annex}, {label}" if annex else label, "", "")


def _number_of(piece: Piece) -> Numbered | None:
    if piece.kind not in ("text", "heading"):
        return None
    number = read_number(piece.text)
    if number is None and piece.kind == "heading":
        plain = plain_digits(piece.text)
        match = _SECTION_NUMBER.match(plain)
        if match and match.end() < len(plain):
            value = tuple(int(part) for part in re.split(r"[.-]", match[1]))
            label = ".".join(str(part) for part in value)
            return Numbered(match.group().strip(), label, value, piece.text[match.end() :])
    return number


def _prose(piece: Piece, number: Numbered) -> float:
    """How much a numbered line looks like a paragraph rather than a heading, -1 to 1."""
    if piece.kind == "heading":
        return -1.0 if piece.level else -0.6
    text = MARK.sub("", number.rest)
    score = 0.6 if ends_sentence(text) else 0.0
    if is_title_like(text):
        score -= 0.7
    if sum(2 if ord(c) > 0x2E7F else 1 for c in text) > _LONG:
        score += 0.4
    return max(-1.0, min(1.0, score))
