"""The two founding documents, as text damaged by conversion, parse to the last label."""

import re

import founding_gold as gold
import pytest
from originals import original

from kb.documents import ParsedDocument

SESSIONS = ("COP(16)", "CRIC(23)")


@pytest.fixture(scope="module", params=SESSIONS)
def document(request: pytest.FixtureRequest) -> ParsedDocument:
    return original(request.param)


def session(document: ParsedDocument) -> str:
    assert document.masthead.session
    return document.masthead.session


def test_labels_run_from_one_to_the_last_without_a_gap(document: ParsedDocument) -> None:
    count = gold.NUMBERED[session(document)]
    assert [p.label for p in document.numbered] == [str(n) for n in range(1, count + 1)]
    assert [p.label for p in document.paragraphs if p.kind != "paragraph"] == ["summary"]


def test_the_masthead_invents_no_symbol(document: ParsedDocument) -> None:
    masthead = document.masthead
    assert masthead.symbols == ()
    assert masthead.agenda_item == gold.AGENDA_ITEMS[session(document)]
    assert masthead.language == "zh"
    assert masthead.title
    assert masthead.issuer
    assert masthead.dates
    assert masthead.place


def test_subparagraphs_are_there_to_their_depth(document: ParsedDocument) -> None:
    found = {
        p.label: [s.label for s in p.subparagraphs] for p in document.paragraphs if p.subparagraphs
    }
    run_in = gold.RUN_IN[session(document)]
    assert {k: v for k, v in found.items() if k not in run_in} == gold.SUBPARAGRAPHS[
        session(document)
    ]
    assert run_in == set(found) - set(gold.SUBPARAGRAPHS[session(document)])


def test_every_footnote_is_anchored_in_the_right_paragraph(document: ParsedDocument) -> None:
    anchors = gold.ANCHORS[session(document)]
    assert [n.label for n in document.footnotes] == [f"fn {n + 1}" for n in range(len(anchors))]
    assert [n.anchor for n in document.footnotes] == anchors


def test_every_paragraph_stands_under_its_heading(document: ParsedDocument) -> None:
    first = next(i for i, p in enumerate(document.paragraphs) if p.label == "1")
    found = [(h.level, h.before - first + 1) for h in document.headings]
    assert found == gold.HEADINGS[session(document)]
    assert all(p.heading_path for p in document.numbered)


def test_no_paragraph_holds_a_footnote_a_heading_or_a_page_cut(document: ParsedDocument) -> None:
    for paragraph in document.numbered:
        for note in document.footnotes:
            assert note.text not in paragraph.text
        for heading in document.headings:
            assert f"\n{heading.text}" not in paragraph.text
        for line in paragraph.text.split("\n")[1:]:
            assert re.match(r"\((?:[a-h]|[ivx]+)\)", line), f"{paragraph.label}: {line[:20]}"
        assert not re.search(r"<sup>|</sup>|\]\(|\\|[\ue000\ue001]|图 ?\d\n", paragraph.text)


def test_cut_paragraphs_are_joined_and_the_joins_recorded(document: ParsedDocument) -> None:
    joined = {a.label for a in document.amendments if a.kind == "joined"}
    assert joined == gold.CUT[session(document)]


def test_the_table_is_whole_and_its_damaged_cell_marked() -> None:
    document = original("CRIC(23)")
    (table,) = document.tables
    assert (len(table.rows), len(table.columns)) == (gold.TABLE_ROWS, gold.TABLE_COLUMNS)
    for row in table.rows:
        counts = [int(re.match(r"\d+", cell)[0]) for cell in row[1:]]  # type: ignore[index]
        assert sum(counts) == gold.TABLE_COUNTRIES
    readings = [(a.label, a.printed, a.amended) for a in document.amendments if a.kind == "reading"]
    assert readings == [("table 1, row 1", "(18 100)", "18 (100%)")]


def test_figures_keep_their_captions_and_legends(document: ParsedDocument) -> None:
    figures = document.figures
    assert [f.label for f in figures] == [
        f"figure {n + 1}" for n in range(gold.FIGURES[session(document)])
    ]
    assert all(f.caption and f.legend for f in figures)
