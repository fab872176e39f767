"""The lines of a text or Markdown file, one after the other, as blocks."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingestion.blocks import Block
from ingestion.readers.inline_markup import is_strong, plain
from ingestion.readers.layout_tables import (
    CONTENTS,
    Rows,
    as_lines,
    is_contents,
    is_masthead,
    is_numbered_list,
)
from ingestion.readers.line_shape import is_short_title
from ingestion.readers.marks import (
    bracketed_numbers,
    footnote_body,
    with_bracketed_marks,
)
from ingestion.readers.plain_tables import even_rows, table_at
from ingestion.readers.wrapping import ends_early, is_shattered, mended, width, wrap_width

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|~{3,}|[─—━]{3,})\s*")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})\s*(?:\{?([\w-]*)\}?)?\s*(.*)")
_PAGE_END: Final = "\f"  # a line of its own
_IMAGE = re.compile(
    r"\s*!\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?\s*|\s*<img\b([^>]*)>\s*", re.IGNORECASE
)
_ALT = re.compile(r"\balt\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_NOTE_BODY = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s*(.*)")
_LINK_DEFINITION = re.compile(r"\s{0,3}\[[^\]^]+\]:\s*<?\S+>?(?:\s+[\"'(].*[\"')])?\s*")
_ITEM = re.compile(
    r"\s*(?:[-+*•–▪○]\s|\d{1,3}(?:\.\d{1,3})*\s?\\?[.)、]\s?|\d{1,3}\.\d|\d{1,3}[A-Z]?\.\d{1,3}\s"
    r"|[(（]\w{1,5}[)）]|\w\\?\)\s|[A-Z]\\?\.\s|[IVX]+\\?\.\s|[一二三四五六七八九十]{1,3}[、.]|#|>|\||<sup)"
)


@dataclass(slots=True)
class LineReader:
    """Reads the lines of one file; `markdown` says that a paragraph may span lines.

    `read_html` makes blocks of an HTML table among the lines. Call `blocks` once.
    """

    lines: Sequence[str]
    markdown: bool
    read_html: Callable[[str], Iterable[Block]] = lambda _: ()
    _full: int | None = None
    _at: int = 0
    _recent: list[str] = field(default_factory=list)
    _bracketed: frozenset[str] = frozenset()

    def blocks(self) -> Iterator[Block]:
        """The blocks of the lines, in order."""
        if is_shattered(self.lines):
            yield from self._mended_blocks()
            return
        self._full = wrap_width(self.lines)
        self._bracketed = bracketed_numbers(self.lines)
        while self._at < len(self.lines):
            for block in self._next():
                if block.kind in ("text", "heading"):
                    self._recent = [*self._recent[-2:], block.text]
                yield block

    def _mended_blocks(self) -> Iterator[Block]:
        for text, ends in mended(self.lines):
            yield Block("text", plain(text), complete=ends)

    def _next(self) -> Iterator[Block]:
        line = self.lines[self._at]
        if line == _PAGE_END:
            self._at += 1
            yield Block("page_break")
        elif not line.strip():
            self._at += 1
        elif match := _FENCE.fullmatch(line):
            yield from self._fenced(match)
        elif match := _HEADING.fullmatch(line):
            self._at += 1
            text = plain(match[2] or "").strip()
            if text:
                yield Block("heading", text, level=len(match[1]))
        elif table := table_at(self.lines, self._at):
            yield from self._tabled(table.rows, table.lines)
        elif re.match(r"\s*<table\b", line, re.IGNORECASE):
            yield from self._html_table()
        elif match := _IMAGE.fullmatch(line):
            self._at += 1
            alt = match[1] if match[2] is None else next(iter(_ALT.findall(match[2])), "")
            yield Block("image", plain(alt).strip())
        elif match := _NOTE_BODY.fullmatch(line):
            yield self._footnote(match[1], match[2])
        elif _RULE.fullmatch(line) or (self.markdown and _LINK_DEFINITION.fullmatch(line)):
            self._at += 1
        else:
            yield from self._text()

    def _fenced(self, match: re.Match[str]) -> Iterator[Block]:
        """A fenced part: a list-table directive is a table; of others only the fence goes."""
        fence, name, title = match[1], match[2], match[3]
        self._at += 1
        if name == "list-table":
            end = self._at
            while end < len(self.lines) and not self.lines[end].strip().startswith(fence):
                end += 1
            body, self._at = self.lines[self._at : end], end + 1
            if title:
                yield Block("text", plain(title).strip())
            yield Block("table", rows=_list_table(body))
        elif name in ("figure", "image"):
            yield Block("image", "")
        elif name and title:
            yield Block("text", plain(title).strip())

    def _tabled(self, rows: Rows, lines: int) -> Iterator[Block]:
        first, self._at = self._at, self._at + lines
        if is_numbered_list(rows):
            self._at = first
            for _ in range(lines):
                yield from self._text()
        elif any(is_contents(rows, recent) for recent in (None, *self._recent)):
            for line in as_lines(rows):
                yield Block("text", line)
        elif first < 40 and is_masthead(rows):
            for row in rows:
                for cell in row:
                    for part in cell.split("\n"):
                        if part.strip():
                            yield Block("text", part.strip())
        else:
            yield Block("table", rows=rows)

    def _html_table(self) -> Iterator[Block]:
        start = self._at
        depth = 0
        while self._at < len(self.lines):
            line = self.lines[self._at].lower()
            depth += line.count("<table") - line.count("</table")
            self._at += 1
            if depth <= 0:
                break
        yield from self.read_html("\n".join(self.lines[start : self._at]))

    def _footnote(self, number: str, first: str) -> Block:
        """A footnote's body with the lines that belong to it."""
        parts = [first.strip()]
        self._at += 1
        while self._at < len(self.lines) and self._continues_footnote():
            parts.append(self.lines[self._at].strip())
            self._at += 1
        return Block("footnote", plain(" ".join(parts)).strip(), number=number)

    def _continues_footnote(self) -> bool:
        line = self.lines[self._at]
        if not line.strip() or _NOTE_BODY.fullmatch(line):
            return False
        indented = line.startswith(("    ", "\t"))
        wrapped = self._full is not None or self.markdown
        return indented or (wrapped and not _ITEM.match(line) and not footnote_body(plain(line)))

    def _text(self) -> Iterator[Block]:
        raw = self.lines[self._at]
        following = self.lines[self._at + 1] if self._at + 1 < len(self.lines) else ""
        raw = re.sub(r"^\s{0,3}(?:>\s?)+", "", raw) if raw.lstrip().startswith(">") else raw
        text = with_bracketed_marks(plain(raw), self._bracketed).strip(" \u3000\t")
        if body := footnote_body(text):
            block = self._footnote(body[0], "")
            more = f" {block.text}" if block.text else ""
            yield Block("footnote", body[1] + more, number=body[0])
            return
        self._at += 1
        if not text:
            return
        if self._is_underlined(text, following):
            level = 1 if following.strip().startswith("=") else 2
            self._at += 1
            yield Block("heading", text, level=level)
        elif is_strong(raw) and is_short_title(text):
            yield Block("heading", text, level=0)
        else:
            indent = width(raw.expandtabs(4)) - width(raw.expandtabs(4).lstrip(" \u3000"))
            yield Block(
                "text", text, indent=indent or None, complete=self._is_complete(raw, following)
            )

    def _is_underlined(self, text: str, following: str) -> bool:
        alone = self._at < 2 or not self.lines[self._at - 2].strip()
        match = _UNDERLINE.fullmatch(following)
        return bool(
            match
            and alone
            and (self.markdown or len(match[1]) >= 3)
            and is_short_title(text)
            and not _ITEM.match(text)
        )

    def _is_complete(self, raw: str, following: str) -> bool:
        if not following.strip():
            return following != _PAGE_END
        if self._full is not None:
            return ends_early(raw, following, self._full) or bool(_HEADING.fullmatch(following))
        if not self.markdown or raw.endswith(("  ", "\\")):
            return True
        if _FENCE.fullmatch(following):
            return True
        return bool(_ITEM.match(following)) or CONTENTS.fullmatch(raw) is not None


def _list_table(lines: Sequence[str]) -> Rows:
    """Rows of a MyST list-table: "* - cell" begins a row, "  - cell" a further cell."""
    rows: list[list[str]] = []
    options = False
    for line in lines:
        if line.strip() == "---":
            options = not options
        elif options or re.match(r"\s*:[\w-]+:", line):
            continue
        elif match := re.match(r"\s*\*\s+-\s?(.*)", line):
            rows.append([plain(match[1]).strip()])
        elif rows and (match := re.match(r"\s*-\s?(.*)", line)):
            rows[-1].append(plain(match[1]).strip())
        elif rows and line.strip():
            rows[-1][-1] = f"{rows[-1][-1]}\n{plain(line).strip()}".strip()
    return even_rows(rows)
