"""Every system that the founding documents describe keeps a row: what the documents say of it is
answered from the records that ship, with the paragraph; a file that it would export is taken in."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from kb_fixtures import opened
from record_answers import Answers, query, says
from system_exports import EXPORTS, FOLDER, Export

from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.knowledge_base import KnowledgeBase
from kb.records.query import RecordQuery, Standing
from kb.records.record import Record

COP = "ICCD/COP(16)/4"


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with opened(tmp_path_factory.mktemp("systems")) as kb:
        kb.init_shipped()
        yield kb


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with opened(tmp_path_factory.mktemp("exports")) as kb:
        yield kb


@pytest.fixture(scope="module")
def said(kb: KnowledgeBase) -> Answers:
    return Answers(kb)


def test_the_target_tracking_tool_holds_940_targets_of_124_parties(said: Answers) -> None:
    tool = "initiative:ldn-target-tracking-tool"
    assert said.figures("observations", subject=tool) == {
        "target-tracking-tool-targets": (940, "63"),
        "target-tracking-tool-parties": (124, "63"),
        "target-tracking-tool-average-per-country": (8, "63"),
    }
    assert said.partners(tool) == {"organization:european-commission": "63"}
    assert said.figures("targets", subject=tool) == {
        "target-tracking-tool-public-access": (1, "63")
    }
    (filled,) = said.ask("partnerships", initiative="convention:prais", partner=tool)
    assert filled.sources[0].paragraph == "63"


def test_the_progress_board_adds_up_to_18_countries_in_each_activity(said: Answers) -> None:
    programme = "initiative:ldn-tsp-2"
    rows = said.ask("milestones", programme=programme)
    assert len(rows) == 30
    assert {one.sources[0].paragraph for one in rows} == {f"table 1, row {n}" for n in range(1, 11)}
    by_activity: Counter[str] = Counter()
    for one in rows:
        by_activity[says(one).activity] += int(says(one).value)
    assert set(by_activity.values()) == {18}
    done = said.ask("milestones", programme=programme, progress="completed")
    assert [int(says(one).value) for one in sorted(done, key=_row)] == [
        *(18, 16, 16, 9, 10, 6, 6, 0, 0, 0)
    ]
    asked = query("milestones", {"programme": programme, "progress": "not_started"})
    assert sum(total.value for total in said.records.totals(asked)) == 64
    assert said.records.count(query("participations", {"programme": programme})) == 18


def _row(record: Record) -> int:
    return int(record.sources[0].paragraph.removeprefix("table 1, row "))


def test_the_project_pipeline_holds_projects_money_and_its_platform(said: Answers) -> None:
    pipeline = "initiative:project-preparation-partnership"
    assert said.figures("observations", subject=pipeline) == {
        "project-preparation-concept-notes": (130, "59"),
        "project-preparation-projects-financed": (24, "59"),
        "project-preparation-demonstration-projects": (4, "59"),
    }
    (total,) = said.records.totals(query("funding", {"initiative": pipeline}))
    assert (total.value, total.of["currency"], total.of["stage"]) == (
        Decimal(1_600_000_000),
        "USD",
        "mobilised",
    )
    platform = "phrase:global-mechanism-project-tracking-platform"
    assert said.partners(platform) == {
        "organization:unicc": "65",
        "convention:global-mechanism": "65",
    }
    (building,) = said.ask("milestones", programme=platform)
    assert says(building).progress == "in_progress"


def test_the_great_green_wall_goes_from_pledges_to_results(said: Answers) -> None:
    pledged = said.ask("funding", initiative="initiative:ggw", stage="pledged")
    assert [(int(says(one).amount), says(one).qualifier) for one in pledged] == [
        (19_000_000_000, "more_than")
    ]
    donors = said.ask("partnerships", initiative="initiative:ggw", role="donor", since="2021")
    assert len(donors) == 8
    assert {one.sources[0].paragraph for one in donors} == {"81"}
    (approved,) = said.records.totals(
        RecordQuery(kind="funding", where={"stage": ("approved",), "currency": ("EUR",)})
    )
    assert approved.value == Decimal(13_850_000)
    five = said.figures("observations", measure="phrase:great-green-wall-core-pillars")
    assert five == {"great-green-wall-core-pillars": (5, "84")}
    observatory = "initiative:ggw-observatory"
    assert said.figures("observations", subject=observatory) == {
        "ggw-observatory-members-using-monitoring": (9, "67")
    }
    assert said.partners(observatory) == {"party:FRA": "84", "party:AUT": "84"}
    assert said.events("great-green-wall-observatory-launch") == [("2024-05", "party:BFA", "82")]
    assert said.partners("initiative:ggw-accelerator", "host") == {"convention:unccd": "80"}


def test_prais_4_and_strategic_objective_5_are_answered(said: Answers) -> None:
    assert said.figures("observations", subject="convention:prais") == {
        "prais-spatially-explicit-submissions": (10, "62")
    }
    assert said.figures("observations", subject="phrase:indicator-so5-2") == {
        "so5-2-reporting-countries": (46, "71")
    }
    (spent,) = said.ask("funding", stage="reported", instrument="domestic")
    assert (int(says(spent).amount), says(spent).as_of) == (9_300_000_000, "2022")
    assert {one[0] for one in said.events("unccd-reporting-")} == {"2022", "2026"}
    assert said.partners("phrase:reporting-on-strategic-objective-5") == {
        "convention:global-mechanism": "70"
    }


def test_the_riyadh_partnership_knows_its_pledges_governance_and_eligibility(said: Answers) -> None:
    riyadh = "initiative:rgdrp"
    (total,) = said.records.totals(query("funding", {"initiative": riyadh}))
    assert (total.value, total.count, total.of["stage"]) == (Decimal(2_150_000_000), 3, "pledged")
    assert {one.sources[0].paragraph for one in said.ask("funding", initiative=riyadh)} == {"89"}
    figures = said.figures("observations", subject=riyadh)
    assert {name.removeprefix("rgdrp-"): found for name, found in figures.items()} == {
        "pillars": (3, "90"),
        "eligible-countries": (74, "91"),
        "eligible-countries-africa": (54, "91"),
        "eligible-countries-asia": (18, "91"),
        "eligible-countries-latin-america-and-the-caribbean": (4, "91"),
        "governance-elements": (5, "93"),
        "steering-committee-members": (12, "93"),
        "steering-committee-term": (3, "93"),
    }
    assert said.partners(riyadh, "host") == {"convention:unccd": "92"}
    assert said.partners(riyadh, "trustee") == {"organization:mptfo": "92"}
    assert said.events("rgdrp-inception") == [("2025-06", "party:DEU", "92")]


def test_the_peace_forest_initiative_is_compared_between_two_sessions(said: Answers) -> None:
    asked = query("observations", {"subject": "initiative:pfi"})
    found = said.records.changes(asked, "COP(16)", "CRIC(23)")
    values = {(int(says(one.before).value), int(says(one.after).value)): one for one in found}
    assert set(values) == {(17, 7), (44, 37)}
    for one in found:
        assert (one.difference, one.notes) == (None, ("different_measures",))
        assert (one.before.sources[0].paragraph, one.after.sources[0].paragraph) == ("51", "95")
    assert {says(one).party for one in said.ask("participations", programme="initiative:pfi")} == {
        "party:IDN",
        "party:TLS",
        "party:BIH",
    }
    assert "organization:dppa" in said.partners("initiative:pfi", "partner")


def test_the_g20_land_initiative_has_its_target_and_its_meetings(said: Answers) -> None:
    gli = "initiative:g20-gli"
    (target,) = said.ask("targets", subject=gli, deadline="2040")
    assert (int(says(target).value), says(target).unit) == (50, "%")
    assert [one.paragraph for one in target.sources] == ["38", "41"]
    assert [one[0] for one in said.events("g20-gli-steering-committee-")] == [
        *("2022-11", "2023-07", "2023-11", "2024-07")
    ]
    assert said.partners(gli, "coordinator") == {"organization:ico": "38"}
    assert said.partners("initiative:land-restoration-challenge", "lead") == {gli: "36"}
    land = said.ask("observations", measure="phrase:voluntary-restoration-commitments-under-ldn")
    assert sorted(int(says(one).value) for one in land) == [450_000_000, 600_000_000]


def test_the_drought_alliance_has_its_members_and_its_observatory(said: Answers) -> None:
    idra = "initiative:idra"
    assert set(said.figures("observations", subject=idra).values()) == {
        *((25, "44"), (20, "44"), (60, "47"), (4, "48"))
    }
    assert said.partners(idra, "founder") == {"party:SEN": "44", "party:ESP": "44"}
    assert len(said.partners(idra, "member")) == 7
    assert said.partners("initiative:idro") == {idra: "48(c)"}
    kinds = said.records.members(
        Standing((idra,), ("member",)), not_standing_in=(Standing(("initiative:business4land",)),)
    )
    assert "term:financial-institution" not in {one.name for one in kinds}


def test_the_changwon_initiative_has_its_donor_and_its_programme(said: Answers) -> None:
    assert said.partners("initiative:changwon", "donor") == {"party:KOR": "fn 17"}
    assert said.events("changwon-cooperation-relaunch") == [("2023", None, "50")]
    (helped,) = said.ask(
        "partnerships", initiative="initiative:ldn-tsp", partner="initiative:changwon"
    )
    assert helped.sources[0].paragraph == "49"
    figures = said.figures("observations", subject="initiative:ldn-tsp", documents=(COP,))
    assert set(figures.values()) == {(130, "49"), (100, "49")}


def test_the_greening_drylands_partnership_has_its_pilot_projects(said: Answers) -> None:
    greening = "initiative:greening-drylands"
    assert said.figures("milestones", programme=greening) == {
        "greening-drylands-pilot-projects-completed": (18, "77")
    }
    assert said.partners(greening, "founder") == {
        "convention:unccd": "77",
        "organization:unep": "77",
        "organization:korea-forest-service": "77",
    }
    places = said.ask("participations", programme=greening)
    assert {says(one).party: says(one).role for one in places} == {
        "party:ETH": "completed",
        "party:TON": "participant",
        "party:FJI": "participant",
    }
    assert said.events("greening-drylands-launch") == [("2011", None, "77")]


def test_the_southern_african_wall_has_its_budget_and_its_supporters(said: Answers) -> None:
    wall = "initiative:sadc-ggw"
    (budget,) = said.ask("funding", initiative=wall)
    assert (int(says(budget).amount), says(budget).qualifier) == (27_000_000_000, "about")
    assert said.figures("observations", subject=wall) == {
        "sadc-great-green-wall-countries": (16, "87")
    }
    zambezi = said.ask(
        "partnerships", initiative=wall, activity="phrase:zambezi-watercourse-project-portfolio"
    )
    assert len(zambezi) == 5
    both = said.records.members(
        Standing((wall,), ("donor",)), standing_in=(Standing(("initiative:ggw",), ("donor",)),)
    )
    assert {one.name for one in both} == {
        *("organization:afdb", "organization:gef", "organization:world-bank")
    }
    project = "initiative:southern-africa-drought-project"
    assert said.records.count(query("participations", {"programme": project})) == 3


def test_business4land_has_its_partners_and_its_decision(said: Answers) -> None:
    partners = said.partners("initiative:business4land")
    assert partners["organization:sbtn"] == partners["organization:tnfd"] == "44"
    assert partners["organization:wbcsd"] == "98"
    assert said.partners("initiative:business4land", "lead") == {
        "convention:global-mechanism": "98"
    }
    assert said.events("business4land-consultations") == [("2024", None, "98")]


def test_the_finance_instruments_have_their_state(said: Answers) -> None:
    states = {
        "phrase:insurance-models-linked-to-sustainable-land-management": ("not_started", "100"),
        "phrase:unccd-friendly-carbon-credit-standards": ("in_progress", "101"),
        "initiative:drif": ("in_progress", "102"),
    }
    for programme, state in states.items():
        (one,) = said.ask("milestones", programme=programme)
        assert (says(one).progress, one.sources[0].paragraph) == state
    assert said.partners("initiative:drif", "supporter") == {"party:LUX": "102"}


def test_the_rio_synergies_toolkit_has_its_maker(said: Answers) -> None:
    toolkit = "initiative:rio-synergies-toolkit"
    assert said.partners(toolkit) == {"organization:university-of-minnesota": "53"}
    (beta,) = said.ask("milestones", programme=toolkit)
    assert (says(beta).progress, beta.sources[0].paragraph) == ("completed", "53")


def test_the_resource_mobilization_toolkit_has_its_mandate_and_its_launch(said: Answers) -> None:
    toolkit = "phrase:development-of-the-resource-mobilization-toolbox"
    (asked,) = said.ask("decisions", decision="3/COP.16", what=toolkit)
    assert (says(asked).verb, asked.sources[0].paragraph) == ("requests", "72")
    (building,) = said.ask("milestones", programme="initiative:resource-mobilization-toolkit")
    assert says(building).progress == "in_progress"
    launch = "phrase:launch-of-the-resource-mobilization-toolbox-at-cop-17"
    (expected,) = said.ask("targets", measure=launch)
    assert (says(expected).state, expected.sources[0].paragraph) == ("expected", "72")


def test_ferm_is_joined_to_prais(said: Answers) -> None:
    found = said.ask("partnerships", initiative="initiative:ferm")
    assert {says(one).partner: one.sources[0].paragraph for one in found} == {
        "organization:fao": "33",
        "convention:prais": "34",
        "organization:wocat": "35",
        "convention:unccd": "35",
    }
    (target,) = said.ask("targets", subject="convention:gbf")
    assert (int(says(target).value), target.sources[0].paragraph) == (30, "34")


def test_the_partnership_strategy_has_its_450_memorandums(said: Answers) -> None:
    strategy = "convention:partnership-strategy"
    assert set(said.partners(strategy)) == {"convention:secretariat", "convention:global-mechanism"}
    assert said.events("updated-partnership-strategy") == [("2024", None, "8")]
    signed = said.ask("observations", unit="term:mou")
    assert {one.id: int(says(one).value) for one in signed} == {
        "unccd-formal-mous": 450,
        "unccd-formal-mous-after-cop-15": 40,
    }
    totals = said.records.totals(query("observations", {"measure": ("phrase:formal-mous-signed",)}))
    assert [total.value for total in totals] == [Decimal(450)]
    assert {one.sources[0].paragraph for one in signed} == {"9"}


def test_subsidies_that_may_overlap_are_not_added(said: Answers) -> None:
    (total,) = said.records.totals(query("funding", {"stage": "subsidy"}))
    assert total.value == Decimal(2_600_000_000_000)
    assert total.unclear == {
        "fossil-fuel-and-agricultural-subsidies": "environmentally-harmful-subsidies"
    }
    assert total.notes == ("parts_left_out", "unclear_left_out")


def test_both_sessions_are_dated_and_placed(said: Answers) -> None:
    held = said.ask("events", name=("phrase:cop-16", "phrase:cric-23"))
    assert {(says(one).start, says(one).end, says(one).country) for one in held} == {
        ("2024-12-02", "2024-12-13", "party:SAU"),
        ("2025-12-01", "2025-12-05", "party:PAN"),
    }


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.system)
def test_a_file_that_a_system_would_export_is_stored_filtered_and_summed(
    empty: KnowledgeBase, export: Export
) -> None:
    (report,) = ingest_paths(
        empty, [FOLDER / export.file], options=IngestOptions(), limits=ReadLimits()
    )
    assert (report.row_errors, report.reason) == ((), None)
    assert report.status in ("added", "unchanged")  # one file is the export of two systems
    here = (export.file,)
    for kind, number in export.counts.items():
        assert empty.records.count(RecordQuery(kind=kind, documents=here)) == number
    found = empty.records.every(RecordQuery(kind=export.kind, where=export.where, documents=here))
    assert len(found) == export.found
    assert {one.sources[0].document_id for one in found} == {export.file}
    if export.sums:
        totals = empty.records.totals(RecordQuery(kind=export.kind, documents=here))
        assert {
            tuple(part for part in total.of.values() if part): total.value for total in totals
        } == {key: Decimal(value) for key, value in export.sums.items()}
    else:
        groups = empty.records.groups(RecordQuery(kind=export.kind, documents=here), ["role"])
        assert sum(group.count for group in groups) == export.counts[export.kind]


def test_no_export_of_a_system_has_lost_its_test() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md"}
    assert files == {export.file for export in EXPORTS}
