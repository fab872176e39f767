"""Whether the best evidence covers the question, or the honest answer is that nothing does."""

from typing import Final

from assistant.answer import Reason
from assistant.question import Question
from assistant.ranking import Candidate

_ENOUGH: Final = 0.55  # of what the question speaks of, found in the paragraph
_ENOUGH_SAID: Final = 0.45  # of it, in the sentence itself
_ALL_SAID: Final = 0.7
_ENOUGH_OPEN: Final = 0.45
_ENOUGH_TOPICS: Final = 2.5
_ENOUGH_WORDS: Final = 0.34  # of its content words, found in the paragraph
_ENOUGH_NEAR: Final = 0.5  # of it, found in one piece with the figure
_ENOUGH_MET: Final = 2.0  # weight of what is met, where the words cannot be compared
_RELATED: Final = 0.3
_ON_TOPIC: Final = 0.5  # of the content words of a question that names nothing known
_NEEDS_FIGURE: Final = frozenset(("how_much", "how_many", "when"))


def is_supported(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate answers: it holds what is named, most of what is asked about, and a
    figure or date of the kind asked for.
    """
    coverage = candidate.coverage
    if coverage.lacks:
        return False
    if not question.is_exact:
        told = coverage.topics >= _ENOUGH_TOPICS or coverage.words >= _ENOUGH_WORDS
        return coverage.share >= _ENOUGH_OPEN and told
    if question.kind in _NEEDS_FIGURE and candidate.quantity is None:
        return False
    near = candidate.nearness >= _ENOUGH_NEAR
    done = candidate.done or near or candidate.said >= _ALL_SAID
    if coverage.share < _ENOUGH or candidate.said < _ENOUGH_SAID or not done:
        return False
    if candidate.source.passage.language != question.language and question.words:
        told = coverage.topics > 0 or (question.kind == "how_much" and near)
        return coverage.met >= _ENOUGH_MET and told
    return coverage.words >= _ENOUGH_WORDS or near


def is_related(candidate: Candidate) -> bool:
    """Whether the candidate is worth showing beside an abstention."""
    return candidate.coverage.share >= _RELATED


def reason_for(question: Question, best: Candidate | None) -> Reason:
    """Why there is no answer: nothing of the Convention's field is named, or nothing answers."""
    if question.concepts or question.references or "convention" in question.nouns:
        return "not_in_documents"
    if best is None or best.coverage.words < _ON_TOPIC:
        return "off_topic"
    return "not_in_documents"
