"""The grids of records: what they ask and show, and the page in a real browser."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from api_samples import home_settings, written
from api_serving import serving
from browser import (
    WIDTHS,
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    served,
    violations,
)
from openpyxl import load_workbook
from playwright.sync_api import expect

from api.desk import Desk
from api.house import open_house
from api.record_requests import request_of
from api.schemas import IngestChoices, RecordRequest
from api.web.records.asked import Asked, asked_of
from api.web.records.cells import Reading, around, money
from api.web.records.choices import choices, label_of, matching
from api.web.records.columns import COLUMNS
from api.web.records.excluding import excluding
from api.web.records.filters import FILTERS, filter_of
from api.web.records.grid import opening
from api.web.records.rows import PAGE, row_of, row_page
from api.web.records.totals import sums
from kb.errors import InvalidQuery
from kb.languages import LANGUAGES, Language
from kb.records.columns import columns_of
from kb.records.kinds import RECORD_KINDS
from kb.records.words import group
from kb.terms import load_terms

__all__ = ["chromium", "opened", "served"]

KEPT = 4
_PARTIES = ("Morocco", "KEN")
MANY = 6 * PAGE + 30
FUNDING = """id,donor,initiative,purpose,amount,currency,stage,part_of,qualifier,per
nor,Norway,IDRA,wells,40000000,USD,pledged,,more_than,year
nor-part,Norway,IDRA,pumps,5.25,USD,pledged,nor,,year
ken,Kenya,IDRA,"'=SUM(A1) wells",7,USD,pledged,,,year
fao,FAO,IDRA,seeds,2,EUR,disbursed,,,
"""


def targets(rows: int) -> str:
    head = "id,party,subject,measure,value,unit,deadline\n"
    return head + "".join(
        f"t-{nth:04},{_PARTIES[nth % 2]},IDRA,plot {nth:04},{nth + 1},ha,{2030 + nth % 3}\n"
        for nth in range(rows)
    )


def fill(desk: Desk, folder: Path) -> None:
    for name, text in (("funding.csv", FUNDING), ("targets.csv", targets(MANY))):
        (report,) = desk.ingest([written(folder, name, text)], IngestChoices())
        assert (report.status, report.row_errors) == ("added", []), report


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_house(home_settings(tmp_path_factory.mktemp("records-home"))) as house:
        house.public.init()
        fill(house.public, tmp_path_factory.mktemp("sheets"))
        yield house.public


# ---- addresses ----


def test_an_address_gives_the_filters_and_the_filters_the_address() -> None:
    asked = asked_of(
        "funding", parse_qsl("party=KEN&party=MAR&stage=pledged&order=-amount&view=charts")
    )
    assert asked.filters == {"party": ("KEN", "MAR"), "stage": ("pledged",)}
    assert asked.order == "-amount"
    assert asked.path == "/records/funding?party=KEN&party=MAR&stage=pledged&order=-amount"
    assert asked_of("funding", parse_qsl(urlsplit(asked.path).query)) == asked


@pytest.mark.parametrize("name", ["Kenya", "KEN", "Кения", "肯尼亚", "كينيا", "party:KEN"])
def test_a_name_in_an_address_may_be_in_any_language(name: str) -> None:
    assert asked_of("funding", [("party", name)]).values("party") == ("KEN",)


def test_the_code_of_a_party_means_the_party_whatever_else_is_called_so(desk: Desk) -> None:
    for party in load_terms().parties:
        asked = asked_of("targets", [("party", party.key)])
        assert asked.values("party") == (party.key,)
        assert label_of(asked, "party", party.key, "en") == load_terms().name(party.id, "en")
        assert asked.request("en").party == [party.id]
    morocco = asked_of("targets", [("party", "MAR"), ("subject", "IDRA")])
    assert desk.record_count(morocco.request("en"), []).count == MANY // 2


def test_another_kind_keeps_the_filters_that_it_offers() -> None:
    asked = asked_of("funding", [("party", "KEN"), ("stage", "pledged"), ("order", "-amount")])
    assert asked.of_kind("participations") == Asked("participations", {"party": ("KEN",)})


def test_the_link_to_the_api_asks_for_the_same_records_in_the_same_order() -> None:
    asked = asked_of("funding", [("party", "KEN"), ("minimum", "5")])
    given = request_of("funding", parse_qsl(urlsplit(asked.api_path).query))
    assert given == asked.request("en")
    assert given.order == "-amount"


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_what_a_grid_offers_is_known_to_the_records(kind: str, desk: Desk) -> None:
    columns = columns_of(kind)
    for known in FILTERS[kind]:  # type: ignore[index]
        assert set(known.columns) <= {*columns, "year"}
        assert not known.group or group(known.group)
        for choice in choices(desk, Asked(kind), known, "en")[:3]:  # type: ignore[arg-type]
            desk.records(Asked(kind, {known.name: (choice.value,)}).request("en"))  # type: ignore[arg-type]
    for column in COLUMNS[kind]:  # type: ignore[index]
        assert column.order is None or column.order in columns
    assert sum(column.part == "main" for column in COLUMNS[kind]) == 1  # type: ignore[index]


# ---- cells ----


def test_money_is_written_as_the_language_writes_it() -> None:
    written_in = {one: money_of("150000000.5", one) for one in LANGUAGES}
    assert written_in["en"] == "USD 150,000,000.5"
    assert written_in["es"] == "150.000.000,5 USD"
    assert written_in["ru"] == "150 000 000,5 USD"


def money_of(value: str, language: Language) -> str:
    from decimal import Decimal

    text = money(Decimal(value), "USD", language)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_figure_is_meant_stands_beside_it(language: Language) -> None:
    assert around("exact", None, language) == ("", "")
    assert any(around("more_than", None, language))
    assert around("more_than", "year", language) != around("more_than", None, language)


def test_a_row_says_amount_qualifier_and_period_and_marks_a_part(desk: Desk) -> None:
    found = {
        one.id: row_of(one, "en") for one in desk.records(Asked("funding").request("en")).items
    }
    amounts = [column.part for column in COLUMNS["funding"]].index("figure")
    whole, part = found["nor"].cells[amounts], found["nor-part"].cells[amounts]
    assert (whole.before, whole.after) == ("more than", "per year")
    assert whole.text.endswith("40,000,000")
    assert part.note == "included in a larger figure"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_record_has_a_row_in_every_language(desk: Desk, language: Language) -> None:
    for kind in RECORD_KINDS:
        for one in desk.records(Asked(kind).request(language, limit=1_000)).items:
            row = row_of(one, language)
            main = [column.part for column in COLUMNS[kind]].index("main")
            assert row.cells[main].text, one.id
            assert row.marks, one.id
            assert not any(":" in cell.text.split(" ")[0][1:-1] for cell in row.cells), one.id


def test_what_stands_in_a_file_has_no_chip_that_opens_nothing(desk: Desk) -> None:
    record = desk.records(RecordRequest(kind="funding", id=["fao"])).items[0]
    (mark,) = row_of(record, "en").marks
    assert mark.reference is None
    assert mark.text.startswith("funding.csv")


def test_an_unknown_word_of_a_column_is_shown_as_it_is(desk: Desk) -> None:
    record = desk.records(RecordRequest(kind="funding", id=["fao"])).items[0]
    assert record.model_extra is not None
    other = record.model_copy(update={"stage": "promised"})
    assert Reading(other, "fr").word("stage") == "Promised"


# ---- choices ----


def test_choices_are_what_is_there_under_the_other_filters(desk: Desk) -> None:
    party = filter_of("targets", "party")
    assert party is not None
    found = choices(desk, asked_of("targets", [("year", "2030"), ("subject", "IDRA")]), party, "es")
    assert {one.value for one in found} == {"KEN", "MAR"}
    assert sum(one.count for one in found) == len([n for n in range(MANY) if n % 3 == 0])
    assert {one.label for one in found} == {"Kenya", "Marruecos"}


def test_who_gives_and_gets_is_counted_once(desk: Desk) -> None:
    for kind in RECORD_KINDS:
        for known in FILTERS[kind]:
            for one in choices(desk, Asked(kind), known, "en")[:5]:
                found = desk.record_count(Asked(kind, {known.name: (one.value,)}).request("en"), [])
                assert found.count >= one.count > 0, (kind, one)
                assert known.names or found.count == one.count


def test_a_chosen_value_stays_among_the_choices_and_comes_first(desk: Desk) -> None:
    stage = filter_of("funding", "stage")
    assert stage is not None
    asked = asked_of("funding", [("stage", "subsidy"), ("party", "NOR")])
    first = choices(desk, asked, stage, "en")[0]
    assert (first.value, first.is_chosen, first.count) == ("subsidy", True, 0)


def test_a_search_in_the_choices_passes_over_case_and_accents(desk: Desk) -> None:
    party = filter_of("participations", "party")
    assert party is not None
    found = choices(desk, Asked("participations"), party, "fr")
    assert [one.value for one in matching(found, "COTE D")] == ["CIV"] or not any(
        one.value == "CIV" for one in found
    )
    assert matching(found, "  ") == found
    assert matching(found, "zzzz") == ()


def test_a_value_that_no_language_knows_is_its_own_label() -> None:
    assert label_of(Asked("funding"), "stage", "promised", "ru") == "promised"
    assert label_of(Asked("funding"), "minimum", "5", "ru") == "5"


# ---- pages, sums, emptiness ----


def test_pages_follow_one_another_and_hold_every_record_once(desk: Desk) -> None:
    asked = asked_of("targets", [("subject", "IDRA"), ("order", "-value")])
    seen: list[str] = []
    cursor = None
    while True:
        page = row_page(desk, asked, "en", cursor)
        assert len(page.rows) <= PAGE
        seen += [row.id for row in page.rows]
        if (cursor := page.next_cursor) is None:
            break
    assert seen == [f"t-{nth:04}" for nth in reversed(range(MANY))]


def test_sums_never_cross_currencies_and_leave_parts_out(desk: Desk) -> None:
    asked = asked_of("funding", [("initiative", "IDRA"), ("party", "NOR"), ("party", "KEN")])
    (total,) = sums(desk, asked, "en")
    assert total.text.replace("\N{NO-BREAK SPACE}", " ") == "USD 40,000,007 per year"
    assert (total.of, total.count, total.left_out) == ("Pledged", 2, 1)
    assert total.is_rough


def test_a_candidate_never_enters_a_sum(desk: Desk) -> None:
    asked = asked_of("funding", [("initiative", "IDRA"), ("status", "candidate")])
    assert sums(desk, asked, "en") == sums(desk, asked.with_values("status", ()), "en")


def test_kinds_without_figures_have_no_sums(desk: Desk) -> None:
    assert sums(desk, Asked("events"), "en") == ()
    assert sums(desk, Asked("milestones"), "en") == ()


def test_an_empty_grid_says_which_filter_leaves_how_many_out(desk: Desk) -> None:
    asked = asked_of("targets", [("party", "KEN"), ("subject", "IDRA"), ("minimum", str(MANY * 9))])
    found = opening(desk, asked, "en")
    assert found.excluding == excluding(desk, asked, "en")
    assert (found.total, found.page.rows) == (0, ())
    by_name = {one.name: one for one in excluding(desk, asked, "en")}
    assert by_name["minimum"].count == MANY // 2
    assert by_name["party"].count == 0
    assert by_name["party"].values == ("Kenya",)
    assert found.excluding[0].name == "minimum"


def test_a_filter_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(InvalidQuery, match="colour"):
        asked_of("events", [("colour", "red")]).request("en")


# ---- in a browser ----


@pytest.fixture(scope="module")
def grid_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with what ships, and with more targets than a browser holds."""
    home = tmp_path_factory.mktemp("grid-home")
    with open_house(home_settings(home)) as house:
        house.own.init()
        fill(house.own, tmp_path_factory.mktemp("grid-sheets"))
    with serving(home) as (address, _):
        yield address


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_filtered_grid_leads_to_its_paragraph_and_back(
    opened: Opened, grid_server: str, language: str, width: str
) -> None:
    path = "/records/funding?initiative=rgdrp"
    page = opened(path, width=width, language=language, address=grid_server)
    rows = page.locator(".rec-row")
    expect(rows.first).to_be_visible()
    filtered = rows.count()
    assert 0 < filtered < 15
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls aside"
    page.locator("[popovertarget=rec-filter-stage]").click()
    page.locator("#rec-filter-stage .rec-choice input").first.check()
    expect(page).to_have_url(re.compile("initiative=initiative%3Argdrp&stage="))
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.go_back()
    expect(rows).to_have_count(filtered)
    expect(page.locator("[popovertarget=rec-filter-stage] .rec-filter-value")).to_have_text("")
    rows.first.locator(".lb-chip").first.press("Enter")
    expect(page.locator(".lb-source mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(rows.first.locator(".lb-chip").first).to_be_focused()
    assert violations(page) == []
    assert console_errors(page) == []
    assert outside_requests(page) == []


def test_a_browser_holds_a_few_pages_of_many_rows(opened: Opened, grid_server: str) -> None:
    page = opened("/records/targets?subject=IDRA&order=value", address=grid_server)
    rows = page.locator(".rec-row")
    expect(rows).to_have_count(PAGE)
    last = page.locator(f'.rec-row[aria-rowindex="{MANY + 1}"]')
    stop = rows.first.locator(".rec-stop")
    stop.focus()
    for _ in range(3 * KEPT):
        page.keyboard.press("End")
        page.wait_for_timeout(120)
    expect(last).to_be_visible()
    assert rows.count() <= (KEPT + 1) * PAGE
    page.keyboard.press("ArrowUp")
    focused = page.evaluate("document.activeElement.closest('tr').ariaRowIndex")
    assert focused == str(MANY)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    expect(page.locator('.rec-row[aria-rowindex="2"]')).to_be_visible()
    assert console_errors(page) == []


def test_filters_that_exclude_all_are_named_and_taken_away(
    opened: Opened, grid_server: str
) -> None:
    page = opened("/records/funding?party=KEN&stage=subsidy", address=grid_server)
    empty = page.locator(".rec-empty")
    expect(empty.get_by_text("Party: Kenya")).to_be_visible()
    assert violations(page) == []
    empty.get_by_role("button", name="Take away Stage: Subsidy").click()
    expect(page).to_have_url(re.compile(r"\?party=KEN$"))
    expect(page.locator(".rec-row")).to_have_count(1)
    expect(empty).to_be_hidden()


def test_a_wrong_address_says_what_may_be_asked(opened: Opened, grid_server: str) -> None:
    page = opened("/records/events?colour=red", address=grid_server)
    expect(page.locator("main [role=alert]")).to_contain_text("colour")
    page.locator("main").get_by_role("button", name="Clear filters").last.click()
    expect(page.locator(".rec-row").first).to_be_visible()


def test_rows_are_saved_as_they_are_filtered_and_hold_no_formula(
    opened: Opened, grid_server: str, tmp_path: Path
) -> None:
    page = opened("/records/funding?party=KEN", address=grid_server)
    expect(page.locator(".rec-row")).to_have_count(1)
    for name, action in (("funding.csv", "Save as CSV"), ("funding.xlsx", "Save as XLSX")):
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name=action).click()
        assert saved.value.suggested_filename == name
        saved.value.save_as(tmp_path / name)
    (record,) = csv.DictReader(io.StringIO((tmp_path / "funding.csv").read_text("utf-8-sig")))
    assert record["id"] == "ken"
    assert not any(str(value).startswith(("=", "+", "-", "@")) for value in record.values())
    (_, cells) = load_workbook(tmp_path / "funding.xlsx").active.iter_rows(values_only=True)
    assert not any(str(value).startswith(("=", "+", "@")) for value in cells)
