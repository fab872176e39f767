"""The shipped digests say the same in all six languages: labels, figures, dates, names."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from kb.languages import LANGUAGES, Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.terms import load_terms

_FOLDER: Final = files("kb").joinpath("data/digests")
_SETS: Final = sorted({file.name.split(".")[0] for file in _FOLDER.iterdir()})
_SIZED: Final = ("money", "area", "share")
_NAMED: Final = ("party", "organization", "initiative")
# "IV.", "A.", "2.": what a heading has before its words in every language.
_NUMBER: Final = re.compile(r"(?:[IVX]+|[A-Z]|\d+)\.(?=\s|$)")
_DIFFERENCES: Final = Path(__file__).parent / "data/digest_differences.csv"

Row = Mapping[str, Any]
Difference = tuple[str, str, str]  # label, language, what only it says or leaves out


@cache
def _rows(name: str, language: Language) -> tuple[Row, ...]:
    source = _FOLDER.joinpath(f"{name}.{language}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in source.splitlines())


def _label(row: Row) -> str:
    return f"{row['document_id']} {row['paragraph']}"


def _amount(quantity: Quantity) -> str:
    """The value, with its unit where that is no noun: languages count under different nouns."""
    unit = f" {quantity.unit}" if quantity.kind in _SIZED else ""
    return f"{quantity.value.normalize():f}{unit}"


@cache
def _quantities(name: str, language: Language) -> tuple[tuple[Quantity, ...], ...]:
    return tuple(find_quantities(row["text"], language) for row in _rows(name, language))


def _said(name: str, at: int, language: Language) -> set[str]:
    """Figures, dates and named concepts of one paragraph."""
    found = _quantities(name, language)[at]
    times = {f"date {q.iso}" for q in found if q.kind in TIME_KINDS}
    figures = {f"figure {_amount(q)}" for q in found if q.kind not in TIME_KINDS}
    mentions = load_terms().find(_rows(name, language)[at]["text"], language)
    return times | figures | {m.concept_id for m in mentions if m.kind in _NAMED}


def _differences(name: str) -> Iterator[Difference]:
    """What fewer than half of the languages say that others do not, or the other way round."""
    for at, row in enumerate(_rows(name, "en")):
        said = {language: _said(name, at, language) for language in LANGUAGES}
        for what in sorted(set().union(*said.values())):
            having = [language for language in LANGUAGES if what in said[language]]
            lacking = [language for language in LANGUAGES if what not in said[language]]
            fewer = min(having, lacking, key=len)
            for language in fewer:
                yield _label(row), language, f"{'+' if fewer is having else '-'} {what}"


def test_every_set_is_there_in_six_languages() -> None:
    assert _SETS
    wanted = {f"{name}.{language}.jsonl" for name in _SETS for language in LANGUAGES}
    assert {file.name for file in _FOLDER.iterdir()} == wanted


@pytest.mark.parametrize("name", _SETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_is_in_its_language_and_has_the_same_labels(name: str, language: Language) -> None:
    rows = _rows(name, language)
    assert {row["language"] for row in rows} == {language}
    assert all(row["text"].strip() for row in rows)
    assert [_label(row) for row in rows] == [_label(row) for row in _rows(name, "en")]


@pytest.mark.parametrize("name", _SETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_has_one_text_and_the_same_number(name: str, language: Language) -> None:
    texts: dict[tuple[str, ...], tuple[str, ...]] = {}
    for english, row in zip(_rows(name, "en"), _rows(name, language), strict=True):
        theirs, ours = tuple(english["heading_path"]), tuple(row["heading_path"])
        numbers = [
            [m[0] if (m := _NUMBER.match(h)) else "" for h in path] for path in (theirs, ours)
        ]
        assert numbers[0] == numbers[1], (_label(row), ours)
        for depth in range(1, len(theirs) + 1):
            assert texts.setdefault(theirs[:depth], ours[:depth]) == ours[:depth], _label(row)
    assert len(set(texts.values())) == len(texts)


def test_figures_dates_and_names_are_the_same_in_all_languages() -> None:
    with _DIFFERENCES.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    assert all(row["reason"] for row in known)
    expected = [(row["label"], row["language"], row["what"]) for row in known]
    found = [difference for name in _SETS for difference in _differences(name)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", _SETS)
def test_qualifiers_are_the_same_in_all_languages(name: str) -> None:
    for at, row in enumerate(_rows(name, "en")):
        qualifiers: dict[str, dict[Language, frozenset[str]]] = {}
        for language in LANGUAGES:
            by_amount: dict[str, set[str]] = {}
            for quantity in _quantities(name, language)[at]:
                if quantity.kind not in TIME_KINDS:
                    by_amount.setdefault(_amount(quantity), set()).add(quantity.qualifier)
            for amount, said in by_amount.items():
                qualifiers.setdefault(amount, {})[language] = frozenset(said)
        unlike = {
            amount: said for amount, said in qualifiers.items() if len(set(said.values())) > 1
        }
        assert not unlike, _label(row)
