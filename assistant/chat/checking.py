"""From a sentence of a draft to a statement that the gate has passed, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.answer import Answer, Statement
from assistant.chat.own_words import begins_with_anaphor, is_said, keeps_qualifiers
from assistant.chat.pieces import Piece, Pieces
from assistant.chat.reading import DraftSentence
from assistant.content_words import content_words
from assistant.drafts import Draft, DraftStatement, cited, verbatim
from assistant.evidence import Source, top_label
from assistant.grounding import grounded
from assistant.question import Vocabulary
from assistant.subjects import actors
from kb.languages import Language
from kb.passages import Passage
from kb.sentences import Span, clauses, sentences
from kb.wording import Wording

_ALIKE: Final = 0.3
_SUBJECTS: Final = ("party:", "initiative:")
_QUOTES: Final = '"“”„«»‹›「」『』 \u00a0'
_ENDS: Final = " \u00a0.。;；,，:：،؛、"
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence that the gate has passed, as an answer of its own. `places` are the paragraphs
    that it cites, `sources` the texts."""

    answer: Answer
    places: frozenset[_Place]
    sources: tuple[Source, ...]

    @property
    def statement(self) -> Statement:
        """The one statement of the answer."""
        return self.answer.statements[0]


class Checker:
    """Checks the sentences of one draft against the pieces that they cite."""

    def __init__(self, draft: Draft, pieces: Pieces, vocabulary: Vocabulary) -> None:
        """`draft` is the composed one: what the question asks of whom holds for every sentence."""
        self._draft = draft
        self._pieces = pieces
        self._vocabulary = vocabulary
        self._language: Language = draft.language
        self._wording = Wording(draft.language)
        # "It" at the very beginning may be what the composed answer speaks of.
        self._before = frozenset(
            (c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations
        )

    def passed(self, sentence: DraftSentence) -> Passed | None:
        """The statement that the sentence becomes; None where it is withheld."""
        pieces = [self._pieces.of(key) for key in sentence.keys]
        if not pieces or None in pieces:
            return None  # a reference that does not exist takes its sentence with it
        for piece in pieces:
            for statement in self._statements(sentence.text.strip(), piece) if piece else ():
                passed = self._gated(statement, piece)
                if passed is None or self._is_of_another(passed.statement.text):
                    continue
                if self._is_told_apart(passed):
                    self._before = passed.places
                    return passed
        return None

    def _statements(self, text: str, piece: Piece | None) -> Iterator[DraftStatement]:
        """What the sentence may be of the piece: its very words, else words of its own."""
        if piece is None:
            return
        if piece.statement is not None:
            yield from self._of_record(text, piece.statement)
        elif piece.source is not None:
            yield from self._quoted(text, piece.source)
            yield from self._own_words(text, piece.source)

    def _of_record(self, text: str, said: DraftStatement) -> Iterator[DraftStatement]:
        if text.rstrip(_ENDS) == said.text.rstrip(_ENDS):
            yield said
            return
        passage = _as_passage(said.text, self._language)
        whole = Span(0, len(said.text))
        if is_said(text, self._language, passage, whole, self._vocabulary):
            yield replace(said, text=text)

    def _quoted(self, text: str, source: Source) -> Iterator[DraftStatement]:
        """Whole clauses word for word, in quotation marks or not."""
        passage = source.passage
        for words in dict.fromkeys((text.strip(_QUOTES), text.strip(_QUOTES + _ENDS))):
            start = passage.text.find(words) if words else -1
            if start < 0:
                continue
            span = Span(start, start + len(words))
            sentence = _sentence_around(passage, span)
            if sentence is None or not _is_whole_clauses(passage, span, sentence):
                continue
            yield verbatim(source, span, sentence, self._wording, self._language)
            return

    def _own_words(self, text: str, source: Source) -> Iterator[DraftStatement]:
        passage = source.passage
        for sentence in sentences(passage.text, passage.language):
            if _may_say(sentence.of(passage.text), text, self._language) and is_said(
                text, self._language, passage, sentence, self._vocabulary
            ):
                yield DraftStatement(text, "note", (cited(source, sentence),))
                return

    def _gated(self, statement: DraftStatement, piece: Piece | None) -> Passed | None:
        """The statement as the gate lets it out. Words of its own about a record have been held
        against what the record says; the gate is shown the record."""
        held = piece.statement if piece is not None else None
        checked = held if held is not None and statement.text != held.text else statement
        draft = Draft(
            self._draft.question, self._language, (checked,), subjects=self._draft.subjects
        )
        evidence = self._pieces.evidence
        answer = grounded(draft, evidence, self._vocabulary)
        if answer.abstained or not answer.statements:
            return None
        if checked is not statement:
            own = replace(answer.statements[0], text=statement.text)
            answer = replace(answer, statements=(own,))
        texts = {(*s.key[:1], s.passage.label, *s.key[2:]): s for s in evidence.sources}
        sources = [
            texts[c.document_id, c.paragraph, c.language, c.edition, c.version]
            for c in answer.citations
        ]
        places = frozenset((c.document_id, c.paragraph) for c in answer.citations)
        return Passed(answer, places, tuple(dict.fromkeys(sources)))

    def _is_told_apart(self, passed: Passed) -> bool:
        """Whether "it" at the beginning cannot be taken for what another paragraph speaks of."""
        if passed.places <= self._before:
            return True
        if begins_with_anaphor(passed.statement.text, self._language):
            return False
        if passed.statement.kind not in ("quote", "digest"):
            return True
        # What marks a summary stands before its words.
        return not any(begins_with_anaphor(c.quote, c.language) for c in passed.answer.citations)

    def _is_of_another(self, text: str) -> bool:
        """Whether it names another Party or initiative than the one whose figure is asked for."""
        named = {m.concept_id for m in actors(text, self._language, self._vocabulary)}
        return any(
            asked and not asked & named and any(one.startswith(kind) for one in named)
            for kind in _SUBJECTS
            if (asked := {s for s in self._draft.subjects if s.startswith(kind)})
        )


def _may_say(source: str, text: str, language: Language) -> bool:
    """Whether enough words are the same for a closer look, which is slow."""
    words = {word.stem for word in content_words(text, language)}
    held = {word.stem for word in content_words(source, language)}
    return len(words & held) >= _ALIKE * len(words)


def _as_passage(text: str, language: Language) -> Passage:
    """What a record says, to be held against like any text."""
    return Passage(
        document_id="",
        symbol=None,
        session=None,
        label="",
        kind="paragraph",
        language=language,
        edition="digest",
        version=1,
        status="current",
        visibility="public",
        text=text,
        start=0,
        heading_path=(),
    )


def _sentence_around(passage: Passage, span: Span) -> Span | None:
    """From the sentence in which the span begins to that in which it ends."""
    found = [
        s
        for s in sentences(passage.text, passage.language)
        if s.start < span.end and span.start < s.end
    ]
    return Span(found[0].start, found[-1].end) if found else None


def _is_whole_clauses(passage: Passage, span: Span, sentence: Span) -> bool:
    """Whether the span begins and ends where clauses do and loses nothing that qualifies them."""
    text = passage.text
    edges = clauses(text, sentence, passage.language)
    begins = {c.start for c in edges} | {sentence.start}
    ends = {c.start + len(c.of(text).rstrip(_ENDS)) for c in edges}
    if span.start not in begins or span.start + len(span.of(text).rstrip(_ENDS)) not in ends:
        return False
    return keeps_qualifiers(span.of(text), sentence.of(text), passage.language)
