"""Whether the best evidence covers the question, or the honest answer is that nothing does."""

from typing import Final

from assistant.answer import Reason
from assistant.claim_words import has_role
from assistant.items import in_sentence
from assistant.question import FIGURE_KINDS, Question
from assistant.ranking import Candidate

_ENOUGH: Final = 0.55  # of what the question speaks of, found in the paragraph
_ENOUGH_SAID: Final = 0.45  # of it, in the sentence itself
# What speaks for an answer, and how much: from a logistic regression over the train and dev
# questions, each asked once more without the paragraphs that answer it; rounded by hand.
_SHARE: Final = 1.5  # of what the question speaks of, in the paragraph
_SAID: Final = 1.8  # of it, in the sentence
_WORDS: Final = 0.3
_TOPICS: Final = 1.2
_MANY_TOPICS: Final = 4.0
_DONE: Final = 0.8
_THERE: Final = 0.5  # a figure of the kind asked for
_GOVERNED: Final = 0.4
_NEARNESS: Final = 0.5
_FIRST: Final = 1.0
_BEST: Final = 1.8  # search puts it before all others
_HIGH: Final = 0.3
_HIGH_UP_TO: Final = 3
_NEARLY_ALL: Final = 0.75
_ENOUGH_NEAR: Final = 0.45
_IN_ONE_PLACE: Final = 1.2  # nearly all that is asked about stands in one piece with the figure
_LACKS: Final = 0.6
_OTHER_WORDS: Final = 0.2  # a text of another language, whatever its place: it can hold less
_ENOUGH_MET: Final = 2.0
_UNTOLD: Final = 1.5
_NEEDED: Final = 5.1
_NEEDED_ELSEWHERE: Final = 7.0  # of a question that names nothing of the Convention's field
_ON_TOPIC: Final = 0.5  # of the content words of a question that names nothing known
_SMALL_LIST: Final = 3
_DATED_NEAR: Final = 0.15  # of it, in one part with a date
_OF_THE_FIELD: Final = frozenset(("organization", "initiative", "convention", "term"))
# Concepts that every subject has: "the world cup" is no question about land.
ANYWHERE: Final = frozenset(
    f"term:{place}"
    for place in ("global", "country", "national", "chair", "africa", "asia", "europe", "region")
)
"""Concepts that say nothing of what a question is about."""


def is_supported(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate answers: it holds a figure or date of the kind asked for, said of the
    one asked about, and as much speaks for it as must.
    """
    if _is_unnamed(question, candidate) or not _asks_something(question):
        return False
    if question.measures and not candidate.done_here and not _says_measure(question, candidate):
        return False
    if question.kind in FIGURE_KINDS and not _has_figure(question, candidate):
        return False
    if question.is_pointed and any(
        i.kind == "rate" and i not in candidate.coverage.beside for i in candidate.coverage.weights
    ):
        # A yearly return is asked for, and the paragraph says nothing of any year.
        return False
    if _is_whole_list(question, candidate):
        return candidate.coverage.share >= _ENOUGH
    needed = _NEEDED if _is_of_the_field(question) else _NEEDED_ELSEWHERE
    return evidence_for(question, candidate) >= needed


def evidence_for(question: Question, candidate: Candidate) -> float:
    """How much speaks for the candidate: what it holds of the question, what of it stands
    together, and how high search put its paragraph.
    """
    coverage, rank = candidate.coverage, candidate.finding.rank
    exact = question.kind in FIGURE_KINDS
    there = candidate.figure.place is not None
    foreign = candidate.source.passage.language != question.language
    held = _SHARE * coverage.share + _SAID * candidate.said + _WORDS * coverage.words
    held += _TOPICS * min(coverage.topics / _MANY_TOPICS, 1.0)
    together = _DONE * candidate.done + _THERE * there + _GOVERNED * candidate.governed
    together += _NEARNESS * candidate.nearness if exact else 0.0
    found = _FIRST / rank + (_HIGH if rank <= _HIGH_UP_TO else 0.0)
    found += _OTHER_WORDS if foreign else _BEST if rank == 1 else 0.0
    counted = question.kind != "how_many" or bool(question.units)
    near = candidate.nearness >= _ENOUGH_NEAR
    if there and counted and near and candidate.said >= _NEARLY_ALL:
        together += _IN_ONE_PLACE
    against = _LACKS if coverage.lacks else 0.0
    known = any(item.kin for item in coverage.weights)
    thin = coverage.met < _ENOUGH_MET or not coverage.topics
    if foreign and question.words and thin and not known:
        # Words of another language cannot be looked for: too little is left to go by.
        against += _UNTOLD
    return held + together + found - against


def _is_of_the_field(question: Question) -> bool:
    """Whether something is named that the Convention's documents are about."""
    return bool(
        question.sessions
        or question.symbols
        or question.decisions
        or any(m.concept_id not in ANYWHERE for m in question.names)
    )


def _has_figure(question: Question, candidate: Candidate) -> bool:
    """Whether the figure or date asked for is there, of the right subject and measure."""
    if candidate.figure.place is None or candidate.of_another:
        return False
    if candidate.coverage.lacks or _counts_another(question, candidate):
        return False
    dated = candidate.governed and candidate.nearness >= _DATED_NEAR
    return question.kind != "when" or dated


def _counts_another(question: Question, candidate: Candidate) -> bool:
    """Whether it counts something else than what is to be counted: events, where the visitors of
    a pavilion are asked for and no sentence of the paragraph speaks of any.
    """
    if question.kind != "how_many" or question.units or not question.focus or candidate.done_here:
        return False
    quantity, coverage = candidate.quantity, candidate.coverage
    if quantity is None or quantity.unit is None:
        return False
    asked = question.focus[0]
    return any(
        i.kind == "word" and i.key == asked and i not in coverage.beside for i in coverage.weights
    )


def _is_whole_list(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence names as many as are asked for: "which 18 countries"."""
    sizes = {q.value for q in question.numbers}
    return question.wants_items and candidate.listed > _SMALL_LIST and candidate.listed in sizes


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
        terms = {i for i in said if i.kind == "term" and i.key not in ANYWHERE}
        return len(terms) > 1 and candidate.coverage.share >= _ENOUGH_SAID
    if candidate.said < _ENOUGH_SAID:
        return False
    named = any(i.key == main.concept_id for i in said)
    topics = {i for i in said if i.topic and i.key != main.concept_id and i.key not in ANYWHERE}
    return named and bool(topics)


def reason_for(question: Question, best: Candidate | None) -> Reason:
    """Why there is no answer: nothing of the Convention's field is named, or nothing answers."""
    field = any(m.kind in _OF_THE_FIELD and m.concept_id not in ANYWHERE for m in question.names)
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
