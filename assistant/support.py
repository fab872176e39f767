"""Whether the best evidence covers the question, or the honest answer is that nothing does."""

from typing import Final

from assistant.answer import Reason
from assistant.claim_words import has_role
from assistant.items import in_sentence
from assistant.question import FIGURE_KINDS, Question
from assistant.ranking import Candidate

_ENOUGH: Final = 0.55  # of what the question speaks of, found in the paragraph
_ENOUGH_SAID: Final = 0.45  # of it, in the sentence itself
_ALL_SAID: Final = 0.7
_ENOUGH_OPEN: Final = 0.45
_ENOUGH_TOPICS: Final = 2.5
_ENOUGH_WORDS: Final = 0.34  # of its content words, found in the paragraph
_ENOUGH_NEAR: Final = 0.5  # of it, found in one piece with the figure
_ENOUGH_MET: Final = 2.0  # weight of what is met, where the words cannot be compared
_ON_TOPIC: Final = 0.5  # of the content words of a question that names nothing known
_NEARLY_ALL: Final = 0.8
_ENOUGH_TOLD: Final = 4.5
_SMALL_LIST: Final = 3
_DATED_NEAR: Final = 0.25  # of it, in one part with a date
_OF_THE_FIELD: Final = frozenset(("organization", "initiative", "convention", "term"))
# Concepts that every subject has: "the world cup" is no question about land.
_ANYWHERE: Final = frozenset(("term:global", "term:country", "term:national", "term:chair"))


def is_supported(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate answers: it holds what is named, most of what is asked about, and a
    figure or date of the kind asked for, said of the one asked about.
    """
    coverage = candidate.coverage
    if coverage.lacks or _is_unnamed(question, candidate) or not _asks_something(question):
        return False
    if question.measures and not candidate.done_here and not _says_measure(question, candidate):
        return False
    if _is_whole_list(question, candidate):
        return coverage.share >= _ENOUGH
    if not question.is_exact:
        told = coverage.topics >= _ENOUGH_TOPICS or coverage.words >= _ENOUGH_WORDS
        return (coverage.share >= _ENOUGH_OPEN and told) or _says_all(question, candidate)
    if question.kind in FIGURE_KINDS and not _has_figure(question, candidate):
        return False
    near = candidate.nearness >= _ENOUGH_NEAR
    done = candidate.done or near or candidate.said >= _ALL_SAID
    if coverage.share < _ENOUGH or candidate.said < _ENOUGH_SAID or not done:
        return False
    if candidate.source.passage.language != question.language and question.words:
        told = coverage.topics > 0 or (question.kind == "how_much" and near)
        return coverage.met >= _ENOUGH_MET and told
    return coverage.words >= _ENOUGH_WORDS or near


def _has_figure(question: Question, candidate: Candidate) -> bool:
    """Whether the figure or date asked for is there, of the right subject and measure."""
    if candidate.figure.place is None or candidate.of_another:
        return False
    dated = candidate.governed and candidate.nearness >= _DATED_NEAR
    return question.kind != "when" or dated


def _is_whole_list(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence names as many as are asked for: "which 18 countries"."""
    sizes = {q.value for q in question.numbers}
    return question.wants_items and candidate.listed > _SMALL_LIST and candidate.listed in sizes


def _says_all(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence in another language speaks of nearly all that can be compared, a name and
    what is asked about it included: the other words of the question cannot be looked for.
    """
    coverage = candidate.coverage
    return (
        candidate.source.passage.language != question.language
        and candidate.said >= _NEARLY_ALL
        and coverage.met >= _ENOUGH_TOLD
        and coverage.topics >= 1
    )


def _says_measure(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence speaks of a budget where a budget is asked for: a pledge is none."""
    language = candidate.source.passage.language
    measures = [i for i in candidate.coverage.weights if i.kind == "measure"]
    return all(in_sentence(i, candidate.sentence, language, question) for i in measures)


def _is_unnamed(question: Question, candidate: Candidate) -> bool:
    """Whether somebody's name is asked for and no person is named: an office is no name."""
    if not question.wants_person:
        return False
    return not has_role(candidate.sentence.text, candidate.source.passage.language, "honorific")


def _asks_something(question: Question) -> bool:
    """Whether more is asked than how many, or who, of a Party."""
    if not question.is_exact or question.kind == "yes_no" or question.references:
        return True
    return bool(
        question.words
        or question.actions
        or question.nouns
        or question.units
        or question.measures
        or question.rates
        or question.sessions
        or any(m.kind != "party" for m in question.names)
    )


def is_related(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate is worth showing beside an abstention: its sentence speaks of the
    main thing named and of what is asked about it.
    """
    items = candidate.coverage.weights
    language = candidate.source.passage.language
    said = {i for i in items if in_sentence(i, candidate.sentence, language, question)}
    main = next((m for m in question.names if m.kind != "term"), None)
    if main is None:
        terms = {i for i in said if i.kind == "term" and i.key not in _ANYWHERE}
        return len(terms) > 1 and candidate.coverage.share >= _ENOUGH_SAID
    if candidate.said < _ENOUGH_SAID:
        return False
    named = any(i.key == main.concept_id for i in said)
    topics = {i for i in said if i.topic and i.key != main.concept_id and i.key not in _ANYWHERE}
    return named and bool(topics)


def reason_for(question: Question, best: Candidate | None) -> Reason:
    """Why there is no answer: nothing of the Convention's field is named, or nothing answers."""
    field = any(m.kind in _OF_THE_FIELD and m.concept_id not in _ANYWHERE for m in question.names)
    asked = question.actions or question.done
    if field or question.references or "convention" in question.nouns:
        return "not_in_documents"
    if question.concepts and asked and not question.wants_person:
        return "not_in_documents"
    if question.wants_person or not _asks_something(question):
        parties = any(m.kind == "party" for m in question.names)
        return "off_topic" if parties or not question.concepts else "not_in_documents"
    if best is None or best.coverage.words < _ON_TOPIC:
        return "off_topic"
    return "not_in_documents"
