"""What the knowledge holds on a topic: its records and paragraphs, each with its relevance."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from assistant.brief.topic import Topic
from assistant.evidence import Evidence, Finding, gather, top_label
from assistant.knowledge import Remembering
from assistant.plan import Plan
from assistant.question import Vocabulary
from assistant.record_index import Entry, Match, RecordIndex
from kb.analysis import index_tokens, query_tokens, stop_words
from kb.languages import Language
from kb.records.columns import amount_column, name_columns
from kb.records.kinds import RecordKind
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.values import dates_of
from kb.references import parse_label
from kb.views import DocumentSummary

HITS: Final = 60  # paragraphs asked of search
ENOUGH: Final = 0.5  # relevance of a record that is said
_MATCHES: Final = 400
_OWN: Final = 1.0  # … of one that is about a subject of the topic itself
_HEADED: Final = 1.0  # the heading above the paragraph names the topic
_UNDER: Final = 0.7  # … one further up
_OPENS: Final = 0.8  # the paragraph's beginning does
_HEADING: Final = 0.5  # the heading alone
_NAMES: Final = 0.45  # the paragraph somewhere
_OPENING: Final = 160  # characters of a paragraph's beginning
_SHARE: Final = 0.6  # of a free topic's words that a paragraph has
_RELATED: Final = 0.6  # share of the topic's words in the names of a record about another
_NEAR: Final = 0.5  # of the best score, from which a paragraph is near a free topic
_FEW: Final = 6  # documents that are each searched for a topic that they may not name
_LEAST_SHARED: Final = 0.3  # share of a free topic's words, below which no record is on it
_CALLED: Final = 0.4  # added to records of a kind that the topic asks for
_NEARLY_ALL: Final = 0.9
_DENSE: Final = 0.85  # relevance of a paragraph that gives several of them
_SEVERAL: Final = 3
_ALONE: Final = 0.5  # … where no paragraph is
_LAST: Final = 10**6  # sorts behind every number
_REPEATED: Final = 4  # paragraphs that give a record of the greatest importance

_WORD: Final = re.compile(r"[^\W\d_]{3,}")

Place = tuple[str, str]
"""A document and the label of a top-level passage."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a note may say. `weights` is the relevance of each record that is at all
    relevant, in (0, 2]; `places` that of paragraphs, in (0, 1]. `documents` are those that speak
    of the topic, the latest first; `held` all that may be cited, `silent` the ids of those that
    were searched and name none of the topic's subjects; `now` is the latest day that is known of:
    the note's own, or that of the latest figure. `unknown` are words of the topic that none of the
    paragraphs found has."""

    topic: Topic
    index: RecordIndex
    weights: Mapping[str, float]
    places: Mapping[Place, float]
    evidence: Evidence
    documents: tuple[DocumentSummary, ...]
    held: tuple[DocumentSummary, ...]
    silent: frozenset[str] = frozenset()
    now: date | None = None
    unknown: tuple[str, ...] = ()

    def records(self, *kinds: RecordKind, least: float = ENOUGH) -> list[Record]:
        """The relevant records of some kinds, the most relevant first."""
        found = [
            one
            for key, weight in self.weights.items()
            if weight >= least and (one := self.index.by_id[key]).kind in kinds
        ]
        return sorted(found, key=lambda one: (-self.weights[one.id], place_order(one), one.id))

    def findings(self) -> list[Finding]:
        """The paragraphs about the topic, the most relevant first."""
        about = [f for f in self.evidence.findings if (f.document_id, f.label) in self.places]
        return sorted(about, key=lambda f: (-self.places[f.document_id, f.label], f.rank))

    @property
    def name(self) -> str:
        """The topic in words: its first subject's name, else the topic as it was given."""
        subjects = self.topic.subjects
        return (
            shipped_names().name(subjects[0], self.topic.language) if subjects else self.topic.text
        )

    def is_direct(self, record: Record) -> bool:
        """Whether the record is about a subject of the topic itself."""
        subjects = set(self.topic.subjects)
        return any(
            bool(subjects & set(str(value).split()))
            for column in name_columns(record.kind)
            if column.name != "unit" and (value := getattr(record.statement, column.name))
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held on the topic."""
        return not self.places and not any(w >= ENOUGH for w in self.weights.values())


def place_order(record: Record) -> tuple[str, int, int, str]:
    """Sorts records as their first paragraphs stand in the documents."""
    first = record.sources[0]
    return first.document_id, *label_order(first.paragraph), first.paragraph


def label_order(label: str) -> tuple[int, int]:
    """The numbers of a paragraph and of a table's row, to sort by; what has none comes last."""
    try:
        parsed = parse_label(label)
    except ValueError:
        return _LAST, 0
    digits = (parsed.number or "").split(".")[0]
    row = parsed.row or "0"
    return int(digits) if digits.isdigit() else _LAST, int(row) if row.isdigit() else 0


def collect(
    topic: Topic,
    kb: Remembering,
    index: RecordIndex,
    vocabulary: Vocabulary,
    dated: date | None = None,
) -> Dossier:
    """The dossier on a topic."""
    held = tuple(
        one for one in kb.documents() if one.status == "current" and one.visibility == "public"
    )
    plan = Plan(topic.question, (), topic.text, topic.documents or None, HITS)
    evidence = gather(plan, kb)
    places = _places(topic, evidence, vocabulary)
    matches = _matches(topic, index)
    kinds = frozenset[RecordKind]() if topic.subjects else called_kinds(matches, index)
    dense = _dense_places(index, kinds, topic)
    weights = _Weights(topic, index, places, dense, matches, kinds).all()
    about = {document for document, _ in places} | {
        anchor.document_id
        for key, weight in weights.items()
        if weight >= (_OWN if topic.subjects else ENOUGH)
        for anchor in index.by_id[key].sources
    }
    if topic.is_document:
        about = set(topic.documents)
    order = latest_first(held, index)
    documents = tuple(one for one in order if one.document_id in about)
    figures = (getattr(one.statement, "as_of", None) for one in index.by_id.values())
    days = [dates_of(one)[1] for one in figures if one]
    now = max((*days, *((dated,) if dated else ())), default=None)
    unknown = unknown_words(topic, evidence, vocabulary)
    silent = frozenset[str]()
    if topic.subjects and not topic.documents and len(held) <= _FEW:
        silent = frozenset(
            one.document_id
            for one in held
            if one.document_id not in about and not _names(topic, one.document_id, kb, vocabulary)
        )
    return Dossier(topic, index, weights, places, evidence, documents, order, silent, now, unknown)


def _names(topic: Topic, document: str, kb: Remembering, vocabulary: Vocabulary) -> bool:
    """Whether a paragraph that a search of the document alone finds names a subject."""
    hits = kb.search(topic.text, k=HITS, language=topic.language, documents=[document])
    wanted = set(topic.subjects)
    return any(
        wanted & set(vocabulary.concepts(text, hit.passage.language))
        for hit in hits
        for text in (hit.passage.text, *hit.passage.heading_path)
    )


def unknown_words(topic: Topic, evidence: Evidence, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a topic, beside names and common words, that no paragraph found has; of a topic
    in the language of the note, and not in Chinese, which does not part its words."""
    language = topic.question.language
    if language != topic.language or language == "zh" or topic.documents:
        return ()
    known = {
        token
        for finding in evidence.findings
        for text in (finding.sources[0].passage.text, *finding.sources[0].passage.heading_path)
        for token in _tokens(text, language)
    }
    mentions = vocabulary.find(topic.text, language)
    found = []
    for match in _WORD.finditer(topic.text):
        inside = any(m.start < match.end() and match.start() < m.end for m in mentions)
        tokens = index_tokens(match[0], language)
        if not inside and tokens and match[0].lower() not in stop_words():
            found += [match[0]] if not known & set(tokens) else []
    return tuple(dict.fromkeys(found))


def latest_first(
    documents: Sequence[DocumentSummary], index: RecordIndex
) -> tuple[DocumentSummary, ...]:
    """Documents by the latest date at which one of their figures stands: that of the document
    itself is not kept."""
    latest: dict[str, str] = {}
    for record in index.by_id.values():
        as_of = getattr(record.statement, "as_of", None) or ""
        for anchor in record.sources:
            latest[anchor.document_id] = max(latest.get(anchor.document_id, ""), as_of)
    by_id = sorted(documents, key=lambda one: one.document_id)
    return tuple(sorted(by_id, key=lambda one: latest.get(one.document_id, ""), reverse=True))


def _places(topic: Topic, evidence: Evidence, vocabulary: Vocabulary) -> dict[Place, float]:
    """How far each paragraph found is about the topic."""
    found: dict[Place, float] = {}
    near: dict[Place, float] = {}
    best = max((one.score for one in evidence.findings), default=0.0)
    for finding in evidence.findings:
        passage = finding.sources[0].passage
        place = (finding.document_id, finding.label)
        if topic.documents and finding.document_id not in topic.documents:
            continue
        speaks = _Speaks(topic, passage.language, vocabulary)
        degree = _degree(passage.heading_path, passage.text, speaks)
        if topic.is_document:
            degree = max(degree, 1.0 if finding.label == "summary" else _NAMES)
        elif not topic.subjects and finding.score >= _NEAR * best:
            near[place] = _OPENS * finding.score / best
        if degree:
            found[place] = degree
    # What is near in meaning alone counts only beside what has the topic's words.
    return near | found if found else {}


def _degree(headings: Sequence[str], text: str, speaks: "_Speaks") -> float:
    """By where a paragraph names the topic; one that only a heading puts under it may be about
    something else."""
    opens, names = speaks.of(text[:_OPENING]), speaks.of(text)
    nearest = bool(headings) and speaks.of(headings[-1])
    upper = speaks.of("\n".join(headings[:-1]))
    if nearest:
        return _HEADED if names else _HEADING
    if opens:
        return _OPENS
    if names:
        return _UNDER if upper else _NAMES
    return 0.0


@lru_cache(maxsize=4_000)
def _tokens(text: str, language: Language | None) -> frozenset[str]:
    return frozenset(index_tokens(text, language))


class _Speaks:
    """Whether texts of a language speak of a topic."""

    def __init__(self, topic: Topic, language: str, vocabulary: Vocabulary) -> None:
        self._topic = topic
        self._language = language
        self._vocabulary = vocabulary
        asked = topic.question.language
        self._words = query_tokens(topic.text, asked, lambda text: vocabulary.concepts(text, asked))

    def of(self, text: str) -> bool:
        """By the ids of its names; of a free topic by most of its words too."""
        topic = self._topic
        language = topic.language if self._language == topic.language else None
        named = set(self._vocabulary.concepts(text, language))
        if topic.subjects:
            return bool(named & set(topic.subjects))
        if topic.terms_tell and set(topic.terms) <= named:
            return True
        tokens = named | _tokens(text, language)
        whole = sum(self._words.values())
        said = sum(weight for token, weight in self._words.items() if token in tokens)
        return bool(whole) and said >= _SHARE * whole


class _Weights:
    """The relevance of every record."""

    def __init__(
        self,
        topic: Topic,
        index: RecordIndex,
        places: Mapping[Place, float],
        dense: Mapping[Place, float],
        matches: Sequence[Match],
        kinds: frozenset[RecordKind],
    ) -> None:
        self._topic = topic
        self._index = index
        self._places = places
        self._dense = dense
        self._kinds = kinds
        self._shared = {one.entry.one.id: one.coverage for one in matches}
        self._most = max(self._shared.values(), default=0.0)

    def all(self) -> dict[str, float]:
        """By record id."""
        found = {}
        for entry in self._index.entries:
            if entry.listed is not None or not self._is_chosen(entry):
                continue
            weight = self._of(entry)
            if weight:
                found[entry.one.id] = weight
        return found

    def _is_chosen(self, entry: Entry) -> bool:
        """Whether a document that the topic names gives it."""
        chosen = self._topic.documents
        return not chosen or any(document in chosen for document, _ in entry.places)

    def _of(self, entry: Entry) -> float:
        shared = self._shared.get(entry.one.id, 0.0)
        degrees = [self._places.get(one, 0.0) for one in entry.places]
        if amount_column(entry.kind) is not None:
            # Beside the figures that a topic asks for others of their paragraph belong to it too.
            degrees += [self._dense.get(one, 0.0) for one in entry.places]
        place = max(degrees, default=0.0)
        importance = importance_of(entry.one)
        topic = self._topic
        if topic.is_document:
            return 0.5 + importance
        if topic.subjects:
            own = _directness(entry, topic.subjects)
            related = shared if shared >= _RELATED and not topic.is_broad else 0.0
            least = _HEADING if entry.kind == "funding" else _UNDER
            about = max(ENOUGH, 0.65 * place) if place >= least and not topic.is_broad else 0.0
            best = max(own, 0.6 * related, about)
            return best + 0.2 * place + 0.2 * importance + 0.2 * shared if best else 0.0
        if self._most < (_LEAST_SHARED if self._places else _ALONE):
            return 0.0
        relative = shared / max(self._most, _LEAST_SHARED)
        if not relative and place < _UNDER:
            return 0.0
        called = _CALLED * (entry.kind in self._kinds)
        return 0.4 * relative + 0.6 * place + called + 0.1 * importance


def _matches(topic: Topic, index: RecordIndex) -> list[Match]:
    """The records that share words with the topic, the best first."""
    question = topic.question
    found = index.matches(question.text, question.language, _MATCHES)
    return [one for one in found if one.entry.listed is None]


def _dense_places(
    index: RecordIndex, kinds: frozenset[RecordKind], topic: Topic
) -> dict[Place, float]:
    """The paragraphs that give several records of a kind that is asked for."""
    if topic.is_document:
        return {}
    numbers = Counter(
        place
        for one in index.entries
        if one.listed is None and one.kind in kinds
        for place in one.places
        if not topic.documents or place[0] in topic.documents
    )
    return {place: _DENSE for place, n in numbers.items() if n >= _SEVERAL}


def called_kinds(matches: Sequence[Match], index: RecordIndex) -> frozenset[RecordKind]:
    """The kinds of which nearly every record has one of the topic's words, as funding has "money":
    the topic asks for records of that kind. Only of those with figures: a partnership's word is
    everybody's."""
    every = Counter(one.kind for one in index.entries if one.listed is None)
    having = Counter((one.entry.kind, word) for one in matches for word in one.words)
    return frozenset(
        kind
        for (kind, _), n in having.items()
        if n >= _NEARLY_ALL * every[kind] > 2 and amount_column(kind) is not None
    )


def importance_of(record: Record) -> float:
    """How often documents come back to a record, in [0, 1]; a summary counts as two paragraphs."""
    tops = {(one.document_id, top_label(one.paragraph)) for one in record.sources}
    summaries = sum(label == "summary" for _, label in tops)
    return min(1.0, (len(tops) + summaries - 1) / _REPEATED)


def _directness(entry: Entry, subjects: Iterable[str]) -> float:
    """1 where a column that says whom the record is about names a subject, less where it is only
    where something took place or what is counted."""
    wanted = set(subjects)
    if not wanted & entry.names:
        return 0.0
    statement = entry.one.statement
    incidental = {
        one for name in ("country", "place", "unit") for one in [getattr(statement, name, None)]
    }
    if wanted & (entry.names - {one for one in incidental if one}):
        return 1.0
    return 0.6
