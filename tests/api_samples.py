"""Invented documents, as a user would drop them in, and a house that holds them."""

from pathlib import Path

from api.house import House
from api.schemas import IngestChoices
from kb.settings import Settings

WELLS_ID = "ICCD/COP(98)/7"
WELLS = """United Nations
ICCD/COP(98)/7

Convention to Combat Desertification

Distr.: General
12 March 2031

Original: English

Conference of the Parties
Ninety-eighth session
Lumen, 3–14 June 2031
Item 5 of the provisional agenda

Wells and their keepers

Note by the secretariat

I. Background

1. The Lumen Wells Partnership has dug 4,200 wells in 17 countries since 2028.\u00b9

2. Each well is kept by a council of neighbours, which:

(a) Elects a keeper every two years;

(b) Publishes what it spends:

(i) On pumps;

(ii) On salaries.

II. Money

3. Norland granted 150 million dollars to the Partnership in 2029, and Sudria pledged 20 million \
dollars for camel troughs.

____________________
\u00b9 Counted by the Partnership itself.
"""
WELLS_CHANGED = WELLS.replace("camel troughs", "goat fences")

TOOLS_ID = "Tools, part 1/2"
TOOLS = """A note on tools

I. Spades

1. A spade lasts nine years when it is oiled.

2. The zither spade was made in Eastmark until 2027.
"""

PLANS_ID = "Plans of the cabinet"
PLANS = """Plans of the cabinet

1. The obsidian reservoir will be built in 2033.
"""


def home_settings(home: Path, **fields: object) -> Settings:
    return Settings(_env_file=None, home=home, lock_wait_seconds=5, **fields)  # type: ignore[call-arg, arg-type]


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fill(house: House, folder: Path) -> None:
    """Ingest the three documents; the last one is internal."""
    for name, text, choices in (
        ("wells.txt", WELLS, IngestChoices()),
        ("tools.txt", TOOLS, IngestChoices(document_id=TOOLS_ID)),
        (
            "plans.txt",
            PLANS,
            IngestChoices(document_id=PLANS_ID, visibility="internal"),
        ),
    ):
        reports = list(house.own.ingest([written(folder, name, text)], choices))
        assert [report.status for report in reports] == ["added"], reports
