"""The reviewed records in memory, found by the words of a question in its own language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from threading import Lock
from typing import Final, Protocol

from assistant.evidence import top_label
from assistant.question import Vocabulary
from kb.analysis import index_tokens, query_tokens
from kb.errors import NotFound
from kb.languages import Language
from kb.records.cards import card
from kb.records.columns import name_columns
from kb.records.findings import StoredFinding
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.naming import Names, shipped_names
from kb.records.query import RecordQuery
from kb.records.record import Record
from kb.records.sources import Source as RecordSource

MOST: Final = 4_000  # records held in memory; with more, only the first of each kind
# What the records of one list share, and the column in which they differ.
_LISTS: Final[Mapping[RecordKind, tuple[tuple[str, ...], str]]] = {
    "partnerships": (("initiative", "role"), "partner"),
    "participations": (("programme", "role"), "party"),
    "decisions": (("decision", "verb", "addressee"), "what"),
}


class RecordReader(Protocol):
    """The part of `kb.records.Records` that answering needs."""

    def every(self, query: RecordQuery) -> tuple[Record, ...]:
        """All of the records asked for, by id."""

    def sources(
        self, records: Sequence[Record], language: Language | None = None
    ) -> dict[str, tuple[RecordSource, ...]]:
        """The sources of each record by its id, with the words that say it."""

    def findings(self) -> tuple[StoredFinding, ...]:
        """Figures that do not agree, unless a reviewer has judged that they do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one statement says: a record, or several that are a list.

    `listed` is the column in which the records of a list differ. `names` are the ids that its
    columns hold, `places` the documents and top-level paragraphs that it rests on.
    """

    records: tuple[Record, ...]
    listed: str | None
    names: frozenset[str]
    places: frozenset[tuple[str, str]]

    @property
    def kind(self) -> RecordKind:
        """That of its records."""
        return self.records[0].kind

    @property
    def one(self) -> Record:
        """The first record; the only one unless it is a list."""
        return self.records[0]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with the words it shares with a question.

    `coverage` is the weighted share of the question's words that it has, `precision` that of its
    words that the question has, both in [0, 1]. `words` are those shared, each with its part of
    the coverage.
    """

    entry: Entry
    coverage: float
    precision: float
    words: Mapping[str, float]


class _View:
    """The entries in the words of one language."""

    def __init__(
        self, entries: Sequence[Entry], language: Language, names: Names, vocabulary: Vocabulary
    ) -> None:
        self._entries = entries
        held = [_tokens(entry, language, names, vocabulary) for entry in entries]
        singles = sum(entry.listed is None for entry in entries)
        frequency: dict[str, int] = defaultdict(int)
        for entry, tokens in zip(entries, held, strict=True):
            if entry.listed is None:
                for token in tokens:
                    frequency[token] += 1
        self._rarity = {t: log(1 + singles / n) for t, n in frequency.items()}
        self._rarest = log(1 + singles)
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, tokens in enumerate(held):
            for token in tokens:
                self._places[token].append(at)
        self._weights = [sum(map(self._rare, tokens)) for tokens in held]

    def _rare(self, token: str) -> float:
        return self._rarity.get(token, self._rarest)

    def matches(self, tokens: Mapping[str, float], most: int) -> list[Match]:
        """The entries that share most with the question, best first."""
        said: dict[int, float] = defaultdict(float)
        words: dict[int, dict[str, float]] = defaultdict(dict)
        asked = sum(weight * self._rare(token) for token, weight in tokens.items())
        if not asked:
            return []
        for token, weight in tokens.items():
            part = weight * self._rare(token) / asked
            for at in self._places.get(token, ()):
                said[at] += part
                words[at][token] = part
        best = sorted(said, key=lambda at: (-said[at], at))[:most]
        return [
            Match(
                self._entries[at],
                said[at],
                sum(map(self._rare, words[at])) / self._weights[at],
                words[at],
            )
            for at in best
        ]


class RecordIndex:
    """Entries made from reviewed records. Safe in threads."""

    def __init__(
        self,
        records: Iterable[Record],
        vocabulary: Vocabulary,
        findings: Iterable[StoredFinding] = (),
    ) -> None:
        held = tuple(records)
        self._vocabulary = vocabulary
        self._names = shipped_names()
        self.entries = (*map(_single, held), *_lists(held))
        self.by_id = {record.id: record for record in held}
        # A printed total with the parts that add up to something else.
        self.wrong_sums = {
            one.records[0]: one.records[1:]
            for one in findings
            if one.rule == "parts" and set(one.records) <= self.by_id.keys()
        }
        self._views: dict[Language, _View] = {}
        self._lock = Lock()

    def matches(self, question: str, language: Language, most: int = 24) -> list[Match]:
        """The entries that share most with `question`, best first."""
        tokens = query_tokens(
            question, language, lambda text: self._vocabulary.concepts(text, language)
        )
        return self._view(language).matches(tokens, most)

    def _view(self, language: Language) -> _View:
        with self._lock:
            if language not in self._views:
                self._views[language] = _View(self.entries, language, self._names, self._vocabulary)
            return self._views[language]


def read_index(reader: RecordReader, vocabulary: Vocabulary) -> RecordIndex:
    """The index of what everybody may see."""
    read = chain.from_iterable(reader.every(RecordQuery(kind=kind)) for kind in RECORD_KINDS)
    return RecordIndex(list(read)[:MOST], vocabulary, reader.findings())


def _single(record: Record) -> Entry:
    return Entry((record,), None, _ids(record), _places(record))


def _lists(records: Sequence[Record]) -> list[Entry]:
    """The records that one paragraph gives of one programme and role, and the like."""
    found: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in records:
        if record.kind in _LISTS:
            shared, _ = _LISTS[record.kind]
            values = tuple(getattr(record.statement, name) for name in shared)
            places = _places(record)
            # Another paragraph may speak of some of the Parties again, and not of all.
            apart = [{one} for one in places] if record.kind == "participations" else [places]
            for place in apart:
                found[record.kind, *values, frozenset(place)].append(record)
    several = {tuple(one.id for one in some): some for some in found.values() if len(some) > 1}
    return [
        Entry(
            tuple(some),
            _LISTS[some[0].kind][1],
            frozenset(chain.from_iterable(map(_ids, some))),
            frozenset.intersection(*map(_places, some)),
        )
        for some in several.values()
    ]


def _ids(record: Record) -> frozenset[str]:
    held = (getattr(record.statement, column.name) for column in name_columns(record.kind))
    return frozenset(chain.from_iterable(one.split() for one in held if one))


def _places(record: Record) -> frozenset[tuple[str, str]]:
    return frozenset((one.document_id, top_label(one.paragraph)) for one in record.sources)


def _tokens(
    entry: Entry, language: Language, names: Names, vocabulary: Vocabulary
) -> frozenset[str]:
    found = set(entry.names)
    for record in entry.records:
        try:
            text = card(record, language, names).text
        except NotFound:  # a name of an older vocabulary
            continue
        found.update(index_tokens(text, language))
        found.update(vocabulary.concepts(text, language))
    return frozenset(found)
