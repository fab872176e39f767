"""Parts of a note before the gate, and the voice that makes them from records and texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answer import StatementKind
from assistant.brief.note import SectionKey
from assistant.brief.summaries import summary_sources
from assistant.brief.whose import is_misplaced
from assistant.drafts import DraftCitation, DraftStatement, joined
from assistant.evidence import HeldRecord, Source
from assistant.knowledge import Knowledge
from assistant.question import Vocabulary
from assistant.record_answer import RecordVoice
from assistant.record_citing import citable, place_of, shared_places
from assistant.record_claims import OMISSIBLE, RecordClaim, in_words
from assistant.record_support import is_of_others, unsupported
from kb.errors import NotFound
from kb.languages import Language
from kb.records.clauses import Finder, find_anchor
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.sources import Source as RecordSource
from kb.sentences import Span, clauses, word_count
from kb.terms import load_terms
from kb.wording import Wording


@dataclass(frozen=True, slots=True)
class Point:
    """A statement, and the message (`kb/data/brief_messages.csv`) that stands around it."""

    draft: DraftStatement
    frame: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What the note says of its own accord: a message without citations. The gate works out anew
    whether it is so. `about` are ids of the records or documents that it speaks of."""

    key: str
    values: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Statements that stand or fall together: two figures set beside each other, with the remark
    before them."""

    points: tuple[Point, ...]
    remark: Remark | None = None


Line = Point | Remark | Together


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A table row: each cell is pieces of its statements, and the row goes where one of these
    does not pass or does not hold a piece."""

    cells: tuple[tuple[str, ...], ...]
    drafts: tuple[DraftStatement, ...]


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table; `caption` and `columns` are keys of messages."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True)
class DraftBar:
    """An activity with the records of how many are how far."""

    label: str
    records: tuple[Record, ...]
    drafts: tuple[DraftStatement, ...]


@dataclass(frozen=True, slots=True)
class DraftChart:
    """Stacked bars of the activities of the programme `name`."""

    name: str
    bars: tuple[DraftBar, ...]


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section before the gate; `notes` stand after its table and chart."""

    key: SectionKey
    lines: tuple[Line, ...] = ()
    table: DraftTable | None = None
    chart: DraftChart | None = None
    notes: tuple[Line, ...] = ()


_LONGEST: Final = 90.0  # words of a quoted sentence
_LEAD: Final = 40.0  # … of the beginning of a longer one
_EDGES: Final = " ,;:，；：،؛"


class Voice:
    """Makes the statements of one note, and keeps what they rest on."""

    def __init__(
        self,
        kb: Knowledge,
        records: RecordVoice,
        language: Language,
        vocabulary: Vocabulary,
        places: Iterable[tuple[str, str]],
    ) -> None:
        """`places` are paragraphs about the topic: of several that give a record, these are
        cited."""
        self._kb = kb
        self._records = records
        self._finder = Finder(load_terms())
        self._said: dict[tuple[object, ...], DraftStatement | None] = {}
        self._language: Language = language
        self._vocabulary = vocabulary
        self._places = frozenset(places)
        self._used: dict[str, HeldRecord] = {}
        self._texts: dict[object, Source] = {}

    @property
    def used(self) -> tuple[HeldRecord, ...]:
        """The records spoken of."""
        return tuple(self._used.values())

    @property
    def texts(self) -> tuple[Source, ...]:
        """The texts that their words stand in."""
        return tuple(self._texts.values())

    def prepare(self, records: Sequence[Record]) -> None:
        """Reads the sources of many records at once."""
        self._records.held(records, self._language)

    def said(self, claim: RecordClaim) -> DraftStatement | None:
        """The statement of a claim; None where its records have nothing that can be cited, or the
        words cited do not say it.

        The originals' words first; where these alone do not bear it out, those of LandBrief's
        summary in the reader's language.
        """
        known = (tuple(one.id for one in claim.all_records), claim.listed, claim.operation)
        if known not in self._said:
            self._said[known] = self._made(claim)
        return self._said[known]

    def _made(self, claim: RecordClaim) -> DraftStatement | None:
        held = self._records.held(claim.all_records, self._language)
        for one in (held, [self._with_summaries(record) for record in held]):
            draft = self._drafted(claim, one)
            if draft is not None:
                return draft
        return None

    def quoted(self, record: Record) -> DraftStatement | None:
        """The words themselves that say a record, where `said` may not: the reader's own original,
        else LandBrief's summary in her language."""
        own = [
            one
            for one in self._records.held((record,), self._language)[0].sources
            if one.language == self._language and one.standing == "current"
        ]
        for one in (*own, *summary_sources(record, self._kb, self._language, self._finder)):
            text = self._records.text(one)
            if text is None or one.start is None or one.end is None:
                continue
            whole = Span(one.start, one.end)
            wording = Wording(self._language)
            quote = whole.of(text.passage.text)
            found = find_anchor(quote, one.anchor) or self._finder.find(
                record, one.anchor, quote, self._language
            )
            if found is None or quote.rstrip().endswith((":", "：")):
                continue
            place = whole.start + found[0]
            spans = _shortened(text.passage.text, whole, place, self._language)
            self._texts[text.key] = text
            return joined(text, spans, whole, wording, self._language)
        return None

    def _with_summaries(self, held: HeldRecord) -> HeldRecord:
        """The record with the summaries as its only sources."""
        found = summary_sources(held.record, self._kb, self._language, self._finder)
        return replace(held, sources=tuple(found))

    def _drafted(self, claim: RecordClaim, held: Sequence[HeldRecord]) -> DraftStatement | None:
        shared = shared_places(held)
        each = [list(self._cited(one, shared)) for one in held]
        if not all(each):
            return None
        # Of one record any source will do that says it; of several the first of each.
        choices = [[one] for one in each[0]] if len(each) == 1 else [[some[0] for some in each]]
        for chosen in choices:
            citations = dict.fromkeys(citation for citation, _ in chosen)
            texts = [text for _, text in chosen]
            spoken = self._supported(claim, texts, tuple(citations))
            if spoken is None:
                continue
            text, said = spoken
            for one in held:
                known = self._used.get(one.record.id)
                sources = (*(known.sources if known else ()), *one.sources)
                self._used[one.record.id] = replace(one, sources=tuple(dict.fromkeys(sources)))
            self._texts.update((one.key, one) for one in texts)
            kind: StatementKind = "record" if claim.operation is None else "computed"
            return DraftStatement(text, kind, tuple(citations), claim=said)
        return None

    def _supported(
        self, claim: RecordClaim, texts: Sequence[Source], cited: Sequence[DraftCitation]
    ) -> tuple[str, RecordClaim] | None:
        """The words of the claim without the dates and wholes that the paragraphs do not say."""
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
        vocabulary = self._vocabulary
        if lacking or is_of_others(text, claim, self._language, passages, quotes, vocabulary):
            return None
        if is_misplaced(text, self._language, passages, vocabulary):
            return None
        return text, claim

    def _cited(
        self, one: HeldRecord, shared: frozenset[tuple[str, str]]
    ) -> Iterator[tuple[DraftCitation, Source]]:
        """The words of each source that gives the record, the best first."""

        def order(source: RecordSource) -> tuple[bool, bool, bool]:
            place = place_of(source)
            return place not in shared, place not in self._places, place[1] == "summary"

        return citable(sorted(one.sources, key=order), self._records.text)


def _shortened(text: str, whole: Span, place: int, language: Language) -> tuple[Span, ...]:
    """The sentence; of a long one its beginning and the clause at `place`."""
    lead = beginning(text, whole, language)
    found = next((one for one in clauses(text, whole, language) if place < one.end), whole)
    if lead == whole or found.start < lead.end:
        return (lead,)
    return lead, Span(found.start, found.start + len(found.of(text).rstrip(_EDGES)))


def beginning(text: str, sentence: Span, language: Language) -> Span:
    """The sentence; of a long one the clauses at its beginning."""
    if word_count(sentence.of(text)) <= _LONGEST:
        return sentence
    lead, *rest = clauses(text, sentence, language)
    for part in rest:
        longer = Span(lead.start, part.end)
        if word_count(longer.of(text)) > _LEAD:
            break
        lead = longer
    return Span(lead.start, lead.start + len(lead.of(text).rstrip(_EDGES)))
