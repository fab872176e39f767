"""A comparison has two sides: the sentence for each, and what a second paragraph adds."""

from collections.abc import Sequence
from typing import Final

from assistant.items import Item, in_sentence
from assistant.question import FIGURE_KINDS, Question
from assistant.question_words import find_asking
from assistant.ranking import Candidate
from kb.quantities import TIME_KINDS

_GAIN: Final = 0.1  # of the question that the other side must add
_STRONG: Final = 0.5  # of the best score
_FIRST_HITS: Final = 3
_NEXT: Final = 0.6


def has_sides(question: Question) -> bool:
    """Whether it holds things against one another, or asks for two figures or dates."""
    if question.adds or question.kind == "yes_no":
        return False
    asking = find_asking(question.text, question.language)
    return question.weighs or sum(a.kind in FIGURE_KINDS for a in asking) > 1


def other_side(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> Candidate | None:
    """The sentence that speaks of what the question names and the best one does not; of a figure
    too, where the best one has one. None where the best sentence speaks of both sides."""
    said = _said(question, best)
    figures = _has_figure(best)
    found: tuple[float, Candidate] | None = None
    for candidate in ranked:
        if candidate is best:
            continue
        if candidate.score < _STRONG * best.score:
            break
        if candidate.of_another or (figures and not _has_figure(candidate)):
            continue
        adds = _said(question, candidate) - said
        gain = sum(w for i, w in best.coverage.weights.items() if i.key in adds and _tells(i))
        share = gain / best.coverage.whole
        if share >= _GAIN and (found is None or share > found[0]):
            found = (share, candidate)
    return found[1] if found else None


def next_best(ranked: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of another paragraph: of that which search puts first, else of the next
    best, where it is nearly as good."""
    best = ranked[0]
    others = [
        c
        for c in ranked[1:]
        if c.finding is not best.finding
        and not c.finding.named
        and c.source.passage.kind not in ("table", "table_row")
        and c.score >= _NEXT * best.score
    ]
    first = [
        c for c in others if c.finding.rank <= _FIRST_HITS and c.finding.rank < best.finding.rank
    ]
    return next(iter((*first, *others)), None)


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
