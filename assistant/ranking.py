"""Which sentence of the evidence answers a question best, and how well it does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.claim_words import has_role, role_patterns
from assistant.coverage import Coverage, coverage_of, rarity_of
from assistant.evidence import Finding, Source
from assistant.items import Item, in_sentence, is_plain_word, items_of, marks_of
from assistant.question import Question
from assistant.reading import Reading, ReadSentence, ReadText
from assistant.segments import segments
from assistant.sentences import Span, clauses
from kb.quantities import TIME_KINDS, Quantity

# How much a match counts outside the sentence itself: a paragraph keeps its subject.
_BESIDE: Final = {"name": 0.85, "term": 0.6, "year": 0.7, "session": 0.9, "decision": 0.9}
_BESIDE_OTHER: Final = 0.45
_HEADING: Final = {"name": 0.85}
_AS_SAID: Final = 0.85  # the share of a name in the heading
_HEADING_OTHER: Final = 0.4
_BESIDE_THE_TEXT: Final = 0.3  # footnotes and captions seldom answer
_FITS: Final = 0.35  # a figure of the very kind and unit asked for
_SAME_KIND: Final = 0.2
_IN_NAME: Final = 0.1  # "the Decade (2021-2030)"
_IN_SENTENCE: Final = 0.6  # a date may stand in a clause of its own
_NEAR: Final = 0.45  # what is asked about stands in one piece with the figure or name
_NAMES: Final = 0.15  # it holds names of the kind asked for
_SAME_SIDE: Final = 0.2  # it negates as the question does
_DOES: Final = 0.15  # it says that the thing asked about is done
_RANK: Final = 0.3
_NAMED: Final = 2.0  # the paragraph that the question names
_STRONG_PARTS: Final = re.compile(r"[;；؛。.!?؟！？]\s*")

# What is counted by a more general word too: members of an alliance are countries and bodies.
_MORE_GENERAL: Final = {
    "member": frozenset(
        ("country", "party", "organization", "institution", "agency", "partner", "person")
    ),
    "partner": frozenset(("country", "party", "organization", "institution", "agency")),
    "party": frozenset(("country",)),
    "country": frozenset(("party",)),
    "meeting": frozenset(("time",)),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as an answer.

    `said` is the weighted share of what is asked about that the sentence itself speaks of;
    `done` says whether it speaks of something done that is asked about, if any is.
    `quantity` is the figure or date that answers, `nearness` the share that stands in one piece
    with it.
    """

    finding: Finding
    source: Source
    sentence: ReadSentence
    index: int
    score: float
    coverage: Coverage
    said: float
    done: bool
    quantity: Quantity | None
    nearness: float


def rank(question: Question, findings: Sequence[Finding], reading: Reading) -> list[Candidate]:
    """Every sentence of the findings' first texts, the best answer first."""
    items = items_of(question)
    texts = [_read(finding.sources[0], reading) for finding in findings]
    rarity = rarity_of(question, items, texts)
    candidates = [
        candidate
        for finding, text in zip(findings, texts, strict=True)
        for candidate in _Judge(
            question,
            finding,
            text,
            coverage_of(question, items, rarity, finding.sources[0], text, reading),
        ).candidates()
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.finding.rank, c.index))


def promising(
    question: Question, findings: Sequence[Finding], reading: Reading, most: int = 4
) -> list[Finding]:
    """The findings with the best sentences, at most `most`, best first."""
    chosen: dict[int, Finding] = {}
    for candidate in rank(question, findings, reading):
        chosen.setdefault(candidate.finding.rank, candidate.finding)
        if len(chosen) == most:
            break
    return list(chosen.values())


def _read(source: Source, reading: Reading) -> ReadText:
    return reading.read(source.passage.text, source.passage.language)


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
        self._carried: frozenset[Item] = frozenset()

    def candidates(self) -> Iterable[Candidate]:
        return (self._judged(i, s) for i, s in enumerate(self._text.sentences))

    def _judged(self, index: int, sentence: ReadSentence) -> Candidate:
        self._carried = self._carried_into(index, sentence)
        met = sum(self._weights[i] * self._share(i, sentence) for i in self._weights) / self._whole
        quantity, fit, nearness = self._quantity(sentence)
        named = self._names(sentence)
        score = met + fit + named + self._does(sentence)
        score += _RANK / (1 + 0.15 * (self._finding.rank - 1))
        if self._source.passage.kind in ("footnote", "figure"):
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
            self._said(sentence),
            self._is_done(sentence),
            quantity,
            nearness,
        )

    def _said(self, sentence: ReadSentence) -> float:
        """Share of the items that the sentence speaks of, or goes on about."""
        return (
            sum(self._weights[i] for i in self._weights if self._share(i, sentence) >= _AS_SAID)
            / self._whole
        )

    def _is_done(self, sentence: ReadSentence) -> bool:
        done = [i for i in self._weights if i.kind == "action" or i.action]
        words = [i for i in self._weights if is_plain_word(i)]
        return not done or any(self._share(i, sentence) == 1.0 for i in (*done, *words))

    def _carried_into(self, index: int, sentence: ReadSentence) -> frozenset[Item]:
        """Names of earlier sentences that this one goes on about ("the Partnership"): those that
        no other name of their kind has followed.
        """
        if any(m.kind == "initiative" for m in sentence.mentions):
            return frozenset()
        later = sentence
        for earlier in reversed(self._text.sentences[:index]):
            if "\n" in self._text.text[earlier.span.end : later.span.start]:
                # A list item does not go on about the item before it.
                return frozenset()
            later = earlier
            named = {m.concept_id for m in earlier.mentions if m.kind == "initiative"}
            if named:
                return frozenset(i for i in self._weights if i.kind == "name" and i.key in named)
        return frozenset()

    def _share(self, item: Item, sentence: ReadSentence) -> float:
        if item in self._carried:
            return 1.0
        if in_sentence(item, sentence, self._text.language, self._question):
            return 1.0
        if item in self._coverage.beside:
            return _BESIDE.get(item.kind, _BESIDE_OTHER)
        return _HEADING.get(item.kind, _HEADING_OTHER) if item in self._coverage.above else 0.0

    def _quantity(self, sentence: ReadSentence) -> tuple[Quantity | None, float, float]:
        """The quantity of the kind asked for that stands nearest to what is asked about."""
        best: tuple[float, Quantity | None, float] = (0.0, None, 0.0)
        for quantity in sentence.quantities:
            fit = self._fit(quantity)
            if not fit:
                continue
            piece = self._piece_of(quantity, sentence)
            near = self._near(piece, sentence)
            if quantity.kind in TIME_KINDS:
                near = max(near, _IN_SENTENCE * self._near(sentence.span, sentence))
            if fit == _IN_NAME:
                near /= 2
            fit += _NEAR * near + self._side(piece)
            if fit > best[0]:
                best = (fit, quantity, near)
        return best[1], best[0], best[2]

    def _piece_of(self, quantity: Quantity, sentence: ReadSentence) -> Span:
        text, language = self._text.text, self._text.language
        if quantity.kind in TIME_KINDS:
            pieces: Sequence[Span] = clauses(text, sentence.span, language)
        else:
            pieces = segments(text, sentence.span, language, sentence.quantities)
        return next((p for p in pieces if p.start <= quantity.start < p.end), sentence.span)

    def _fit(self, quantity: Quantity) -> float:
        question = self._question
        if quantity.kind not in question.wants_quantity:
            return 0.0
        if quantity.kind in TIME_KINDS:
            if quantity.kind == "year" and quantity.iso in question.years:
                return 0.0
            if self._is_as_of(quantity):
                return 0.0
            if self._is_in_name(quantity):
                return _IN_NAME
            return _SAME_KIND if quantity.kind == "year" else _FITS
        if any(quantity.value == q.value for q in question.numbers):
            return 0.0
        if question.units:
            return max(_unit_fit(asked, quantity.unit) for asked in question.units)
        return _SAME_KIND if quantity.kind in ("count", "number") else _FITS

    def _is_as_of(self, quantity: Quantity) -> bool:
        """ "As of June": a date of the telling, not of what is told."""
        patterns = role_patterns(self._text.language)["as_of"].values()
        before = self._text.text[max(0, quantity.start - 20) : quantity.start].rstrip()
        return any(m.end() == len(before) for p in patterns for m in p.finditer(before))

    def _is_in_name(self, quantity: Quantity) -> bool:
        """ "the Decade (2021-2030)"."""
        text = self._text.text
        return text[: quantity.start].endswith("(") and text[quantity.end :].startswith(")")

    def _near(self, piece: Span, sentence: ReadSentence) -> float:
        """Weighted share of the question's items that the piece of the sentence speaks of."""
        met = sum(
            self._weights[item]
            for item in self._weights
            if item in self._carried
            or any(piece.start <= m.start and m.end <= piece.end for m in marks_of(item, sentence))
        )
        return met / self._whole

    def _side(self, piece: Span) -> float:
        negated = has_role(piece.of(self._text.text), self._text.language, "negation")
        if self._question.negated:
            return _SAME_SIDE if negated else 0.0
        return -_SAME_SIDE / 2 if negated else 0.0

    def _does(self, sentence: ReadSentence) -> float:
        actions = [i for i in self._weights if i.kind == "action" or i.action]
        done = any(in_sentence(i, sentence, self._text.language, self._question) for i in actions)
        return _DOES if done else 0.0

    def _names(self, sentence: ReadSentence) -> float:
        """What names of the kind asked for are worth, more where one stands with the subject."""
        question = self._question
        asked = [
            m
            for m in sentence.mentions
            if m.kind in question.wants_name and m.concept_id not in question.concepts
        ]
        if not asked:
            return 0.0
        edges = [sentence.span.start]
        text = self._text.text
        edges += [
            m.end() for m in _STRONG_PARTS.finditer(text, sentence.span.start, sentence.span.end)
        ]
        pieces = [
            Span(a, b) for a, b in zip(edges, [*edges[1:], sentence.span.end], strict=True) if b > a
        ]
        near = max(
            self._near(p, sentence)
            for p in pieces
            if any(p.start <= m.start < p.end for m in asked) or len(pieces) == 1
        )
        return _NAMES + _NEAR * near


def _unit_fit(asked: str, found: str | None) -> float:
    if asked == found:
        return _FITS
    if found is None:
        return _SAME_KIND / 2
    return _SAME_KIND if found in _MORE_GENERAL.get(asked, ()) else 0.0
