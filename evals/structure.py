"""How many paragraph labels a parser gets right on documents that it was not written for.

`python -m evals.structure FOLDER…` reads every `NAME.LANG.ext` with its `NAME.LANG.gold.json`,
whose `paragraphs` give `label`, `starts`, `ends` and `subparagraphs` (null: not measured). A label
is right when it is found; that its text starts and ends where the gold says is counted apart, and
so are labels that the gold does not have. Intervals: Wilson (1927), 95 %.
"""

import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ingestion.readers.choose import ReadLimits, read_source
from ingestion.structure import parse
from kb.documents import ParsedDocument
from kb.errors import UnreadableFile

_Z: Final = 1.959964
_PREAMBLE_LEAD: Final = 80  # the enacting line may stand before the first clause


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one document; `exact` has starts and ends right as well as the label."""

    name: str
    labels: int
    found: int
    exact: int
    extra: int
    subparagraphs: int
    subparagraphs_right: int
    refused: str | None = None


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; (0, 1) where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z / of
    middle = (share + square / 2) / (1 + square)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return middle - half, middle + half


def score_folder(folder: Path) -> Iterator[Score]:
    """A score for each document of the folder that has a gold file."""
    for gold_file in sorted(folder.glob("*.gold.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        stem = gold_file.name.removesuffix(".gold.json")
        for path in sorted(folder.glob(f"{stem}.*")):
            if path != gold_file:
                yield _score(path, gold["paragraphs"])


def _score(path: Path, gold: Sequence[dict[str, Any]]) -> Score:
    try:
        document = parse(read_source(path, ReadLimits()))
    except UnreadableFile as refusal:
        return Score(path.name, len(gold), 0, 0, 0, 0, 0, str(refusal))
    return score_document(path.name, document, gold)


def score_document(name: str, document: ParsedDocument, gold: Sequence[dict[str, Any]]) -> Score:
    """The labels, texts and sub-paragraphs of one parsed document against its gold."""
    parsed = {p.label: p for p in document.paragraphs}
    found = [g for g in gold if g["label"] in parsed]
    measured = [g for g in gold if g.get("subparagraphs") is not None]
    right = [
        g
        for g in measured
        if g["label"] in parsed
        and [s.label for s in parsed[g["label"]].subparagraphs] == g["subparagraphs"]
    ]
    return Score(
        name,
        labels=len(gold),
        found=len(found),
        exact=sum(_bounded(parsed[g["label"]].text, g) for g in found),
        extra=len(set(parsed) - {g["label"] for g in gold}),
        subparagraphs=len(measured),
        subparagraphs_right=len(right),
    )


def _bounded(text: str, gold: dict[str, Any]) -> bool:
    plain = _plain(text)
    lead = _PREAMBLE_LEAD if gold["label"] == "preamble" else 0
    also = gold.get("starts_also") or []
    starts = [_plain(s) for s in (gold["starts"], *([also] if isinstance(also, str) else also))]
    return any(s in plain[: len(s) + lead] for s in starts) and plain.endswith(_plain(gold["ends"]))


def _plain(text: str) -> str:
    spaced = re.sub(r"\s+", " ", text)
    return re.sub(r"(?<=[\u2e80-\uffef]) | (?=[\u2e80-\uffef])", "", spaced).strip()


def main(folders: Sequence[str]) -> int:
    """Print a line for each document with a fault and the totals of each folder."""
    for folder in folders:
        scores = list(score_folder(Path(folder)))
        for s in scores:
            if s.found < s.labels or s.extra:
                why = f": {s.refused}" if s.refused else f", {s.extra} too many"
                print(f"  {s.name}  {s.found} of {s.labels} labels{why}")
        for what, right, of in (
            ("labels", sum(s.found for s in scores), sum(s.labels for s in scores)),
            ("labels with their text", sum(s.exact for s in scores), sum(s.labels for s in scores)),
            (
                "sub-paragraph lists",
                sum(s.subparagraphs_right for s in scores),
                sum(s.subparagraphs for s in scores),
            ),
        ):
            low, high = wilson(right, of)
            print(f"{folder}: {what} {right}/{of} = {right / of:.3f} [{low:.3f}, {high:.3f}]")
        print(f"{folder}: {len(scores)} documents, {sum(s.extra for s in scores)} labels too many")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
