"""Reads the `note` fixtures, text and gold file together, for the renderings."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from .model import (
    Annex,
    Contents,
    ContentsEntry,
    Figure,
    FlowItem,
    Footnote,
    Heading,
    Language,
    Masthead,
    Para,
    RenderedDocument,
    SubParagraph,
    Table,
)

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HAN: Final = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_RAISED: Final = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=\S)\(([1-9])\)(?=[\s.؛،]|$)")
_HAN_GAP: Final = re.compile(rf"(?<=[{_HAN}])(\{{\^\d+\}}) (?=[{_HAN}])")
_FURNITURE: Final = re.compile(r"\d+/\d+|GE\..*|\*\d+\*")
_NUMBERED: Final = re.compile(r"(\d+[.-])  (.+)")
_PART: Final = re.compile(r"(\(?[^\s()]{1,4}\)|[a-zء-ي]{1,4}[.-]|’\d‘)  (.+)")
_BODY: Final = re.compile(r"(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\((\d)\)|(\*))  (.+)")
_ENTRY: Final = re.compile(r"( *)(.+?) \.{3,} +(?:(\S.*?) {2,})?(\S+)")
_CELL_GAP: Final = re.compile(r" {2,}")


def read_note(folder: Path, language: Language) -> RenderedDocument:
    """The `note` fixture of that language, joined where its text is cut into pages."""
    text = (folder / f"note.{language}.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / f"note.{language}.gold.json").read_text(encoding="utf-8"))
    symbol: str = gold["symbols"][0]
    lines = [line for line in text.splitlines() if line.strip() != symbol]
    job = next(line for line in lines if line.startswith("GE."))
    lines = [line for line in lines if not _FURNITURE.fullmatch(line.strip())]
    contents_at, flow_at = _contents_range(lines)
    front = _groups(lines[:contents_at])
    flow = _Flow(gold, language)
    for group in _groups(lines[flow_at:]):
        flow.take(group)
    late = [group for group in front if group[0].startswith("*  ")]
    notes = [Footnote("*", _joined(group, language)[3:].strip()) for group in late]
    return RenderedDocument(
        language=language,
        symbol=symbol,
        job_number=_CELL_GAP.split(job)[0],
        masthead=_masthead([group for group in front if group not in late], symbol, language),
        contents=_contents(lines[contents_at:flow_at]),
        flow=tuple(flow.items),
        footnotes=(*notes, *flow.notes),
    )


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """`lines` cut at blank ones."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _joined(lines: Sequence[str], language: Language) -> str:
    """Printed lines as running text, with footnote references in the model's markup."""
    text = " ".join(line.strip() for line in lines)
    if language == "zh":
        text = re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}\d])|(?<=\d) (?=[{_HAN}])", "", text)
    return _referenced(text)


def _referenced(text: str) -> str:
    marked = _RAISED.sub(lambda m: f"{{^{(m[1] or m[2]).translate(_SUPERSCRIPTS)}}}", text)
    return _HAN_GAP.sub(r"\1", marked)


def _contents_range(lines: Sequence[str]) -> tuple[int, int]:
    dotted = [at for at, line in enumerate(lines) if "....." in line]
    return dotted[0] - 2, dotted[-1] + 1


def _contents(lines: Sequence[str]) -> Contents:
    entries: list[ContentsEntry] = []
    for line in lines[2:]:
        if found := _ENTRY.fullmatch(line):
            text = _CELL_GAP.sub(" ", found[2])
            entries.append(ContentsEntry(2 if found[1] else 1, text, found[4], found[3]))
        else:
            entries.append(ContentsEntry(1, line.strip(), ""))
    return Contents(lines[0].strip(), tuple(lines[1].split()), tuple(entries))


def _masthead(groups: list[list[str]], symbol: str, language: Language) -> Masthead:
    """The groups: two-column lines, then the session's, then the indented title, byline, …"""
    session_at = next(
        at for at, group in enumerate(groups) if len(group) > 3 and not re.search(r" {3}", group[0])
    )
    left: list[str] = []
    right: list[str] = []
    for line in (line for group in groups[:session_at] for line in group):
        cells = [cell for cell in re.split(r" {3,}", line) if cell]
        if not line.startswith(" "):
            left.append(cells.pop(0))
        right += [cell for cell in cells if cell != symbol]
    session = groups[session_at]
    title, byline, heading, *summary = (_joined(g, language) for g in groups[session_at + 1 :])
    return Masthead(
        organisation=tuple(_without_symbol(left, symbol)),
        distribution=tuple(right),
        body=session[0],
        session=session[1],
        place_and_dates=session[2],
        item=tuple(session[3:]),
        title=title.removesuffix("*") + "{^*}" if title.endswith("*") else title,
        byline=byline,
        summary_heading=heading,
        summary=tuple(summary),
    )


def _without_symbol(lines: Sequence[str], symbol: str) -> list[str]:
    return [line.removesuffix(symbol).strip() for line in lines]


@dataclass(slots=True)
class _Flow:
    """Takes the groups of lines one by one; what is none of the known kinds goes on the last."""

    gold: Mapping[str, Any]
    language: Language
    items: list[FlowItem] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    headings_met: int = 0

    def take(self, group: list[str]) -> None:
        """Adds what one group of lines holds."""
        first = group[0].strip()
        last = self.items[-1] if self.items else None
        if self._is_heading(first):
            self._add_heading()
        elif isinstance(last, Annex) and first == last.title:
            return
        elif _BODY.fullmatch(first):
            self._add_notes(group)
        elif self._captioned(group, "tables"):
            self.items.append(Table(first, group[1].strip(), (), ()))
        elif self._captioned(group, "figures"):
            self.items.append(Figure(first, group[1].strip()))
        elif isinstance(last, Table) and last.source is None:
            self.items[-1] = _with_rows(last, group)
        elif isinstance(last, Figure) and last.legend is None and first.startswith("("):
            self.items[-1] = replace(last, legend=" ".join(group))
        elif found := _NUMBERED.fullmatch(first):
            self.items.append(Para(self._text(found[2], group), found[1]))
        elif found := _PART.fullmatch(first):
            self._add_part(found[1], self._text(found[2], group))
        else:
            self._carry_on(_joined(group, self.language))

    def _text(self, first: str, group: list[str]) -> str:
        return _joined([first, *group[1:]], self.language)

    def _is_heading(self, line: str) -> bool:
        headings = self.gold["headings"]
        if self.headings_met == len(headings):
            return False
        heading = headings[self.headings_met]
        return line in (f"{heading['number']}  {heading['text']}", heading["number"])

    def _add_heading(self) -> None:
        heading = self.gold["headings"][self.headings_met]
        self.headings_met += 1
        number, text = heading["number"], heading["text"]
        if number[-1] in ".-":
            self.items.append(Heading(heading["level"], text, number))
        else:
            self.items.append(Annex(number, text))

    def _captioned(self, group: list[str], kind: str) -> bool:
        captions = [entry["caption"] for entry in self.gold[kind]]
        return len(group) == 2 and group[1].strip() in captions

    def _add_notes(self, group: list[str]) -> None:
        for line in group:
            if found := _BODY.fullmatch(line):
                mark = (found[1] or found[2] or found[3]).translate(_SUPERSCRIPTS)
                self.notes.append(Footnote(mark, found[4]))
            else:
                longer = _joined([self.notes[-1].text, line], self.language)
                self.notes[-1] = replace(self.notes[-1], text=longer)

    def _add_part(self, mark: str, text: str) -> None:
        at, paragraph = self._last_paragraph()
        degree = _degree(mark, paragraph.subparagraphs)
        part = SubParagraph(mark, degree, text)
        self.items[at] = replace(paragraph, subparagraphs=(*paragraph.subparagraphs, part))

    def _carry_on(self, rest: str) -> None:
        at, paragraph = self._last_paragraph()
        joined = _joined([paragraph.text, rest], self.language)
        self.items[at] = replace(paragraph, text=joined)

    def _last_paragraph(self) -> tuple[int, Para]:
        for at in range(len(self.items) - 1, -1, -1):
            item = self.items[at]
            if isinstance(item, Para):
                return at, item
        raise ValueError("no paragraph to go on from")


def _with_rows(table: Table, lines: Sequence[str]) -> Table:
    if table.rows:
        return replace(table, source=" ".join(lines))
    columns, *rows = (tuple(_CELL_GAP.split(line.strip())) for line in lines)
    return replace(table, columns=columns, rows=tuple(rows))


def _degree(mark: str, before: Sequence[SubParagraph]) -> int:
    """1 for `(a)`, 2 for `(i)`, 3 for `a.`, 4 for `i.`; Arabic writes 2 and 4 alike."""
    core = mark.strip("().-’‘")
    deeper = 2 if mark[-1] in ".-" or (mark[0] == "’" and before and before[-1].degree > 2) else 0
    counted = core.isdigit() or core in ("i", "ii", "iii", "iv") or core in "一二三四"
    return deeper + (2 if counted else 1)
