"""Which of the paragraphs found is the list that a question asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from assistant.evidence import Finding
from assistant.listing import names_asked
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.reading import Reading, ReadSentence, ReadText
from assistant.series import marked_in, run_in
from assistant.several import size_asked, wants_parties
from kb.sentences import word_count

# From a conditional logistic regression over the list questions of train and dev (which of the
# paragraphs found is the right one), each set held out once: 101 of 134 right by the best
# sentence alone, 112 with these. Rounded by hand.
_SCORE: Final = 2.9  # of its best sentence, below the best of all
_FOUND: Final = 0.6  # 1 / rank in search
_DEPTH: Final = -0.75  # logarithm of the rank
_SHARE: Final = 1.8  # of what the question speaks of
_RUN: Final = (1.65, 8)  # things in its longest run, up to so many
_ENUMERATES: Final = 1.1
_NAMES: Final = (1.75, 6)  # names of the kind asked for in one sentence, up to so many
_SEVERAL_NAMES: Final = 2.3
_AS_MANY: Final = 2.1  # it has as many as the question says
_SUMMARY: Final = -2.9  # a document's summary names its subjects and lists nothing
_LENGTH: Final = (-2.3, 250.0)  # words, up to so many: long ones hold everything
_ROW: Final = -0.4
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """A paragraph as the list asked for: its best sentence, how likely it is the one among those
    found, in [0, 1], and how many things and names it enumerates."""

    candidate: Candidate
    worth: float
    likely: float
    items: int
    names: int
    as_many: bool

    @property
    def finding(self) -> Finding:
        """The paragraph."""
        return self.candidate.finding

    @property
    def enumerates(self) -> bool:
        """Whether it has several things at all."""
        return self.items >= _FEWEST or self.names > 1


def listings(
    question: Question, candidates: Sequence[Candidate], reading: Reading
) -> list[Listing]:
    """The paragraphs of the candidates, likeliest first. `candidates` are the best first."""
    firsts: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        firsts.setdefault((candidate.finding.document_id, candidate.finding.label), candidate)
    if not firsts:
        return []
    best = max(c.score for c in firsts.values())
    measured = [(c, *_worth(question, c, best, reading)) for c in firsts.values()]
    sizes = size_asked(question)
    most = max(worth for _, worth, _, _ in measured)
    whole = sum(exp(worth - most) for _, worth, _, _ in measured)
    found = [
        Listing(c, worth, exp(worth - most) / whole, items, names, names in sizes)
        for c, worth, items, names in measured
    ]
    return sorted(found, key=lambda one: (-one.worth, one.finding.rank))


def _worth(
    question: Question, candidate: Candidate, best: float, reading: Reading
) -> tuple[float, int, int]:
    passage = candidate.source.passage
    text = reading.read(passage.text, passage.language)
    items, names, sizes = _held(question, text)
    rank = candidate.finding.rank
    asked = size_asked(question)
    worth = _SCORE * (candidate.score - best) + _FOUND / rank + _DEPTH * log(rank)
    worth += _SHARE * candidate.coverage.share
    worth += _RUN[0] * min(sizes[0], _RUN[1]) / _RUN[1] + _ENUMERATES * (items >= _FEWEST)
    worth += _NAMES[0] * min(names, _NAMES[1]) / _NAMES[1] + _SEVERAL_NAMES * (names > 1)
    worth += _AS_MANY * bool(asked & {*sizes, names})
    worth += _SUMMARY * (passage.label == "summary") + _ROW * (passage.kind == "table_row")
    worth += _LENGTH[0] * min(word_count(passage.text), _LENGTH[1]) / _LENGTH[1]
    return worth, items, names


def _held(question: Question, text: ReadText) -> tuple[int, int, tuple[int, int]]:
    """How many things the text enumerates, how many names of the kind asked for one sentence has;
    and how many stand in a run, and with marks."""
    runs = (run_in(s, text.text, text.language) for s in text.sentences)
    run = max((one.items for one in runs if one is not None), default=0)
    marked = marked_in(text)
    marks = marked.items if marked is not None else 0
    asked = question.wants_name != {"party"} or wants_parties(question)
    names = max((len(names_wanted(question, s)) for s in text.sentences), default=0)
    names = names if asked else 0
    return max(run, marks), names, (run, marks)


def names_wanted(question: Question, sentence: ReadSentence) -> frozenset[str]:
    """The names of the kind asked for that a sentence has; a Party is no organization."""
    return frozenset(
        m.concept_id
        for m in names_asked(question, sentence)
        if m.kind == "organization" or not question.wants_bodies
    )
