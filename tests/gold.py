"""Gold structure of fixture documents, and how a parsed document is held against it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.readers.choose import ReadLimits, read_source
from ingestion.structure import parse
from kb.documents import ParsedDocument

FIXTURES = Path(__file__).parent / "fixtures"
_DAMAGED_SHARE = re.compile(r"\((\d+) (\d+)\)")


@dataclass(frozen=True)
class Case:
    """A fixture document and what a careful reader says of it."""

    path: Path
    gold: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.name

    def parsed(self) -> ParsedDocument:
        return parse(read_source(self.path, ReadLimits()))


def cases(folder: str) -> list[Case]:
    found = []
    for gold_file in sorted((FIXTURES / folder).glob("*.gold.json")):
        stem = gold_file.name.removesuffix(".gold.json")
        sources = [p for p in gold_file.parent.glob(f"{stem}.*") if p.suffix != ".json"]
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        found += [Case(path, gold) for path in sorted(sources)]
    return found


def plain(text: str | None) -> str:
    """`text` with every run of white space as one space, and none beside Han characters."""
    spaced = re.sub(r"\s+", " ", text or "")
    return re.sub(r"(?<=[\u2e80-\uffef]) | (?=[\u2e80-\uffef])", "", spaced).strip()


def amended(cell: str) -> str:
    """A damaged count and share as the parser is to read it: "(26 100)" is 26 (100%)."""
    match = _DAMAGED_SHARE.fullmatch(cell)
    return f"{match[1]} ({match[2]}%)" if match else cell
