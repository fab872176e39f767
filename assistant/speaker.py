"""Puts what was found into statements, in the reader's language and within a length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.alignment import Shown, counterpart
from assistant.cutting import cut, tightened
from assistant.drafts import (
    LABEL_MARK,
    DraftCitation,
    DraftStatement,
    Message,
    joined,
    note,
    reference_to,
    verbatim,
)
from assistant.enumerations import listed_items
from assistant.evidence import Finding, Source
from assistant.listing import names_asked
from assistant.question import FIGURE_KINDS, Question
from assistant.ranking import Candidate
from assistant.reading import Reading, ReadSentence
from kb.sentences import Span, clauses, word_count
from kb.wording import Wording

_AT_A_GLANCE: Final = 54.0  # words; the answer to how much or who has 60 with all around it
_EDGES: Final = " ,;:，；：،؛"
_SHORT: Final = 38.0  # words of a clause and little beside it
_LIST: Final = 110.0  # words of a list with its announcement
_SEVERAL: Final = 2  # names that make a list
_SEMICOLON: Final = re.compile(r"[;；؛]\s*")
_LONG_LIST: Final = 250.0  # … that is asked for


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what is found to one reader, always in the words of a text or of a message."""

    question: Question
    reading: Reading
    wording: Wording

    def said(
        self, candidate: Candidate, budget: tuple[float, float], run: Sequence[ReadSentence] = ()
    ) -> list[DraftStatement]:
        """The candidate's words, the original beside a summary, and what a reader must know.

        `run` are consecutive sentences to be given whole instead of the candidate's own.
        """
        source = candidate.source
        original = candidate.finding.text("original")
        # One sentence that she can read goes before what stands beside it.
        alone = self.question.is_pointed and source.passage.language == self.question.reader
        own = max(budget[0], _AT_A_GLANCE) if alone else budget[0]
        statements = [self._own_words(candidate, own, run)]
        if source.passage.edition == "digest" and original is not None and budget[1]:
            shown = self._shown(candidate, statements[0].citations[-1], whole=bool(run))
            statements += self._beside(candidate, shown, original, budget[1])
        statements += self.language_note(candidate.finding)
        return statements + self.marks(candidate.finding)

    def _own_words(
        self, candidate: Candidate, budget: float, run: Sequence[ReadSentence]
    ) -> DraftStatement:
        source, sentence, lead = candidate.source, candidate.sentence, candidate.lead
        text, language = source.passage.text, source.passage.language
        reader = self.question.reader
        if run:
            span = Span(run[0].span.start, run[-1].span.end)
            return verbatim(source, span, span, self.wording, reader)
        if lead is not None and candidate.figure.place is not None:
            date = candidate.figure.place
            clause = next(
                c for c in clauses(text, lead.span, language) if c.start <= date.start < c.end
            )
            first = Span(lead.span.start, max(date.end, _closing(text, clause)))
            both = (first, sentence.span)
            return joined(source, both, Span(first.start, sentence.span.end), self.wording, reader)
        whole = self._with_items(sentence, source)
        if whole != sentence.span:
            return verbatim(source, whole, whole, self.wording, reader)
        spans = self._with_names(candidate, self._answering(candidate, budget))
        return joined(source, spans, whole, self.wording, reader)

    def _answering(self, candidate: Candidate, budget: float) -> tuple[Span, ...]:
        """What to quote of the sentence, in about `budget` words."""
        text, language = candidate.source.passage.text, candidate.source.passage.language
        sentence, place = candidate.sentence, candidate.figure.place
        question = self.question
        span = cut(text, language, sentence, question, place, budget)
        # Where no figure says which clause answers, the sentence is best begun at its beginning.
        open_ended = place is None and sentence.span.start < span.start
        long = word_count(span.of(text)) > _AT_A_GLANCE
        spans: tuple[Span, ...] = (span,)
        if question.is_pointed and (long or open_ended):
            spans = tightened(text, language, sentence, question, place, _AT_A_GLANCE)
        if budget > _SHORT and self._strays(sentence, spans):
            spans = (cut(text, language, sentence, question, place, _SHORT),)
        if self._strays(sentence, spans) and candidate.figure.piece is not None:
            piece = candidate.figure.piece
            spans = (Span(piece.start, piece.start + len(piece.of(text).rstrip(_EDGES))),)
        return spans

    def _with_names(self, candidate: Candidate, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """`spans`, or in place of them the part of the sentence, between semicolons, that is the
        list of names asked for, where they cut it short: a piece of it would be another list."""
        question, sentence = self.question, candidate.sentence
        asked = question.wants_items and bool(question.wants_name)
        if not asked or FIGURE_KINDS & set(question.kinds) or candidate.listed < _SEVERAL:
            return spans
        text = candidate.source.passage.text
        names = [m.start for m in names_asked(question, sentence)]
        cuts = [m.end() for m in _SEMICOLON.finditer(text, sentence.span.start, sentence.span.end)]
        edges = sorted({sentence.span.start, *cuts, sentence.span.end})
        parts = [Span(a, a + len(text[a:b].rstrip(_EDGES))) for a, b in pairwise(edges)]
        best = max(parts, key=lambda p: sum(p.start <= at < p.end for at in names))
        held = [at for at in names if best.start <= at < best.end]
        is_cut = any(not any(s.start <= at < s.end for s in spans) for at in held)
        short = word_count(best.of(text)) <= _LIST
        return (best,) if len(held) >= _SEVERAL and is_cut and short else spans

    def _strays(self, sentence: ReadSentence, spans: Sequence[Span]) -> bool:
        """Whether the spans name others than the Party or initiative asked about, and not it."""
        inside = [
            m
            for m in sentence.mentions
            if any(span.start <= m.start and m.end <= span.end for span in spans)
        ]
        return any(
            asked
            and any(m.kind == kind for m in inside)
            and not asked & {m.concept_id for m in inside}
            for kind in ("party", "initiative")
            if (asked := {m.concept_id for m in self.question.names if m.kind == kind})
        )

    def _with_items(self, sentence: ReadSentence, source: Source) -> Span:
        """The sentence, and the items of the list that it announces, where one may be asked for;
        only a list that is asked for may be long."""
        text, span, question = source.passage.text, sentence.span, self.question
        if FIGURE_KINDS & set(question.kinds):
            return span
        if not sentence.text.rstrip().endswith((":", "：")):
            return span
        items = listed_items(text[span.end :])
        if not items or text[span.end : span.end + items[0].start].strip():
            return span
        whole = Span(span.start, span.end + items[-1].end)
        most = _LONG_LIST if question.wants_items else _LIST
        return whole if word_count(whole.of(text)) <= most else span

    def _shown(self, candidate: Candidate, cited: DraftCitation, *, whole: bool) -> Shown:
        """What the quoted words say; of several sentences (`whole`) what the candidate's does."""
        sentence = candidate.sentence
        span = sentence.span if whole else Span(cited.start, cited.end)
        inside = [m for m in sentence.marks if span.start <= m.start and m.end <= span.end]
        figures = tuple(
            q for q in sentence.quantities if span.start <= q.start and q.end <= span.end
        )
        names = frozenset(
            m.concept_id
            for m in sentence.mentions
            if m.kind in self.question.wants_name and span.start <= m.start and m.end <= span.end
        )
        return Shown(
            sentence.concepts if whole else frozenset(m.key for m in inside if m.kind == "concept"),
            figures,
            candidate.quantity,
            figures if self.question.wants_quantity else (),
            names - set(self.question.concepts),
        )

    def _beside(
        self, candidate: Candidate, shown: Shown, original: Source, budget: float
    ) -> list[DraftStatement]:
        """The sentence of the original that the summary sums up, if one says the same."""
        if candidate.lead is not None:
            return []
        read = self.reading.read(original.passage.text, original.passage.language)
        digest = self.reading.read(candidate.source.passage.text, candidate.source.passage.language)
        place = candidate.index / max(1, len(digest.sentences))
        found = counterpart(shown, place, read)
        if found is None:
            return []
        sentence, quantity = found
        text, language = original.passage.text, original.passage.language
        whole = self._with_items(sentence, original)
        if whole != sentence.span:
            return [verbatim(original, whole, whole, self.wording, self.question.reader)]
        figure = Span(quantity.start, quantity.end) if quantity is not None else None
        span = cut(text, language, sentence, self.question, figure, budget)
        if span == whole and not self.question.is_exact:
            span = whole = _onward(text, [s.span for s in read.sentences], whole, budget)
        return [verbatim(original, span, whole, self.wording, self.question.reader)]

    def language_note(self, finding: Finding) -> list[DraftStatement]:
        """Says in which languages the text is held, to a reader of another."""
        held = dict.fromkeys(s.passage.language for s in finding.sources)
        if self.question.reader in held:
            return []
        names = self.wording.list(self.wording.language_name(language) for language in held)
        return [note(Message("held_in", (("languages", names),)), self.wording)]

    def marks(self, finding: Finding) -> list[DraftStatement]:
        """What became of the texts that are cited."""
        reference = ("reference", self.reference(finding))
        notes: dict[Message, None] = {}
        for passage in (source.passage for source in finding.sources):
            if passage.superseded_by:
                document = ("document", passage.superseded_by)
                notes[Message("superseded", (reference, document))] = None
            elif passage.status == "superseded":
                notes[Message("older_version", (reference,))] = None
            elif passage.status == "withdrawn":
                notes[Message("withdrawn", (reference,))] = None
            for correction in passage.corrected_by:
                notes[Message("corrected", (reference, ("correction", correction)))] = None
        return [note(message, self.wording) for message in notes]

    def further(self, candidates: Sequence[Candidate]) -> list[DraftStatement]:
        """Names other paragraphs, without their text."""
        if not candidates:
            return []
        labels = LABEL_MARK.join(self.reference(c.finding) for c in candidates)
        message = Message("further", (("labels", labels),), len(candidates))
        return [note(message, self.wording)]

    def reference(self, finding: Finding) -> str:
        """How the paragraph is cited in the reader's language."""
        return reference_to(finding.sources[0], self.question.reader, finding.part)


def _onward(text: str, spans: Sequence[Span], first: Span, budget: float) -> Span:
    """From the sentence `first` through those that follow, as far as the budget goes."""
    last = first
    for span in spans[spans.index(first) + 1 :]:
        if word_count(text[first.start : span.end]) > budget:
            break
        last = span
    return Span(first.start, last.end)


def _closing(text: str, clause: Span) -> int:
    """The end of a clause without the comma and the space after it."""
    return clause.start + len(clause.of(text).rstrip(" ,，،"))
