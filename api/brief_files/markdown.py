"""A note as Markdown: headings, lists, tables, numbered sources."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from api.brief_files.marks import Captioned, Marks, captions, cell, clean, source_text
from api.schemas import BriefBody, BriefChartBody, BriefSectionBody, BriefTableBody
from assistant.brief.words import BriefWords

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_LIST_MARK: Final = re.compile(r"^(\d+)([.)])|^([+-])")


def markdown(note: BriefBody) -> str:
    """The note; ends with a line break."""
    return "\n".join(_lines(note)) + "\n"


def _lines(note: BriefBody) -> Iterator[str]:
    words = BriefWords(note.language)
    marks = Marks(note)
    labelled = list(captions(note))
    yield from (f"# {_escaped(note.title)}", "", f"*{_escaped(note.subtitle)}*")
    for section in note.sections:
        yield from ("", f"## {_escaped(section.title)}", "")
        if section.key == "sources":
            for source in note.sources:
                text = source_text(words, source.label, source.edition, source.quotes)
                yield f"{source.n}. {_escaped(text)}"
            continue
        yield from _section(section, labelled, marks, words)


def _section(
    section: BriefSectionBody, labelled: Sequence[Captioned], marks: Marks, words: BriefWords
) -> Iterator[str]:
    for line in section.lines:
        yield f"- {_escaped(line.text)}{_marked(marks.of([line]))}"
    for one in labelled:
        if one.section is not section:
            continue
        # A blank line parts a table from the list before it.
        yield from ("", f"**{_escaped(one.text(words))}**", "")
        if one.is_chart and section.chart is not None:
            yield from _chart(section.chart, marks, words)
        elif section.table is not None:
            yield from _table(section.table, marks, words)
    if section.notes:
        yield ""
    for line in section.notes:
        yield f"- {_escaped(line.text)}{_marked(marks.of([line]))}"


def _table(table: BriefTableBody, marks: Marks, words: BriefWords) -> Iterator[str]:
    yield _row([*table.columns, words.say("col_source")])
    yield _row(["---"] * (len(table.columns) + 1), plain=True)
    for row in table.rows:
        yield _row(row.cells, _marked(marks.of(row.statements)).strip())


def _chart(chart: BriefChartBody, marks: Marks, words: BriefWords) -> Iterator[str]:
    yield _row([chart.label, *chart.legend, words.say("col_source")])
    yield _row(["---"] * 5, plain=True)
    for bar in chart.bars:
        counts = (bar.completed, bar.in_progress, bar.not_started)
        yield _row([bar.label, *map(str, counts)], _marked(marks.of(bar.statements)).strip())


def _row(cells: Sequence[str], last: str | None = None, *, plain: bool = False) -> str:
    written = [one if plain else _escaped(cell(one)) for one in cells]
    return "| " + " | ".join([*written, *([last] if last is not None else [])]) + " |"


def _marked(numbers: Sequence[int]) -> str:
    return "".join(f" [{n}]" for n in numbers)


def _escaped(text: str) -> str:
    """`text` without what Markdown would read as marks."""
    plain = _SPECIAL.sub(r"\\\1", clean(text))
    return _LIST_MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", plain)
