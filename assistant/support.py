"""Whether the best evidence covers the question, or the honest answer is that nothing does."""

from math import exp
from typing import Final

from assistant.answer import Reason
from assistant.claim_words import has_role
from assistant.items import in_sentence
from assistant.question import FIGURE_KINDS, Question
from assistant.ranking import Candidate

_ENOUGH: Final = 0.55  # of what the question speaks of, found in the paragraph
_ENOUGH_SAID: Final = 0.45  # of it, in the sentence itself
_ON_TOPIC: Final = 0.5  # of the content words of a question that names nothing known
_SMALL_LIST: Final = 3
# What speaks for an answer in a text of another language; fitted earlier, rounded by hand.
_SHARE: Final = 1.5  # of what the question speaks of, in the paragraph
_SAID: Final = 1.8  # of it, in the sentence
_WORDS: Final = 0.3
_TOPICS: Final = 1.2
_ENOUGH_TOPICS: Final = 4.0
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
_FOREIGN: Final = 0.6
_ENOUGH_MET: Final = 2.0
_UNTOLD: Final = 1.5
_NEEDED: Final = 5.1
_NEEDED_ELSEWHERE: Final = 7.0  # of a question that names nothing of the Convention's field
_MANY_TOPICS: Final = 5.0
# Learned by logistic regression (docs/decisions/0015) on questions that the documents answer and
# such that they do not; in the order of `measured`.
_WEIGHTS: Final = (
    *(1.15, 3.41, -0.58, 0.48),  # score, nearness in meaning, what search says, 1 / rank
    *(2.39, -1.53, 0.67, -0.58),  # share, plain words, topics, a name or year lacks
    *(1.08, -2.59, -1.32, 0.87),  # behind, no figure, a Party lacks, the date is its own
    *(1.35, -0.84, -0.74, -0.72),  # of the field, a figure is asked for, said, nearness
)
_BIAS: Final = -6.25
_LIKELY: Final = 0.36
_OF_THE_FIELD: Final = frozenset(("organization", "initiative", "convention", "term"))
# Concepts that every subject has: "the world cup" is no question about land.
_ANYWHERE: Final = frozenset(
    f"term:{place}"
    for place in ("global", "country", "national", "chair", "africa", "asia", "europe", "region")
)


def is_supported(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate answers: it holds a figure or date of the kind asked for, said of the
    one asked about, and as much speaks for it as must.
    """
    if not _may_answer(question, candidate):
        return False
    if _is_whole_list(question, candidate):
        return candidate.coverage.share >= _ENOUGH
    needed = _NEEDED if _is_of_the_field(question) else _NEEDED_ELSEWHERE
    weighs_enough = evidence_for(question, candidate) >= needed
    if candidate.source.passage.language != question.language:
        # The likelihood was learned where words can be compared.
        if question.kind in FIGURE_KINDS and candidate.figure.place is None:
            return False
        return weighs_enough
    # An exact answer must pass both: a wrong paragraph is worse than none.
    if question.is_pointed and not weighs_enough:
        return False
    return likelihood(question, candidate) >= _LIKELY


def evidence_for(question: Question, candidate: Candidate) -> float:
    """How much speaks for the candidate: what it holds of the question, what of it stands
    together, and how high search put its paragraph.
    """
    coverage, rank = candidate.coverage, candidate.finding.rank
    exact = question.kind in FIGURE_KINDS
    there = candidate.figure.place is not None
    foreign = candidate.source.passage.language != question.language
    held = _SHARE * coverage.share + _SAID * candidate.said + _WORDS * coverage.words
    held += _TOPICS * min(coverage.topics / _ENOUGH_TOPICS, 1.0)
    together = _DONE * candidate.done + _THERE * there + _GOVERNED * candidate.governed
    together += _NEARNESS * candidate.nearness if exact else 0.0
    found = _FIRST / rank + (_BEST if rank == 1 else 0.0) + (_HIGH if rank <= _HIGH_UP_TO else 0.0)
    counted = question.kind != "how_many" or bool(question.units)
    near = candidate.nearness >= _ENOUGH_NEAR
    if there and counted and near and candidate.said >= _NEARLY_ALL:
        together += _IN_ONE_PLACE
    against = (_LACKS if coverage.lacks else 0.0) + (_FOREIGN if foreign else 0.0)
    if foreign and question.words and (coverage.met < _ENOUGH_MET or not coverage.topics):
        # Words of another language cannot be looked for: too little is left to go by.
        against += _UNTOLD
    return held + together + found - against


def _may_answer(question: Question, candidate: Candidate) -> bool:
    """Whether nothing shows that it cannot be the answer."""
    if _is_unnamed(question, candidate) or not _asks_something(question):
        return False
    if question.measures and not candidate.done_here and not _says_measure(question, candidate):
        return False
    if question.kind in FIGURE_KINDS and not _has_figure(question, candidate):
        return False
    # A yearly return is asked for, and the paragraph says nothing of any year.
    coverage = candidate.coverage
    lacks_rate = any(i.kind == "rate" and i not in coverage.beside for i in coverage.weights)
    return not (question.is_pointed and lacks_rate)


def likelihood(question: Question, candidate: Candidate) -> float:
    """How likely it is, in [0, 1], that the candidate answers what is asked."""
    values = measured(question, candidate)
    total = _BIAS + sum(w * v for w, v in zip(_WEIGHTS, values, strict=True))
    return 1 / (1 + exp(-total))


def measured(question: Question, candidate: Candidate) -> tuple[float, ...]:
    """What tells whether the candidate answers, in the order of the weights."""
    coverage, finding = candidate.coverage, candidate.finding
    exact = question.kind in FIGURE_KINDS
    parties = {m.concept_id for m in question.names if m.kind == "party"}
    return (
        *(candidate.score, candidate.alike),
        *(finding.score, 1 / finding.rank),
        *(coverage.share, coverage.words),
        *(min(coverage.topics, _MANY_TOPICS), float(coverage.lacks)),
        candidate.behind,
        float(exact and candidate.figure.place is None),
        float(bool(parties - candidate.sentence.concepts)),
        float(candidate.governed),
        float(_is_of_the_field(question)),
        float(exact),
        candidate.said,
        candidate.nearness,
    )


def _is_of_the_field(question: Question) -> bool:
    """Whether something is named that the Convention's documents are about."""
    return bool(
        question.sessions
        or question.symbols
        or question.decisions
        or any(m.concept_id not in _ANYWHERE for m in question.names)
    )


def _has_figure(question: Question, candidate: Candidate) -> bool:
    """Whether a figure or date that is there is of the right subject, time and measure."""
    if candidate.coverage.lacks or (question.kind == "when" and not candidate.governed):
        return False
    return not (candidate.of_another or _counts_another(question, candidate))


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
