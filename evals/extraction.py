"""`python -m evals.extraction FOLDER`: what extraction finds of documents, against gold by hand.

Gold is one JSON line a paragraph, `{"paragraph", "amounts": [{"value", "currency"}], "dates":
[iso]}`: in `NAME.facts.jsonl` beside the document `NAME.*`, or in `NAME.jsonl` of another folder
(`--gold`). An amount needs a candidate of its own each time that it is said; a date is found where
any candidate of the paragraph holds it.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from evals.errors import BadGold
from evals.structure import wilson
from ingestion.extraction.candidates import Candidate, find_candidates
from ingestion.readers.choose import read_source
from ingestion.readers.limits import ReadLimits
from ingestion.structure import parse
from kb.documents import ParsedDocument
from kb.errors import LandBriefError
from kb.languages import LANGUAGES

BESIDE: Final = ".facts.jsonl"
_NO_DOCUMENT: Final = frozenset((".json", ".jsonl"))
_SPANS: Final = (("start", "end"), ("period_start", "period_end"))
_DATES: Final = ("as_of", "baseline", "deadline", "period_end", "since", "until")
_ROW: Final = ", row"
_OFTEN: Final = 1_000  # one date may be said of many things


@dataclass(frozen=True, slots=True)
class Recall:
    """`found` of `wanted`; `missing` are the paragraph and the fact of the others."""

    found: int = 0
    wanted: int = 0
    missing: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "Recall") -> "Recall":
        return Recall(
            self.found + other.found, self.wanted + other.wanted, self.missing + other.missing
        )

    def __str__(self) -> str:
        if not self.wanted:
            return "none"
        low, high = wilson(self.found, self.wanted)
        share = self.found / self.wanted
        return f"{self.found}/{self.wanted} = {share:.2f} [{low:.2f}, {high:.2f}]"


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: its `language`, what was found of its gold, and all that was proposed."""

    path: Path
    language: str
    money: Recall
    dates: Recall
    candidates: tuple[Candidate, ...]
    texts: Mapping[str, str]  # of its passages by label


def pairs(folder: Path, gold: Path | None = None) -> list[tuple[Path, Path]]:
    """Gold files with the documents that they are of, by name.

    Raises BadGold where there is no gold, or gold without its document.
    """
    suffix = BESIDE if gold is None else ".jsonl"
    found = []
    for path in sorted((gold or folder).glob(f"*{suffix}")):
        stem = path.name.removesuffix(suffix)
        documents = sorted(
            one for one in folder.glob(f"{stem}.*") if one.suffix not in _NO_DOCUMENT
        )
        if not documents:
            raise BadGold(f"{path.name}: no document {stem}.* in {folder}")
        found.append((path, documents[0]))
    if not found:
        raise BadGold(f"no gold *{suffix} in {gold or folder}")
    return found


def scored(gold: Path, document: Path) -> Scored:
    """What is found of `gold` in the candidates of `document`."""
    parsed = parse(read_source(document, ReadLimits()), None)
    candidates = find_candidates(parsed, document.name)
    amounts, dates = said_of(candidates)
    money = told = Recall()
    for paragraph, wanted_amounts, wanted_dates in _gold(gold):
        money += taken(paragraph, wanted_amounts, amounts[paragraph])
        told += taken(paragraph, wanted_dates, dates[paragraph])
    return Scored(document, _language(document, parsed), money, told, candidates, _texts(parsed))


def _language(document: Path, parsed: ParsedDocument) -> str:
    named = document.name.split(".")[-2]
    return named if named in LANGUAGES else parsed.masthead.language


def _texts(parsed: ParsedDocument) -> dict[str, str]:
    return {passage.label: passage.text for passage in parsed.passages()}


def said_of(
    candidates: Iterable[Candidate],
) -> tuple[Mapping[str, Counter[str]], Mapping[str, Counter[str]]]:
    """The money and the dates that candidates hold, by the paragraph or table."""
    amounts: dict[str, Counter[str]] = defaultdict(Counter)
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    for one in candidates:
        says = one.record.statement.model_dump()
        paragraph = one.label.partition(_ROW)[0]
        unit = str(says.get("currency") or says.get("unit"))
        value = says.get("amount") or says.get("value")
        if value is not None and len(unit) == 3 and unit.isupper():
            amounts[paragraph][f"{Decimal(value).normalize():f} {unit}"] += 1
        for first, last in _SPANS:
            if says.get(first):
                whole = f"{says[first]}/{says[last]}" if says.get(last) else str(says[first])
                dates[paragraph][whole] = _OFTEN
        for name in _DATES:
            if says.get(name):
                dates[paragraph][str(says[name])] = _OFTEN
    return amounts, dates


def taken(paragraph: str, wanted: Sequence[str], held: Counter[str]) -> Recall:
    """Each of `wanted` of a paragraph against one of `held`."""
    left = Counter(held)
    missing = []
    for one in wanted:
        if left[one]:
            left[one] -= 1
        else:
            missing.append((paragraph, one))
    return Recall(len(wanted) - len(missing), len(wanted), tuple(missing))


def _gold(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
            amounts = [
                f"{Decimal(str(one['value'])).normalize():f} {one['currency']}"
                for one in row["amounts"]
            ]
            yield str(row["paragraph"]), amounts, [str(one) for one in row["dates"]]
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise BadGold(f"{path.name}, line {number}: {type(error).__name__} {error}") from error


def lines(found: Sequence[Scored], *, missing: bool = True) -> Iterator[str]:
    """The figures by document and by language, with 95% intervals, and what is missing."""
    for one in found:
        yield f"{one.path.name}: money {one.money}; dates {one.dates}"
        if missing:
            for kind, recall in (("money", one.money), ("date", one.dates)):
                for paragraph, fact in recall.missing:
                    yield f"    no {kind} {fact} in {paragraph}"
    for language in (*LANGUAGES, "all"):
        some = [one for one in found if language in (one.language, "all")]
        if some:
            money = sum((one.money for one in some), Recall())
            dates = sum((one.dates for one in some), Recall())
            proposed = sum(len(one.candidates) for one in some)
            yield f"{language}: money {money}; dates {dates}; {proposed} candidates"


def to_judge(found: Iterable[Scored]) -> Iterator[dict[str, Any]]:
    """Each candidate as an object for a judge, who adds `right`: true or false."""
    for one in found:
        for candidate in one.candidates:
            says = candidate.record.statement.model_dump(mode="json", exclude_none=True)
            text = one.texts.get(candidate.label, "")
            yield {
                "document": one.path.name,
                "language": one.language,
                "paragraph": candidate.label,
                "kind": candidate.record.kind,
                "says": says,
                "sentence": " ".join(candidate.sentence.of(text).split()),
                "right": None,
            }


def precision(judged: Path) -> Iterator[str]:
    """Of a file that `to_judge` began and a judge finished: how many are right, by language.

    Raises BadGold for a line that is no such object.
    """
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for number, line in enumerate(judged.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row: Any = json.loads(line)
            language, verdict = str(row["language"]), row["right"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadGold(f"{judged.name}, line {number}: {type(error).__name__}") from error
        if verdict is None:
            continue
        for one in (language, "all"):
            every[one] += 1
            right[one] += verdict is True
    for language in (*LANGUAGES, "all"):
        if every[language]:
            yield f"{language}: right {Recall(right[language], every[language])}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Scores documents against gold, and writes their candidates for a judge; 1 on an error."""
    given = _parser().parse_args(arguments)
    try:
        if given.judged is not None:
            sys.stdout.writelines(f"{line}\n" for line in precision(given.judged))
            return 0
        found = [scored(gold, document) for gold, document in pairs(given.folder, given.gold)]
    except (LandBriefError, OSError) as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in lines(found, missing=not given.figures_only))
    if given.candidates is not None:
        with given.candidates.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in to_judge(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.extraction", description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="of the documents")
    parser.add_argument("--gold", type=Path, help="of the gold, where it is not beside them")
    parser.add_argument("--figures-only", action="store_true", help="do not list what is missing")
    parser.add_argument("--candidates", type=Path, help="write all candidates here, to be judged")
    parser.add_argument("--judged", type=Path, help="count a file of candidates that was judged")
    return parser


if __name__ == "__main__":
    sys.exit(main())
