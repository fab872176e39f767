"""Column names of a file, in any of the six languages, as columns of a kind of records."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from ingestion.words import fold
from kb.errors import UnreadableFile
from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities
from kb.records.columns import columns_of
from kb.records.kinds import RECORD_KINDS, RecordKind

PROVENANCE: Final = ("document_id", "paragraph", "anchor", "sources")
# What a file may do without: said by other columns, or by the kind of file.
_SPARED: Final[Mapping[RecordKind, frozenset[str]]] = {
    "targets": frozenset({"subject", "value", "unit"}),
    "milestones": frozenset({"unit"}),
    "participations": frozenset({"role"}),
    "funding": frozenset({"currency", "purpose"}),
    "observations": frozenset({"unit"}),
}
# A column that is not there under its own name may stand under that of another.
_ELSE: Final[Mapping[tuple[RecordKind, str], str]] = {
    ("funding", "recipient"): "party",
    ("funding", "purpose"): "measure",
    ("partnerships", "partner"): "party",
    ("observations", "subject"): "party",
    ("participations", "programme"): "initiative",
    ("milestones", "programme"): "initiative",
    ("partnerships", "initiative"): "programme",
}
_BRACKETS: Final = re.compile(r"(?P<name>.+?)\s*[(\[（【](?P<unit>[^()\[\]（）【】]+)[)\]）】]\s*")
_AREA: Final = frozenset(
    (
        "area",
        "target area",
        "surface",
        "superficie",
        "área",
        "площадь",
        "المساحة",
        "面积",
        "目标面积",
    )
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column name says of its figures: "Area (million ha)" is 1000000 and ha."""

    scale: Decimal = Decimal(1)
    unit: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row each column of a kind stands, by index. `language` is that of the headers."""

    kind: RecordKind
    language: Language
    places: Mapping[str, int]
    measures: Mapping[str, Measure]


def layout(
    headers: Sequence[str], kind: RecordKind | None = None, hint: str | None = None
) -> Layout:
    """How a file with these column names is to be read.

    `kind` is the kind that the user gives; `hint` a name of the sheet or file that may say it.
    Raises UnreadableFile when no kind fits, naming what is missing.
    """
    kinds = [kind] if kind else [_said(hint)] if hint and _said(hint) else list(RECORD_KINDS)
    fits = [(one, *_places(headers, one)) for one in kinds if one]
    good = [fit for fit in fits if not _missing(fit[0], fit[1])]
    if not good:
        kind_name, places, _ = max(fits, key=lambda fit: len(fit[1]) - 3 * len(_missing(*fit[:2])))
        missing = ", ".join(_missing(kind_name, places))
        raise UnreadableFile(
            f"no kind of records fits its columns: {kind_name} would need {missing}; "
            f"landbrief records template {kind_name} gives a form"
        )
    best, places, measures = max(good, key=lambda fit: len(fit[1]))
    return Layout(best, _language([headers[place] for place in places.values()]), places, measures)


def default_unit(header: str) -> str | None:
    """Hectares for a column that is called an area and names no unit."""
    return "ha" if fold(header.replace("_", " ")) in {fold(word) for word in _AREA} else None


def is_named(header: str, column: str) -> bool:
    """Whether a header is a name of `column`, in any of the six languages."""
    return bool(set(_read(header)[0]) & _synonyms().get(column, frozenset({column})))


def language_of(headers: Sequence[str]) -> Language:
    """The language that most of these headers are written in; English settles a draw."""
    return _language(headers)


def _said(hint: str | None) -> RecordKind | None:
    words = set(re.split(r"[^a-z]+", (hint or "").lower()))
    found = [kind for kind in RECORD_KINDS if kind in words or kind.rstrip("s") in words]
    return found[0] if len(found) == 1 else None


def _missing(kind: RecordKind, places: Mapping[str, int]) -> list[str]:
    spared = _SPARED.get(kind, frozenset())
    missing = [
        column.name
        for column in columns_of(kind).values()
        if column.required and column.name not in {*places, *spared, "id"}
    ]
    if kind == "targets" and not {"party", "subject"} & set(places):
        missing.append("party")
    return missing


def _places(headers: Sequence[str], kind: RecordKind) -> tuple[dict[str, int], dict[str, Measure]]:
    columns = [*columns_of(kind), *PROVENANCE]
    places: dict[str, int] = {}
    measures: dict[str, Measure] = {}
    read = [_read(header) for header in headers]
    for wanted, synonyms in (
        *((column, (column,)) for column in columns),
        *((column, _synonyms().get(column, ())) for column in columns),
        *((column, _synonyms()[other]) for (of, column), other in _ELSE.items() if of == kind),
    ):
        if wanted in places:
            continue
        for place, (names, _) in enumerate(read):
            if place not in places.values() and any(name in synonyms for name in names):
                places[wanted] = place
                break
    for wanted, place in places.items():
        measures[wanted] = next(
            (
                measure
                for name, measure in read[place][0].items()
                if name in _synonyms().get(wanted, ()) or name == wanted
            ),
            Measure(),
        )
    return places, measures


def _read(header: str) -> tuple[dict[str, Measure], str]:
    """The names that a header may be, with what it then says of its figures."""
    found = {header.strip(): Measure(), fold(header.replace("_", " ")).strip(" :*"): Measure()}
    match = _BRACKETS.fullmatch(header)
    if match:
        name = fold(match["name"].replace("_", " ")).strip(" :*")
        found[name] = measure_of(match["unit"]) or Measure()
    words = header.replace("_", " ").replace(",", " ").split()
    for cut in range(1, len(words)):
        measure = measure_of(" ".join(words[cut:]).removeprefix("in ").removeprefix("en "))
        name = fold(" ".join(words[:cut]))
        if measure is not None and name not in found:
            found[name] = measure
    return found, header


@cache
def measure_of(text: str) -> Measure | None:
    """The unit, currency and magnitude that a text such as "million ha" is; None for none."""
    words = text.split()
    for written in (text, " ".join(reversed(words))):
        for language in LANGUAGES:
            for joined in (f"1 {written}", f"1{written}"):
                quantities = find_quantities(joined, language)
                if len(quantities) != 1 or quantities[0].start != 0:
                    continue
                one = quantities[0]
                if one.end == len(joined) and one.kind in ("money", "area", "share"):
                    return Measure(
                        one.value, one.unit if one.kind != "money" else None, one.currency
                    )
                if one.end == len(joined) and one.kind == "number" and one.value > 1:
                    return Measure(one.value)
    if re.fullmatch(r"[A-Z]{3}", text):
        return Measure(currency=text)
    return None


def _language(headers: Sequence[str]) -> Language:
    """The language that most of these headers are written in; English settles a draw."""
    votes: Counter[Language] = Counter()
    for header in headers:
        name = fold(_BRACKETS.sub(r"\g<name>", header).replace("_", " "))
        for language, names in _by_language().items():
            votes[language] += name in names
    return max(LANGUAGES, key=lambda one: (votes[one], one == "en"))


@cache
def _table() -> tuple[Mapping[str, str], ...]:
    text = files("ingestion").joinpath("data/record_headers.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _synonyms() -> Mapping[str, frozenset[str]]:
    return {
        row["column"]: frozenset(
            fold(name.replace("_", " "))
            for language in LANGUAGES
            for name in row[language].split(" | ")
        )
        | {row["column"]}
        for row in _table()
    }


@cache
def _by_language() -> Mapping[Language, frozenset[str]]:
    return {
        language: frozenset(
            fold(name.replace("_", " ")) for row in _table() for name in row[language].split(" | ")
        )
        for language in LANGUAGES
    }
