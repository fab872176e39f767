"""Reads the two founding texts for the renderings, knowing where each of them is damaged.

This is deliberately not the parser: it leans on what is known of these two files, so that it and
the parser can be checked against each other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .model import (
    Contents,
    ContentsEntry,
    Figure,
    FlowItem,
    Footnote,
    Heading,
    Masthead,
    Para,
    RenderedDocument,
    SubParagraph,
    Table,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """What is known of a founding text before reading it.

    `headings_after` gives, for a paragraph, the level of the heading without a number after it:
    nothing in the text tells it from the rest of a paragraph cut by a page.
    """

    session: str
    symbol: str | None
    job_number: str
    headings_after: Mapping[int, int]


SEEDS: Final[Mapping[str, Seed]] = {
    "cop16": Seed("第十六届会议", None, "GE.24-01601 (C)", {23: 3}),
    "cric23": Seed("第二十三届会议", None, "GE.25-02301 (C)", {50: 2}),
}

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK: Final = re.compile(r"(?:<sup>(\d+)</sup>|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)) ?")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>")
_NUMBERED: Final = re.compile(r"(\d+)\. (.+)")
_HEADING: Final = re.compile(r"([一二三四五六七八九十]+|[A-Z]|\d)\. (.+)")
_PART: Final = re.compile(r"(?:- )?(\([a-z]\)) (.+)")
_BODY: Final = re.compile(r"\{\^(\d+)\}(.+)")
_LABEL: Final = re.compile(r"([图表]) ?\d+")


def read_seed(seed: Seed, text: str) -> RenderedDocument:
    """The clean document in `text`, one of the two that SEEDS describes."""
    lines = [_clean(line) for line in text.splitlines()]
    contents_at = lines.index("目录")
    flow_at = lines.index("", _first_entry(lines, contents_at))
    flow, notes = _flow(seed, [line for line in lines[flow_at:] if line and line != "---"])
    return RenderedDocument(
        language="zh",
        symbol=seed.symbol,
        job_number=seed.job_number,
        masthead=_masthead([line for line in lines[:contents_at] if line]),
        contents=_contents(lines[contents_at:flow_at]),
        flow=tuple(flow),
        footnotes=tuple(notes),
    )


def _clean(line: str) -> str:
    """`line` without Markdown, with its footnote references in the model's markup."""
    line = line.rstrip().replace("\\(", "(").replace("\\)", ")").replace("**", "")
    line = _LINK.sub(lambda found: found[1] or found[2], re.sub(r"^#+ ", "", line.strip(" ")))
    return _MARK.sub(lambda m: f"{{^{(m[1] or m[2]).translate(_SUPERSCRIPTS)}}}", line)


def _first_entry(lines: list[str], start: int) -> int:
    return next(at for at in range(start, len(lines)) if "....." in lines[at])


def _masthead(lines: list[str]) -> Masthead:
    summary_at = lines.index("概要")
    return Masthead(
        organisation=("联合国", "防治荒漠化公约"),
        distribution=("Distr.: General", "", "Chinese", "Original: English"),
        body=lines[0],
        session=lines[1],
        place_and_dates=lines[2],
        item=tuple(lines[3 : summary_at - 2]),
        title=lines[summary_at - 2],
        byline=lines[summary_at - 1],
        summary_heading=lines[summary_at],
        summary=tuple(lines[summary_at + 1 :]),
    )


def _contents(lines: list[str]) -> Contents:
    columns: tuple[str, ...] = ()
    entries: list[ContentsEntry] = []
    for line in lines[1:]:
        cells = [cell for cell in line.split("\t") if cell]
        if "....." not in line:
            columns = columns or tuple(cells)
            continue
        level = 2 if re.match(r"[A-Z]\.", cells[0]) else 1
        paragraphs = cells[1] if len(cells) == 3 else None
        entries.append(ContentsEntry(level, cells[0].rstrip("."), cells[-1], paragraphs))
    return Contents("目录", columns, tuple(entries))


def _flow(seed: Seed, lines: list[str]) -> tuple[list[FlowItem], list[Footnote]]:
    flow: list[FlowItem] = []
    notes: list[Footnote] = []
    number = 0
    last_was_note = False
    waiting = iter(lines)
    for line in waiting:
        body = _BODY.fullmatch(line)
        numbered = _NUMBERED.fullmatch(line)
        if numbered and int(numbered[1]) == number + 1:
            number += 1
            flow.append(Para(numbered[2], f"{number}."))
        elif body:
            notes.append(Footnote(body[1], body[2].strip()))
        elif last_was_note and line.startswith("- "):
            notes[-1] = replace(notes[-1], bullets=(*notes[-1].bullets, line[2:]))
        elif part := _PART.fullmatch(line):
            _add_part(flow, SubParagraph(part[1], 1, part[2]))
        elif heading := _HEADING.fullmatch(line):
            flow.append(Heading(_level(heading[1]), heading[2], f"{heading[1]}."))
        elif label := _LABEL.fullmatch(line):
            flow.append(_figure(line, waiting) if label[1] == "图" else _table(line, waiting))
        elif "\t" in line:
            flow[-1] = _with_row(flow[-1], line)
        elif number in seed.headings_after and isinstance(flow[-1], Para):
            flow.append(Heading(seed.headings_after[number], line))
        else:
            _carry_on(flow, line)
        last_was_note = body is not None or (last_was_note and line.startswith("- "))
    return flow, notes


def _level(number: str) -> int:
    if number.isdigit():
        return 3
    return 2 if number.isascii() else 1


def _add_part(flow: list[FlowItem], part: SubParagraph) -> None:
    at, paragraph = _last_paragraph(flow)
    flow[at] = replace(paragraph, subparagraphs=(*paragraph.subparagraphs, part))


def _carry_on(flow: list[FlowItem], rest: str) -> None:
    """Joins the rest of a paragraph that a page cut; every cut is between Han characters."""
    at, paragraph = _last_paragraph(flow)
    if paragraph.subparagraphs:
        *before, last = paragraph.subparagraphs
        last = replace(last, text=last.text + rest)
        flow[at] = replace(paragraph, subparagraphs=(*before, last))
    else:
        flow[at] = replace(paragraph, text=paragraph.text + rest)


def _last_paragraph(flow: list[FlowItem]) -> tuple[int, Para]:
    for at in range(len(flow) - 1, -1, -1):
        item = flow[at]
        if isinstance(item, Para):
            return at, item
    raise ValueError("no paragraph to go on from")


def _figure(label: str, waiting: Iterator[str]) -> Figure:
    return Figure(label, next(waiting), next(waiting))


def _table(label: str, waiting: Iterator[str]) -> Table:
    return Table(label, next(waiting), tuple(next(waiting).split("\t")), ())


def _with_row(item: FlowItem, line: str) -> Table:
    if not isinstance(item, Table):
        raise TypeError(f"a table row after {item!r}")
    return replace(item, rows=(*item.rows, tuple(line.split("\t"))))
