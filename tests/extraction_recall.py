"""How many of the amounts and dates that a gold file names are among the candidates."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ingestion.extraction.candidates import find_candidates
from ingestion.readers.choose import read_source
from ingestion.readers.limits import ReadLimits
from ingestion.structure import parse

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(slots=True)
class Recall:
    """`found` of `wanted`, and what is missing."""

    wanted: int = 0
    found: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)

    def take(self, paragraph: str, wanted: list[str], held: Counter[str]) -> None:
        """Counts `wanted` of a paragraph, each against one of `held`."""
        for one in wanted:
            self.wanted += 1
            if held[one]:
                held[one] -= 1
                self.found += 1
            else:
                self.missing.append((paragraph, one))


def recall(gold: Path, document: Path) -> tuple[Recall, Recall]:
    """Of the money amounts and of the dates."""
    amounts: dict[str, Counter[str]] = defaultdict(Counter)
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    parsed = parse(read_source(document, ReadLimits()), None)
    for one in find_candidates(parsed, "D"):
        says = one.record.statement.model_dump()
        paragraph = one.label.partition(", row")[0]
        unit = str(says.get("currency") or says.get("unit"))
        value = says.get("amount") or says.get("value")
        if value is not None and len(unit) == 3 and unit.isupper():
            amounts[paragraph][f"{value} {unit}"] += 1
        for first, last in (("start", "end"), ("period_start", "period_end")):
            if says.get(first):
                whole = f"{says[first]}/{says[last]}" if says.get(last) else str(says[first])
                dates[paragraph][whole] += 9  # one date may be said of many things
        for name in ("as_of", "deadline", "period_end"):
            if says.get(name):
                dates[paragraph][str(says[name])] += 9
    of_amounts, of_dates = Recall(), Recall()
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        where = row["paragraph"]
        wanted = [f"{Decimal(a['value'])} {a['currency']}" for a in row["amounts"]]
        of_amounts.take(where, wanted, amounts[where])
        of_dates.take(where, row["dates"], dates[where])
    return of_amounts, of_dates


def pairs(folder: str, documents: str) -> list[tuple[Path, Path]]:
    """Gold files of a folder with the documents that they are of."""
    found = []
    for gold in sorted((FIXTURES / "extraction" / folder).glob("*.jsonl")):
        texts = [p for p in (FIXTURES / documents).glob(f"{gold.stem}.*") if p.suffix != ".json"]
        found.append((gold, texts[0]))
    return found
