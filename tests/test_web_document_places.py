"""Where an address leads in the reader, its two texts, and the list of documents."""

from typing import Any

from documents_made import NO_LINKS, body_made, edition_made, paragraph_made, visitor_made

from api.schemas import (
    DocumentBody,
    DocumentItem,
    EditionBody,
    FileReportBody,
    FootnoteBody,
    HeadingBody,
    RowErrorBody,
    SubparagraphBody,
    TableBody,
)
from api.web.documents.alignment import Row, aligned, alone
from api.web.documents.blocks import Figure, Heading, Paragraph, Table
from api.web.documents.building import blocks_of
from api.web.documents.head import session_and_item
from api.web.documents.held import Narrowing, narrowing_of, rows_of
from api.web.documents.opening import Opened, choice_of, place_of
from api.web.documents.reader import records_path, resting_out
from api.web.documents.taking_in import told
from api.web.documents.wire import rows_out, target_of

# ---- side by side ----


def test_editions_are_aligned_by_number_and_no_block_is_lost() -> None:
    def edition(*labels: str, heading: str = "") -> Any:
        headings = [HeadingBody(level=1, number=None, text=heading, before=0)] if heading else []
        return blocks_of(
            body_made(paragraphs=[paragraph_made(one) for one in labels], headings=headings),
            NO_LINKS,
            "en",
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
    body = body_made(
        paragraphs=[paragraph_made("4"), paragraph_made("5", text, spans=spans)],
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
    out = resting_out(visitor_made("ru"), "X", {"8": {"funding": ["a", "b"], "events": ["c"]}})
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
                edition_made("zh", paragraphs=9),
                edition_made("fr", edition="digest"),
                edition_made("es", status="withdrawn", paragraphs=99),
            ),
            _item("b", "COP(15)", "Drought and land", edition_made("en")),
        ]
    )
    first, second = rows_of(desk, "en")
    assert (first.originals, first.digests, first.paragraphs) == (("zh",), ("fr",), 9)
    assert session_and_item(visitor_made(), first) == ()
    assert session_and_item(visitor_made(), second) == ("COP(15)", "item 2")
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
    added = told(visitor_made(), report)
    assert added["reason"] == "ICCD/COP(15)/9 · 4 paragraphs"
    assert added["href"] == "/documents/ICCD/COP%2815%29/9"
    errors = [RowErrorBody(row=n, column=None, cause="no amount") for n in range(9)]
    broken = report.model_copy(
        update={"status": "rejected", "reason": "no good row", "row_errors": errors}
    )
    refused = told(visitor_made("zh"), broken)
    assert (refused["word"], refused["reason"], refused["href"]) == ("已拒绝", "no good row", None)
    assert len(refused["rows"]) == 5
