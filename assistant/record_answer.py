"""Records first: what they say exactly stands before the words of the paragraphs."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from functools import partial
from threading import Lock
from typing import Final, Protocol, runtime_checkable

from assistant.answer import StatementKind
from assistant.compose import shortened
from assistant.corrections import correction
from assistant.drafts import Draft, DraftCitation, DraftStatement, Message, note
from assistant.evidence import Evidence, HeldRecord, Source, text_of, top_label
from assistant.knowledge import Remembering
from assistant.plan import Plan
from assistant.question import FIGURE_KINDS, Question, Vocabulary
from assistant.rankings import Rankings
from assistant.record_checks import checked
from assistant.record_choice import Chosen, Place, Standing, chosen, clear
from assistant.record_claims import OMISSIBLE, RecordClaim, in_words
from assistant.record_fit import figure_of
from assistant.record_index import Match, RecordIndex, RecordReader, read_index
from assistant.record_premises import refuting
from assistant.record_quotes import quoted, summed
from assistant.record_sets import Together, together
from assistant.record_support import is_of_others, unsupported
from kb.errors import NotFound
from kb.languages import Language
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.sources import Source as RecordSource
from kb.sentences import word_count
from kb.wording import Wording

_BESIDE: Final = 0.15  # probability of a record that is said where the best sentence says it too
_BESIDE_WORDS: Final = 0.3  # … where no figure or date is asked for
_INSTEAD: Final = 0.7  # … that takes the place of sentences of another paragraph
_BRIEF: Final = 57.0  # words of an exact answer
_SHORTEST: Final = 10.0  # words in which a sentence may be quoted
_OVER: Final = 4.0
_ALONE: Final = 0.5  # probability of a record that needs no sentence beside it
_MARKS: Final = frozenset(("superseded", "older_version", "withdrawn", "corrected"))
_SHORT_KINDS: Final = frozenset(("why_how", "about"))
_MATCHES: Final = 40
_RANKED: Final = 30
_UNAIDED: Final = 0.5  # … that answers where no sentence does
_HELD: Final = 4_000


@runtime_checkable
class HoldsRecords(Protocol):
    """A knowledge base that has records."""

    @property
    def records(self) -> RecordReader:
        """The records."""


class RecordVoice:
    """Puts into a draft what the records of a knowledge base say. Safe in threads."""

    def __init__(self, kb: Remembering, reader: RecordReader, vocabulary: Vocabulary) -> None:
        self.kb = kb
        self._reader = reader
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._generation: int | None = None
        self._index: RecordIndex | None = None
        self._held: dict[tuple[str, Language], HeldRecord] = {}

    def spoken(
        self, plan: Plan, evidence: Evidence, rankings: Rankings, draft: Draft
    ) -> tuple[Draft, Evidence]:
        """The draft with what records say, and the evidence with them; as they were where no
        record answers."""
        question = plan.question
        if question.is_empty or question.foreign or question.kind == "paragraph":
            return draft, evidence
        if draft.reason in ("off_topic", "unclear_question"):
            return draft, evidence
        index = self._read()
        matches = self._matches(plan, question.text)
        if not matches:
            return draft, evidence
        standing = Standing(question, evidence.findings, rankings.of(question))
        speaker = _Speaker(self, question.reader, standing, self._vocabulary)
        several = checked(question, index) or together(question, matches, index)
        if several is not None:
            statements = speaker.all(several, question)
            if statements:
                return speaker.draft(draft, statements), speaker.evidence(evidence)
        refuted = refuting(
            question, matches, partial(self._matches, plan), rankings.of(question), _places(draft)
        )
        if refuted is not None:
            said = speaker.said(RecordClaim(refuted.entry.records, refuted.entry.listed))
            if said is not None:
                instead = correction(refuted.said, refuted.claimed, question.reader)
                return speaker.against(draft, said, instead), speaker.evidence(evidence)
        ranked = chosen(question, matches[:_RANKED], standing, alone=draft.abstained)
        best = _best(ranked, draft, question)
        if best is None and (draft.abstained or question.wants_items):
            plain = clear(question, matches)
            best = Chosen(plain, 1.0) if plain is not None else None
        if best is None or not _is_wanted(question):
            return draft, evidence
        said = speaker.said(RecordClaim(best.entry.records, best.entry.listed))
        if said is None:
            return draft, evidence
        beside = speaker.beside(
            draft, said, question, lambda room: shortened(plan, rankings, room), best.probability
        )
        return beside, speaker.evidence(evidence)

    def _matches(self, plan: Plan, text: str) -> list[Match]:
        """The records of the documents chosen that share most with `text`."""
        found = self._read().matches(text, plan.question.language, _MATCHES)
        return [match for match in found if _is_chosen(match, plan)]

    def _read(self) -> RecordIndex:
        generation = self.kb.searched_generation
        with self._lock:
            if self._index is None or generation != self._generation:
                self._index = read_index(self._reader, self._vocabulary)
                self._generation = generation
                self._held.clear()
            return self._index

    def held(self, records: Sequence[Record], language: Language) -> list[HeldRecord]:
        """The records with their sources as a reader of `language` should see them."""
        with self._lock:
            found = {r.id: self._held.get((r.id, language)) for r in records}
        missing = [r for r in records if found[r.id] is None]
        if missing:
            sources = self._reader.sources(missing, language)
            made = {one.id: HeldRecord(one, sources[one.id]) for one in missing}
            with self._lock:
                if len(self._held) > _HELD:
                    self._held.clear()
                self._held.update({(key, language): one for key, one in made.items()})
            found |= made
        return [one for r in records if (one := found[r.id]) is not None]

    def text(self, source: RecordSource) -> Source | None:
        """The text that the words of a source stand in."""
        return text_of(self.kb, source)


class _Speaker:
    """Makes the statements of one answer, and keeps what they rest on."""

    def __init__(
        self,
        voice: RecordVoice,
        language: Language,
        standing: Standing,
        vocabulary: Vocabulary,
    ) -> None:
        self._voice = voice
        self._vocabulary = vocabulary
        self._language: Language = language
        self._standing = standing
        self._used: dict[str, HeldRecord] = {}
        self._texts: list[Source] = []

    def said(self, claim: RecordClaim) -> DraftStatement | None:
        """The statement of a claim; None where its records have nothing that can be cited."""
        held = self._voice.held(claim.all_records, self._language)
        citations: dict[DraftCitation, None] = {}
        texts: list[Source] = []
        shared = self._shared_places(held)
        for one in held:
            found = self._cited(one, shared)
            if found is None:
                return None
            citations[found[0]] = None
            texts.append(found[1])
        spoken = self._supported(claim, texts, citations)
        if spoken is None:
            return None
        text, claim = spoken
        self._used.update((one.record.id, one) for one in held)
        self._texts += texts
        kind: StatementKind = "record" if claim.operation is None else "computed"
        return DraftStatement(text, kind, tuple(citations), claim=claim)

    def _supported(
        self, claim: RecordClaim, texts: Sequence[Source], cited: Iterable[DraftCitation]
    ) -> tuple[str, RecordClaim] | None:
        """The words of the claim, without such dates and wholes as the paragraphs cited do not
        say; None where they do not say the rest."""
        passages = [source.passage for source in texts]
        try:
            text = in_words(claim, self._language, shipped_names())
            lacking = len(unsupported(text, claim, self._language, passages))
            for column in sorted(OMISSIBLE) if lacking else ():
                less = replace(claim, omitted=claim.omitted | {column})
                said = in_words(less, self._language, shipped_names())
                left = len(unsupported(said, less, self._language, passages))
                if left < lacking:
                    claim, text, lacking = less, said, left
        except (ValueError, KeyError, NotFound):
            return None
        quotes = [one.quote for one in cited]
        if lacking or is_of_others(text, claim, self._language, passages, quotes, self._vocabulary):
            return None
        return text, claim

    def all(self, several: Together, question: Question) -> list[DraftStatement]:
        """The statements of claims that answer together; none unless all can be made.

        Of a figure that the question gives, where no statement of it can be made, the sentence
        that it stands in.
        """
        given = {q.value for q in question.numbers}
        statements: list[DraftStatement] = []
        for claim in several.claims:
            said = self.said(claim)
            made = [said] if said is not None else self._quoted(claim, given)
            if not made:
                return []
            statements += [one for one in made if one not in statements]
        if several.apart:
            statements.insert(0, note(Message("different_measures"), Wording(self._language)))
        return statements

    def _quoted(self, claim: RecordClaim, given: Set[Decimal]) -> list[DraftStatement]:
        """The sentence that gives the figures, of a sum or of a figure that the question gives."""
        kb, texts = self._voice.kb, self._texts
        if claim.against is not None:
            statements, found = summed(claim, kb, self._language)
            texts += found
            return statements
        one = quoted(kb, claim.records, self._language)
        if one is None or figure_of(claim.records[0]) not in given:
            return []
        texts.append(one[1])
        return [one[0]]

    def _shared_places(self, held: Sequence[HeldRecord]) -> frozenset[Place]:
        """Where all of the records stand: one paragraph is enough for a list."""
        each = [
            {(s.document_id, top_label(s.paragraph)) for s in one.sources if s.quote}
            for one in held
        ]
        return frozenset(set.intersection(*each)) if each else frozenset()

    def _cited(
        self, one: HeldRecord, shared: frozenset[Place]
    ) -> tuple[DraftCitation, Source] | None:
        def order(source: RecordSource) -> tuple[bool, float]:
            place = (source.document_id, top_label(source.paragraph))
            rank, score, _, _ = self._standing.measured((place,))
            return place not in shared, -(score + rank / 10)

        for source in sorted(one.sources, key=order):
            if source.standing != "current" or source.quote is None:
                continue
            text = self._voice.text(source)
            if text is None or source.start is None or source.end is None:
                continue
            passage = text.passage
            if passage.text[source.start : source.end] != source.quote:
                continue
            citation = DraftCitation(
                passage.document_id,
                text.deepest(source.start, source.end),
                passage.language,
                passage.edition,
                passage.version,
                source.start,
                source.end,
                source.quote,
            )
            return citation, text
        return None

    def draft(self, draft: Draft, statements: Iterable[DraftStatement]) -> Draft:
        """The draft with `statements` alone."""
        return replace(draft, statements=tuple(statements), abstained=False, reason=None)

    def against(
        self, draft: Draft, said: DraftStatement, instead: Sequence[DraftStatement]
    ) -> Draft:
        """The record that says otherwise than the question, and what it says instead."""
        refusal = (note(Message("false_premise"), Wording(self._language)), *instead)
        own = [s for s in draft.statements if s.citations] if not draft.abstained else []
        places = {(c.document_id, top_label(c.paragraph)) for c in said.citations}
        room = _BRIEF - word_count(said.text) - sum(word_count(s.text) for s in refusal)
        kept = _within(own, room) if _is_of(draft, places) else []
        return replace(
            draft, statements=(*refusal, said, *kept), abstained=False, reason="false_premise"
        )

    def beside(
        self,
        draft: Draft,
        said: DraftStatement,
        question: Question,
        shorter: Callable[[float], Sequence[DraftStatement]],
        probability: float,
    ) -> Draft:
        """The draft that says the record first, and then of its own what there is room for.

        Where there is none the record stands alone if it is likely enough, else the draft as it
        was. `shorter` gives the best sentence in about so many words.
        """
        places = {(c.document_id, top_label(c.paragraph)) for c in said.citations}
        if draft.abstained or not _is_of(draft, places):
            return self.draft(draft, (said,))
        own = [s for s in draft.statements if s.citations]
        notes = [s for s in draft.statements if not s.citations]
        if draft.reason == "false_premise":
            return replace(draft, statements=(*notes[:1], said, *own))
        if not question.is_pointed:
            return replace(draft, statements=(said, *draft.statements))
        room = _BRIEF - word_count(said.text)
        kept = _within(own, room)
        if not kept and room > _SHORTEST:
            kept = _within([s for s in shorter(room) if s.citations], room + _OVER)
        several = len(FIGURE_KINDS & set(question.kinds)) > 1
        if not kept and (several or probability < _ALONE):
            return draft
        marks = [s for s in notes if s.message is not None and s.message.key in _MARKS]
        exact = bool(question.wants_quantity) or probability >= _ALONE
        said_first = (said, *kept) if exact else (*kept, said)
        return replace(draft, statements=(*said_first, *marks), reason=None)

    def evidence(self, evidence: Evidence) -> Evidence:
        """The evidence with the records said, and their texts."""
        known = {source.key for source in evidence.sources}
        texts = {s.key: s for s in self._texts if s.key not in known}
        return replace(
            evidence, records=tuple(self._used.values()), record_texts=tuple(texts.values())
        )


def _within(statements: Sequence[DraftStatement], room: float) -> list[DraftStatement]:
    """Those that fit in so many words, quotes beside a summary last."""
    kept: list[DraftStatement] = []
    several = len(statements) > 1
    for statement in sorted(statements, key=lambda s: several and s.kind == "quote"):
        length = word_count(statement.text)
        if length <= room:
            kept.append(statement)
            room -= length
    return kept


def _is_chosen(match: Match, plan: Plan) -> bool:
    """Whether the documents chosen give the record."""
    return plan.documents is None or any(d in plan.documents for d, _ in match.entry.places)


def _is_wanted(question: Question) -> bool:
    return question.kind not in _SHORT_KINDS or question.is_pointed or question.wants_items


def _best(ranked: Sequence[Chosen], draft: Draft, question: Question) -> Chosen | None:
    """The likeliest record of the paragraphs that the draft cites, or one that is far likelier."""
    if not ranked:
        return None
    if ranked[0].probability >= (_UNAIDED if draft.abstained else _INSTEAD):
        return ranked[0]
    if draft.abstained:
        return None
    least = _BESIDE if question.wants_quantity else _BESIDE_WORDS
    for one in ranked:
        if one.probability < least:
            return None
        if _is_of(draft, one.entry.places):
            return one
    return None


def _is_of(draft: Draft, places: Iterable[Place]) -> bool:
    return bool(_places(draft) & set(places))


def _places(draft: Draft) -> set[Place]:
    return {(c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations}
