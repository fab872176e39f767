"""What a note can be on: the names of records, and the documents held, in the reader's language."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final, Literal

from api.desk import Desk
from api.schemas import DocumentItem, RecordRequest
from kb.errors import NotFound
from kb.languages import Language
from kb.records.columns import name_columns
from kb.records.kinds import RECORD_KINDS
from kb.records.naming import sentence_case, shipped_names
from kb.references import cite
from kb.terms import load_terms

SuggestionKind = Literal["initiative", "party", "organization", "topic", "document"]
BEST: Final = 3
_FRESH_SECONDS: Final = 300.0
_PAGE: Final = 200
_SEVERAL: Final = 3
_KINDS: Final[dict[str, SuggestionKind]] = {
    "initiative": "initiative",
    "party": "party",
    "organization": "organization",
    "term": "topic",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to write a note on. `records` are those that name it, of `kinds` kinds; `detail`
    is the title of a document."""

    text: str
    kind: SuggestionKind
    records: int = 0
    kinds: int = 0
    detail: str = ""


class Remembered:
    """Suggestions by language, counted once in five minutes. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[tuple[Language, bool], tuple[float, tuple[Suggestion, ...]]] = {}

    def of(self, desk: Desk, language: Language, *, sees_internal: bool) -> tuple[Suggestion, ...]:
        """As they were counted at `desk`, or at another one that sees as much."""
        key = (language, sees_internal)
        with self._lock:
            known = self._held.get(key)
        if known is None or monotonic() - known[0] > _FRESH_SECONDS:
            known = monotonic(), suggestions(desk, language)
            with self._lock:
                self._held[key] = known
        return known[1]


def suggestions(desk: Desk, language: Language) -> tuple[Suggestion, ...]:
    """Documents first, then names, those of most records first."""
    documents = [one for item in _documents(desk, language) if (one := _document(item, language))]
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for kind in RECORD_KINDS:
        for column in name_columns(kind):
            if column.name == "unit":
                continue
            for group in desk.record_count(RecordRequest(kind=kind), [column.name]).items:
                for name in _ids(group.key.get(column.name)):
                    counts[name] += group.count
                    kinds.setdefault(name, set()).add(kind)
    named = (_named(one, n, len(kinds[one]), language) for one, n in counts.items())
    known = {one.text: one for one in named if one is not None}
    return (*documents, *sorted(known.values(), key=lambda one: (-one.records, one.text)))


def best(some: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The initiatives that most records name, of several kinds: a note has more than a list."""
    found = [one for one in some if one.kind == "initiative" and one.kinds >= _SEVERAL]
    return tuple(sorted(found, key=lambda one: (-one.records, one.text))[:BEST])


def _ids(held: str | None) -> Iterator[str]:
    """The ids in a column that a note may be on; a Party stands there by its code."""
    for one in (held or "").split():
        prefix, colon, _ = one.partition(":")
        if prefix in _KINDS and colon:
            yield one
        elif not colon and (party := load_terms().party(one)) is not None:
            yield party.id


def _named(name: str, records: int, kinds: int, language: Language) -> Suggestion | None:
    try:
        text = shipped_names().name(name, language)
    except NotFound:
        return None
    return Suggestion(sentence_case(text), _KINDS[name.partition(":")[0]], records, kinds)


def _document(item: DocumentItem, language: Language) -> Suggestion | None:
    if item.superseded_by:
        return None
    text = cite(item.symbol or item.document_id, "", language)
    return Suggestion(text, "document", detail=item.title or "")


def _documents(desk: Desk, language: Language) -> Iterator[DocumentItem]:
    cursor: str | None = None
    while True:
        page = desk.documents(language=language, limit=_PAGE, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
