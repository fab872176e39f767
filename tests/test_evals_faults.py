"""Planted faults are caught: each breaks a bar, and the report says what broke."""

from collections.abc import Iterator

import evals_corpus
import pytest

from evals.bar_files import load_bars
from evals.bars import Bar, Standing, raised, standings
from evals.errors import UnknownFault
from evals.fault_check import is_caught_by
from evals.faults import fault_names, planted
from evals.home import assistant_over
from evals.outcomes import Outcome
from evals.running import evaluate
from evals.systems import System
from kb.terms import load_terms


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with evals_corpus.system(tmp_path_factory.mktemp("lakes")) as opened:
        yield opened


def outcomes(system: System) -> tuple[Outcome, ...]:
    return evaluate(system, [evals_corpus.questions()], load_terms())


@pytest.fixture(scope="module")
def sound(system: System) -> tuple[Outcome, ...]:
    return outcomes(system)


@pytest.fixture(scope="module")
def bars(sound: tuple[Outcome, ...]) -> tuple[Bar, ...]:
    """The bars that ship, with what the sound system reaches as floors."""
    return raised(load_bars(), sound, originals=True)


def broken(bars: tuple[Bar, ...], found: tuple[Outcome, ...]) -> list[Standing]:
    return [one for one in standings(bars, found, originals=True) if one.is_broken]


def test_the_sound_system_breaks_no_bar(
    bars: tuple[Bar, ...], sound: tuple[Outcome, ...], system: System
) -> None:
    assert not broken(bars, sound)
    assert not broken(bars, outcomes(system)), "the same system measures the same"
    assert sum(one.is_right for one in sound) >= 0.8 * len(sound)


@pytest.mark.parametrize(
    ("fault", "measure", "said"),
    [
        ("citations-off-by-one", "cites_gold", "cite the wrong paragraphs"),
        ("citations-off-by-one", "non_verbatim_quote", "not word for word"),
        ("quotes-altered", "non_verbatim_quote", "not word for word"),
        ("amounts-tenfold", "unsupported_figure", "figures (amounts, dates, counts)"),
        ("amounts-tenfold", "right_answer", "answers are wrong"),
        ("abstention-off", "unanswerable_refused", "abstention does not work"),
        ("analyzer-broken-ru", "R@5", "ru: R@5"),
        ("analyzer-broken-zh", "R@5", "zh: R@5"),
    ],
)
def test_a_planted_fault_breaks_a_bar_that_names_it(
    system: System, bars: tuple[Bar, ...], fault: str, measure: str, said: str
) -> None:
    found = broken(bars, outcomes(planted(system, fault, assistant_over)))
    reports = [one.report for one in found if one.bar.measure.name == measure]
    assert reports, f"{fault} broke only {[one.report for one in found]}"
    assert any(said in report for report in reports)
    assert all("dev/lakes" in report for report in reports)


def test_a_broken_analyzer_breaks_no_other_language(system: System, bars: tuple[Bar, ...]) -> None:
    found = broken(bars, outcomes(planted(system, "analyzer-broken-ar", assistant_over)))
    assert {one.part.language for one in found if one.bar.measure.name == "R@5"} == {"ar"}


def test_every_fault_can_be_planted_by_name(system: System) -> None:
    assert {fault.split("-broken-")[0] for fault in fault_names()} == {
        "citations-off-by-one",
        "quotes-altered",
        "amounts-tenfold",
        "abstention-off",
        "analyzer",
    }
    with pytest.raises(UnknownFault, match="quotes-altered"):
        planted(system, "nonsense", assistant_over)


def test_for_every_fault_there_is_a_bar_to_catch_it(
    system: System, bars: tuple[Bar, ...], sound: tuple[Outcome, ...]
) -> None:
    standing = standings(bars, sound, originals=True)
    for fault in fault_names():
        assert any(is_caught_by(fault, one) for one in standing), fault
    with pytest.raises(UnknownFault):
        is_caught_by("nonsense", standing[-1])
    broken_zh = broken(bars, outcomes(planted(system, "analyzer-broken-zh", assistant_over)))
    assert [one.part.language for one in broken_zh if is_caught_by("analyzer-broken-zh", one)] == [
        "zh"
    ]
