"""One export of each system that the founding documents describe: invented facts in its shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.records.kinds import RecordKind

FOLDER = Path(__file__).with_name("fixtures") / "systems"
Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Export:
    """A file, how many records it holds of each kind, one filter with the rows it finds, and what
    its figures of that kind come to: by currency or unit, and stage, progress or measure."""

    system: str
    file: str
    counts: Mapping[RecordKind, int]
    kind: RecordKind
    where: Where
    found: int
    sums: Mapping[tuple[str, ...], str]


EXPORTS = (
    Export(
        "LDN target tracking tool",
        "ldn-target-tracking-tool.csv",
        {"targets": 4},
        "targets",
        {"party": ("party:KEN",)},
        2,
        {("ha",): "212500.5", ("term:target",): "1"},
    ),
    Export(
        "LDN TSP 2.0 progress board",
        "tsp2-progress-board.xlsx",
        {"milestones": 4},
        "milestones",
        {"progress": ("completed",)},
        2,
        {
            ("term:country", "term:inception-workshop", "completed"): "17",
            ("term:country", "term:inception-workshop", "in_progress"): "1",
            ("term:country", "name:Revised targets", "completed"): "9",
            ("term:country", "name:Revised targets", "not_started"): "2",
        },
    ),
    Export(
        "project tracking platform and preparation pipeline of the Global Mechanism",
        "gm-project-pipeline.xlsx",
        {"funding": 3},
        "funding",
        {"recipient": ("party:BEN",), "stage": ("approved",)},
        2,
        {("USD", "approved"): "7750000", ("USD", "pledged"): "12000000"},
    ),
    Export(
        "Great Green Wall Accelerator and Observatory",
        "ggw-observatory.json",
        {"funding": 3, "observations": 4},
        "funding",
        {"initiative": ("initiative:ggw",), "stage": ("pledged",)},
        2,
        {("USD", "pledged"): "10500000", ("USD", "disbursed"): "3000000"},
    ),
    Export(
        "results of the Great Green Wall by pillar",
        "ggw-observatory.json",
        {"funding": 3, "observations": 4},
        "observations",
        {"subject": ("party:NER",), "year": ("2025",)},
        1,
        {
            ("ha", "name:Pillar 2: land under restoration"): "2500",
            ("phrase:person", "name:Pillar 5: people trained"): "85",
        },
    ),
    Export(
        "PRAIS 4 and strategic objective 5",
        "prais4-so5.csv",
        {"funding": 3},
        "funding",
        {"recipient": ("party:NAM",), "instrument": ("domestic",)},
        1,
        {("USD", "reported"): "2000000", ("EUR", "reported"): "2400000"},
    ),
    Export(
        "Riyadh Global Drought Resilience Partnership",
        "rgdrp.json",
        {"funding": 2, "participations": 2, "partnerships": 1},
        "funding",
        {"provider": ("organization:opec-fund",)},
        1,
        {("USD", "pledged"): "25000000"},
    ),
    Export(
        "Peace Forest Initiative",
        "peace-forest-sites.csv",
        {"participations": 3},
        "participations",
        {"role": ("pilot",)},
        2,
        {},
    ),
    Export(
        "G20 Global Land Initiative",
        "g20-land-initiative.csv",
        {"observations": 3},
        "observations",
        {"subject": ("party:IND",)},
        2,
        {
            ("ha", "name:Land restored under national commitments"): "3500000",
            ("ha", "name:Mined land restored"): "250000",
        },
    ),
    Export(
        "International Drought Resilience Alliance and its observatory",
        "idra-members-and-observatory.xlsx",
        {"partnerships": 3, "observations": 2},
        "observations",
        {"subject": ("party:SEN",)},
        1,
        {("name:station", "name:Early warning stations"): "65"},
    ),
    Export(
        "Changwon Initiative",
        "changwon-contributions.csv",
        {"funding": 3},
        "funding",
        {"stage": ("disbursed",), "year": ("2024",)},
        1,
        {("KRW", "disbursed"): "500000000", ("KRW", "approved"): "150000000"},
    ),
    Export(
        "Greening Drylands Partnership",
        "greening-drylands.json",
        {"milestones": 2, "participations": 1},
        "milestones",
        {"progress": ("completed",)},
        1,
        {
            ("term:project", "name:Pilot project in Samoa", "in_progress"): "1",
            ("term:project", "name:Pilot projects in Africa", "completed"): "4",
        },
    ),
    Export(
        "SADC Great Green Wall",
        "sadc-great-green-wall.xlsx",
        {"funding": 3},
        "funding",
        {"provider": ("organization:afdb",)},
        1,
        {("USD", "committed"): "2200000", ("EUR", "needed"): "90000"},
    ),
    Export(
        "Business4Land",
        "business4land.json",
        {"targets": 3},
        "targets",
        {"subject": ("name:Example Foods",)},
        2,
        {("ha",): "42000", ("term:farmer",): "400"},
    ),
    Export(
        "insurance, carbon and drought-investment instruments",
        "finance-instruments.csv",
        {"observations": 4},
        "observations",
        {"measure": ("name:Insured farms",)},
        2,
        {
            ("name:farm", "name:Insured farms"): "430",
            ("t", "name:Carbon credits issued"): "15000",
            ("term:investment", "name:Investments approved"): "3",
        },
    ),
    Export(
        "Rio-conventions synergies toolkit",
        "rio-synergies.csv",
        {"targets": 3},
        "targets",
        {"indicator": ("convention:ndc",)},
        1,
        {("ha",): "19500"},
    ),
    Export(
        "resource-mobilization toolkit",
        "resource-mobilization.json",
        {"funding": 3},
        "funding",
        {"stage": ("needed",)},
        1,
        {
            ("USD", "approved"): "1000000",
            ("USD", "needed"): "7000000",
            ("USD", "mobilised"): "2000000",
        },
    ),
    Export(
        "FERM interoperability",
        "ferm-areas.csv",
        {"observations": 3},
        "observations",
        {"subject": ("party:LKA",)},
        2,
        {
            ("ha", "name:Mangrove under restoration"): "320",
            ("ha", "name:Forest under restoration"): "2130",
        },
    ),
    Export(
        "partnership strategy and its memorandums of understanding",
        "partnership-mous.xlsx",
        {"partnerships": 3},
        "partnerships",
        {"partner": ("organization:fao",)},
        1,
        {},
    ),
)
