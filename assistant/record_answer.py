"""Records first: what they say exactly stands before the words of the paragraphs."""

from collections.abc import Sequence
from functools import partial
from threading import Lock
from typing import Final, Protocol, runtime_checkable

from assistant.compose import shortened
from assistant.corrections import correction
from assistant.drafts import Draft, Message, note
from assistant.evidence import Evidence, HeldRecord, Source, text_of, top_label
from assistant.knowledge import Remembering
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.record_bodies import bodies, counted_bodies
from assistant.record_checks import checked
from assistant.record_choice import Chosen, Standing, chosen, clear
from assistant.record_claims import RecordClaim
from assistant.record_extremes import activities, counted_activities
from assistant.record_fit import fit
from assistant.record_givers import givers
from assistant.record_index import Entry, Match, RecordIndex, RecordReader, read_index
from assistant.record_lists import members
from assistant.record_membership import membership_of
from assistant.record_occasions import occasion
from assistant.record_participants import participants
from assistant.record_premises import refuting
from assistant.record_sets import together
from assistant.record_speaker import RecordSpeaker, is_of, places
from assistant.record_states import states_compared
from assistant.record_together import Together
from kb.languages import Language
from kb.records.record import Record
from kb.records.sources import Source as RecordSource
from kb.wording import Wording

_BESIDE: Final = 0.15  # probability of a record that is said where the best sentence says it too
_BESIDE_WORDS: Final = 0.3  # … where no figure or date is asked for
_INSTEAD: Final = 0.7  # … that takes the place of sentences of another paragraph
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
        if draft.reason in ("off_topic", "unclear_question") or _counts_items(draft):
            return draft, evidence
        if _is_verdict(draft):
            return draft, evidence
        index = self._read()
        matches = self._matches(plan, question.text)
        if not matches:
            return draft, evidence
        standing = Standing(question, evidence.findings, rankings.of(question))
        speaker = RecordSpeaker(
            self, question.reader, standing, self._vocabulary, question.concepts
        )
        first = next((c for s in draft.statements for c in s.citations), None)
        row = (first.document_id, top_label(first.paragraph)) if first else None
        several = (
            checked(question, index)
            or givers(question, index)
            or participants(question, index)
            or occasion(question, index, self._vocabulary)
            or members(question, index)
            or activities(question, index)
            or counted_activities(question, index)
            or together(question, matches, index, row)
            or counted_bodies(question, index, _shares(rankings.of(question)))
        )
        sides = states_compared(question, index, row) if row else None
        for each in (several, sides):
            statements = speaker.all(each, question) if each is not None else []
            if statements:
                return speaker.draft(draft, statements), speaker.evidence(evidence)
        told = membership_of(question, index)
        if told is not None:
            statements = speaker.all(told.together, question)
            if statements:
                if not told.inside:
                    name = question.text[told.name.start : told.name.end]
                    absent = Message("not_among", (("name", name),))
                    statements.insert(0, note(absent, Wording(question.reader)))
                return speaker.draft(draft, statements), speaker.evidence(evidence)
        refuted = refuting(
            question, matches, partial(self._matches, plan), rankings.of(question), places(draft)
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
        listed = bodies(question, index)
        if listed is not None and (best is None or not _says(best.entry, listed)):
            statements = speaker.all(listed, question)
            if statements:
                return speaker.draft(draft, statements), speaker.evidence(evidence)
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


def _shares(ranked: Sequence[Candidate]) -> dict[tuple[str, str], float]:
    """How much of what is asked about each paragraph found speaks of."""
    return {(c.finding.document_id, c.finding.label): c.coverage.share for c in ranked}


def _says(entry: Entry, listed: Together) -> bool:
    """Whether an entry has all of a list."""
    records = {record.id for claim in listed.claims for record in claim.records}
    return records <= {record.id for record in entry.records}


def _counts_items(draft: Draft) -> bool:
    first = draft.statements[0].message if draft.statements else None
    return first is not None and first.key == "listed_count"


def _is_verdict(draft: Draft) -> bool:
    """Whether it says already that something is not among those listed, or what each place says."""
    first = draft.statements[0].message if draft.statements else None
    return first is not None and first.key in ("not_among", "both_say", "same_thing")


def _is_chosen(match: Match, plan: Plan) -> bool:
    """Whether the documents chosen give the record."""
    return plan.documents is None or any(d in plan.documents for d, _ in match.entry.places)


def _is_wanted(question: Question) -> bool:
    return question.kind not in _SHORT_KINDS or question.is_pointed or question.wants_items


def _best(ranked: Sequence[Chosen], draft: Draft, question: Question) -> Chosen | None:
    """The likeliest record of the paragraphs that the draft cites, or one that is far likelier."""
    if not ranked:
        return None
    if draft.abstained and fit(question, ranked[0].entry).years < 0:
        return None  # a figure of 2024 does not answer for 2019 where no sentence does
    if ranked[0].probability >= (_UNAIDED if draft.abstained else _INSTEAD):
        return ranked[0]
    if draft.abstained:
        return None
    least = _BESIDE if question.wants_quantity else _BESIDE_WORDS
    for one in ranked:
        if one.probability < least:
            return None
        if is_of(draft, one.entry.places):
            return one
    return None
