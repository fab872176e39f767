"""A note as one HTML page that needs nothing else, to be read and printed."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from api.brief_files.chart import svg
from api.brief_files.marks import Captioned, Marks, captions, cell, clean, source_text
from api.schemas import BriefBody, BriefSectionBody, BriefTableBody, StatementBody
from assistant.brief.words import BriefWords

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 11pt/1.45 "Noto Serif", "Times New Roman", "Noto Naskh Arabic", "Noto Serif CJK SC",
  "SimSun", serif; color: #111; background: #fff; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; color: #1f4e79; border-bottom: 1px solid #1f4e79; margin: 1.4rem 0 .5rem;
  break-after: avoid; }
p.subtitle { color: #444; margin: 0 0 1rem; }
ul { margin: .4rem 0; padding-inline-start: 1.3rem; }
li { margin: .25rem 0; }
figure { margin: .8rem 0; }
figcaption { font-weight: bold; margin-bottom: .3rem; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { border: 1px solid #9aa7b5; padding: .25rem .4rem; text-align: start; vertical-align: top; }
th { background: #e9eef4; }
tr { break-inside: avoid; }
svg { width: 100%; height: auto; break-inside: avoid; font-family: inherit; }
a.mark { text-decoration: none; color: #1f4e79; }
ol.sources { font-size: .88em; padding-inline-start: 2rem; }
@page { size: A4; margin: 2cm; }
@media print { body { margin: 0; max-width: none; padding: 0; } a { color: inherit; } }
"""


def html(note: BriefBody) -> str:
    """The page."""
    direction = "rtl" if note.language == "ar" else "ltr"
    title = escape(clean(note.title))
    return (
        f'<!DOCTYPE html>\n<html lang="{note.language}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="subtitle">{escape(clean(note.subtitle))}</p>\n'
        f"{''.join(_sections(note))}</body>\n</html>\n"
    )


def _sections(note: BriefBody) -> Iterator[str]:
    words = BriefWords(note.language)
    marks = Marks(note)
    labelled = list(captions(note))
    for section in note.sections:
        yield f'<section id="{section.key}">\n<h2>{escape(clean(section.title))}</h2>\n'
        if section.key == "sources":
            yield '<ol class="sources">\n'
            for one in note.sources:
                text = source_text(words, one.label, one.edition, one.quotes)
                yield f'<li id="source-{one.n}" dir="auto">{escape(text)}</li>\n'
            yield "</ol>\n"
        else:
            yield from _section(section, note, labelled, marks, words)
        yield "</section>\n"


def _section(
    section: BriefSectionBody,
    note: BriefBody,
    labelled: Sequence[Captioned],
    marks: Marks,
    words: BriefWords,
) -> Iterator[str]:
    yield from _list(section.lines, marks)
    for one in labelled:
        if one.section is not section:
            continue
        yield f"<figure>\n<figcaption>{escape(one.text(words))}</figcaption>\n"
        if one.is_chart and section.chart is not None:
            yield svg(section.chart, note.language)
            numbers = marks.of([s for bar in section.chart.bars for s in bar.statements])
            yield f"<p>{escape(words.say('col_source'))}: {_marked(numbers)}</p>\n"
        elif section.table is not None:
            yield from _table(section.table, marks, words)
        yield "</figure>\n"
    yield from _list(section.notes, marks)


def _list(lines: Sequence[StatementBody], marks: Marks) -> Iterator[str]:
    if not lines:
        return
    yield "<ul>\n"
    for line in lines:
        yield f"<li>{escape(clean(line.text))}{_raised(marks.of([line]))}</li>\n"
    yield "</ul>\n"


def _table(table: BriefTableBody, marks: Marks, words: BriefWords) -> Iterator[str]:
    heads = (*table.columns, words.say("col_source"))
    yield "<table>\n<thead><tr>"
    yield from (f'<th scope="col">{escape(cell(one))}</th>' for one in heads)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        cells = "".join(f"<td>{escape(cell(one))}</td>" for one in row.cells)
        yield f"<tr>{cells}<td>{_marked(marks.of(row.statements))}</td></tr>\n"
    yield "</tbody>\n</table>\n"


def _marked(numbers: Sequence[int]) -> str:
    return ", ".join(f'<a class="mark" href="#source-{n}">{n}</a>' for n in numbers)


def _raised(numbers: Sequence[int]) -> str:
    return f" <sup>{_marked(numbers)}</sup>" if numbers else ""
