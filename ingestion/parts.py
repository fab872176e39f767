"""One part of a document, its body or an annex, assembled under its numbering."""

from collections.abc import Collection
from itertools import pairwise

from ingestion.assembly import Assembly
from ingestion.captions import caption_number, is_chart_line, is_legend, split_legend
from ingestion.divisions import Division, division_title
from ingestion.drafts import Draft
from ingestion.enumerators import Numbered, read_degree, read_number, read_outline
from ingestion.footnotes import MARK, continues
from ingestion.front import preambular
from ingestion.numbering import Candidate, choose_numbering
from ingestion.outline import Title
from ingestion.pieces import Piece, columns, ends_sentence, is_title_like, number_of
from ingestion.titles import Context, TitleReader, has_format_levels
from ingestion.words import starts_with_word, words

_LONG = 140
_OPEN_LINE = 40
_MOST_TITLES = 3
_CLOSING_LINE = 80
_CLOSING_LINES = 3


class PartReader:
    """Turns the pieces of one part into paragraphs, headings, tables and figures."""

    def __init__(self, assembly: Assembly, division: Division, contents: Collection[str]) -> None:
        pieces = division.pieces
        self._assembly = assembly
        self._pieces = list(pieces)
        self._annex = division.prefix
        self._titled = division.titled
        self._numbers = {
            i: number for i, p in enumerate(pieces) if (number := number_of(p)) is not None
        }
        self._numbering = choose_numbering(
            [Candidate(i, n, self._prose(i, n)) for i, n in self._numbers.items()]
        )
        self._starts = {i for chain in self._numbering.chains for i in chain}
        self._titles = TitleReader(contents, has_format_levels(pieces))
        self._table_note: str | None = None
        self._caption: tuple[str, str] | None = None  # number and text of a table to come
        self._after: str | None = None  # "table" or "figure" when the piece before was one
        self._closing = False  # the lines behind a resolution's last paragraph
        self._floated = False  # a picture or table stood in the middle of the paragraph

    def read(self) -> None:
        """Add everything to the assembly."""
        first = self._open_division() if self._titled else 0
        for index in range(first, len(self._pieces)):
            self._read_piece(index, self._pieces[index])
        self._report_numbers()

    def _open_division(self) -> int:
        """Add the division's heading with its title line; index of the first piece behind it."""
        word, text = division_title(self._pieces[0])
        following = self._pieces[1] if len(self._pieces) > 1 and not text else None
        named = (
            following is not None
            and following.kind in ("text", "heading")
            and 1 not in self._starts
            and is_title_like(following.text)
            and not read_outline(following.text)
        )
        if named and following:
            text = MARK.sub("", following.text).strip()
        number, before = word if text else None, self._assembly.next_index
        self._assembly.add_title(Title(number, text or word, 0, before, self._pieces[0].level))
        return 2 if named else 1

    def _read_piece(self, index: int, piece: Piece) -> None:
        if piece.kind == "image":
            self._floated, self._after = True, self._after or "figure"
        elif piece.kind == "table":
            self._read_table(index, piece)
        elif index in self._starts:
            self._after, self._floated = None, False
            self._open_numbered(piece, self._numbers[index])
        elif not self._read_caption(index, piece):
            self._read_text(index, piece)

    def _prose(self, index: int, number: Numbered) -> float:
        """How much a numbered line looks like a paragraph rather than a heading, -1 to 1."""
        piece = self._pieces[index]
        if piece.kind == "heading":
            return -1.0 if piece.level else -0.6
        text = MARK.sub("", number.rest)
        if piece.run_on and text[:1].islower():
            return -1.0  # a sentence that was wrapped before a number
        before = self._pieces[index - 1] if index else None
        if before and before.kind == "text" and not piece.cut and _is_open(before.text):
            return -0.6
        width = columns(text)
        score = 0.6 if ends_sentence(text) else 0.0
        if is_title_like(text):
            score -= 0.1 if self._goes_on(index, width) else 0.7
        if width > _LONG:
            score += 0.4
        return max(-1.0, min(1.0, score + min(0.1, width / 1000)))

    def _goes_on(self, index: int, width: int) -> bool:
        """Whether the next line goes on with this one: as headings' next lines do not."""
        following = self._pieces[index + 1] if index + 1 < len(self._pieces) else None
        if following is None or following.kind != "text" or number_of(following):
            return False
        first = following.text[:1]
        caseless = first.isalpha() and first.lower() == first.upper()
        return first.islower() or (caseless and width > _OPEN_LINE * 1.5)

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
        self._closing = self._closing or self._is_meeting_line(index)
        if self._closing:
            return
        title = self._titles.read(piece, context)
        if title is not None:
            self._add_title(title, piece)
            return
        floated, self._floated, self._after = self._floated, False, None
        self._add_running_text(index, piece, floated=floated)

    def _is_meeting_line(self, index: int) -> bool:
        """The meeting and date that close a resolution belong to none of its paragraphs."""
        piece, draft = self._pieces[index], self._assembly.draft
        near_end = len(self._pieces) - index <= _CLOSING_LINES
        if not near_end or draft is None or not draft.ended or not self._assembly.has_preamble:
            return False
        lines = [piece.text]
        if not ends_sentence(piece.text) and any(c.isdigit() for c in piece.text):
            lines += [
                p.text for p in self._pieces[index + 1 : index + 2]
            ]  # the date, then the meeting
        short = all(len(line) < _CLOSING_LINE for line in lines)
        return short and any(word in line for line in lines for word in words("meeting line"))

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

    def _add_running_text(self, index: int, piece: Piece, *, floated: bool) -> None:
        draft = self._assembly.draft
        if draft is None:
            if self._opens_preamble(index):
                label = f"{self._annex}, preamble" if self._annex else "preamble"
                self._assembly.open_paragraph(label, "preamble", piece.text)
            else:
                self._assembly.open_unnumbered(piece.text)
        elif draft.kind == "ordinal" and not self._starts and not piece.cut and draft.ended:
            self._assembly.open_unnumbered(piece.text)
        elif (degree := read_degree(piece.text)) and not _is_run_in(draft, piece):
            draft.add_line(piece.text.lstrip("-•*– "), degree)
        elif piece.text.startswith(("- ", "• ")) or piece.kind == "heading":
            draft.add_line(piece.text)
        elif not draft.text or draft.kind == "section":
            draft.add_line(piece.text) if not piece.run_on else draft.run_on(
                piece.text, cut=piece.cut
            )
        elif floated or not draft.in_list or continues(draft.text, piece):
            draft.run_on(piece.text, cut=floated or not piece.run_on)
        else:
            draft.add_line(piece.text)

    def _opens_preamble(self, index: int) -> bool:
        """Preambular clauses stand between here and the next operative paragraph."""
        for later in range(index, len(self._pieces)):
            if later in self._starts:
                return False
            if preambular(self._pieces[later].text):
                return True
        return False

    # Tables and figures

    def _read_caption(self, index: int, piece: Piece) -> bool:
        text = MARK.sub("", piece.text)
        if self._after == "caption":
            return self._second_caption_line(index, text)
        if self._after == "figure" and (is_legend(text) or is_chart_line(text)):
            self._assembly.add_legend(text)
            return True
        if self._after == "table" and starts_with_word(text, "table note"):
            self._assembly.note_table(text)
            return True
        table = caption_number(text, "table")
        if table and self._table_follows(index):
            self._caption, self._after = table, "caption"
            self._floated = True
            return True
        figure = caption_number(text, "figure")
        if figure:
            number, caption = figure
            if not caption and self._can_be_caption(index + 1):
                caption = MARK.sub("", self._pieces[index + 1].text)
                self._pieces[index + 1] = Piece("image")
            caption, legend = split_legend(caption)
            self._assembly.add_figure(number, caption, self._annex)
            if legend:
                self._assembly.add_legend(legend)
            self._after, self._floated = "figure", True
            return True
        return False

    def _second_caption_line(self, index: int, text: str) -> bool:
        self._after = None
        if self._caption is None or not self._table_follows(index):
            return False
        number, caption = self._caption
        if caption:
            self._table_note = text  # "(Thousands of dollars)" between caption and table
        else:
            self._caption, self._after = (number, text), "caption"
        return True

    def _can_be_caption(self, index: int) -> bool:
        if index >= len(self._pieces) or index in self._starts:
            return False
        piece = self._pieces[index]
        return piece.kind in ("text", "heading") and is_title_like(piece.text)

    def _table_follows(self, index: int) -> bool:
        return any(p.kind == "table" for p in self._pieces[index + 1 : index + 4])

    def _read_table(self, index: int, piece: Piece) -> None:
        if len(piece.rows) < 2 or max(len(row) for row in piece.rows) < 2:
            for row in piece.rows:
                self._add_running_text(index, Piece("text", " ".join(row)), floated=False)
            return
        number, caption = self._caption or (None, "")
        goes_on = self._caption is None and (piece.cut or self._after == "table")
        if not (goes_on and self._assembly.extend_table(piece)):
            self._assembly.add_table(number, caption, piece, self._annex)
            if self._table_note:
                self._assembly.note_table(self._table_note)
        self._table_note = None
        self._caption, self._after, self._floated = None, "table", True

    # What comes next, and what the numbers tell

    def _opens(self, index: int, depth: int = 0) -> bool:
        """Whether the piece at `index` opens a paragraph or a heading; headings come in runs."""
        while index < len(self._pieces) and self._pieces[index].kind == "image":
            index += 1
        if index >= len(self._pieces) or index in self._starts:
            return index < len(self._pieces)
        piece = self._pieces[index]
        if piece.kind == "heading":
            return True
        if not self._starts:
            return not is_title_like(piece.text)
        if not is_title_like(piece.text) or piece.kind != "text":
            return False
        marked = read_outline(piece.text) or read_number(piece.text)
        return bool(marked) or (depth < _MOST_TITLES and self._opens(index + 1, depth + 1))

    def _report_numbers(self) -> None:
        if self._numbering.mode != "paragraphs":
            return
        seen = {number.value for number in self._numbers.values()}
        for chain in self._numbering.chains:
            for earlier, later in pairwise(chain):
                self._report_gap(self._numbers[earlier], self._numbers[later], seen)

    def _report_gap(
        self, earlier: Numbered, later: Numbered, seen: Collection[tuple[int, ...]]
    ) -> None:
        if earlier.value[:-1] != later.value[:-1]:
            return
        for number in range(earlier.value[-1] + 1, later.value[-1]):
            value = (*earlier.value[:-1], number)
            if value not in seen:
                label = ".".join(str(part) for part in value)
                label = f"{self._annex}, {label}" if self._annex else label
                self._assembly.amend("missing_number", label, "", "")


def _is_open(text: str) -> bool:
    """A long line that does not end its sentence: the next line goes on with it."""
    bare = MARK.sub("", text)
    return len(bare) > _OPEN_LINE and not ends_sentence(bare) and not is_title_like(bare)


def _is_run_in(draft: Draft, piece: Piece) -> bool:
    """A mark at a line's start that only wrapping or a page cut put there."""
    uncertain = piece.cut or piece.run_on or not draft.ended
    return uncertain and (draft.holds_run_in(piece.text) or not (draft.ended or draft.in_list))
