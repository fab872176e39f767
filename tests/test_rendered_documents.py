"""The same structure comes out of PDF, DOCX and HTML renderings as out of the text.

The notes are our own, in six languages; the founding documents are rendered where they are at hand.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from renderings import checks
from renderings.docx import render_docx
from renderings.from_text import LANGUAGES, note
from renderings.html import render_html
from renderings.model import Figure, RenderedDocument, Table, anchors, labelled
from renderings.pdf import render_pdf

from ingestion.readers.choose import ReadLimits, read_source
from ingestion.structure import parse
from kb.documents import ParsedDocument

Render = Callable[[RenderedDocument, Path], None]
FORMATS: dict[str, tuple[str, Render]] = {
    "pdf": (".pdf", render_pdf),
    "pdf, hanging numbers": (".pdf", lambda d, p: render_pdf(d, p, layout="hanging")),
    "pdf, numbers alone": (".pdf", lambda d, p: render_pdf(d, p, layout="number_on_own_line")),
    "pdf, narrow": (".pdf", lambda d, p: render_pdf(d, p, layout="narrow")),
    "docx, automatic numbers": (".docx", render_docx),
    "docx, typed numbers": (".docx", lambda d, p: render_docx(d, p, numbers="typed")),
    "html": (".html", render_html),
    "html, lists": (".html", lambda d, p: render_html(d, p, numbers="lists")),
}
DOCUMENTS = ("cop16", "cric23", *LANGUAGES)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module", params=[(d, f) for d in DOCUMENTS for f in FORMATS], ids=str)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RenderedDocument, ParsedDocument]:
    name, form = request.param
    document = note(name) if name in LANGUAGES else checks.founding(name)
    suffix, render = FORMATS[form]
    path = tmp_path_factory.mktemp("rendered") / f"document{suffix}"
    render(document, path)
    return document, parse(read_source(path, ReadLimits()))


Pair = tuple[RenderedDocument, ParsedDocument]


def test_labels_survive_the_rendering(pair: Pair) -> None:
    rendered, parsed = pair
    found = [p.label for p in parsed.paragraphs if p.kind == "paragraph"]
    subs = [s.label for p in parsed.paragraphs for s in p.subparagraphs if not s.run_in]
    assert sorted([*found, *subs]) == sorted(p.label for p in labelled(rendered))


def test_texts_are_whole_and_joined_over_page_cuts(pair: Pair) -> None:
    rendered, parsed = pair
    texts = {p.label: p.text for p in parsed.paragraphs}
    texts |= {s.label: p.text[s.start : s.end] for p in parsed.paragraphs for s in p.subparagraphs}
    for wanted in labelled(rendered):
        assert squeezed(wanted.text) in squeezed(texts[wanted.label]), wanted.label


def test_heading_paths_survive_the_rendering(pair: Pair) -> None:
    rendered, parsed = pair
    paths = {p.label: [squeezed(h) for h in p.heading_path] for p in parsed.paragraphs}
    for wanted in labelled(rendered):
        if wanted.label in paths:
            assert paths[wanted.label] == [squeezed(h) for h in wanted.heading_path], wanted.label


def test_footnotes_keep_their_anchors_and_leave_the_text(pair: Pair) -> None:
    rendered, parsed = pair
    found = {n.label.removeprefix("fn "): n.anchor for n in parsed.footnotes if n.anchor}
    assert found == anchors(rendered)
    for footnote in parsed.footnotes:
        for paragraph in parsed.numbered:
            assert squeezed(footnote.text) not in squeezed(paragraph.text)


def test_tables_and_figures_survive_the_rendering(pair: Pair) -> None:
    rendered, parsed = pair
    tables = [item for item in rendered.flow if isinstance(item, Table)]
    figures = [item for item in rendered.flow if isinstance(item, Figure)]
    assert [(t.label, len(t.rows), len(t.columns)) for t in parsed.tables] == [
        (f"table {n}", len(table.rows), len(table.columns)) for n, table in enumerate(tables, 1)
    ]
    assert [squeezed(t.caption) for t in parsed.tables] == [squeezed(t.caption) for t in tables]
    assert [squeezed(f.caption) for f in parsed.figures] == [squeezed(f.caption) for f in figures]


def test_nothing_of_the_page_is_left_in_a_paragraph(pair: Pair) -> None:
    _, parsed = pair
    furniture = re.compile(r"GE\.\d\d-\d{5}|\b\d+/\d+\b(?=\s*$)|[\ue000\ue001]")
    for paragraph in parsed.paragraphs:
        assert not furniture.search(paragraph.text), paragraph.label
