"""Sets that ask nothing: quantities in sentences, structure of documents."""

import json
from pathlib import Path

import pytest

from evals.command import run_from_command_line
from evals.quantity_sets import QuantitySet, read_quantity_case, score_quantities
from evals.reading_sets import evaluate_reading
from evals.shipped import load_sets
from evals.structure_sets import StructureSet, score_structure, structure_set
from kb.languages import LANGUAGES
from kb.settings import Settings

CASE: dict[str, object] = {
    "id": "q-1",
    "lang": "en",
    "text": "More than 40 million euros went to 23 countries from 2027 to 2030.",
    "amounts": [
        {"value": "40000000", "unit": "EUR", "qualifier": "more_than"},
        {"value": "23", "unit": "country", "qualifier": "exact"},
    ],
    "dates": ["2027/2030"],
}


def scored(**change: object) -> dict[str, float]:
    one = QuantitySet("dev/x", (read_quantity_case(CASE | change),), "0" * 64, "dev")
    (outcome,) = score_quantities(one)
    return dict(outcome.values)


def test_value_unit_qualifier_and_date_must_all_be_found() -> None:
    assert scored() == {"quantity_precision": 1.0, "quantity_recall": 1.0}
    wrong = {"value": "40000000", "unit": "EUR", "qualifier": "exact"}
    assert scored(amounts=[wrong], dates=["2027/2030"]) == pytest.approx(
        {"quantity_precision": 1 / 3, "quantity_recall": 1 / 2}
    )


def test_what_is_null_is_not_measured_and_nothing_counts_twice() -> None:
    free = {"value": "40000000", "unit": None, "qualifier": None}
    assert scored(amounts=[free, free])["quantity_recall"] == pytest.approx(2 / 3)


def test_numbers_of_decisions_are_to_be_left_alone() -> None:
    quiet: dict[str, object] = {"amounts": [], "dates": []}
    assert scored(text="See decision 9/COP.18.", **quiet) == {"quantity_precision": 1.0}
    assert scored(text="It cost 5 million euros.", **quiet) == {"quantity_precision": 0.0}


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"dates": ["May 2024"]}, "not an ISO date"),
        ({"amounts": [{"value": "x", "unit": None, "qualifier": None}]}, "not a number"),
        ({"amounts": [{"value": "1", "unit": None, "qualifier": "some"}]}, "is none of"),
        ({"amounts": [{"value": "1"}]}, "unit is missing; qualifier is missing"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_said(change: dict[str, object], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        read_quantity_case(CASE | change)


def test_the_dev_sentences_are_ten_and_more_in_each_language() -> None:
    (one,) = load_sets(["dev/quantities"])
    assert isinstance(one, QuantitySet)
    for language in LANGUAGES:
        assert sum(case.language == language for case in one.cases) >= 10


def test_a_document_is_held_against_its_gold(tmp_path: Path) -> None:
    (tmp_path / "lakes.en.txt").write_text(
        "LAKE/COP(3)/2\n\n1. One lake is deep.\n\n2. Another is not.\n\n3. A third is dry.\n",
        "utf-8",
    )
    gold = [
        {"label": "1", "starts": "One", "ends": "deep.", "subparagraphs": []},
        {"label": "2", "starts": "Another", "ends": "else.", "subparagraphs": ["2(a)"]},
        {"label": "4", "starts": "A", "ends": "B", "subparagraphs": None},
    ]
    (tmp_path / "lakes.en.gold.json").write_text(json.dumps({"paragraphs": gold}), "utf-8")
    (outcome,) = score_structure(structure_set("dev/structure", (tmp_path,), "dev"))
    assert outcome.values == pytest.approx(
        {
            "labels_found": 2 / 3,
            "labels_exact": 1 / 3,
            "labels_invented": 1 / 3,
            "subparagraphs_right": 1 / 2,
        }
    )
    assert not outcome.is_right


def test_structure_sets_are_the_fixtures_of_the_parser() -> None:
    dev, held_out = (one for one in load_sets() if isinstance(one, StructureSet))
    assert [folder.name for folder in dev.folders] == ["documents"]
    assert [folder.name for folder in held_out.folders] == ["heldout", "heldout2"]
    found = evaluate_reading([dev])
    assert {one.language for one in found} == set(LANGUAGES)
    assert min(one.values["labels_found"] for one in found) >= 0.98


def test_a_set_that_asks_nothing_needs_no_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bars = tmp_path / "bars.toml"
    bars.write_text(
        '[[bar]]\nmeasure = "quantity_recall"\n'
        'floor_without_originals = { "dev/quantities" = 1.0 }\n'
    )
    code = run_from_command_line(Settings(home=tmp_path / "none"), ["dev/quantities"], bars=bars)
    assert code == 1
    assert "amounts or dates of a text are not read" in capsys.readouterr().err
