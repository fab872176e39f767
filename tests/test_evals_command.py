"""The evaluation as a user meets it: her own questions over her own home, results kept, reports."""

import json
import re
from pathlib import Path

import evals_corpus
import pytest
from cli_calls import Landbrief
from tiny_model import save_tiny_model

from api.house import open_house
from evals.command import run_from_command_line
from evals.comparison import compare
from evals.errors import BadResult
from evals.home import originals_folder, own_home
from evals.outcomes import Outcome
from evals.report.cases import ranks, worst
from evals.results import Conditions, Result, read_result
from evals.run import main
from kb.errors import LandBriefError
from kb.settings import Settings
from kb.views import Origin, PassageRow

QUESTIONS = """
{"id": "a", "lang": "en", "topic": "t", "type": "number", "question": "How many countries does the \
Lake Fund support?", "gold": [{"doc": "LAKE/COP(3)/2", "para": "8"}], "must": [["23"]]}
{"id": "b", "lang": "en", "topic": "t", "type": "off_topic", "question": "Who won at chess?", \
"gold": [], "must": []}
"""
DIGESTED = """
{"id": "a", "lang": "en", "topic": "t", "type": "number", "question": "How many countries can be \
funded by the Riyadh Global Drought Resilience Partnership?", "gold": [{"doc": \
"CRIC(23), item 2(a)", "para": "91"}], "must": [["74"]]}
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home as the doors make it."""
    own = Settings(home=tmp_path_factory.mktemp("home"))
    rows = [
        PassageRow(evals_corpus.DOCUMENT, label, "en", texts["en"])
        for label, texts in evals_corpus.FACTS.items()
    ]
    with open_house(own) as house:
        house.kb.add_passages(rows, Origin(source="lakes.jsonl", sha256="0" * 64))
    return own


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "mine.jsonl"
    file.write_text(QUESTIONS, encoding="utf-8")
    return file


def test_own_questions_are_asked_of_the_own_home(
    settings: Settings, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_from_command_line(settings, questions=questions, as_json=True) == 0
    result = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in result["outcomes"]] == ["a", "b"]
    assert result["outcomes"][0]["values"]["right_answer"] == 1
    assert result["conditions"]["originals"] is True
    assert result["conditions"]["ingested"] == ["lakes.jsonl: en original"]
    assert str(settings.home) not in json.dumps(result)


def test_a_set_below_its_floor_ends_with_1_and_says_why(
    settings: Settings, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bars = questions.with_name("bars.toml")
    bars.write_text('[[bar]]\nmeasure = "right_answer"\nfloor = { "mine" = 0.9 }\n', "utf-8")
    assert run_from_command_line(settings, questions=questions, bars=bars) == 0
    assert (
        run_from_command_line(settings, questions=questions, bars=bars, plant="amounts-tenfold")
        == 1
    )
    assert "mine: right_answer 0.500 (n=2) is below its floor 0.900" in capsys.readouterr().err


def test_a_saved_result_is_compared_with_and_the_page_needs_nothing_from_outside(
    settings: Settings, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier, page = tmp_path / "earlier.json", tmp_path / "page.html"
    run_from_command_line(settings, questions=questions, save=earlier, plant="quotes-altered")
    run_from_command_line(settings, questions=questions, compare=earlier, report=page)
    assert "turned right" in capsys.readouterr().out
    html = page.read_text(encoding="utf-8")
    outside = html.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in outside
    assert "src=" not in outside
    assert "<script" not in outside
    assert "prefers-color-scheme: dark" in html
    assert html.count("<svg") >= 2


def test_floors_are_raised_in_the_users_own_file_of_bars(
    settings: Settings, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bars = questions.with_name("bars.toml")
    bars.write_text('[[bar]]\nmeasure = "right_answer"\n', encoding="utf-8")
    assert run_from_command_line(settings, questions=questions, bars=bars, raise_floors=True) == 0
    assert 'floor = { "mine" = 1 }' in bars.read_text(encoding="utf-8")
    code = run_from_command_line(
        settings, questions=questions, bars=bars, plant="citations-off-by-one"
    )
    assert code == 1
    assert "mine: right_answer 0.500 (n=2) is below its floor 1.000" in capsys.readouterr().err


def test_a_home_without_originals_has_floors_of_its_own(tmp_path: Path, questions: Path) -> None:
    settings = Settings(home=tmp_path / "digests")
    with open_house(settings) as house:
        house.kb.init_shipped()
    questions.write_text(DIGESTED, encoding="utf-8")
    bars = tmp_path / "bars.toml"
    bar = '[[bar]]\nmeasure = "right_answer"\n'
    for floors, code in (
        ('floor = { "mine" = 1 }\nfloor_without_originals = { "mine" = 0 }', 0),
        ('floor = { "mine" = 0 }\nfloor_without_originals = { "mine" = 1 }', 1),
    ):
        bars.write_text(f"{bar}{floors}\n", encoding="utf-8")
        assert (
            run_from_command_line(
                settings, questions=questions, bars=bars, plant="citations-off-by-one"
            )
            == code
        )


@pytest.mark.filterwarnings("ignore")  # of other people's imports
def test_the_users_own_embedder_is_measured_and_named_without_its_folder(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [texts["en"] for texts in evals_corpus.FACTS.values()]
    save_tiny_model(tmp_path / "tiny", " ".join(texts))
    settings = Settings(home=tmp_path / "home", embedder=str(tmp_path / "tiny"))
    rows = [
        PassageRow(evals_corpus.DOCUMENT, str(at), "en", text) for at, text in enumerate(texts, 7)
    ]
    with open_house(settings) as house:
        house.kb.add_passages(rows, Origin(source="lakes.jsonl", sha256="0" * 64))
    assert run_from_command_line(settings, questions=questions, as_json=True) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["conditions"]["embedder"] == "tiny"
    assert str(tmp_path) not in json.dumps(result)
    assert result["outcomes"][0]["values"]["R@5"] == 1


def test_the_command_of_the_product_offers_what_the_developers_command_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main(["--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--plant", "--help"}
    said = Landbrief(capsys)("eval", "--help").out
    assert offered == {
        "--bars",
        "--compare",
        "--json",
        "--judge",
        "--questions",
        "--raise-floors",
        "--report",
        "--save",
        "--without-originals",
    }
    assert all(option in said for option in offered)


def test_landbrief_eval_saves_compares_reports_and_holds_own_bars(
    settings: Settings,
    questions: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANDBRIEF_HOME", str(settings.home))
    landbrief = Landbrief(capsys)
    saved, page, bars = tmp_path / "a.json", tmp_path / "a.html", tmp_path / "bars.toml"
    bars.write_text('[[bar]]\nmeasure = "right_answer"\nfloor = { "mine" = 1.0 }\n', "utf-8")
    first = landbrief("eval", "--questions", questions, "--save", saved, "--bars", bars)
    assert first.code == 0
    second = landbrief("eval", "--questions", questions, "--compare", saved, "--report", page)
    assert "Against the earlier result" in second.out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    broken = landbrief("eval", "--questions", questions, "--bars", tmp_path / "none.toml")
    assert (broken.code, "none.toml" in broken.err) == (1, True)


def test_the_home_is_only_read_also_while_it_is_owned(settings: Settings) -> None:
    with open_house(settings), own_home(settings) as home:
        assert home.system.kb.documents()


def test_without_a_home_there_is_a_plain_error(tmp_path: Path, questions: Path) -> None:
    with pytest.raises(LandBriefError):
        run_from_command_line(Settings(home=tmp_path / "nowhere"), questions=questions)


def test_the_developers_command_says_what_is_wrong_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["dev/nonsense"]) == 1
    assert capsys.readouterr().err.startswith('evals: no question set "dev/nonsense"; there are:')


def test_originals_are_where_the_setting_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. x", encoding="utf-8")
    assert originals_folder(Settings(originals=tmp_path)) == tmp_path
    assert originals_folder(Settings(originals=tmp_path / "empty")) is None


CONDITIONS = Conditions("t", "r", "e", True, (), {"embedder": "e"}, {"dev/x": "1"}, "d", "3")


def outcome(number: int, right: float, set_name: str = "dev/x", **values: float) -> Outcome:
    return Outcome(
        set_name,
        f"q{number}",
        "en",
        "number",
        f"question {number}?",
        {"right_answer": right, "RR": 1.0} | values,
        rank=1,
        answer=f"answer {number}",
        remarks=(f"remark {number}",),
    )


def result(*outcomes: Outcome) -> Result:
    return Result(CONDITIONS, outcomes, 1.0, 100.0)


def test_a_result_is_read_back_with_every_value(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    whole = result(outcome(1, 1.0), outcome(2, 0.25))
    for text in (whole.baseline(), whole.to_json()):
        file.write_text(text, encoding="utf-8")
        back = read_result(file)
        assert [one.values for one in back.outcomes] == [one.values for one in whole.outcomes]
        assert back.conditions == whole.conditions


def test_a_held_out_question_is_never_shown() -> None:
    hidden = result(outcome(1, 0.0, "test/x"), outcome(2, 0.0))
    for text in (hidden.to_json(), hidden.baseline()):
        assert "question 1" not in text
        assert "answer 1" not in text
        assert "remark 1" not in text
    assert "question 2" in hidden.to_json()
    assert [one.question_id for one in worst(hidden.outcomes, 9)] == ["q2"]


def test_inventions_come_before_mere_mistakes() -> None:
    cases = worst(
        [
            outcome(1, 0.0),
            outcome(2, 1.0, fabricated_reference=1.0),
            outcome(3, 1.0),
        ],
        9,
    )
    assert [one.question_id for one in cases] == ["q2", "q1"]


def test_ranks_are_counted_and_what_was_not_found_too() -> None:
    counted = ranks([outcome(1, 1.0), outcome(2, 1.0)])
    assert counted["1"] == 2
    assert counted["not found"] == 0


def test_results_are_paired_by_question() -> None:
    before = result(*(outcome(n, 0.0) for n in range(30)))
    after = result(*(outcome(n, float(n < 15)) for n in range(1, 31)))
    found = compare(before, after)
    change = next(one for one in found.changes if one.measure == "right_answer")
    assert change.difference.n == 29
    assert change.difference.p < 0.01
    assert (change.before, round(change.after, 3)) == (0.0, round(14 / 29, 3))
    assert len(found.turned_right) == 14
    assert not found.turned_wrong
    assert not found.caveats


def test_other_conditions_are_said() -> None:
    other = Conditions("t", "r", "e2", False, (), {}, {"dev/x": "2"}, "d", "3")
    found = compare(Result(other, (outcome(1, 1.0),), 1.0, 1.0), result(outcome(1, 1.0)))
    assert found.caveats == (
        "original documents: not at hand then, ingested now",
        "embedder: e2 then, e now",
        "dev/x: its questions have changed",
    )


@pytest.fixture(params=["", "[]", "{}", '{"form": 0}', '{"form": 1, "conditions": {}}'])
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "bad.json"
    file.write_text(request.param, encoding="utf-8")
    return file


def test_what_is_no_result_is_refused(bad: Path) -> None:
    with pytest.raises(BadResult, match=r"bad\.json"):
        read_result(bad)
