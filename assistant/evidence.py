"""What the knowledge holds for a plan: paragraphs, each in the editions that the answer needs."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.knowledge import Knowledge
from assistant.openings import opening_of
from assistant.plan import Plan
from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.mentions import ParagraphReference
from kb.passages import EditionInfo, Passage
from kb.records.record import Record
from kb.records.sources import Source as RecordSource
from kb.references import parse_label
from kb.sentences import printed_part
from kb.views import DocumentSummary

_MOST_DOCUMENTS: Final = 4  # a paragraph number without a document is looked up in so many


@dataclass(frozen=True, slots=True)
class Source:
    """One text of a top-level passage; `parts` are its sub-paragraphs, (label, start, end).

    `opening` is how its document begins: the title and the summary, else the first paragraph.
    """

    passage: Passage
    parts: tuple[tuple[str, int, int], ...] = ()
    opening: str = ""

    @property
    def key(self) -> tuple[str, str, Language, EditionKind, int]:
        """What makes this text this one and no other."""
        p = self.passage
        return p.document_id, p.label, p.language, p.edition, p.version

    def deepest(self, start: int, end: int) -> str:
        """Label of the smallest passage that holds `text[start:end]`."""
        holding = [(e - s, label) for label, s, e in self.parts if s <= start and end <= e]
        return min(holding)[1] if holding else self.passage.label


@dataclass(frozen=True, slots=True)
class Finding:
    """One paragraph with its texts, the best for this reader first. `rank` is from 1.

    `named` says that the question asks for this very paragraph; `part` is the sub-paragraph
    that it asks for.
    """

    sources: tuple[Source, ...]
    rank: int
    score: float
    named: bool = False
    part: str | None = None

    @property
    def document_id(self) -> str:
        """The document that the paragraph belongs to."""
        return self.sources[0].passage.document_id

    @property
    def label(self) -> str:
        """The top-level label."""
        return self.sources[0].passage.label

    def text(self, kind: EditionKind, language: Language | None = None) -> Source | None:
        """The first text of that kind, in that language where one is given."""
        return next(
            (
                s
                for s in self.sources
                if s.passage.edition == kind and language in (None, s.passage.language)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A reviewed record, and the paragraphs that it rests on with the words that say it."""

    record: Record
    sources: tuple[RecordSource, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything an answer may cite. `missing` are the paragraphs asked for that are not held.

    `record_texts` are the texts that the sources of `records` stand in.
    """

    findings: tuple[Finding, ...]
    missing: tuple[ParagraphReference, ...] = ()
    records: tuple[HeldRecord, ...] = ()
    record_texts: tuple[Source, ...] = ()

    @property
    def sources(self) -> Iterable[Source]:
        """Every text of every finding and record."""
        yield from (source for finding in self.findings for source in finding.sources)
        yield from self.record_texts


def gather(plan: Plan, kb: Knowledge) -> Evidence:
    """The paragraphs that the plan names, then those that search finds, each once.

    The named ones in every text that an answer may need, the others in the first of them.
    """
    if plan.question.is_empty or plan.question.foreign:
        return Evidence(())
    hits = kb.search(
        plan.query, k=plan.hits, language=plan.question.reader, documents=_chosen(plan, kb)
    )
    reader = _Reader(kb, plan.question.reader)
    named, missing = _named(plan, kb, reader)
    held = {(f.document_id, f.label) for f in named}
    found = tuple(
        Finding((reader.first(hit.passage),), hit.rank, hit.score)
        for hit in hits
        if (hit.passage.document_id, top_label(hit.passage.label)) not in held
    )
    return Evidence((*named, *found), missing)


def text_of(kb: Knowledge, source: RecordSource) -> Source | None:
    """The text that a record's words stand in; None where it is not held in that edition."""
    if source.language is None or source.edition is None or source.version is None:
        return None
    label = top_label(source.paragraph)
    try:
        passage = kb.passage(
            source.document_id, label, language=source.language, edition=source.edition
        )
    except NotFound:
        return None
    found = (passage.language, passage.edition, passage.version)
    if found != (source.language, source.edition, source.version):
        return None
    return Source(passage, tuple(_parts(kb, passage)))


def source_of(kb: Knowledge, passage: Passage) -> Source:
    """A top-level passage with the places of its sub-paragraphs."""
    return Source(passage, tuple(_parts(kb, passage)))


def completed(
    evidence: Evidence, chosen: Collection[Finding], plan: Plan, kb: Knowledge
) -> Evidence:
    """The evidence where the `chosen` findings have every text that an answer may need."""
    reader = _Reader(kb, plan.question.reader)
    findings = tuple(
        reader.completed(f) if f in chosen and not f.named else f for f in evidence.findings
    )
    return replace(evidence, findings=findings)


def _chosen(plan: Plan, kb: Knowledge) -> Sequence[str] | None:
    """The documents to search: those that were chosen, else those whose symbol the question has."""
    symbols = set(plan.question.symbols)
    if plan.documents is not None or not symbols:
        return plan.documents
    named = [
        d.document_id
        for d in kb.documents()
        if symbols & {d.document_id, *d.symbols} and d.status == "current"
    ]
    return named or None


@lru_cache(maxsize=20_000)
def top_label(label: str) -> str:
    """The label of the top-level passage: "8" for "8(b)"."""
    try:
        return parse_label(label).top
    except ValueError:
        return label


class _Reader:
    """Reads paragraphs in the editions that serve one reader."""

    def __init__(self, kb: Knowledge, language: Language) -> None:
        self._kb = kb
        self._language: Language = language
        self._found: dict[str, tuple[list[EditionInfo], ...]] = {}

    def first(self, found: Passage) -> Source:
        """The text to read of what search found: what it shows, unless another serves better."""
        own = found.language == self._language
        if own and (found.edition == "original" or not self._has_own(found.document_id)):
            return Source(found, opening=opening_of(self._kb, found))
        try:
            return self.sources(found.document_id, top_label(found.label), found)[0]
        except NotFound:
            return Source(found, opening=opening_of(self._kb, found))

    def completed(self, found: Finding) -> Finding:
        """The finding with every text that the answer may need, its first one first."""
        passage = found.sources[0].passage
        try:
            sources = self.sources(passage.document_id, top_label(passage.label), passage)
        except NotFound:
            return found
        return replace(found, sources=sources) if sources[0].key == found.sources[0].key else found

    def _has_own(self, document_id: str) -> bool:
        return bool(self._wanted(document_id)[0])

    def sources(
        self, document_id: str, label: str, known: Passage | None = None
    ) -> tuple[Source, ...]:
        """The reader's own original, else the digest she reads best and an original to quote.

        `known` is a text already at hand. Raises NotFound if the paragraph is in none.
        """
        read: tuple[Source, ...] = ()
        for editions in self._wanted(document_id):
            read = read or self._read(document_id, label, editions, known)
        if not read:
            raise NotFound(f'{document_id} has no passage "{label}"')
        return read

    def _read(
        self, document_id: str, label: str, editions: Sequence[EditionInfo], known: Passage | None
    ) -> tuple[Source, ...]:
        read: list[Source] = []
        for info in editions:
            try:
                read.append(self._source(document_id, label, info, known))
            except NotFound:
                continue
        return tuple(read)

    def _source(
        self, document_id: str, label: str, info: EditionInfo, known: Passage | None
    ) -> Source:
        passage = known
        if passage is None or (passage.label, passage.language, passage.edition) != (
            label,
            info.language,
            info.kind,
        ):
            passage = self._kb.passage(
                document_id, label, language=info.language, edition=info.kind
            )
        if passage.language != info.language:
            # The language is only a wish: the paragraph is not in this edition.
            raise NotFound(f'{document_id} has no passage "{label}" in {info.language}')
        return Source(passage, tuple(_parts(self._kb, passage)), opening_of(self._kb, passage))

    def _wanted(self, document_id: str) -> tuple[list[EditionInfo], ...]:
        """The reader's own originals; where they do not help, a digest and an original; then any
        text at all, for an edition need not hold every paragraph."""
        found = self._found.get(document_id)
        if found is None:
            found = self._found[document_id] = self._editions(document_id)
        return found

    def _editions(self, document_id: str) -> tuple[list[EditionInfo], ...]:
        editions = [e for e in self._kb.editions(document_id) if e.status == "current"]
        originals = [e for e in editions if e.kind == "original"]
        digests = [e for e in editions if e.kind == "digest"]
        own = [e for e in originals if e.language == self._language]
        helping = [*self._readable(digests)[:1], *self._readable(originals)[:1]]
        return own, helping, self._readable(editions)

    def _readable(self, editions: Sequence[EditionInfo]) -> list[EditionInfo]:
        """The reader's language first, then English, then what there is."""
        return sorted(editions, key=lambda e: (e.language != self._language, e.language != "en"))


def _parts(kb: Knowledge, passage: Passage) -> Iterator[tuple[str, int, int]]:
    for label in passage.subparagraphs:
        try:
            part = kb.passage(
                passage.document_id, label, language=passage.language, edition=passage.edition
            )
        except NotFound:
            # A number that the source has twice: its parts cannot be told apart by label.
            continue
        yield label, part.start, part.start + len(part.text)


def _named(
    plan: Plan, kb: Knowledge, reader: _Reader
) -> tuple[tuple[Finding, ...], tuple[ParagraphReference, ...]]:
    findings: list[Finding] = []
    missing: list[ParagraphReference] = []
    documents = kb.documents() if plan.lookups else ()
    asked = next(iter(plan.question.sessions), None)
    for reference in plan.lookups:
        if reference.symbol is None and reference.session is None:
            reference = replace(reference, session=asked)
        before = len(findings)
        for document in _candidates(reference, documents, plan)[:_MOST_DOCUMENTS]:
            try:
                sources = reader.sources(document.document_id, top_label(reference.label))
            except NotFound:
                continue
            part = reference.label if reference.label != sources[0].passage.label else None
            if part is None or _has_part(sources, part):
                findings.append(Finding(sources, len(findings) + 1, 1.0, named=True, part=part))
        if len(findings) == before:
            missing.append(reference)
    return tuple(findings), tuple(missing)


def _has_part(sources: Iterable[Source], part: str) -> bool:
    """Whether a text knows the sub-paragraph or, as digests do, prints its mark."""
    return any(
        any(label == part for label, _, _ in s.parts) or printed_part(s.passage.text, part)
        for s in sources
    )


def _candidates(
    reference: ParagraphReference, documents: Sequence[DocumentSummary], plan: Plan
) -> list[DocumentSummary]:
    """The documents that the reference may mean; of no document named, every one."""
    open_ones = [
        d
        for d in documents
        if d.status != "withdrawn"
        and d.visibility == "public"
        and (plan.documents is None or {d.document_id, *d.symbols} & set(plan.documents))
    ]
    if reference.symbol:
        named = [d for d in open_ones if reference.symbol in (d.document_id, *d.symbols)]
        return [_in_force(d, documents) for d in named]
    if reference.session:
        return [d for d in open_ones if d.session == reference.session and d.status == "current"]
    return [d for d in open_ones if d.status == "current"]


def _in_force(document: DocumentSummary, documents: Sequence[DocumentSummary]) -> DocumentSummary:
    return next((d for d in documents if d.document_id == document.superseded_by), document)
