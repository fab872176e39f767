"""What the list and the reader of documents show, without a browser."""

from typing import Any

import pytest

from api.schemas import (
    AmendmentBody,
    DocumentBody,
    DocumentItem,
    EditionBody,
    FigureBody,
    FileReportBody,
    FootnoteBody,
    HeadingBody,
    OutlineParagraph,
    RowErrorBody,
    SubparagraphBody,
    TableBody,
)
from api.web.documents.alignment import Row, aligned, alone
from api.web.documents.blocks import Figure, Heading, LooseNotes, Paragraph, Table
from api.web.documents.building import blocks_of
from api.web.documents.head import session_and_item
from api.web.documents.held import Narrowing, narrowing_of, rows_of
from api.web.documents.links import Links
from api.web.documents.opening import Opened, choice_of, place_of
from api.web.documents.reader import records_path, resting_out
from api.web.documents.taking_in import told
from api.web.documents.wire import rows_out, target_of
from api.web.visitor import Visitor
from kb.languages import Language

HELD = {"ICCD/COP(16)/4": "ICCD/COP(16)/4", "8/COP.15": "Decisions of COP 15", "own": "own"}
NO_LINKS = Links({}, but="")


def _visitor(language: Language = "en") -> Visitor:
    work: Any = None
    return Visitor(language, "system", None, asks_key=False, work=work)


def _edition(language: Language = "en", **given: Any) -> EditionBody:
    values = {
        "language": language,
        "edition": "original",
        "version": 1,
        "status": "current",
        "title": "Land",
        "source": "x.md",
        "paragraphs": 2,
    }
    return EditionBody(**(values | given))


def _body(**given: Any) -> DocumentBody:
    values = {
        "document_id": "ICCD/COP(15)/9",
        "symbol": "ICCD/COP(15)/9",
        "session": "COP(15)",
        "title": "Land",
        "language": "en",
        "edition": "original",
        "version": 1,
        "status": "current",
        "superseded_by": None,
        "corrected_by": [],
        "editions": [_edition()],
        "headings": [],
        "paragraphs": [],
        "footnotes": [],
        "tables": [],
        "figures": [],
        "amendments": [],
    }
    return DocumentBody(**(values | given))


def _paragraph(label: str, text: str = "Text.", path: tuple[str, ...] = (), **given: Any) -> Any:
    return OutlineParagraph(
        paragraph=label,
        text=text,
        heading_path=list(path),
        footnotes=[],
        subparagraphs=[],
        **given,
    )


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
    body = _body(
        paragraphs=[
            _paragraph("1", "Table 1 says more.", section),
            _paragraph("2", "Text.", section),
            _paragraph("3", "Table 1 again.", ("II. Next",)),
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
    body = _body(
        headings=[
            HeadingBody(level=1, number="I.", text="One", before=0),
            HeadingBody(level=1, number="II.", text="Two", before=1),
        ],
        paragraphs=[
            _paragraph("1", path=("I. One",)),
            _paragraph("table 1, row 1", path=("I. One",), kind="table_row"),
            _paragraph("2", path=("II. Two",)),
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
    body = _body(
        paragraphs=[_paragraph("5", text, spans=spans)],
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
    body = _body(paragraphs=[_paragraph("table 1, row 2", kind="table_row"), _paragraph("[3]")])
    row, ordinal = blocks_of(body, NO_LINKS, "en")
    assert isinstance(row, Paragraph)
    assert isinstance(ordinal, Paragraph)
    assert (row.number, row.name) == ("", "Table 1, row 2")
    assert (ordinal.number, ordinal.name) == ("[3]", "")


# ---- side by side ----


def test_editions_are_aligned_by_number_and_no_block_is_lost() -> None:
    def edition(*labels: str, heading: str = "") -> Any:
        headings = [HeadingBody(level=1, number=None, text=heading, before=0)] if heading else []
        return blocks_of(
            _body(paragraphs=[_paragraph(one) for one in labels], headings=headings), NO_LINKS, "en"
        )

    first = edition("1", "2", "4", heading="One")
    second = edition("1", "3", "4", "5", heading="Un")
    rows = aligned(first, second)
    pairs = [(_name(row.first), _name(row.second)) for row in rows]
    assert pairs == [
        ("One", "Un"),
        ("1", "1"),
        ("2", None),
        (None, "3"),
        ("4", "4"),
        (None, "5"),
    ]
    assert alone(first) == tuple(Row(one) for one in first)


def _name(block: object) -> str | None:
    match block:
        case Heading():
            return block.line.text
        case Paragraph() | Table() | Figure():
            return block.label
    return None


# ---- places ----


def _opened(body: DocumentBody, paragraph: str) -> Opened:
    return Opened(body, None, alone(blocks_of(body, NO_LINKS, "en")), paragraph)


def test_an_address_leads_to_the_sub_paragraph_in_units_of_the_browser() -> None:
    text = "𠮷 trees:\n(a) plant 𠮷; (b) water."
    spans = [
        SubparagraphBody(label="5(a)", start=9, end=21, run_in=False),
        SubparagraphBody(label="5(b)", start=21, end=31, run_in=True),
    ]
    body = _body(
        paragraphs=[_paragraph("4"), _paragraph("5", text, spans=spans)],
        tables=[TableBody(label="table 1", caption="", columns=["a"], rows=[["1"], ["2"]])],
        footnotes=[FootnoteBody(label="fn 7", text="Note.", anchor="4", offset=1)],
    )
    assert target_of(_opened(body, "4")) == {"row": 0, "label": "4"}
    assert target_of(_opened(body, "para. 5 (b)")) == {
        "row": 1,
        "label": "5(b)",
        "lines": [[1, 13, 23]],
    }
    assert target_of(_opened(body, "5(z)")) == {"row": 1, "label": "5(z)"}
    assert target_of(_opened(body, "table 1, row 2")) == {
        "row": 2,
        "label": "table 1, row 2",
        "cells": 1,
    }
    assert target_of(_opened(body, "fn 7")) == {"row": 0, "label": "fn 7", "note": "fn 7"}
    assert target_of(_opened(body, "99")) is None
    assert target_of(_opened(body, "<b>")) is None
    assert rows_out(_opened(body, "4").rows)[0]["first"]["lines"][0]["marks"] == [[1, "fn 7"]]


def test_an_address_that_means_nothing_is_left_out() -> None:
    odd = {"language": "tlh", "edition": "scan", "version": "x", "beside": "de-original"}
    assert place_of(odd) == place_of({})
    choice = choice_of("zh-original-2")
    assert choice is not None
    assert (choice.language, choice.edition, choice.version) == ("zh", "original", 2)
    assert place_of({"paragraph": " 8(b) "}).paragraph == "8(b)"


def test_records_on_a_paragraph_lead_to_themselves() -> None:
    out = resting_out(_visitor("ru"), "X", {"8": {"funding": ["a", "b"], "events": ["c"]}})
    assert out["8"]["text"] == "3 записи"
    assert [one[1] for one in out["8"]["kinds"]] == [
        "/records/funding?id=a&id=b",
        "/records/events?id=c",
    ]
    assert records_path("funding", "A (1)", ["x"] * 99) == "/records/funding?document=A+%281%29"


# ---- the list ----


class _Desk:
    def __init__(self, items: list[DocumentItem]) -> None:
        self._items = items

    def documents(self, *, cursor: str | None, **_: Any) -> Any:
        page: Any = type("Page", (), {})()
        at = int(cursor or 0)
        page.items, page.next_cursor = self._items[at : at + 1], str(at + 1)
        if at + 1 >= len(self._items):
            page.next_cursor = None
        return page


def _item(name: str, session: str, title: str, *editions: EditionBody) -> DocumentItem:
    return DocumentItem(
        document_id=name,
        symbol=None,
        session=session,
        agenda_item="2",
        title=title,
        visibility="public",
        editions=list(editions),
        url="/",
    )


def test_the_list_tells_originals_from_digests_and_narrows_by_words_session_and_language() -> None:
    desk: Any = _Desk(
        [
            _item(
                "COP(16), item 2",
                "COP(16)",
                "Land",
                _edition("zh", paragraphs=9),
                _edition("fr", edition="digest"),
                _edition("es", status="withdrawn", paragraphs=99),
            ),
            _item("b", "COP(15)", "Drought and land", _edition("en")),
        ]
    )
    first, second = rows_of(desk, "en")
    assert (first.originals, first.digests, first.paragraphs) == (("zh",), ("fr",), 9)
    assert session_and_item(_visitor(), first) == ()
    assert session_and_item(_visitor(), second) == ("COP(15)", "item 2")
    assert [Narrowing("LAND drought").fits(one) for one in (first, second)] == [False, True]
    assert [Narrowing(session="COP(16)").fits(one) for one in (first, second)] == [True, False]
    assert [Narrowing(language="fr").fits(one) for one in (first, second)] == [False, False]
    narrowing = narrowing_of({"q": "a b", "session": "COP(16)", "language": "zh"})
    assert narrowing.path == "/documents?q=a+b&session=COP%2816%29&language=zh"
    assert narrowing_of({"language": "de"}).path == "/documents"


def test_a_report_is_told_in_one_line_with_its_rows() -> None:
    report = FileReportBody(
        path="x.md",
        status="added",
        reason=None,
        document_id="ICCD/COP(15)/9",
        symbol=None,
        session=None,
        language="en",
        edition="original",
        paragraphs=4,
        footnotes=0,
        tables=0,
        records=0,
    )
    added = told(_visitor(), report)
    assert added["reason"] == "ICCD/COP(15)/9 · 4 paragraphs"
    assert added["href"] == "/documents/ICCD/COP%2815%29/9"
    errors = [RowErrorBody(row=n, column=None, cause="no amount") for n in range(9)]
    broken = report.model_copy(
        update={"status": "rejected", "reason": "no good row", "row_errors": errors}
    )
    refused = told(_visitor("zh"), broken)
    assert (refused["word"], refused["reason"], refused["href"]) == ("已拒绝", "no good row", None)
    assert len(refused["rows"]) == 5
