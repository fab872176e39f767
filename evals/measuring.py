"""Every set measured in a home of its documents, in the user's own, or in none."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from rich.console import Console
from rich.progress import Progress

from evals.briefs import BriefSet, judge_brief
from evals.checks import Checker
from evals.conditions import conditions
from evals.dialogues import DialogueSet
from evals.faults import planted
from evals.home import Home, fresh_home, own_home
from evals.machine import peak_memory_mb
from evals.outcomes import Outcome
from evals.questions import QuestionSet
from evals.reading_sets import ReadSet, evaluate_reading
from evals.results import Result, merged
from evals.running import evaluate
from evals.shipped import AnySet, documents_of
from evals.systems import System
from kb.settings import Settings
from kb.terms import load_terms

_HomeSet = QuestionSet | DialogueSet | BriefSet


class Measured(NamedTuple):
    """A result, and whether the original founding documents were among what was asked about."""

    result: Result
    originals: bool


def measure(
    settings: Settings,
    sets: Sequence[AnySet],
    *,
    own: bool = False,
    without_originals: bool = False,
    plant: str | None = None,
    quiet: bool = False,
) -> Measured:
    """Measures `sets`, in the user's own home if `own`, else in fresh ones with their documents.

    Raises LandBriefError for unusable stores or an unknown fault.
    """
    results: list[Result] = []
    originals = False
    at_home: list[_HomeSet] = [one for one in sets if isinstance(one, _HomeSet)]
    for documents, group in _by_documents(at_home, own=own):
        opening = (
            own_home(settings)
            if own
            else fresh_home(settings, without_originals=without_originals, documents=documents)
        )
        with opening as home:
            results.append(_at_home(settings, home, group, plant, quiet=quiet))
            originals = originals or (home.originals and documents is None)
    read: list[ReadSet] = [one for one in sets if isinstance(one, ReadSet)]
    if read:
        results.append(_read(settings, read, plant))
    return Measured(merged(results), originals)


def _by_documents(
    sets: Sequence[_HomeSet], *, own: bool
) -> list[tuple[Path | None, list[_HomeSet]]]:
    """The sets in groups that ask about the same documents, the founding ones first."""
    groups: dict[Path | None, list[_HomeSet]] = {}
    for one in sets:
        groups.setdefault(None if own else documents_of(one.name), []).append(one)
    return sorted(groups.items(), key=lambda group: group[0] is not None)


def _at_home(
    settings: Settings, home: Home, sets: Sequence[_HomeSet], plant: str | None, *, quiet: bool
) -> Result:
    system = home.system if plant is None else planted(home.system, plant, home.assistant_over)
    measurable = [one for one in sets if system.briefing or not isinstance(one, BriefSet)]
    skipped = tuple(
        f"{one.name}: not measured, there is no system for briefing notes yet"
        for one in sets
        if one not in measurable
    )
    made_under = conditions(settings, home, measurable, plant, skipped)
    started = perf_counter()
    stderr = Console(stderr=True)
    with Progress(console=stderr, disable=quiet or not stderr.is_terminal) as progress:
        task = progress.add_task("asking", total=None)
        outcomes = evaluate(
            system,
            [one for one in sets if not isinstance(one, BriefSet)],
            load_terms(),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
    briefs = [one for one in measurable if isinstance(one, BriefSet)]
    notes = tuple(_briefs(system, briefs))
    return Result(made_under, (*outcomes, *notes), perf_counter() - started, peak_memory_mb())


def _briefs(system: System, sets: Sequence[BriefSet]) -> Iterator[Outcome]:
    if system.briefing is None:
        return
    names = load_terms()
    checker = Checker(system.catalogue, names)
    for one in sets:
        for topic in one.topics:
            brief = system.briefing(topic.topic, topic.language)
            yield judge_brief(one.name, topic, brief, checker, names)


def _read(settings: Settings, sets: Sequence[ReadSet], plant: str | None) -> Result:
    started = perf_counter()
    made_under = conditions(settings, None, sets, plant)
    outcomes = evaluate_reading(sets)
    return Result(made_under, outcomes, perf_counter() - started, peak_memory_mb())
