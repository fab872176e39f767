"""Every system that the founding documents describe keeps a row: what the documents say of it is
answered from the records that ship, with the paragraph; and a file that it would export is taken in.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from kb_fixtures import opened
from system_exports import EXPORTS, FOLDER, Export

from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.knowledge_base import KnowledgeBase
from kb.records.kinds import RecordKind
from kb.records.query import RecordQuery, Standing
from kb.records.record import Record

COP, CRIC = "ICCD/COP(16)/4", "CRIC(23), item 2(a)"
Where = dict[str, str | tuple[str, ...]]


class Answers:
    """Questions to the records, and the figures and paragraphs of what they answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.records = kb.records

    def ask(self, kind: RecordKind, **where: str | tuple[str, ...]) -> tuple[Record, ...]:
        return self.records.every(_query(kind, where))

    def figures(self, kind: RecordKind, **where: str) -> dict[str, tuple[int, str]]:
        """By id, the figure and the first paragraph that it rests on."""
        found = {}
        for one in self.ask(kind, **where):
            value = getattr(one.statement, "value", None) or getattr(one.statement, "amount", 0)
            found[one.id] = (int(value), one.sources[0].paragraph)
        return found

    def partners(self, initiative: str, role: str | None = None) -> dict[str, str]:
        """Who stands in an initiative, with the first paragraph that says so."""
        standing = Standing((initiative,), (role,) if role else ())
        return {
            one.name: one.records[0].sources[0].paragraph for one in self.records.members(standing)
        }

    def events(self, name: str) -> list[tuple[str, str | None, str]]:
        """Start, country and paragraph of the events whose id begins so, in order."""
        return [
            (one.statement.start, one.statement.country, one.sources[0].paragraph)  # type: ignore[attr-defined]
            for one in self.records.every(RecordQuery(kind="events"))
            if one.id.startswith(name)
        ]


def _query(kind: RecordKind, where: Where) -> RecordQuery:
    values = {
        name: (value,) if isinstance(value, str) else value
        for name, value in where.items()
        if name != "documents"
    }
    return RecordQuery(kind=kind, where=values, documents=tuple(where.get("documents", ())))


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with opened(tmp_path_factory.mktemp("systems")) as kb:
        kb.init_shipped()
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
        by_activity[one.statement.activity] += int(one.statement.value)  # type: ignore[attr-defined]
    assert set(by_activity.values()) == {18}
    done = said.ask("milestones", programme=programme, progress="completed")
    assert [int(one.statement.value) for one in sorted(done, key=_row)] == [  # type: ignore[attr-defined]
        *(18, 16, 16, 9, 10, 6, 6, 0, 0, 0)
    ]
    query = _query("milestones", {"programme": programme, "progress": "not_started"})
    assert sum(total.value for total in said.records.totals(query)) == 64
    assert said.records.count(_query("participations", {"programme": programme})) == 18


def _row(record: Record) -> int:
    return int(record.sources[0].paragraph.removeprefix("table 1, row "))


def test_the_project_pipeline_holds_projects_money_and_its_platform(said: Answers) -> None:
    pipeline = "initiative:project-preparation-partnership"
    assert said.figures("observations", subject=pipeline) == {
        "project-preparation-concept-notes": (130, "59"),
        "project-preparation-projects-financed": (24, "59"),
        "project-preparation-demonstration-projects": (4, "59"),
    }
    (total,) = said.records.totals(_query("funding", {"initiative": pipeline}))
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
    assert building.statement.progress == "in_progress"  # type: ignore[attr-defined]


def test_the_great_green_wall_goes_from_pledges_to_results(said: Answers) -> None:
    pledged = said.ask("funding", initiative="initiative:ggw", stage="pledged")
    assert [(int(one.statement.amount), one.statement.qualifier) for one in pledged] == [  # type: ignore[attr-defined]
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
    assert (int(spent.statement.amount), spent.statement.as_of) == (9_300_000_000, "2022")  # type: ignore[attr-defined]
    assert {one[0] for one in said.events("unccd-reporting-")} == {"2022", "2026"}
    assert said.partners("phrase:reporting-on-strategic-objective-5") == {
        "convention:global-mechanism": "70"
    }


def test_the_riyadh_partnership_knows_its_pledges_governance_and_eligibility(said: Answers) -> None:
    riyadh = "initiative:rgdrp"
    (total,) = said.records.totals(_query("funding", {"initiative": riyadh}))
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
    query = _query("observations", {"subject": "initiative:pfi"})
    found = said.records.changes(query, "COP(16)", "CRIC(23)")
    values = {
        (int(one.before.statement.value), int(one.after.statement.value)): one  # type: ignore[attr-defined]
        for one in found
    }
    assert set(values) == {(17, 7), (44, 37)}
    for one in found:
        assert (one.difference, one.notes) == (None, ("different_measures",))
        assert (one.before.sources[0].paragraph, one.after.sources[0].paragraph) == ("51", "95")
    assert {
        one.statement.party for one in said.ask("participations", programme="initiative:pfi")
    } == {  # type: ignore[attr-defined]
        "party:IDN",
        "party:TLS",
        "party:BIH",
    }
    assert "organization:dppa" in said.partners("initiative:pfi", "partner")


def test_the_g20_land_initiative_has_its_target_and_its_meetings(said: Answers) -> None:
    gli = "initiative:g20-gli"
    (target,) = said.ask("targets", subject=gli, deadline="2040")
    assert (int(target.statement.value), target.statement.unit) == (50, "%")  # type: ignore[attr-defined]
    assert [one.paragraph for one in target.sources] == ["38", "41"]
    assert [one[0] for one in said.events("g20-gli-steering-committee-")] == [
        *("2022-11", "2023-07", "2023-11", "2024-07")
    ]
    assert said.partners(gli, "coordinator") == {"organization:ico": "38"}
    assert said.partners("initiative:land-restoration-challenge", "lead") == {gli: "36"}
    land = said.ask("observations", measure="phrase:voluntary-restoration-commitments-under-ldn")
    assert sorted(int(one.statement.value) for one in land) == [450_000_000, 600_000_000]  # type: ignore[attr-defined]


def test_the_drought_alliance_has_its_members_and_its_observatory(said: Answers) -> None:
    idra = "initiative:idra"
    assert {found for found in said.figures("observations", subject=idra).values()} == {
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
    assert {one.statement.party: one.statement.role for one in places} == {  # type: ignore[attr-defined]
        "party:ETH": "completed",
        "party:TON": "participant",
        "party:FJI": "participant",
    }
    assert said.events("greening-drylands-launch") == [("2011", None, "77")]


def test_the_southern_african_wall_has_its_budget_and_its_supporters(said: Answers) -> None:
    wall = "initiative:sadc-ggw"
    (budget,) = said.ask("funding", initiative=wall)
    assert (int(budget.statement.amount), budget.statement.qualifier) == (27_000_000_000, "about")  # type: ignore[attr-defined]
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
    assert said.records.count(_query("participations", {"programme": project})) == 3


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
        assert (one.statement.progress, one.sources[0].paragraph) == state  # type: ignore[attr-defined]
    assert said.partners("initiative:drif", "supporter") == {"party:LUX": "102"}


def test_the_rio_synergies_toolkit_has_its_maker(said: Answers) -> None:
    toolkit = "initiative:rio-synergies-toolkit"
    assert said.partners(toolkit) == {"organization:university-of-minnesota": "53"}
    (beta,) = said.ask("milestones", programme=toolkit)
    assert (beta.statement.progress, beta.sources[0].paragraph) == ("completed", "53")  # type: ignore[attr-defined]


def test_the_resource_mobilization_toolkit_has_its_mandate_and_its_launch(said: Answers) -> None:
    toolkit = "phrase:development-of-the-resource-mobilization-toolbox"
    (asked,) = said.ask("decisions", decision="3/COP.16", what=toolkit)
    assert (asked.statement.verb, asked.sources[0].paragraph) == ("requests", "72")  # type: ignore[attr-defined]
    (building,) = said.ask("milestones", programme="initiative:resource-mobilization-toolkit")
    assert building.statement.progress == "in_progress"  # type: ignore[attr-defined]
    launch = "phrase:launch-of-the-resource-mobilization-toolbox-at-cop-17"
    (expected,) = said.ask("targets", measure=launch)
    assert (expected.statement.state, expected.sources[0].paragraph) == ("expected", "72")  # type: ignore[attr-defined]


def test_ferm_is_joined_to_prais(said: Answers) -> None:
    found = said.ask("partnerships", initiative="initiative:ferm")
    assert {one.statement.partner: one.sources[0].paragraph for one in found} == {  # type: ignore[attr-defined]
        "organization:fao": "33",
        "convention:prais": "34",
        "organization:wocat": "35",
        "convention:unccd": "35",
    }
    (target,) = said.ask("targets", subject="convention:gbf")
    assert (int(target.statement.value), target.sources[0].paragraph) == (30, "34")  # type: ignore[attr-defined]


def test_the_partnership_strategy_has_its_450_memorandums(said: Answers) -> None:
    strategy = "convention:partnership-strategy"
    assert set(said.partners(strategy)) == {"convention:secretariat", "convention:global-mechanism"}
    assert said.events("updated-partnership-strategy") == [("2024", None, "8")]
    signed = said.ask("observations", unit="term:mou")
    assert {one.id: int(one.statement.value) for one in signed} == {  # type: ignore[attr-defined]
        "unccd-formal-mous": 450,
        "unccd-formal-mous-after-cop-15": 40,
    }
    totals = said.records.totals(
        _query("observations", {"measure": ("phrase:formal-mous-signed",)})
    )
    assert [total.value for total in totals] == [Decimal(450)]
    assert {one.sources[0].paragraph for one in signed} == {"9"}


def test_subsidies_that_may_overlap_are_not_added(said: Answers) -> None:
    (total,) = said.records.totals(_query("funding", {"stage": "subsidy"}))
    assert total.value == Decimal(2_600_000_000_000)
    assert total.unclear == {
        "fossil-fuel-and-agricultural-subsidies": "environmentally-harmful-subsidies"
    }
    assert total.notes == ("parts_left_out", "unclear_left_out")


def test_both_sessions_are_dated_and_placed(said: Answers) -> None:
    held = said.ask("events", name=("phrase:cop-16", "phrase:cric-23"))
    assert {(one.statement.start, one.statement.end, one.statement.country) for one in held} == {  # type: ignore[attr-defined]
        ("2024-12-02", "2024-12-13", "party:SAU"),
        ("2025-12-01", "2025-12-05", "party:PAN"),
    }


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.system)
def test_a_file_that_a_system_would_export_is_stored_filtered_and_summed(
    kb: KnowledgeBase, export: Export
) -> None:
    (report,) = ingest_paths(
        kb, [FOLDER / export.file], options=IngestOptions(), limits=ReadLimits()
    )
    assert (report.row_errors, report.reason) == ((), None)
    assert report.records in (0, sum(export.counts.values()))  # 0 when it is there already
    here = (export.file,)
    for kind, number in export.counts.items():
        assert kb.records.count(RecordQuery(kind=kind, documents=here)) == number
    found = kb.records.every(RecordQuery(kind=export.kind, where=export.where, documents=here))
    assert len(found) == export.found
    assert {one.sources[0].document_id for one in found} == {export.file}
    if export.sums:
        totals = kb.records.totals(RecordQuery(kind=export.kind, documents=here))
        assert {
            tuple(part for part in total.of.values() if part): total.value for total in totals
        } == {key: Decimal(value) for key, value in export.sums.items()}
    else:
        groups = kb.records.groups(RecordQuery(kind=export.kind, documents=here), ["role"])
        assert sum(group.count for group in groups) == export.counts[export.kind]


def test_no_export_of_a_system_has_lost_its_test() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md"}
    assert files == {export.file for export in EXPORTS}
