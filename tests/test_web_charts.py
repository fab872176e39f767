"""The charts of records: which there are, what they show and add, and the page in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_samples import home_settings, written
from browser import (
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    served,
    violations,
)

from api.desk import Desk
from api.house import open_house
from api.schemas import IngestChoices
from api.web.assets import picture
from api.web.records.charts_offered import offered
from api.web.records.charts_options import heights, options
from api.web.records.charts_text import lines, plain
from api.web.records.charts_view import Chart
from kb.languages import LANGUAGES, Language
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.terms import load_terms

__all__ = ["chromium", "opened", "served"]

FUNDING = """id,donor,initiative,purpose,amount,currency,stage,part_of,period_start,per
a,Norway,IDRA,wells,40,USD,pledged,,,
b,Norway,IDRA,pumps,2,USD,pledged,,,
c,Norway,IDRA,wells,7,USD,disbursed,,,
d,Kenya,IDRA,wells,5,USD,pledged,,,
e,Kenya,IDRA,wells,5,EUR,pledged,,,
f,Norway,IDRA,troughs,3,USD,pledged,,2031,
g,Norway,IDRA,valves,1,USD,pledged,a,,
h,Kenya,IDRA,rent,9,USD,pledged,,,year
i,Norway,IDRA,rent,8,USD,pledged,,,year
"""
ONE = """id,name,start
one,A meeting of wells,2031-04-02
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """What ships, beside invented files."""
    with open_house(home_settings(tmp_path_factory.mktemp("charts"))) as house:
        house.own.init()
        yield house.own


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Invented files alone: without what ships, Parties are named by their codes."""
    folder = tmp_path_factory.mktemp("own-charts")
    with open_house(home_settings(folder / "home")) as house:
        for name, text in (("funding.csv", FUNDING), ("events.csv", ONE)):
            (report,) = house.own.ingest([written(folder, name, text)], IngestChoices())
            assert (report.status, report.row_errors) == ("added", []), report
        yield house.own


def charts(
    desk: Desk, kind: RecordKind, language: Language = "en", **filters: str
) -> dict[str, Chart]:
    given = {name: (value,) for name, value in filters.items()}
    return {one.id: one for one in offered(desk, kind, given, language).charts}


def test_no_chart_is_drawn_of_a_single_event(own: Desk) -> None:
    assert charts(own, "events") == {}
    assert charts(own, "milestones") == {}


def test_money_is_never_added_across_currencies_stages_or_periods(own: Desk) -> None:
    found = charts(own, "funding")
    assert set(found) == {"money-USD", "money-USD-year"}, "one figure in EUR is no chart"
    bars = sorted((mark.row, mark.series, mark.size) for mark in found["money-USD"].marks)
    assert bars == [
        ("KEN", "Pledged", 5),
        ("NOR", "Disbursed", 7),
        ("NOR", "Pledged", 1),  # a part of another figure stands alone
        ("NOR", "Pledged", 3),  # of another period
        ("NOR", "Pledged", 42),
    ]


def test_a_sum_says_how_many_figures_it_adds_and_rests_on_all(own: Desk) -> None:
    (bar,) = (one for one in charts(own, "funding")["money-USD"].marks if one.size == 42)
    assert bar.text == "USD\N{NO-BREAK SPACE}42 (sum of 2 figures)"
    assert len(bar.sources) == 2


def test_filters_choose_what_is_drawn(own: Desk) -> None:
    assert charts(own, "funding", stage="disbursed") == {}
    found = charts(own, "funding", party="NOR")["money-USD"]
    assert {mark.row for mark in found.marks} == {"NOR"}


def test_a_filter_for_candidates_draws_no_candidates(desk: Desk) -> None:
    asked = charts(desk, "milestones", status="candidate")
    assert asked == charts(desk, "milestones")


def test_progress_is_a_stack_for_each_programme_with_its_whole_in_the_scope(desk: Desk) -> None:
    stacks = charts(desk, "milestones").values()
    assert {one.form for one in stacks} == {"stacked"}
    largest = max(stacks, key=lambda one: len(one.marks))
    sums = {row: sum(m.size for m in largest.marks if m.row == row) for row in largest.rows}
    assert len(set(sums.values())) == 1, sums
    assert largest.scope[-1] == f"of {next(iter(sums.values())):g} countries"
    assert largest.series == ("Completed", "In progress", "Not started")


def test_one_measure_at_two_times_stands_side_by_side(desk: Desk) -> None:
    pairs = [one for one in charts(desk, "observations").values() if one.id.startswith("times-")]
    assert pairs
    for one in pairs:
        days = [mark.row for mark in one.marks]
        assert len(set(days)) == len(days) > 1
        assert days == sorted(days)


def test_only_figures_of_one_measure_or_one_whole_are_compared(desk: Desk) -> None:
    for one in charts(desk, "observations").values():
        assert one.id.partition("-")[0] in {"times", "parts", "beside"}
        assert len(one.marks) > 1


def test_a_map_has_only_parties_that_the_outlines_have(desk: Desk) -> None:
    world = Path("api/web/static/world.svg")
    text = (Path(__file__).parents[1] / world).read_text(encoding="utf-8")
    there = set(re.findall(r'<g id="([A-Z]{3})">', text))
    parties = {
        one.id.removeprefix("party:") for one in load_terms().all if one.id.startswith("party:")
    }
    assert parties <= there, "a Party without an outline or a dot"
    maps = charts(desk, "participations").values()
    assert maps
    assert {mark.key for one in maps for mark in one.marks} <= there
    assert picture("world.svg").endswith("/world.svg")
    assert len(text.encode()) < 300_000


def test_who_stands_in_several_initiatives_is_drawn_first(desk: Desk) -> None:
    (flow,) = charts(desk, "partnerships").values()
    assert flow.left == len(flow.marks) - len(flow.drawn) > 0
    assert str(len(flow.marks)) in flow.notes[0]
    several = [mark.key.split()[0] for mark in flow.marks]
    assert all(several.count(mark.key.split()[0]) > 1 for mark in flow.drawn)


def test_events_stand_in_the_order_of_their_dates(desk: Desk) -> None:
    years = [mark.key for mark in charts(desk, "events")["events"].marks]
    assert years == sorted(years)
    assert len(years) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_its_table_its_sources_and_its_options(
    desk: Desk, language: Language
) -> None:
    for kind in RECORD_KINDS:
        for one in charts(desk, kind, language).values():
            assert one.title
            assert one.scope, one.id
            assert one.heads[0]
            assert all(mark.sources for mark in one.marks), one.id
            if one.form == "map":
                continue
            assert min(heights(one, language)) > 50
            made = repr(options(one, language))
            assert "#" not in re.sub(r"[^'#]*#[^']*'", "", made), "colours are those of the page"
            assert "function" not in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_broken_without_losing_a_word(language: Language) -> None:
    text = "Assessment of LDN 目标设定方案第二阶段 2.0 تحييد أثر تدهور الأراضي (пример) of 18"
    broken = lines(text, 150, language)
    assert len(broken) > 1
    bare = "".join("".join(broken).split()).replace("\u2067", "").replace("\u2069", "")
    assert bare == "".join(text.split())


def test_no_name_is_taken_for_a_place_in_a_label() -> None:
    assert plain("{b} wells") == "(b) wells"


@pytest.mark.parametrize(("language", "width"), [("en", "wide"), ("ar", "narrow")])
def test_a_chart_leads_to_its_paragraph_and_to_its_table(
    opened: Opened, language: str, width: str
) -> None:
    page = opened("/records/milestones?view=charts", language=language, width=width)
    figure = page.locator("figure.lb-chart").first
    figure.locator("svg text").first.wait_for()
    figure.locator("summary").click()
    rows = figure.locator("tbody tr")
    assert rows.count() >= 20
    assert rows.first.locator(".lb-chip").count() >= 1
    assert violations(page) == []
    figure.locator("svg text").filter(has_text=re.compile(r"^\d+( |$)")).first.click(force=True)
    page.wait_for_selector("html[data-source=open]")
    with page.expect_download() as saved:
        if width == "narrow":
            page.keyboard.press("Escape")
        figure.locator("[data-chart-png]").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert console_errors(page) == []
    assert outside_requests(page) == []


@pytest.mark.parametrize(("language", "width"), [("zh", "narrow"), ("ar", "wide")])
def test_a_map_is_drawn_from_the_page_s_own_outlines(
    opened: Opened, language: str, width: str
) -> None:
    page = opened("/records/participations?view=charts", language=language, width=width)
    figure = page.locator("figure.lb-chart").first
    page.wait_for_function(
        "document.querySelector('.lb-map use')?.getBoundingClientRect().width > 100"
    )
    assert figure.locator(".lb-chart-note").last.inner_text()
    with page.expect_download() as saved:
        figure.locator("[data-chart-png]").click()
    assert Path(saved.value.path()).stat().st_size > 20_000
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert console_errors(page) == []
    assert outside_requests(page) == []
