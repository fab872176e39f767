"""What the extraction measure counts, and what it says of files that it cannot read."""

import json
from pathlib import Path

import pytest

from evals.errors import BadGold
from evals.extraction import lines, main, pairs, precision, scored, to_judge

TEXT = (
    "ICCD/COP(98)/7\n\n1. In 2031 the office spent 40,000 dollars on wells.\n\n"
    "2. The network was opened on 3 May 2030.\n"
)


def fact(paragraph: str, amounts: list[tuple[str, str]], dates: list[str]) -> str:
    said = [{"value": value, "currency": currency} for value, currency in amounts]
    return json.dumps({"paragraph": paragraph, "amounts": said, "dates": dates})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wells.en.txt").write_text(TEXT)
    gold = [
        fact("1", [("40000.00", "USD"), ("7", "EUR")], ["2031"]),
        fact("2", [], ["2030-05-03", "2029"]),
    ]
    (tmp_path / "wells.en.facts.jsonl").write_text("\n".join(gold))
    return tmp_path


def test_each_amount_and_date_of_the_gold_is_found_or_missing(folder: Path) -> None:
    (pair,) = pairs(folder)
    found = scored(*pair)
    assert (found.language, found.money.found, found.money.wanted) == ("en", 1, 2)
    assert found.money.missing == (("1", "7 EUR"),)
    assert (found.dates.found, found.dates.wanted) == (2, 3)
    assert found.dates.missing == (("2", "2029"),)


def test_figures_come_with_their_interval_by_language(folder: Path) -> None:
    told = list(lines([scored(*pair) for pair in pairs(folder)]))
    assert "    no money 7 EUR in 1" in told
    (line,) = (one for one in told if one.startswith("en: "))
    assert "money 1/2 = 0.50 [0.09, 0.91]" in line


def test_candidates_are_written_for_a_judge_and_counted_when_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "candidates.jsonl"
    assert main([str(folder), "--candidates", str(out), "--figures-only"]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["paragraph"] for row in rows} == {"1", "2"}
    assert all(row["right"] is None and row["sentence"] for row in rows)
    for row, verdict in zip(rows, (True, False), strict=False):
        row["right"] = verdict
    out.write_text("\n".join(json.dumps(row) for row in rows))
    capsys.readouterr()
    assert main(["--judged", str(out)]) == 0
    assert "all: right 1/2" in capsys.readouterr().out


def test_gold_may_lie_in_a_folder_of_its_own(folder: Path) -> None:
    gold = folder / "gold"
    gold.mkdir()
    (folder / "wells.en.facts.jsonl").rename(gold / "wells.en.jsonl")
    ((path, document),) = pairs(folder, gold)
    assert (path.name, document.name) == ("wells.en.jsonl", "wells.en.txt")


def test_faults_name_the_file_and_the_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pair,) = pairs(folder)
    (folder / "wells.en.facts.jsonl").write_text('{"paragraph": "1"}')
    with pytest.raises(BadGold, match="line 1"):
        scored(*pair)
    (folder / "other.facts.jsonl").write_text("")
    with pytest.raises(BadGold, match=r"no document other\.\*"):
        pairs(folder)
    bad = folder / "judged.jsonl"
    bad.write_text("[]")
    with pytest.raises(BadGold, match="line 1"):
        list(precision(bad))
    empty = folder / "empty"
    empty.mkdir()
    assert main([str(empty)]) == 1
    assert "no gold" in capsys.readouterr().err


def test_a_judge_sees_what_a_candidate_says_and_where(folder: Path) -> None:
    rows = list(to_judge([scored(*pair) for pair in pairs(folder)]))
    (spent,) = (row for row in rows if row["says"].get("unit") == "USD")
    assert (spent["document"], spent["says"]["as_of"]) == ("wells.en.txt", "2031")
    assert "40,000 dollars" in spent["sentence"]
