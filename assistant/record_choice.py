"""Which record answers a question, and how likely it is that it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from assistant.evidence import Finding
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.record_fit import fit
from assistant.record_index import Entry, Match
from assistant.support import is_supported

# Learned on the train and dev questions by logistic regression (docs/decisions): what is measured
# of a record, in the order of `_measured`.
_WEIGHTS: Final = (2.6, -1.7, 2.2, 1.1, -0.1, 0.0, 0.65, 0.7, 1.6, 7.9, 0.7, -0.9, 0.1)
_BIAS: Final = -13.1

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An entry with the probability that it is what is asked for."""

    entry: Entry
    probability: float


class Standing:
    """How the paragraphs of one search stand: what the sentences found say for each."""

    def __init__(
        self, question: Question, findings: Iterable[Finding], candidates: Sequence[Candidate]
    ) -> None:
        self._ranks: dict[Place, int] = {}
        for finding in findings:
            self._ranks.setdefault((finding.document_id, finding.label), finding.rank)
        self._scores: dict[Place, float] = {}
        self._supported: set[Place] = set()
        top = candidates[0].score if candidates and candidates[0].score > 0 else 1.0
        self.first: Place | None = None
        for candidate in candidates:
            place = (candidate.finding.document_id, candidate.finding.label)
            self.first = self.first or place
            if place in self._scores:
                continue
            self._scores[place] = candidate.score / top
            if is_supported(question, candidate):
                self._supported.add(place)

    def measured(self, places: Iterable[Place]) -> tuple[float, float, float, float]:
        """Of the best of `places`: 1 / its rank, its best sentence's share of the best score,
        whether a sentence of it is held to answer, whether the best one is its."""
        held = tuple(places)
        ranks = [self._ranks[p] for p in held if p in self._ranks]
        return (
            1 / min(ranks, default=99),
            max((self._scores.get(p, 0.0) for p in held), default=0.0),
            float(any(p in self._supported for p in held)),
            float(self.first in held),
        )


def chosen(question: Question, matches: Sequence[Match], standing: Standing) -> list[Chosen]:
    """The matches with their probabilities, likeliest first."""
    most = max((m.coverage for m in matches), default=1.0) or 1.0
    found = [
        Chosen(m.entry, _probability(measured(question, m, m.coverage / most, standing)))
        for m in matches
        if fit(question, m.entry).state >= 0
    ]
    return sorted(found, key=lambda one: -one.probability)


def measured(
    question: Question, match: Match, relative: float, standing: Standing
) -> tuple[float, ...]:
    """All that is measured of a match, in the order of the weights."""
    entry = match.entry
    fits = fit(question, entry)
    return (
        match.coverage,
        match.precision,
        relative,
        fits.kind,
        fits.names,
        fits.years,
        fits.figures,
        fits.state,
        *standing.measured(entry.places),
        float(entry.listed is not None),
    )


def _probability(values: Sequence[float]) -> float:
    total = _BIAS + sum(w * v for w, v in zip(_WEIGHTS, values, strict=True))
    return 1 / (1 + exp(-total))
