"""Outcomes into figures: one for each measure and each part of a set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.measures.catalogue import MEASURES, Measure
from evals.measures.statistics import Interval, bootstrap
from evals.outcomes import CaseKind, Outcome
from kb.languages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Part:
    """Which outcomes a figure is of; no language and no kinds: the whole set."""

    set_name: str
    language: Language | None = None
    kinds: tuple[CaseKind, ...] = ()

    def of(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Those of `outcomes` that belong to it."""
        return [
            one
            for one in outcomes
            if one.set_name == self.set_name
            and self.language in (None, one.language)
            and (not self.kinds or one.kind in self.kinds)
        ]

    def __str__(self) -> str:
        return ", ".join([self.set_name, *([self.language] if self.language else []), *self.kinds])


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one part."""

    measure: str
    part: Part
    interval: Interval


def measured(measure: Measure, outcomes: Sequence[Outcome]) -> Interval | None:
    """The figure of `measure` over `outcomes`; None where it says nothing of any of them."""
    values = [one.values[measure.key] for one in outcomes if measure.key in one.values]
    return bootstrap(values, measure.statistic) if values else None


def figures(outcomes: Sequence[Outcome]) -> tuple[Figure, ...]:
    """Every measure over each set, each of its languages and each of its kinds."""
    return tuple(_figures(outcomes))


def sets_of(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Names of the sets, in the order of the outcomes."""
    return tuple(dict.fromkeys(one.set_name for one in outcomes))


def languages_of(outcomes: Sequence[Outcome]) -> tuple[Language, ...]:
    """The languages of the questions, in the UN's order."""
    return tuple(
        language for language in LANGUAGES if any(o.language == language for o in outcomes)
    )


def kinds_of(outcomes: Sequence[Outcome]) -> tuple[CaseKind, ...]:
    """The kinds of the questions, in the order of the outcomes."""
    return tuple(dict.fromkeys(one.kind for one in outcomes))


def _figures(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    for name in sets_of(outcomes):
        own = Part(name).of(outcomes)
        parts = [
            Part(name),
            *(Part(name, language) for language in languages_of(own)),
            *(Part(name, None, (kind,)) for kind in kinds_of(own)),
        ]
        for part in parts:
            chosen = part.of(own)
            for measure in MEASURES.values():
                interval = measured(measure, chosen)
                if interval is not None:
                    yield Figure(measure.name, part, interval)
