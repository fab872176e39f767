"""The grids of records in a real browser."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_samples import home_settings
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

from api.house import open_house
from api.web.records.rows import PAGE

__all__ = ["chromium", "opened", "served"]

from records_held import KEPT, MANY, fill


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
    # The rows are drawn anew, and a chip that goes takes the focus with it.
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
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
