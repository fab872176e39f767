"""What the reader shows of a text: its links and blocks."""

import pytest
from documents_made import HELD, NO_LINKS, body_made, paragraph_made

from api.schemas import (
    AmendmentBody,
    FigureBody,
    FootnoteBody,
    HeadingBody,
    SubparagraphBody,
    TableBody,
)
from api.web.documents.blocks import Heading, LooseNotes, Paragraph
from api.web.documents.building import blocks_of
from api.web.documents.links import Links

# ---- links ----


@pytest.mark.parametrize(
    ("text", "shown", "leads_to"),
    [
        ("see ICCD/COP(16)/4, para. 3", "ICCD/COP(16)/4", "/documents/ICCD/COP%2816%29/4"),
        (r"see ICCD/COP\(16\) / 4.", r"ICCD/COP\(16\) / 4", "/documents/ICCD/COP%2816%29/4"),
        ("第 8/COP.15 号决定", "8/COP.15", "/documents/Decisions%20of%20COP%2015"),
        ("решение 8/СОР.15", "8/СОР.15", "/documents/Decisions%20of%20COP%2015"),
        ("المقرر 8/م أ-15 بشأن", "8/م أ-15", "/documents/Decisions%20of%20COP%2015"),
        ("at (https://unccd.int/a).", "https://unccd.int/a", "https://unccd.int/a"),
    ],
)
def test_what_a_text_names_leads_to_what_is_held(text: str, shown: str, leads_to: str) -> None:
    (link,) = Links(HELD, but="own").of(text)
    assert (text[link.start : link.end], link.href) == (shown, leads_to)
    assert link.outside == leads_to.startswith("https:")


@pytest.mark.parametrize(
    "text",
    [
        "see ICCD/COP(16)/4/Add.1",
        "see ICCD/COP(17)/4",
        "decision 18/COP.15",
        "javascript:alert(1)//",
        "8/2024",
    ],
)
def test_other_names_lead_nowhere(text: str) -> None:
    assert Links(HELD, but="own").of(text) == ()


def test_a_document_does_not_lead_to_itself_and_symbols_keep_their_direction_in_arabic() -> None:
    text = "الوثيقة ICCD/COP(16)/4 والمقرر 13/COP.16"
    spans = [(text[one.start : one.end], one.href) for one in NO_LINKS.of(text)]
    assert spans == [("ICCD/COP(16)/4", ""), ("13/COP.16", "")]
    assert Links(HELD, but="ICCD/COP(16)/4").of("see ICCD/COP(16)/4") == ()


# ---- blocks ----


def test_tables_and_figures_stand_after_the_paragraph_that_names_them_else_end_their_section() -> (
    None
):
    section = ("I. Results",)
    body = body_made(
        paragraphs=[
            paragraph_made("1", "Table 1 says more.", section),
            paragraph_made("2", "Text.", section),
            paragraph_made("3", "Table 1 again.", ("II. Next",)),
        ],
        tables=[
            TableBody(
                label="table 1",
                caption="Land",
                columns=["a"],
                rows=[["1"]],
                heading_path=list(section),
            )
        ],
        figures=[
            FigureBody(label="figure 1", caption="Map", heading_path=list(section)),
            FigureBody(label="figure 2", caption="Nowhere"),
        ],
    )
    labels = [one.label for one in blocks_of(body, NO_LINKS, "en") if hasattr(one, "label")]
    assert labels == ["1", "table 1", "2", "figure 1", "3", "figure 2"]


def test_headings_stand_before_their_first_paragraph_whatever_stands_among_the_paragraphs() -> None:
    body = body_made(
        headings=[
            HeadingBody(level=1, number="I.", text="One", before=0),
            HeadingBody(level=1, number="II.", text="Two", before=1),
        ],
        paragraphs=[
            paragraph_made("1", path=("I. One",)),
            paragraph_made("table 1, row 1", path=("I. One",), kind="table_row"),
            paragraph_made("2", path=("II. Two",)),
        ],
    )
    shown = [
        one.line.text if isinstance(one, Heading) else getattr(one, "label", "")
        for one in blocks_of(body, NO_LINKS, "en")
    ]
    assert shown == ["One", "1", "table 1, row 1", "Two", "2"]


def test_lines_keep_depth_marks_and_citations_and_no_text_is_lost() -> None:
    text = "Asks to:\n(a) plant:\n(i) trees;\n(b) water."
    spans = [
        SubparagraphBody(label="5(a)", start=9, end=30, run_in=False),
        SubparagraphBody(label="5(a)(i)", start=20, end=30, run_in=False),
        SubparagraphBody(label="5(b)", start=31, end=41, run_in=False),
    ]
    body = body_made(
        paragraphs=[paragraph_made("5", text, spans=spans)],
        footnotes=[
            FootnoteBody(label="fn 1", text="First.", anchor="5(a)(i)", offset=29),
            FootnoteBody(label="fn 2", text="Last.", anchor="5(b)", offset=None),
            FootnoteBody(label="fn 3", text="Lost.", anchor=None),
        ],
        amendments=[
            AmendmentBody(kind="reading", paragraph="5(b)", printed="watr", amended="water"),
            AmendmentBody(kind="joined", paragraph="5", printed="a", amended=""),
        ],
    )
    paragraph, loose = blocks_of(body, NO_LINKS, "fr")
    assert isinstance(paragraph, Paragraph)
    assert isinstance(loose, LooseNotes)
    assert "\n".join(line.text for line in paragraph.lines) == text
    assert [line.depth for line in paragraph.lines] == [0, 1, 2, 1]
    assert paragraph.lines[2].citation == "ICCD/COP(15)/9, par. 5 a) i)"
    assert [[mark.at for mark in line.marks] for line in paragraph.lines] == [[], [], [9], [10]]
    assert [note.number for note in paragraph.notes] == ["1", "2"]
    assert [one.printed for one in paragraph.readings] == ["watr"]
    assert [note.label for note in loose.notes] == ["fn 3"]


def test_a_row_of_a_table_in_a_digest_is_named_above_its_text() -> None:
    body = body_made(
        paragraphs=[paragraph_made("table 1, row 2", kind="table_row"), paragraph_made("[3]")]
    )
    row, ordinal = blocks_of(body, NO_LINKS, "en")
    assert isinstance(row, Paragraph)
    assert isinstance(ordinal, Paragraph)
    assert (row.number, row.name) == ("", "Table 1, row 2")
    assert (ordinal.number, ordinal.name) == ("[3]", "")
