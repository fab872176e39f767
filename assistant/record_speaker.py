"""The statements of one answer that rest on records, and what they rest on."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Final, Protocol

from assistant.answer import StatementKind
from assistant.counted_lists import items_shown
from assistant.drafts import Draft, DraftCitation, DraftStatement, Message, note
from assistant.evidence import Evidence, HeldRecord, Source, top_label
from assistant.knowledge import Remembering
from assistant.question import FIGURE_KINDS, Question, Vocabulary
from assistant.record_choice import Place, Standing
from assistant.record_citing import citable, place_of, shared_places
from assistant.record_claims import OMISSIBLE, UNDERSTOOD, RecordClaim, in_words, understood
from assistant.record_fit import figure_of
from assistant.record_quotes import quoted, summed
from assistant.record_ratios import said_average
from assistant.record_sums import added_message
from assistant.record_support import is_of_others, unsupported
from assistant.record_together import Together
from kb.errors import NotFound
from kb.languages import Language
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.sources import Source as RecordSource
from kb.sentences import word_count
from kb.wording import Wording

_BRIEF: Final = 57.0  # words of an exact answer
_SHORTEST: Final = 10.0  # words in which a sentence may be quoted
_OVER: Final = 4.0
_TWO: Final = 2  # sources of a share: its part and its whole
_ALONE: Final = 0.5  # probability of a record that needs no sentence beside it
_MARKS: Final = frozenset(("superseded", "older_version", "withdrawn", "corrected"))


class HoldsTexts(Protocol):
    """What knows the sources of records and the texts that they stand in."""

    @property
    def kb(self) -> Remembering:
        """Where the texts are kept."""

    def held(self, records: Sequence[Record], language: Language) -> list[HeldRecord]:
        """The records with their sources as a reader of `language` should see them."""

    def text(self, source: RecordSource) -> Source | None:
        """The text that the words of a source stand in."""


class RecordSpeaker:
    """Makes the statements of one answer, and keeps what they rest on."""

    def __init__(
        self,
        voice: HoldsTexts,
        language: Language,
        standing: Standing,
        vocabulary: Vocabulary,
        asked: Iterable[str],
    ) -> None:
        """`asked` are the ids of what the question names."""
        self._voice = voice
        self._asked = frozenset(asked)
        self._vocabulary = vocabulary
        self._language: Language = language
        self._standing = standing
        self._used: dict[str, HeldRecord] = {}
        self._texts: list[Source] = []

    def said(self, claim: RecordClaim, *, typed: bool = False) -> DraftStatement | None:
        """The statement of a claim; None where its records have nothing that can be cited. `typed`:
        its records are those of a kind that is asked for, wherever they stand."""
        held = self._voice.held(claim.all_records, self._language)
        shared = self._shared_places(held, typed=typed)
        each = [list(islice(self._citable(one, shared), _TWO)) for one in held]
        if not all(each):
            return None
        # The figure stands in a row of a table, its whole and date in the paragraph before.
        ways = [[found for found, *_ in each]]
        if claim.operation == "share":
            ways.append([found for sources in each for found in sources])
        elif claim.operation is None:
            rows = [[f for f in sources if f[1].passage.kind == "table_row"] for sources in each]
            ways += [[some[0] for some in rows]] if all(rows) else []
        for way in ways:
            citations = dict.fromkeys(citation for citation, _ in way)
            texts = [text for _, text in way]
            spoken = self._supported(claim, texts, citations)
            if spoken is not None:
                break
        else:
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
        if lacking:
            return None
        for each in (claim, *self._understood(claim)):
            try:
                said = in_words(each, self._language, shipped_names())
            except (ValueError, KeyError, NotFound):
                continue
            if not is_of_others(said, each, self._language, passages, quotes, self._vocabulary):
                return said, each
        return None

    def _understood(self, claim: RecordClaim) -> Iterator[RecordClaim]:
        """What is computed without what the question names."""
        for column in UNDERSTOOD if claim.operation is not None else ():
            less = replace(claim, omitted=claim.omitted | {column})
            left = understood(less)
            if left and self._asked.issuperset(left):
                yield less

    def all(self, several: Together, question: Question) -> list[DraftStatement]:
        """The statements of claims that answer together; none unless all can be made.

        Of a figure that the question gives, where no statement of it can be made, the sentence
        that it stands in.
        """
        given = {q.value for q in question.numbers}
        statements: list[DraftStatement] = []
        for claim in several.claims:
            said = self.said(claim, typed=claim.listed is not None)
            made = [said] if said is not None else self._quoted(claim, given)
            if not made:
                return []
            statements += [one for one in made if one not in statements]
        if several.counted and len(statements) == 1:
            count = Message("listed_count", (("n", str(items_shown(statements[0]))),))
            statements.insert(0, note(count, Wording(self._language)))
        if several.of:
            if any(self.said(RecordClaim((one,))) is None for one in several.of):
                return []
            counts = (("n", str(len(statements))), ("total", str(len(several.of))))
            statements.insert(0, note(Message("met_by", counts), Wording(self._language)))
        if several.averaged or several.added:
            records = [r for claim in several.claims for r in claim.records]
            computed = said_average if several.averaged else added_message
            message = computed(records, self._language)
            if message is None or len(statements) != len(records):
                return []
            statements.insert(0, note(message, Wording(self._language)))
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

    def _shared_places(self, held: Sequence[HeldRecord], *, typed: bool) -> frozenset[Place]:
        """Where all of the records stand: one paragraph is enough for a list."""
        shared = shared_places(held)
        if not typed:
            return shared
        # A sentence that names all is read sooner than a sentence for each.
        quotes = {
            place: len({s.quote for one in held for s in one.sources if place_of(s) == place})
            for place in shared
        }
        return frozenset(p for p in shared if quotes[p] == min(quotes.values()))

    def _citable(
        self, one: HeldRecord, shared: frozenset[Place]
    ) -> Iterator[tuple[DraftCitation, Source]]:
        """The sources of a record as citations, best first."""

        def order(source: RecordSource) -> tuple[bool, float]:
            place = place_of(source)
            rank, score, _, _ = self._standing.measured((place,))
            return place not in shared, -(score + rank / 10)

        return citable(sorted(one.sources, key=order), self._voice.text)

    def draft(self, draft: Draft, statements: Iterable[DraftStatement]) -> Draft:
        """The draft with `statements` alone."""
        return replace(draft, statements=tuple(statements), abstained=False, reason=None)

    def against(
        self, draft: Draft, said: DraftStatement, instead: Sequence[DraftStatement]
    ) -> Draft:
        """The record that says otherwise than the question, and what it says instead."""
        refusal = (note(Message("false_premise"), Wording(self._language)), *instead)
        own = [s for s in draft.statements if s.citations] if not draft.abstained else []
        of = {(c.document_id, top_label(c.paragraph)) for c in said.citations}
        room = _BRIEF - word_count(said.text) - sum(word_count(s.text) for s in refusal)
        kept = _within(own, room) if is_of(draft, of) else []
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
        of = {(c.document_id, top_label(c.paragraph)) for c in said.citations}
        if draft.abstained or not is_of(draft, of):
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


def is_of(draft: Draft, those: Iterable[Place]) -> bool:
    """Whether the draft cites one of the places."""
    return bool(places(draft) & set(those))


def places(draft: Draft) -> set[Place]:
    """Where what the draft cites stands."""
    return {(c.document_id, top_label(c.paragraph)) for s in draft.statements for c in s.citations}


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
