"""Which sentence of the evidence answers a question best, and how well it does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.claim_words import has_role
from assistant.coverage import Coverage, coverage_of, rarity_of
from assistant.evidence import Finding, Source
from assistant.figures import Figure, Figures
from assistant.items import (
    Item,
    in_sentence,
    is_met_in_parts,
    is_plain_word,
    items_in,
    items_of,
    marks_of,
    with_parts,
)
from assistant.kindred import with_kin
from assistant.listing import names_asked, worth_of_names
from assistant.new_names import brings_names
from assistant.question import Question
from assistant.reading import Reading, ReadSentence, ReadText
from assistant.spelling import as_spelt
from assistant.subjects import is_governed, is_of_another, subjects
from kb.quantities import TIME_KINDS, Quantity
from kb.sentences import Span

# How much a match counts outside the sentence itself: a paragraph keeps its subject.
_BESIDE: Final = {"name": 0.85, "term": 0.6, "year": 0.7, "session": 0.9, "decision": 0.9}
_BESIDE_OTHER: Final = 0.45
_HEADING: Final = {"name": 0.85}
_AS_SAID: Final = 0.85  # the share of a name in the heading
_HEADING_OTHER: Final = 0.4
# What a document opens with all of it is about: no sentence need say it again.
_OPENING: Final = {"name": 0.85}
_OPENING_OTHER: Final = 0.8
_NEW_NAMES: Final = 0.2  # names are asked for, and it brings some that no list has
_BESIDE_THE_TEXT: Final = 0.3  # footnotes, captions and summaries seldom answer best
_NEAR: Final = 0.45  # what is asked about stands in one piece with the figure or name
_DOES: Final = 0.15  # it says that the thing asked about is done
_RANK: Final = 1.0  # what search puts first is most often what is asked for
_FIRST: Final = 6  # paragraphs that are read whatever they share with the question
_LITTLE: Final = 0.4  # of the largest share of the question in a paragraph found
_NAMED: Final = 2.0  # the paragraph that the question names
_GOES_ON: Final = 0.4  # of a name that stands before the piece in its sentence
_MEANT: Final = 0.8  # of it, where a word such as "its" means it
_DATED_BEFORE: Final = 0.8  # of the worth of a date, where the sentence before has it

_LINK: Final = re.compile(r"https?://|www\.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as an answer.

    `said` is the weighted share of what is asked about that the sentence itself speaks of;
    `done` says whether it speaks of something done that is asked about, if any is; `done_here`
    that there is one and the sentence itself speaks of it.
    `figure` is what answers, with what is asked about near it; where it stands in the sentence
    before, `lead` is that one. `of_another` says that the figure is said of somebody else,
    `governed` that the date is that of what is asked. `listed` are the names of the kind asked
    for that the sentence holds.
    """

    finding: Finding
    source: Source
    sentence: ReadSentence
    index: int
    score: float
    coverage: Coverage
    said: float
    done: bool
    done_here: bool
    figure: Figure
    lead: ReadSentence | None
    of_another: bool
    governed: bool
    listed: int

    @property
    def quantity(self) -> Quantity | None:
        """The figure or date that answers."""
        return self.figure.quantity

    @property
    def nearness(self) -> float:
        """Weighted share of what is asked about that stands in one piece with the figure."""
        return self.figure.nearness


def rank(question: Question, findings: Sequence[Finding], reading: Reading) -> list[Candidate]:
    """Every sentence of the findings' first texts, the best answer first."""
    findings = [f for f in findings if f.named or not _is_link(f.sources[0])]
    texts = [_read(finding.sources[0], reading) for finding in findings]
    named = with_parts(items_of(question), question, texts, reading.vocabulary)
    items = with_kin(as_spelt(named, question, texts), question, texts, reading.kindred)
    spoken = [items_in(items, text, question) for text in texts]
    rarity = rarity_of(question, items, spoken)
    covered = [
        (f, text, coverage_of(question, items, rarity, of_one, f.sources[0], text, reading))
        for f, text, of_one in zip(findings, texts, spoken, strict=True)
    ]
    least = _LITTLE * max((coverage.share for *_, coverage in covered), default=0.0)
    candidates = [
        candidate
        for finding, text, coverage in covered
        if finding.named or finding.rank <= _FIRST or coverage.share >= least
        for candidate in _Judge(question, finding, text, coverage).candidates()
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.finding.rank, c.index))


def _read(source: Source, reading: Reading) -> ReadText:
    return reading.read(source.passage.text, source.passage.language)


def _is_link(source: Source) -> bool:
    """Whether it is a footnote that says where something can be read, and nothing else."""
    return source.passage.kind == "footnote" and bool(_LINK.search(source.passage.text))


class _Judge:
    """Judges the sentences of one text."""

    def __init__(
        self, question: Question, finding: Finding, text: ReadText, coverage: Coverage
    ) -> None:
        self._question = question
        self._finding = finding
        self._source = finding.sources[0]
        self._text = text
        self._coverage = coverage
        self._weights = coverage.weights
        self._whole = coverage.whole
        self._figures = Figures(question, text, self._near)
        self._carried: frozenset[Item] = frozenset()
        self._shares: dict[Item, float] = {}
        self._doing = [i for i in self._weights if i.kind == "action" or i.action]
        self._plain = [i for i in self._weights if is_plain_word(i)]
        self._parted = frozenset(i.key for i in self._weights if is_met_in_parts(i, text.concepts))

    def candidates(self) -> Iterable[Candidate]:
        return (self._judged(i, s) for i, s in enumerate(self._text.sentences))

    def _judged(self, index: int, sentence: ReadSentence) -> Candidate:
        self._carried = self._carried_into(index, sentence)
        self._shares = {i: self._share(i, sentence) for i in self._weights}
        met = sum(w * self._shares[i] for i, w in self._weights.items()) / self._whole
        figure, lead = self._figures.best(sentence), None
        carried = frozenset(i.key for i in self._carried)
        if figure.place is None and (found := self._dated_before(index, sentence)):
            figure, lead = found
        listed = len({m.concept_id for m in names_asked(self._question, sentence)})
        does = self._does(sentence)
        score = (
            met
            + figure.worth
            + worth_of_names(self._question, self._text, sentence, self._near)
            + does
        )
        if (
            not listed
            and self._asks_names()
            and brings_names(self._question, sentence, self._text.language)
        ):
            score += _NEW_NAMES
        score += _RANK / (1 + 0.15 * (self._finding.rank - 1))
        if self._source.passage.kind in ("footnote", "figure", "summary"):
            score -= _BESIDE_THE_TEXT
        if self._finding.named:
            score += _NAMED
        return Candidate(
            self._finding,
            self._source,
            sentence,
            index,
            score,
            self._coverage,
            self._said(),
            self._is_done(),
            does > 0,
            figure,
            lead,
            is_of_another(self._question, self._text, sentence, figure, carried, self._parted),
            lead is not None
            or is_governed(self._question, self._text, sentence, figure, carried, self._actions()),
            listed,
        )

    def _asks_names(self) -> bool:
        asked = self._question
        return asked.wants_items or asked.wants_person or bool(asked.wants_name)

    def _actions(self) -> frozenset[str]:
        done = (i.key if i.kind == "action" else i.action for i in self._weights)
        return frozenset(d for d, i in zip(done, self._weights, strict=True) if d and _acts(i))

    def _dated_before(
        self, index: int, sentence: ReadSentence
    ) -> tuple[Figure, ReadSentence] | None:
        """The date of the sentence before, where this one says that what is asked was done and
        gives none: "At COP 16, in December 2024, … While …, the Partnership was launched"."""
        if "date" not in self._question.wants_quantity or not index or self._question.rates:
            return None
        acts = [i for i in self._weights if _acts(i)]
        names = [i for i in self._weights if i.kind == "name"]
        language = self._text.language
        if not (acts and names) or any(q.kind in TIME_KINDS for q in sentence.quantities):
            return None
        if not all(in_sentence(i, sentence, language, self._question) for i in names):
            return None
        if not any(in_sentence(i, sentence, language, self._question) for i in acts):
            return None
        before = self._text.sentences[index - 1]
        if "\n" in self._text.text[before.span.end : sentence.span.start]:
            return None
        if any(in_sentence(i, before, language, self._question) for i in names):
            return None
        dates = [q for q in before.quantities if q.kind in TIME_KINDS and q.iso]
        if len(dates) != 1 or self._figures.is_as_of(dates[0]):
            return None
        place = Span(dates[0].start, dates[0].end)
        near = self._near(sentence.span, sentence)
        figure = Figure(dates[0], place, sentence.span, 0.0, near)
        return replace(figure, worth=_DATED_BEFORE * (0.35 + _NEAR * near)), before

    def _said(self) -> float:
        """Share of the items that the sentence speaks of, or goes on about."""
        return sum(w for i, w in self._weights.items() if self._shares[i] >= _AS_SAID) / self._whole

    def _is_done(self) -> bool:
        done = self._doing
        return not done or any(self._shares[i] == 1.0 for i in (*done, *self._plain))

    def _carried_into(self, index: int, sentence: ReadSentence) -> frozenset[Item]:
        """Names of earlier sentences that this one goes on about ("the Partnership"): those that
        no other name of their kind has followed.
        """
        if any(m.kind == "initiative" for m in subjects(self._text, sentence)):
            return frozenset()
        later = sentence
        for earlier in reversed(self._text.sentences[:index]):
            if "\n" in self._text.text[earlier.span.end : later.span.start]:
                # A list item does not go on about the item before it.
                return frozenset()
            later = earlier
            if any(m.kind == "initiative" for m in earlier.mentions):
                named = earlier.concepts
                return frozenset(i for i in self._weights if i.kind == "name" and i.key in named)
        return frozenset()

    def _share(self, item: Item, sentence: ReadSentence) -> float:
        if item in self._carried:
            return 1.0
        if in_sentence(item, sentence, self._text.language, self._question):
            return 1.0
        if item in self._coverage.beside and item not in self._coverage.opening:
            return _BESIDE.get(item.kind, _BESIDE_OTHER)
        if item in self._coverage.opening:
            return _OPENING.get(item.kind, _OPENING_OTHER)
        return _HEADING.get(item.kind, _HEADING_OTHER) if item in self._coverage.above else 0.0

    def _near(self, piece: Span, sentence: ReadSentence) -> float:
        """Weighted share of the question's items that the piece of the sentence speaks of, or goes
        on about: a name before it in the sentence, unless another of its kind stands in it.
        """
        met = 0.0
        for item, weight in self._weights.items():
            if item in self._carried:
                met += weight
                continue
            places = list(marks_of(item, sentence))
            if any(piece.start <= m.start and m.end <= piece.end for m in places):
                met += weight
            elif item.kind == "name" and any(m.end <= piece.start for m in places):
                met += weight * self._goes_on(item, piece, sentence)
        return met / self._whole

    def _goes_on(self, item: Item, piece: Span, sentence: ReadSentence) -> float:
        kind = item.key.split(":")[0]
        if any(m.kind == kind and piece.start <= m.start < piece.end for m in sentence.mentions):
            return 0.0
        text, language = self._text.text, self._text.language
        return _MEANT if has_role(piece.of(text), language, "anaphor") else _GOES_ON

    def _does(self, sentence: ReadSentence) -> float:
        language = self._text.language
        done = any(in_sentence(i, sentence, language, self._question) for i in self._doing)
        return _DOES if done else 0.0


def _acts(item: Item) -> bool:
    return item.kind == "action" or item.action is not None
