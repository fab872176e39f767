"""Puts what was found into statements, in the reader's language and within a length."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.alignment import counterpart
from assistant.cutting import cut
from assistant.drafts import (
    LABEL_MARK,
    DraftStatement,
    Message,
    note,
    reference_to,
    verbatim,
)
from assistant.evidence import Finding, Source
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.reading import Reading, ReadSentence
from assistant.sentences import Span, word_count
from kb.wording import Wording


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
        source, sentence = candidate.source, candidate.sentence
        text, language = source.passage.text, source.passage.language
        if run:
            span = whole = Span(run[0].span.start, run[-1].span.end)
        else:
            whole = sentence.span
            span = cut(text, language, sentence, self.question, candidate.quantity, budget[0])
        statements = [verbatim(source, span, whole, self.wording, self.question.reader)]
        original = candidate.finding.text("original")
        if source.passage.edition == "digest" and original is not None and budget[1]:
            statements += self._beside(candidate, original, budget[1])
        statements += self.language_note(candidate.finding)
        return statements + self.marks(candidate.finding)

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
