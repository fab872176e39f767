"""A second sentence beside the one that answers, where a question asks whether two places agree
and gives no figure to find them by."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.arithmetic import Quoted, rated_amounts
from assistant.consistency import Held, given_figures
from assistant.evidence import gather
from assistant.items import in_sentence
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.support import ANYWHERE
from kb.quantities import TIME_KINDS, find_quantities

_ENOUGH: Final = 0.45  # of what is asked about, in the paragraph of the first
_ENOUGH_OF_TERMS: Final = 0.6  # … where nobody is named
_OTHER: Final = 0.6  # of the best score, for the second
_MOST: Final = 2
_THREE: Final = 3  # places that give a figure of one unit
_ACTORS: Final = ("initiative", "organization", "party", "convention")
_UNITS: Final = {"term:hectare": "ha"}
QUOTED: Final = re.compile(r"[«“\"「『]([^»”\"」』]{3,120})[»”\"」』]")
"""Words that a question puts between quotation marks."""
_HITS: Final = 15


def two_statements(question: Question, rankings: Rankings) -> tuple[Candidate, ...]:
    """The best sentences of two paragraphs, those first that have words that the question quotes;
    of a unit that it names, only such with a figure of it. Nothing where the best is too far from
    what is asked."""
    ranked = list(rankings.of(question))
    unit = unit_asked(question)
    most = _MOST
    if unit is not None:
        ranked = [c for c in ranked if any(q.unit == unit for q in c.sentence.quantities)]
        most = _THREE
    wanted = QUOTED.findall(question.text)
    ranked.sort(key=lambda c: -_worth(question, c, wanted))
    if unit is not None and ranked:  # of the others those sentences that give the same figure
        first = _figures(ranked[0], unit)
        ranked.sort(key=lambda c: not first & _figures(c, unit))
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in ranked:
        best.setdefault((candidate.finding.document_id, candidate.finding.label), candidate)
    chosen = list(best.values())[:most]
    if not chosen or not (unit or is_near(question, chosen[0])):
        return ()
    return tuple(c for c in chosen if c.score >= _OTHER * chosen[0].score)


def _figures(candidate: Candidate, unit: str) -> set[Decimal]:
    return {q.value for q in candidate.sentence.quantities if q.unit == unit}


def unit_asked(question: Question) -> str | None:
    """The unit of which the question asks whether its figure is the same everywhere; None where it
    gives figures itself, or names no unit."""
    if given_figures(question):
        return None
    return next((_UNITS[m.concept_id] for m in question.names if m.concept_id in _UNITS), None)


def same_figure(question: Question, quotes: Sequence[Quoted]) -> Decimal | None:
    """The one figure of the unit asked about that stands in the words of every place, two at
    least."""
    unit = unit_asked(question)
    places: dict[str, set[Decimal]] = {}
    for quote in quotes:
        found = find_quantities(quote.text, quote.language)
        held = {q.value for q in found if unit is not None and q.unit == unit}
        places.setdefault(quote.place, set()).update(held)
    if unit is None or len(places) < _MOST:
        return None
    common = set.intersection(*places.values())
    return next(iter(common)) if len(common) == 1 else None


def is_near(question: Question, candidate: Candidate) -> bool:
    """Whether its sentence names something that the question does, and its paragraph speaks of
    much that is asked."""
    language = candidate.source.passage.language
    actors = {m.concept_id for m in question.names if m.kind in _ACTORS}
    terms = {m.concept_id for m in question.names if m.kind == "term"} - ANYWHERE
    said = {
        item.key
        for item in candidate.coverage.weights
        if in_sentence(item, candidate.sentence, language, question)
    }
    if actors:
        return bool(actors & said) and candidate.coverage.share >= _ENOUGH
    return bool(terms & said) and candidate.coverage.share >= _ENOUGH_OF_TERMS


def _worth(question: Question, candidate: Candidate, quoted: Sequence[str]) -> float:
    words = sum(one in candidate.sentence.text for one in quoted)
    dated = "when" in question.kinds and any(
        q.kind in TIME_KINDS for q in candidate.sentence.quantities
    )
    return candidate.score + words + (0.1 if dated else 0.0)


def other_rate(plan: Plan, found: Sequence[Held], rankings: Rankings, kb: Knowledge) -> Held | None:
    """The sentence with the daily amount, where the question holds one against the yearly one that
    was found, or the other way round."""
    question = plan.question
    if len(found) != 1 or len(question.rates) != _MOST:
        return None
    first = found[0].candidate
    passage = first.source.passage
    values = {f.value for f in found[0].figures}
    held = [
        r
        for r in rated_amounts(first.sentence.text, passage.language)
        if r.quantity.value in values and r.rate in question.rates
    ]
    if len(held) != 1:
        return None
    query = f"{question.text} {first.sentence.text}"[:400]
    asked = Plan(question, (), query, (passage.document_id,), _HITS)
    known = {(f.document_id, f.label) for f in rankings.findings}
    more = [f for f in gather(asked, kb).findings if (f.document_id, f.label) not in known]
    ranked = Rankings((*rankings.findings, *more), rankings.reading).of(question)
    for candidate in ranked:
        language = candidate.source.passage.language
        for one in rated_amounts(candidate.sentence.text, language):
            same = one.quantity.currency == held[0].quantity.currency
            if same and one.rate in question.rates and one.rate != held[0].rate:
                return Held(candidate, (one.quantity,))
    return None
