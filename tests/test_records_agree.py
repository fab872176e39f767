"""What ships says what the paragraphs say: anchors, figures, units, dates and names."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from originals import originals
from record_agreement import Agreement
from record_samples import FIRST, record

from kb.documents import ParsedDocument
from kb.languages import LANGUAGES
from kb.records.columns import name_columns
from kb.records.naming import shipped_names
from kb.records.record import Anchor, Record
from kb.records.shipped import shipped_records

EXCEPTIONS = Path(__file__).with_name("data") / "record_exceptions.csv"
DOCUMENTS = {"COP(16)": "ICCD/COP(16)/4", "CRIC(23)": "CRIC(23), item 2(a)"}

TEXT = (
    "第3/COP.16号决定请全球机制支持肯尼亚。截至2024年6月，共有18个国家参加，"
    "挪威承诺提供近4,000万美元，恢复约500万公顷土地，占40%。"
)


def agreement_with(*documents: ParsedDocument) -> Agreement:
    texts: dict[tuple[str, str], str] = {}
    around: dict[tuple[str, str], tuple[str, ...]] = {}
    for document in documents:
        masthead = document.masthead
        first_page = f"{masthead.body} {masthead.dates} {masthead.place}"
        owner = DOCUMENTS[masthead.session or ""]
        for passage in document.passages():
            texts[owner, passage.label] = passage.text
            around[owner, passage.label] = (first_page, *passage.heading_path)
            for part in passage.subparagraphs:
                texts[owner, part.label] = passage.text[part.start : part.end]
                around[owner, part.label] = (first_page, *passage.heading_path, passage.text)
    return Agreement(texts, around, "zh")


def exceptions() -> set[tuple[str, str]]:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["reason"] for row in rows)
    return {(row["record"], row["column"]) for row in rows}


def test_every_shipped_record_agrees_with_its_paragraphs() -> None:
    agreement = agreement_with(*originals())
    faults = {(one.id, column) for one in shipped_records() for column in agreement.faults(one)}
    assert faults == exceptions()


def test_no_exception_is_about_an_anchor_a_date_or_a_paragraph() -> None:
    shipped = {one.id for one in shipped_records()}
    assert {record_id for record_id, _ in exceptions()} <= shipped
    columns = {column for _, column in exceptions()}
    assert not columns & {"anchor", "paragraph", "start", "end", "as_of", "deadline", "since"}
    assert not columns & {"amount", "currency", "party", "provider", "recipient", "decision"}


def test_every_name_that_a_shipped_record_uses_has_texts() -> None:
    names = shipped_names()
    for one in shipped_records():
        for column in name_columns(one.kind):
            for name in (getattr(one.statement, column.name) or "").split():
                if ":" in name:
                    assert all(names.name(name, language) for language in LANGUAGES)


def pledge(**changed: Any) -> Record:
    fields: dict[str, Any] = {
        "provider": "party:NOR",
        "purpose": "name:wells",
        "amount": 40_000_000,
        "currency": "USD",
        "stage": "pledged",
        "qualifier": "nearly",
        "as_of": "2024-06",
    }
    return record("funding", "own", anchor="4,000万美元", **fields | changed)


def faults(one: Record, text: str = TEXT) -> tuple[str, ...]:
    return Agreement({(FIRST, "1"): text}, {}, "zh").faults(one)


def test_a_record_that_says_what_its_paragraph_says_has_no_fault() -> None:
    assert faults(pledge()) == ()
    land: dict[str, Any] = {"subject": "party:KEN", "measure": "name:restored", "as_of": "2024"}
    area: dict[str, Any] = {"value": 5_000_000, "unit": "ha", "qualifier": "about"}
    assert faults(record("observations", "o", anchor="500万公顷", **land, **area)) == ()
    assert faults(record("observations", "o", anchor="40%", **land, value=40, unit="%")) == ()
    counted: dict[str, Any] = {"value": 18, "unit": "term:country"}
    assert faults(record("observations", "o", anchor="18个国家", **land, **counted)) == ()


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"amount": 4_000_000}, "amount"),
        ({"amount": 40_000_001}, "amount"),
        ({"currency": "EUR"}, "unit"),
        ({"qualifier": "exact"}, "qualifier"),
        ({"as_of": "2024-07"}, "as_of"),
        ({"as_of": "2024-06-30"}, "as_of"),
        ({"provider": "party:SWE"}, "provider"),
        ({"recipient": "organization:fao"}, "recipient"),
    ],
)
def test_a_field_that_says_something_else_is_named(changed: dict[str, Any], column: str) -> None:
    assert faults(pledge(**changed)) == (column,)


def test_another_unit_of_the_same_figure_is_named() -> None:
    said: dict[str, Any] = {"subject": "party:KEN", "measure": "name:x", "value": 18}
    assert faults(record("observations", "o", anchor="18", **said, unit="term:project")) == (
        "unit",
    )
    assert faults(record("observations", "o", anchor="18", **said, unit="%")) == ("unit",)


@pytest.mark.parametrize(
    "anchor", ["4,000万欧元", "8个国家", "十八个国家", "共有18个国家参加，挪威承诺提供近"]
)
def test_an_anchor_that_is_not_printed_or_too_long_is_named(anchor: str) -> None:
    one = replace(pledge(), sources=(Anchor(FIRST, "1", anchor),))
    assert faults(one) == ("anchor",)


def test_a_paragraph_that_is_not_there_is_named() -> None:
    assert faults(replace(pledge(), sources=(Anchor(FIRST, "2", "18"),))) == ("paragraph",)


def test_a_session_is_dated_by_its_masthead_and_a_name_by_its_heading() -> None:
    one = record("events", "e", anchor="18", name="party:PAN", start="2025-12-01", end="2025-12-05")
    place = (FIRST, "1")
    bare = Agreement({place: TEXT}, {}, "zh")
    headed = Agreement({place: TEXT}, {place: ("2025年12月1日至5日", "巴拿马")}, "zh")
    assert bare.faults(one) == ("name", "start", "end")
    assert headed.faults(one) == ()
