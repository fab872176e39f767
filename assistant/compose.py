"""Answers without a language model: the best sentences of the best paragraphs, word for word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.alignment import counterpart
from assistant.cutting import cut
from assistant.drafts import (
    LABEL_MARK,
    Draft,
    DraftStatement,
    Message,
    missing_reference,
    note,
    reference_to,
    verbatim,
)
from assistant.evidence import Evidence, Finding, Source
from assistant.plan import Plan
from assistant.question import Question
from assistant.ranking import Candidate, rank
from assistant.reading import Reading, ReadSentence
from assistant.sentences import Span, printed_part, word_count
from assistant.support import is_related, is_supported, reason_for
from kb.wording import Wording

# Words of the first text and of the original beside it; an exact answer has 60 in all.
_EXACT: Final = (38.0, 18.0)
_FOREIGN: Final = (30.0, 14.0)  # where a note says in which languages the text is held
_BOTH: Final = (52.0, 26.0)  # where one sentence answers both parts of a question
_PART: Final = (22.0, 10.0)  # where two do
_OPEN: Final = (115.0, 80.0)
_WHOLE: Final = (150.0, 60.0)  # of a paragraph that is asked for
_NEARBY: Final = (35.0, 0.0)
_FURTHER: Final = 4  # paragraphs named beside the answer
_PLENTY: Final = 140.0  # an open answer takes up no second paragraph after so many words
_CLOSE: Final = 0.8  # of the best score: a second sentence as good


@dataclass(frozen=True, slots=True)
class _Composer:
    question: Question
    reading: Reading
    wording: Wording

    def said(
        self, candidate: Candidate, budget: tuple[float, float], run: Sequence[ReadSentence] = ()
    ) -> list[DraftStatement]:
        """The candidate's words, the original beside a summary, and what a reader must know.

        `run` are consecutive sentences to be given whole instead of the candidate's own.
        """
        source, sentence = candidate.source, candidate.sentence
        text, language = source.passage.text, source.passage.language
        if run:
            span = whole = Span(run[0].span.start, run[-1].span.end)
        else:
            whole = sentence.span
            span = cut(text, language, sentence, self.question, candidate.quantity, budget[0])
        statements = [verbatim(source, span, whole, self.wording, self.question.language)]
        original = candidate.finding.text("original")
        if source.passage.edition == "digest" and original is not None and budget[1]:
            statements += self._beside(candidate, original, budget[1])
        statements += self._language_note(candidate.finding)
        return statements + self._marks(candidate.finding)

    def _beside(
        self, candidate: Candidate, original: Source, budget: float
    ) -> list[DraftStatement]:
        """The sentence of the original that the summary sums up."""
        read = self.reading.read(original.passage.text, original.passage.language)
        digest = self.reading.read(candidate.source.passage.text, candidate.source.passage.language)
        found = counterpart(
            candidate.sentence, candidate.index, len(digest.sentences), read, candidate.quantity
        )
        if found is None:
            return []
        sentence, quantity = found
        text, language = original.passage.text, original.passage.language
        whole = sentence.span
        span = cut(text, language, sentence, self.question, quantity, budget)
        if span == whole and not self.question.is_exact:
            span = whole = _onward(text, [s.span for s in read.sentences], whole, budget)
        return [verbatim(original, span, whole, self.wording, self.question.language)]

    def _language_note(self, finding: Finding) -> list[DraftStatement]:
        held = dict.fromkeys(s.passage.language for s in finding.sources)
        if self.question.language in held:
            return []
        names = self.wording.list(self.wording.language_name(language) for language in held)
        return [note(Message("held_in", (("languages", names),)), self.wording)]

    def _marks(self, finding: Finding) -> list[DraftStatement]:
        """What became of the text that is cited."""
        passage = finding.sources[0].passage
        reference = ("reference", self.reference(finding))
        notes: list[Message] = []
        if passage.superseded_by:
            notes.append(Message("superseded", (reference, ("document", passage.superseded_by))))
        elif passage.status == "superseded":
            notes.append(Message("older_version", (reference,)))
        elif passage.status == "withdrawn":
            notes.append(Message("withdrawn", (reference,)))
        notes += [
            Message("corrected", (reference, ("correction", c))) for c in passage.corrected_by
        ]
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
        return reference_to(finding.sources[0], self.question.language, finding.part)


def compose(plan: Plan, evidence: Evidence, reading: Reading) -> Draft:
    """The draft of the answer to one question."""
    question = plan.question
    composer = _Composer(question, reading, Wording(question.language))
    if question.is_empty:
        return _abstention(composer, "unclear_question", [])
    candidates = [c for c in rank(question, evidence.findings, reading) if _in_part(c)]
    if evidence.missing and not any(f.named for f in evidence.findings):
        return _not_held(composer, evidence)
    if question.kind == "paragraph" and candidates:
        return _paragraph(composer, candidates[0])
    good = [c for c in candidates if c.finding.named or is_supported(question, c)]
    if not good:
        return _nothing(composer, candidates)
    statements = _exact(composer, good) if question.is_exact else _open(composer, good)
    return Draft(question.text, question.language, tuple(_once(statements)))


def _in_part(candidate: Candidate) -> bool:
    """Of a named sub-paragraph only its own sentences count."""
    part = candidate.finding.part
    if part is None:
        return True
    span = candidate.sentence.span
    inside = [(s, e) for label, s, e in candidate.source.parts if label == part]
    return not inside or inside[0][0] <= span.start < inside[0][1]


def _exact(composer: _Composer, good: Sequence[Candidate]) -> list[DraftStatement]:
    """One sentence; a second one where the question's second part is answered by another."""
    best = good[0]
    second = _second(composer.question, good)
    if second is None and len(composer.question.kinds) > 1:
        return composer.said(best, _BOTH)
    if second is None:
        foreign = best.finding.text("digest", composer.question.language) is None
        own = best.source.passage.language == composer.question.language
        return composer.said(best, _FOREIGN if foreign and not own else _EXACT)
    return composer.said(best, _PART) + composer.said(second, _PART)


def _second(question: Question, good: Sequence[Candidate]) -> Candidate | None:
    """The answer to "and how many …": a figure of another kind, in another sentence."""
    first = good[0]
    if len(question.kinds) < 2 or first.quantity is None:
        return None
    wanted = {q.kind for q in first.sentence.quantities} & question.wants_quantity
    for candidate in good[1:]:
        quantity = candidate.quantity
        if quantity is None or quantity.kind in wanted or candidate.score < _CLOSE * first.score:
            continue
        return candidate
    return None


def _open(composer: _Composer, good: Sequence[Candidate]) -> list[DraftStatement]:
    """The best sentence with those around it that belong to the answer, then a second source, and
    where else to look.
    """
    best = good[0]
    statements = composer.said(best, _OPEN, _run(composer, best))
    others: dict[int, Candidate] = {}
    for candidate in good[1:]:
        if candidate.score < _CLOSE * best.score:
            break
        if candidate.finding is not best.finding and not candidate.finding.named:
            others.setdefault(candidate.finding.rank, candidate)
    further = list(others.values())
    length = sum(word_count(s.text) for s in statements)
    if further and length + word_count(further[0].sentence.text) <= _PLENTY:
        statements += composer.said(further.pop(0), _OPEN)
    return statements + composer.further(further[:_FURTHER])


def _run(composer: _Composer, best: Candidate) -> list[ReadSentence]:
    """Neighbouring sentences of the paragraph, the best one among them, within the budget."""
    passage = best.source.passage
    sentences = composer.reading.read(passage.text, passage.language).sentences
    if best.finding.part is not None:
        return []
    first = last = best.index
    text = passage.text

    def length(a: int, b: int) -> float:
        return word_count(text[sentences[a].span.start : sentences[b].span.end])

    if length(first, last) > _OPEN[0]:
        return []
    while True:
        if last + 1 < len(sentences) and length(first, last + 1) <= _OPEN[0]:
            last += 1
        elif first > 0 and length(first - 1, last) <= _OPEN[0]:
            first -= 1
        else:
            return list(sentences[first : last + 1])


def _onward(text: str, spans: Sequence[Span], first: Span, budget: float) -> Span:
    """From the sentence `first` through those that follow, as far as the budget goes."""
    last = first
    for span in spans[spans.index(first) + 1 :]:
        if word_count(text[first.start : span.end]) > budget:
            break
        last = span
    return Span(first.start, last.end)


def _paragraph(composer: _Composer, first: Candidate) -> Draft:
    """A paragraph that is asked for as such: from its beginning, as much as is readable."""
    question, finding = composer.question, first.finding
    statements: list[DraftStatement] = []
    for source, budget in zip(finding.sources, _WHOLE, strict=False):
        span = _beginning(composer, source, finding.part, budget)
        whole = Span(span.start, len(source.passage.text))
        statements.append(verbatim(source, span, whole, composer.wording, question.language))
    statements += composer._language_note(finding) + composer._marks(finding)
    return Draft(question.text, question.language, tuple(statements))


def _beginning(composer: _Composer, source: Source, part: str | None, budget: float) -> Span:
    passage = source.passage
    limits = Span(0, len(passage.text))
    if part is not None:
        inside = [Span(s, e) for label, s, e in source.parts if label == part]
        found = inside[0] if inside else printed_part(passage.text, part)
        if found is not None and not inside:
            return found
        limits = found or limits
    spans = [
        s.span
        for s in composer.reading.read(passage.text, passage.language).sentences
        if limits.start <= s.span.start < limits.end
    ]
    if not spans:
        return limits
    last = spans[0]
    for span in spans[1:]:
        if word_count(passage.text[spans[0].start : span.end]) > budget:
            break
        last = span
    return Span(spans[0].start, last.end)


def _nothing(composer: _Composer, candidates: Sequence[Candidate]) -> Draft:
    """Nothing answers: say so, and what is known nearby."""
    best = candidates[0] if candidates else None
    reason = reason_for(composer.question, best)
    nearby: list[DraftStatement] = []
    if reason == "not_in_documents" and best is not None and is_related(best):
        nearby = [note(Message("nearby"), composer.wording), *composer.said(best, _NEARBY)]
    return _abstention(composer, reason, nearby)


def _not_held(composer: _Composer, evidence: Evidence) -> Draft:
    """The paragraph that is asked for is not there."""
    notes = []
    for reference in evidence.missing:
        name = missing_reference(reference, composer.question.language)
        notes.append(note(Message("no_passage", (("reference", name),)), composer.wording))
    return Draft(
        composer.question.text,
        composer.question.language,
        tuple(notes),
        abstained=True,
        reason="not_in_documents",
    )


def _abstention(composer: _Composer, reason: str, more: Iterable[DraftStatement]) -> Draft:
    first = note(Message(reason), composer.wording)  # type: ignore[arg-type]
    return Draft(
        composer.question.text,
        composer.question.language,
        (first, *more),
        abstained=True,
        reason=reason,  # type: ignore[arg-type]
    )


def _once(statements: Iterable[DraftStatement]) -> Iterable[DraftStatement]:
    """Without repetitions, in order."""
    return dict.fromkeys(statements)
