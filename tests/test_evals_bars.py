"""Bars: floors that only rise, targets with their distance, and what is said when one breaks."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bar_files import load_bars, read_bars, written
from evals.bars import loosened, raised, standings
from evals.errors import BadBars
from evals.measures.catalogue import MEASURES
from evals.outcomes import Outcome
from evals.questions import QuestionKind
from kb.languages import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
BARS = """
[[bar]]
measure = "right_answer"
target = 0.9
issue = 6
floor = { "dev/x" = 0.5 }

[[bar]]
measure = "R@5"
language = "zh"
target = 0.95

[[bar]]
measure = "answerable_refused"
kinds = ["number", "date"]
target = 0.05
floor = { "dev/x" = 0.2 }

[[bar]]
measure = "ask_p50"
target = 12
"""


def outcome(
    number: int, language: Language = "en", kind: QuestionKind = "number", **values: float
) -> Outcome:
    renamed = {key.replace("R5", "R@5"): value for key, value in values.items()}
    return Outcome("dev/x", f"q{number}", language, kind, "?", renamed)


def right(share: float, of: int = 20) -> tuple[Outcome, ...]:
    return tuple(outcome(n, right_answer=float(n < share * of)) for n in range(of))


def test_the_bars_that_ship_are_read_and_written_back_the_same() -> None:
    text = (ROOT / "evals" / "bars.toml").read_text(encoding="utf-8")
    assert written(read_bars(text)) == text
    assert read_bars(written(load_bars())) == load_bars()


def test_no_latency_has_a_floor() -> None:
    for bar in load_bars():
        floors = (*bar.floors.values(), *bar.floors_without.values())
        assert bar.measure.unit == "share" or not floors, "latencies depend on the machine"


def test_a_floor_never_falls_below_what_was_committed() -> None:
    now = load_bars()
    for text in committed("evals/bars.toml"):
        assert not loosened(read_bars(text), now)


def committed(name: str) -> list[str]:
    """Every committed version of a file that git can still show; none outside a checkout."""

    def git(*words: str) -> str | None:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    commits = (git("log", "--format=%H", "--", name) or "").split()
    return [text for commit in commits if (text := git("show", f"{commit}:{name}")) is not None]


def test_a_share_of_few_questions_gets_no_floor_unless_lower_is_better() -> None:
    few = (*right(0.5, of=9), *(outcome(n, answerable_refused=0.0) for n in range(9)))
    bars = read_bars(
        BARS.replace('floor = { "dev/x" = 0.5 }', "").replace('floor = { "dev/x" = 0.2 }', "")
    )
    floors = {bar.measure.name: bar.floors for bar in raised(bars, few, originals=True, fewest=10)}
    assert floors["right_answer"] == {}
    assert floors["answerable_refused"] == {"dev/x": 0.0}
    once = {bar.measure.name: bar.floors for bar in raised(bars, few, originals=True)}
    assert once["right_answer"] == {"dev/x": 0.555}


def test_below_the_floor_is_broken_and_says_what_where_and_by_how_much() -> None:
    (standing,) = standings(read_bars(BARS), right(0.4), originals=True)
    assert standing.is_broken
    assert standing.report == (
        "dev/x: right_answer 0.400 (n=20) is below its floor 0.500: answers are wrong"
    )
    assert standing.short_of_target == pytest.approx(0.5)


def test_at_the_floor_is_not_broken() -> None:
    (standing,) = standings(read_bars(BARS), right(0.5), originals=True)
    assert not standing.is_broken


def test_without_the_originals_other_floors_hold() -> None:
    (standing,) = standings(read_bars(BARS), right(0.1), originals=False)
    assert standing.floor is None
    assert not standing.is_broken


def test_where_lower_is_better_the_floor_is_a_ceiling() -> None:
    refused = tuple(outcome(n, answerable_refused=float(n < 5)) for n in range(20))
    (standing,) = standings(read_bars(BARS), refused, originals=True)
    assert standing.is_broken
    assert "above its ceiling 0.200" in standing.report
    assert str(standing.part) == "dev/x, number, date"


def test_a_bar_of_one_language_looks_at_that_language_alone() -> None:
    found = (outcome(1, "zh", R5=1.0), outcome(2, "en", R5=0.0))
    (standing,) = standings(read_bars(BARS), found, originals=True)
    assert standing.interval.value == 1.0
    assert standing.short_of_target == 0


def test_floors_rise_to_what_is_measured_and_never_fall() -> None:
    up = raised(read_bars(BARS), right(0.8), originals=True)
    assert up[0].floors["dev/x"] == 0.8
    assert raised(up, right(0.6), originals=True) == up
    assert not loosened(read_bars(BARS), up)
    assert loosened(up, read_bars(BARS)) == ("dev/x: right_answer was 0.8, is 0.5",)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_what_was_measured_holds_its_own_raised_floor(values: list[float]) -> None:
    found = tuple(
        outcome(n, right_answer=value, answerable_refused=value) for n, value in enumerate(values)
    )
    up = raised(read_bars(BARS.replace("0.5", "0.0").replace("0.2", "1.0")), found, originals=True)
    assert not any(one.is_broken for one in standings(up, found, originals=True))


def test_a_latency_never_becomes_a_floor() -> None:
    found = (outcome(1, ask_ms=7.0),)
    assert raised(read_bars(BARS), found, originals=True) == read_bars(BARS)
    (standing,) = standings(read_bars(BARS), found, originals=True)
    assert standing.short_of_target == 0


def test_a_floor_that_is_gone_has_fallen() -> None:
    before = read_bars(BARS)
    after = read_bars(BARS.replace('floor = { "dev/x" = 0.5 }', ""))
    assert loosened(before, after) == ("dev/x: right_answer was 0.5, is None",)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('[[bar]]\nmeasure = "luck"', 'measure "luck" is unknown'),
        ('[[bar]]\nmeasure = "RR"\nflor = 1', "flor is unknown"),
        ('[[bar]]\nmeasure = "RR"\nlanguage = "de"', "'de' is not a language"),
        ('[[bar]]\nmeasure = "RR"\nkinds = ["riddle"]', "are not kinds"),
        ('[[bar]]\nmeasure = "RR"\ntarget = "high"', "'high' is not a number"),
        ('[[bar]]\nmeasure = "RR"\nfloor = { "dev/x" = 2 }', "not in [0, 1]"),
        ('[[bar]]\nmeasure = "RR"\nfloor = 0.5', "floors are given by set"),
        ('[[bar]]\nmeasure = "RR"\n[[bar]]\nmeasure = "RR"', "two bars are of the same"),
        ("[[bar", "bars.toml: "),
    ],
)
def test_impossible_bars_are_refused(text: str, cause: str) -> None:
    with pytest.raises(BadBars) as caught:
        read_bars(text)
    assert cause in str(caught.value)


def test_the_targets_of_the_issues_are_there() -> None:
    targets = {bar.key: bar.target for bar in load_bars()}
    assert targets["R@5", "zh", ()] == 0.95
    assert all(targets["R@5", language, ()] == 0.9 for language in LANGUAGES if language != "zh")
    assert targets["right_answer", None, ("number", "date")] == 0.95
    assert targets["fabricated_reference", None, ()] == 0
    assert {bar.measure.name for bar in load_bars()} <= set(MEASURES)
