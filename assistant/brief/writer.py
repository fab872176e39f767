"""A topic in, a briefing note out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Final, Protocol

from assistant.answer import Citation, Statement
from assistant.brief.dossier import Dossier, collect
from assistant.brief.drafting import DraftSection, Line, Remark, Voice
from assistant.brief.gate import BriefGate
from assistant.brief.note import Brief, Section, SectionKey, SourceEntry
from assistant.brief.sections.changes import Comparing, changes
from assistant.brief.sections.context import context
from assistant.brief.sections.decisions import decisions
from assistant.brief.sections.figures import funding, key_figures
from assistant.brief.sections.gaps import gaps
from assistant.brief.sections.progress import progress
from assistant.brief.sections.questions import questions
from assistant.brief.sections.roles import roles
from assistant.brief.topic import NameReader, read_topic
from assistant.brief.vocabulary import RememberedNames
from assistant.brief.words import BriefWords
from assistant.knowledge import Knowledge, Remembering
from assistant.question import Vocabulary
from assistant.record_answer import RecordVoice
from assistant.record_index import RecordIndex, RecordReader, read_index
from kb.languages import Language
from kb.records.naming import shipped_names
from kb.records.times import date_in_words
from kb.wording import Wording

_UNTITLED: Final = 200  # characters of a topic in a title


class BriefRecords(RecordReader, Comparing, Protocol):
    """The part of `kb.records.Records` that notes need."""


class BriefKnowledge(Knowledge, Protocol):
    """The part of the knowledge base that notes need."""

    @property
    def records(self) -> BriefRecords:
        """The records."""


class Briefer:
    """Writes notes from a knowledge base. Safe to share between threads."""

    def __init__(self, knowledge: BriefKnowledge, vocabulary: Vocabulary) -> None:
        self._kb = Remembering(knowledge)
        self._reader = knowledge.records
        self._vocabulary = vocabulary = RememberedNames(vocabulary)
        self._voice = RecordVoice(self._kb, knowledge.records, vocabulary)
        self._names = NameReader(vocabulary, shipped_names())
        self._lock = Lock()
        self._generation: int | None = None
        self._index: RecordIndex | None = None
        self._named: tuple[str, ...] = ()

    def write(
        self,
        topic: str,
        language: Language | None = None,
        dated: date | None = None,
        wanted: Collection[SectionKey] | None = None,
    ) -> Brief:
        """The note on `topic` in `language` (the topic's own when not given); with `wanted` only
        those sections and the sources.

        A topic of which the documents say nothing gives a note that says so; so does one of which
        they say nothing that belongs in a section wanted.
        """
        index = self._read()
        read = read_topic(
            topic, language, self._vocabulary, self._kb.documents(), self._names, self._named
        )
        dossier = collect(read, self._kb, index, self._vocabulary, dated)
        if dossier.is_empty:
            return _unknown(topic, read.language, dated)
        voice = Voice(self._kb, self._voice, read.language, self._vocabulary, dossier.places)
        voice.prepare([index.by_id[one] for one in dossier.weights])
        drafts = list(self._drafts(dossier, voice))
        evidence = replace(dossier.evidence, records=voice.used, record_texts=voice.texts)
        gate = BriefGate(dossier, evidence, self._vocabulary, self._reader)
        sections = [one for draft in drafts if (one := gate.section(draft)) is not None]
        if not any(s.citations for section in sections for s in section.statements):
            return _unknown(topic, read.language, dated)
        words = BriefWords(read.language)
        if wanted is not None:
            sections = [one for one in sections if one.key in wanted] or [_nothing_wanted(words)]
        sections, citations = _renumbered(sections, gate.citations)
        sources = tuple(_sources(citations, read.language))
        if sources:
            sections.append(Section("sources", words.say("section_sources")))
        return Brief(
            topic,
            read.language,
            words.say("title", topic=_title(topic)),
            _subtitle(read.language, dated),
            tuple(sections),
            citations,
            sources,
            dated=dated,
        )

    def _drafts(self, dossier: Dossier, voice: Voice) -> Iterable[DraftSection]:
        """The sections in the order of the note."""
        figures, more_figures = key_figures(dossier, voice)
        who, more_roles = roles(dossier, voice)
        asked, more_asked = decisions(dossier, voice)
        for section, left in (
            (context(dossier, self._vocabulary), 0),
            (figures, more_figures),
            (who, more_roles),
            (funding(dossier, voice), 0),
            (progress(dossier, voice), 0),
            (changes(dossier, voice, self._reader), 0),
            (asked, more_asked),
            (gaps(dossier, voice, self._reader), 0),
            (questions(dossier, voice), 0),
        ):
            if section is not None:
                yield _with_rest(section, left)

    def _read(self) -> RecordIndex:
        generation = self._kb.generation
        with self._lock:
            if self._index is None or generation != self._generation:
                self._index = read_index(self._reader, self._vocabulary)
                self._named = tuple(sorted({n for e in self._index.entries for n in e.names}))
                self._generation = generation
            return self._index


def _with_rest(section: DraftSection, left: int) -> DraftSection:
    """The section with a line that says how much is left out."""
    if not left:
        return section
    rest: tuple[Line, ...] = (Remark("left_out", count=left),)
    return replace(section, notes=(*section.notes, *rest))


def _renumbered(
    sections: list[Section], citations: Sequence[Citation]
) -> tuple[list[Section], tuple[Citation, ...]]:
    """Without the citations of statements that fell with others, numbered as they come."""
    by_number = {one.n: one for one in citations}
    used = dict.fromkeys(n for one in sections for s in one.statements for n in s.citations)
    new = {old: at for at, old in enumerate(used, 1)}

    def statements(some: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(replace(s, citations=tuple(new[n] for n in s.citations)) for s in some)

    def section(one: Section) -> Section:
        table, chart = one.table, one.chart
        if table is not None:
            rows = (replace(row, statements=statements(row.statements)) for row in table.rows)
            table = replace(table, rows=tuple(rows))
        if chart is not None:
            bars = (replace(bar, statements=statements(bar.statements)) for bar in chart.bars)
            chart = replace(chart, bars=tuple(bars))
        lines, notes = statements(one.lines), statements(one.notes)
        return replace(one, lines=lines, table=table, chart=chart, notes=notes)

    kept = tuple(replace(by_number[old], n=at) for old, at in new.items())
    return [section(one) for one in sections], kept


def _nothing_wanted(words: BriefWords) -> Section:
    text = words.say("nothing_wanted")
    return Section("context", words.say("section_context"), (Statement(text, "note"),))


def _unknown(topic: str, language: Language, dated: date | None) -> Brief:
    words = BriefWords(language)
    text = words.say("unknown_topic", topic=_title(topic))
    section = Section("context", words.say("section_context"), (Statement(text, "note"),))
    title = words.say("title", topic=_title(topic))
    return Brief(
        topic,
        language,
        title,
        _subtitle(language, dated),
        (section,),
        abstained=True,
        dated=dated,
    )


def _title(topic: str) -> str:
    plain = " ".join(topic.split())
    return plain if len(plain) <= _UNTITLED else plain[: _UNTITLED - 1].rstrip() + "…"


def _subtitle(language: Language, dated: date | None) -> str:
    words = BriefWords(language)
    if dated is None:
        return words.say("undated")
    return words.say("dated", date=date_in_words(dated.isoformat(), language))


def _sources(citations: Iterable[Citation], language: Language) -> Iterable[SourceEntry]:
    """One entry for each paragraph of one text, in the order of the citations."""
    words, wording = BriefWords(language), Wording(language)
    groups: dict[tuple[str, str, str, int], list[Citation]] = {}
    for one in citations:
        key = (one.label, one.language, one.edition, one.version)
        groups.setdefault(key, []).append(one)
    for n, some in enumerate(groups.values(), 1):
        first = some[0]
        edition = words.say(
            f"edition_{first.edition}", language=wording.language_name(first.language)
        )
        ordered = sorted(some, key=lambda one: one.start)
        yield SourceEntry(
            n,
            first.label,
            edition,
            first.url,
            tuple(one.quote for one in _outermost(ordered)),
            tuple(one.n for one in some),
        )


def _outermost(citations: Iterable[Citation]) -> list[Citation]:
    """Those that are not inside another of the same text."""
    some = list(citations)
    return [
        one
        for one in some
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.n != one.n
            and (other.end - other.start, -other.n) > (one.end - one.start, -one.n)
            for other in some
        )
    ]
