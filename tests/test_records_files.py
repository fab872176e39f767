"""Files of a user's own records: what each cell means, what is refused, and what comes back."""

import csv
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from record_samples import FIRST, Room, pledge

from ingestion.pipeline import FileReport, IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from ingestion.sheets.reports import RecordFile
from ingestion.sheets.rows import read_records
from kb.errors import UnreadableFile
from kb.records.query import EVERYONE, STATUSES, RecordQuery

FUNDING = ["id", "provider", "initiative", "purpose", "amount", "currency", "stage"]
GOOD = [
    "g1",
    "Norway",
    "Riyadh Global Drought Resilience Partnership",
    "wells",
    "5",
    "USD",
    "pledged",
]


class Shelf:
    """The part of a knowledge base that files of records need."""

    def __init__(self, room: Room) -> None:
        self.records = room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    home = tmp_path / "home-of-records"
    home.mkdir()
    room = Room(home)
    yield room
    room.store.close()


def write(path: Path, *rows: Sequence[object]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def ingest(room: Room, *paths: Path, **options: str) -> list[FileReport]:
    chosen = IngestOptions(**options)  # type: ignore[arg-type]
    return list(ingest_paths(Shelf(room), paths, options=chosen, limits=ReadLimits()))  # type: ignore[arg-type]


def read(path: Path) -> RecordFile:
    return read_records(path, ReadLimits(), name=path.name)


def statement(path: Path) -> dict[str, object]:
    found = read(path)
    assert found.errors == ()
    (one,) = found.records
    return {k: v for k, v in one.statement.model_dump().items() if v is not None and k != "id"}


TRACKERS = {
    "en": ("Country", "Target", "Indicator", "Area (million ha)", "Target year", "Kenya"),
    "fr": ("Pays", "Cible", "Indicateur", "Superficie (millions ha)", "Année cible", "Kenya"),
    "es": ("País", "Meta", "Indicador", "Superficie (millones de ha)", "Año meta", "Kenya"),
    "ru": ("Страна", "Целевой показатель", "Индикатор", "Площадь (млн га)", "Срок", "Кения"),
    "ar": ("البلد", "الغاية", "المؤشر", "المساحة (مليون هكتار)", "السنة المستهدفة", "كينيا"),
    "zh": ("国家", "目标", "指标", "面积（百万公顷）", "目标年", "肯尼亚"),
}


@pytest.mark.parametrize("language", TRACKERS)
def test_a_target_tracker_is_read_in_six_languages(tmp_path: Path, language: str) -> None:
    *head, country = TRACKERS[language]
    text = {"ru": "5,1", "fr": "5,1", "es": "5,1"}.get(language, "5.1")
    path = write(tmp_path / "export.csv", head, [country, "x y z", "SO 1-1", text, "2030"])
    assert statement(path) == {
        "subject": "party:KEN",
        "party": "party:KEN",
        "measure": "name:x y z",
        "indicator": "name:SO 1-1",
        "value": Decimal(5_100_000),
        "unit": "ha",
        "qualifier": "exact",
        "deadline": "2030",
    }


def test_a_target_without_a_figure_is_one_target(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", ["country", "text", "area", "year"], ["KEN", "Plan", "", 2030])
    found = statement(path)
    assert (found["value"], found["unit"]) == (Decimal(1), "term:target")


def test_a_project_sheet_is_read_with_its_header_units(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pipeline.csv",
        [
            "Project title",
            "Beneficiary country",
            "Donor",
            "Budget (USD million)",
            "Status",
            "Start",
            "End",
        ],
        ["Green belts", "Sénégal", "FAO", "12.5", "Approved", "01/02/2024", "2027"],
    )
    assert statement(path) == {
        "provider": "organization:fao",
        "recipient": "party:SEN",
        "purpose": "name:Green belts",
        "amount": Decimal(12_500_000),
        "currency": "USD",
        "stage": "approved",
        "qualifier": "exact",
        "period_start": "2024-02-01",
        "period_end": "2027",
    }


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("US$ 1.5 billion", 1_500_000_000, "USD"),
        ("1 600 000", 1_600_000, "USD"),
        ("1,600,000.50", Decimal("1600000.5"), "USD"),
        ("16亿美元", 1_600_000_000, "USD"),
    ],
)
def test_amounts_are_exact_however_they_are_written(
    tmp_path: Path, cell: str, amount: Decimal, currency: str
) -> None:
    row = [*GOOD]
    row[4] = cell
    found = statement(write(tmp_path / "funding.csv", FUNDING, row))
    assert (found["amount"], found["currency"]) == (amount, currency)


def test_a_qualifier_in_the_cell_is_kept(tmp_path: Path) -> None:
    row = [*GOOD]
    row[4] = "more than 5 million dollars"
    found = statement(write(tmp_path / "funding.csv", FUNDING, row))
    assert (found["amount"], found["qualifier"]) == (Decimal(5_000_000), "more_than")


@pytest.mark.parametrize(
    ("column", "cell", "cause"),
    [
        (0, "=1+1", "formula"),
        (0, "a\tb;c*", "no id"),
        (1, "party:XQZ", "no"),
        (2, "@SUM(A1)", "formula"),
        (3, "=cmd|' /C calc'!A0", "formula"),
        (3, "+1234", "formula"),
        (3, "-2+3", "formula"),
        (6, "", "empty"),
        (4, "-5", "negative"),
        (4, "(5)", "negative"),
        (4, "−5", "negative"),
        (4, "=5", "formula"),
        (4, "many", "no number"),
        (4, "5 or 6 dollars", "several"),
        (4, "1,2,3,4", "no number"),
        (4, "NaN", "no number"),
        (4, "1e30", "too large"),
        (4, "0.123456", "decimals"),
        (4, "1234567890.1234567", "digits"),
        (5, "XQZ", "currency"),
        (6, "promised maybe", "none of"),
    ],
)
def test_a_bad_cell_is_named_with_its_row_column_and_cause(
    tmp_path: Path, column: int, cell: str, cause: str
) -> None:
    row = [*GOOD]
    row[column] = cell
    found = read(write(tmp_path / "funding.csv", FUNDING, row))
    assert found.records == ()
    (error,) = found.errors
    assert (error.row, error.column) == (2, FUNDING[column])
    assert cause in error.cause


@pytest.mark.parametrize(
    "cell", ["2030-13-45", "31/02/2030", "2030-02-30", "soon", "99999", "3 May"]
)
def test_an_impossible_date_is_refused(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "t.csv", ["country", "target", "ha", "year"], ["KEN", "x", "", cell])
    found = read(path)
    assert [(e.column, bool(e.cause)) for e in found.errors] == [("year", True)]


@pytest.mark.parametrize("cell", ["Atlantis", "Kenya and Uganda", "ZZZ", "party:ZZZ", "12"])
def test_an_unknown_country_is_refused(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "t.csv", ["country", "target", "year"], [cell, "x", "2030"])
    assert [e.column for e in read(path).errors] == ["country"]


def test_an_unknown_organization_keeps_its_text(tmp_path: Path) -> None:
    row = [*GOOD]
    row[1] = "Friends of  the Wells"
    assert statement(write(tmp_path / "funding.csv", FUNDING, row))["provider"] == (
        "name:Friends of the Wells"
    )


def test_a_thousand_bad_rows_store_nothing_and_are_all_reported(tmp_path: Path, room: Room) -> None:
    bad: list[list[object]] = []
    for n in range(200):
        for column, cell in ((1, "party:QQQ"), (4, f"-{n}"), (3, f"=A{n}"), (6, "?")):
            row: list[object] = [f"b{n}-{column}", *GOOD[1:]]
            row[column] = cell
            bad.append(row)
        bad.append([f"twice{n // 2}", *GOOD[1:]])
    (report,) = ingest(room, write(tmp_path / "funding.csv", FUNDING, *bad))
    assert report.status == "rejected"
    assert {error.row for error in report.row_errors} == set(range(2, 1002))
    assert room.count(RecordQuery(kind="funding", status=STATUSES, visibility=EVERYONE)) == 0


def test_good_rows_are_stored_beside_bad_ones(tmp_path: Path, room: Room) -> None:
    bad = [*GOOD]
    bad[0], bad[4] = "g2", "-1"
    (report,) = ingest(room, write(tmp_path / "funding.csv", FUNDING, GOOD, bad))
    assert (report.status, report.records, len(report.row_errors)) == ("added", 1, 1)
    assert report.reason is not None
    assert report.reason.startswith("1 of 2 rows not stored; row 3, amount")
    assert room.get("g1").extracted_by == "funding.csv"


def test_of_two_rows_with_one_id_neither_is_stored(tmp_path: Path) -> None:
    found = read(write(tmp_path / "funding.csv", FUNDING, GOOD, GOOD))
    assert found.records == ()
    assert [(e.row, e.column) for e in found.errors] == [(2, "id"), (3, "id")]


def test_a_row_without_an_id_that_stands_twice_is_stored_once(tmp_path: Path) -> None:
    found = read(write(tmp_path / "funding.csv", FUNDING[1:], GOOD[1:], GOOD[1:]))
    assert len(found.records) == 1
    assert [e.row for e in found.errors] == [3]


def test_the_same_file_again_changes_nothing(tmp_path: Path, room: Room) -> None:
    path = write(tmp_path / "funding.csv", FUNDING, GOOD)
    assert [ingest(room, path)[0].status for _ in range(2)] == ["added", "unchanged"]


def test_a_changed_row_takes_the_place_of_the_one_with_its_id(tmp_path: Path, room: Room) -> None:
    ingest(room, write(tmp_path / "funding.csv", FUNDING, GOOD))
    changed = [*GOOD]
    changed[4] = "6"
    (report,) = ingest(room, write(tmp_path / "other.csv", FUNDING, changed))
    assert report.status == "added"
    (one,) = room.page(RecordQuery(kind="funding")).items
    assert (one.statement.amount, one.sources[0].document_id) == (Decimal(6), "other.csv")  # type: ignore[attr-defined]


def test_rows_without_ids_are_those_of_the_file_as_it_is_now(tmp_path: Path, room: Room) -> None:
    ingest(room, write(tmp_path / "funding.csv", FUNDING[1:], GOOD[1:]))
    changed = [*GOOD[1:]]
    changed[3] = "6"
    (report,) = ingest(room, write(tmp_path / "funding.csv", FUNDING[1:], changed))
    assert report.status == "updated"
    assert room.totals(RecordQuery(kind="funding"))[0].value == Decimal(6)


def test_a_file_that_has_become_unreadable_takes_nothing_away(tmp_path: Path, room: Room) -> None:
    ingest(room, write(tmp_path / "funding.csv", FUNDING[1:], GOOD[1:]))
    (report,) = ingest(room, write(tmp_path / "funding.csv", FUNDING[1:], ["", "", "", "", "", ""]))
    assert report.status == "rejected"
    assert room.count(RecordQuery(kind="funding")) == 1


def test_a_file_can_be_taken_out_again(tmp_path: Path, room: Room) -> None:
    ingest(room, write(tmp_path / "funding.csv", FUNDING, GOOD))
    assert room.remove_file("funding.csv") == 1
    assert room.count(RecordQuery(kind="funding")) == 0
    assert not room.holds_file("funding.csv")


def test_an_internal_file_stays_inside(tmp_path: Path, room: Room) -> None:
    ingest(room, write(tmp_path / "funding.csv", FUNDING, GOOD), visibility="internal")
    assert room.count(RecordQuery(kind="funding")) == 0
    assert room.count(RecordQuery(kind="funding", visibility=EVERYONE)) == 1


def test_a_row_names_its_paragraph_or_is_its_own_source(tmp_path: Path) -> None:
    head = [*FUNDING, "document", "para."]
    path = write(
        tmp_path / "funding.csv",
        head,
        [*GOOD, FIRST, "para. 8 (b)"],
        ["g2", *GOOD[1:], "", ""],
        ["g3", *GOOD[1:], FIRST, ""],
    )
    found = read(path)
    first, second = (one.sources[0] for one in found.records)
    assert (first.document_id, first.paragraph) == (FIRST, "8(b)")
    assert (second.document_id, second.paragraph) == ("funding.csv", "row 3")
    assert second.text.startswith("g2 | Norway")
    assert [(e.row, e.column) for e in found.errors] == [(4, "para.")]


def test_a_workbook_is_read_with_its_types(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Targets"
    sheet.append(["LDN targets of the region"])
    sheet.append(["Country", "Target", "Area (ha)", "Year"])
    sheet.append(["Kenya", "one", 1500.5, 2030])
    sheet.append(["Kenya", "two", "=1+1", 2030])
    sheet.append(["Kenya", "=HYPERLINK(1)", 3, 2030])
    path = tmp_path / "book.xlsx"
    book.save(path)
    found = read(path)
    assert [(r.statement.value, r.statement.deadline) for r in found.records] == [  # type: ignore[attr-defined]
        (Decimal("1500.5"), "2030"),
    ]
    # A formula that was never computed has no value to read.
    assert [(e.row, e.column) for e in found.errors] == [(4, "Area (ha)"), (5, "Target")]


def test_json_is_read_as_a_list_or_by_kind(tmp_path: Path) -> None:
    one = dict(zip(FUNDING, GOOD, strict=True)) | {"amount": 5.25}
    path = tmp_path / "records.json"
    for value in ([one], {"items": [one | {"kind": "funding"}]}, {"funding": [one]}):
        path.write_text(json.dumps(value), encoding="utf-8")
        assert statement(path)["amount"] == Decimal("5.25")


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"colour,size\nred,5\n", "no kind of records fits"),
        ("a.csv", b"\xff\x00\xff", "UTF-8"),
        ("a.csv", b"provider,amount\n\xe9,5\n", "UTF-8"),
        ("a.xlsx", b"no zip", "no Excel workbook"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"5", "no list"),
        ("a.json", b"[1, 2]", "no list"),
        ("a.json", b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_table_of_records_is_refused(
    tmp_path: Path, room: Room, name: str, content: bytes, cause: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (report,) = ingest(room, path)
    assert report.status == "rejected"
    assert cause in (report.reason or "")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["country"])
    path = tmp_path / "b.xlsx"
    book.save(path)
    with pytest.raises(UnreadableFile, match="unpacks"):
        read_records(path, ReadLimits(max_unpacked_mb=0), name="b.xlsx")


def test_a_users_record_stands_over_what_ships(tmp_path: Path, room: Room) -> None:
    from kb.records.loading import load_records

    shipped = [pledge("g1", "party:NOR", 4), pledge("g2", "party:NOR", 3)]
    with room.store.writing() as session:
        load_records(session, shipped)
    ingest(room, write(tmp_path / "funding.csv", FUNDING, GOOD))
    with room.store.writing() as session:
        load_records(session, shipped)
    amounts = {r.id: r.statement.amount for r in room.every(RecordQuery(kind="funding"))}  # type: ignore[attr-defined]
    assert amounts == {"g1": Decimal(5), "g2": Decimal(3)}
    room.remove_file("funding.csv")
    with room.store.writing() as session:
        load_records(session, shipped)
    assert room.get("g1").statement.amount == Decimal(4)  # type: ignore[attr-defined]


def test_what_a_reviewer_rejected_stays_rejected_when_shipped_records_are_loaded(
    room: Room,
) -> None:
    from sqlalchemy import text

    from kb.records.loading import load_records

    for _ in range(2):
        with room.store.writing() as session:
            load_records(session, [pledge("g1", "party:NOR", 4)])
            session.execute(text("UPDATE record_funding SET status = 'rejected'"))
    with room.store.writing() as session:
        load_records(session, [pledge("g1", "party:NOR", 4)])
    assert room.get("g1").status == "rejected"
