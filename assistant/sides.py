"""A comparison has two sides: the sentence for each."""

from collections.abc import Sequence
from typing import Final

from assistant.items import Item, in_sentence
from assistant.question import Question
from assistant.ranking import Candidate
from kb.quantities import TIME_KINDS

_GAIN: Final = 0.1  # of the question that the other side must add
_ACTORS: Final = frozenset(("party", "organization", "initiative"))
_STRONG: Final = 0.5  # of the best score


def has_sides(question: Question) -> bool:
    """Whether it holds things against one another, one of which it names."""
    named = any(m.kind in _ACTORS for m in question.names)
    return named and question.weighs and not question.adds and question.kind != "yes_no"


def other_side(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> Candidate | None:
    """The sentence that speaks of what the question names and the best one does not; of a figure
    too, where the best one has one. None where the best sentence speaks of both sides, or neither
    of the two speaks of anybody named."""
    said = _said(question, best)
    actors = {m.concept_id for m in question.names if m.kind in _ACTORS}
    figures = _has_figure(best)
    found: tuple[float, Candidate] | None = None
    for candidate in ranked:
        if candidate is best:
            continue
        if candidate.score < _STRONG * best.score:
            break
        if candidate.of_another or (figures and not _has_figure(candidate)):
            continue
        other = _said(question, candidate)
        if not actors & (said | other):
            continue
        adds = other - said
        gain = sum(w for i, w in best.coverage.weights.items() if i.key in adds and _tells(i))
        share = gain / best.coverage.whole
        if share >= _GAIN and (found is None or share > found[0]):
            found = (share, candidate)
    return found[1] if found else None


def _tells(item: Item) -> bool:
    return item.kind in ("name", "term", "word", "year", "session", "decision", "noun")


def _said(question: Question, candidate: Candidate) -> frozenset[str]:
    """What of the question the sentence speaks of."""
    language = candidate.source.passage.language
    return frozenset(
        i.key
        for i in candidate.coverage.weights
        if in_sentence(i, candidate.sentence, language, question)
    )


def _has_figure(candidate: Candidate) -> bool:
    return any(q.kind not in TIME_KINDS for q in candidate.sentence.quantities)
