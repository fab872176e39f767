"""Which record answers a question, and how likely it is that it does."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from math import exp
from typing import Final

from assistant.evidence import Finding
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.record_fit import Fit, figure_of, fit, times_of
from assistant.record_index import Entry, Match
from assistant.support import is_supported
from kb.quantities import Quantity

# Learned on the train and dev questions by logistic regression (docs/decisions): what is measured
# of a record, in the order of `_measured`.
_WEIGHTS: Final = (
    *(3.35, -3.09, 1.19),  # coverage, precision, coverage as a share of the best
    *(0.54, -0.05, 0.24, 0.79, 0.7),  # kind, names, years, figures, state
    *(2.43, 8.1, 0.21, -0.82),  # rank, share of the best sentence's score, supported, the first
    *(1.44, 0.03),  # agreement with that sentence, a list
)
_BIAS: Final = -12.68
# The same where no sentence answers: what the sentences say counts for nothing.
_ALONE: Final = (
    *(3.09, -1.92, 1.98),
    *(0.9, -0.05, -0.04, 0.83, 0.7),
    *(4.34, 0.0, 0.0, 0.0),
    *(0.0, 0.0),
)
_ALONE_BIAS: Final = -7.85
_CLEAR: Final = 0.35  # of the question's words
_LEAD: Final = 0.1
_NEAR_ALL: Final = 0.9
_UNFIT: Final = -0.9

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
        self._said: dict[Place, Quantity] = {}
        self._question = question
        self._firsts: dict[Place, Candidate] = {}
        self._supported: dict[Place, bool] = {}
        top = candidates[0].score if candidates and candidates[0].score > 0 else 1.0
        self.first: Place | None = None
        for candidate in candidates:
            place = (candidate.finding.document_id, candidate.finding.label)
            self.first = self.first or place
            if place in self._scores:
                continue
            self._scores[place] = candidate.score / top
            if candidate.quantity is not None:
                self._said[place] = candidate.quantity
            self._firsts[place] = candidate

    def agreement(self, entry: Entry) -> float:
        """1 if the best sentence of a paragraph of the entry gives its figure or date as the
        answer, -1 if it gives others, 0 if none gives any."""
        given = [self._said[p] for p in entry.places if p in self._said]
        if not given:
            return 0.0
        figures = {figure_of(record) for record in entry.records} - {None}
        times = {time for record in entry.records for time in times_of(record)}
        if any(_gives(q, figures, times) for q in given):
            return 1.0
        return -1.0

    def measured(self, places: Iterable[Place]) -> tuple[float, float, float, float]:
        """Of the best of `places`: 1 / its rank, its best sentence's share of the best score,
        whether a sentence of it is held to answer, whether the best one is its."""
        held = tuple(places)
        ranks = [self._ranks[p] for p in held if p in self._ranks]
        return (
            1 / min(ranks, default=99),
            max((self._scores.get(p, 0.0) for p in held), default=0.0),
            float(any(map(self._is_supported, held))),
            float(self.first in held),
        )

    def _is_supported(self, place: Place) -> bool:
        """Whether the best sentence of a paragraph answers; few paragraphs are asked about."""
        if place not in self._supported:
            first = self._firsts.get(place)
            self._supported[place] = first is not None and is_supported(self._question, first)
        return self._supported[place]


def chosen(
    question: Question, matches: Sequence[Match], standing: Standing, *, alone: bool = False
) -> list[Chosen]:
    """The matches with their probabilities, likeliest first; `alone`: no sentence answers."""
    weights, bias = (_ALONE, _ALONE_BIAS) if alone else (_WEIGHTS, _BIAS)
    most = max((m.coverage for m in matches), default=1.0) or 1.0
    fits = ((m, fit(question, m.entry)) for m in matches)
    found = [
        Chosen(m.entry, _probability(_measured(m, f, m.coverage / most, standing), weights, bias))
        for m, f in fits
        if _is_possible(f)
    ]
    return sorted(found, key=lambda one: -one.probability)


def clear(question: Question, matches: Sequence[Match]) -> Entry | None:
    """The entry that is of the very kind asked for and has clearly more of the question's words
    than any other that may answer; or the list of the Parties in what the question names."""
    fitting = [m for m in matches if _may_answer(question, m.entry)]
    if question.wants_items and question.wants_name:
        return _members(question, fitting)
    if not fitting or fit(question, fitting[0].entry).kind < 1:
        return None
    first = fitting[0].coverage
    after = fitting[1].coverage if len(fitting) > 1 else 0.0
    return fitting[0].entry if first >= _CLEAR and first - after >= _LEAD else None


def _members(question: Question, matches: Sequence[Match]) -> Entry | None:
    named = {m.concept_id for m in question.names if m.kind == "initiative"}
    for match in matches:
        entry = match.entry
        if entry.kind == "participations" and named and named <= entry.names:
            near = match.coverage >= _NEAR_ALL * max(m.coverage for m in matches)
            return entry if near else None
    return None


def _may_answer(question: Question, entry: Entry) -> bool:
    """Whether it has what is asked for at all: some figure, some date, the state asked about; a
    list of Parties answers nothing about organizations."""
    if question.wants_bodies and entry.listed == "party":
        return False
    return _is_possible(fit(question, entry))


def _is_possible(fits: Fit) -> bool:
    return fits.state >= 0 and fits.kind > _UNFIT


def _measured(match: Match, fits: Fit, relative: float, standing: Standing) -> tuple[float, ...]:
    """All that is measured of a match, in the order of the weights."""
    entry = match.entry
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
        standing.agreement(entry),
        float(entry.listed is not None),
    )


def _gives(quantity: Quantity, figures: Set[Decimal | None], times: Set[str]) -> bool:
    if quantity.iso is None:
        return quantity.value in figures
    parts = quantity.iso.split("/")
    return any(a.startswith(b) or b.startswith(a) for a in parts for b in times)


def _probability(values: Sequence[float], weights: Sequence[float], bias: float) -> float:
    total = bias + sum(w * v for w, v in zip(weights, values, strict=True))
    return 1 / (1 + exp(-total))
