"""Which Parties a region has, for questions such as "which African countries".

From `kb/data/party_regions.csv`: the regions of the United Nations and of the Convention's annexes.
A Party of two regions is in both (Türkiye, the countries of the Caucasus); this says nothing of
any Party's membership in a regional group.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def parties_of(region: str) -> frozenset[str]:
    """Concept ids of the Parties of a region such as "term:africa"; empty for what is none."""
    return _regions().get(region, frozenset())


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    text = files("kb").joinpath("data/party_regions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["region"]: frozenset(f"party:{one}" for one in row["parties"].split()) for row in rows
    }
