"""Opens everything that is known, and is the one way to it.

SQL is the truth; the vectors and the full text follow it through the outbox. Any thread may call
any method: readers do not wait for each other or for the writer, writers wait for their turn.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Final

from sqlmodel import Session

from kb import catalogue, reading, search
from kb.analysis import Concepts
from kb.candidates import Findables, Query
from kb.card_search import RecordMemory
from kb.conversations import ConversationLimits, ConversationStore
from kb.documents import EditionKind, ParsedDocument, Visibility
from kb.embedding import Embedder, load_embedder
from kb.errors import StoreDamaged
from kb.indexes import Indexes, Maker
from kb.keys import KeyStore
from kb.languages import Language
from kb.late_interaction import PieceModel
from kb.lease import Lease, acquire
from kb.live_indexes import LiveIndexes
from kb.passage_files import passage_drafts
from kb.passages import EditionInfo, Hit, Passage
from kb.record_finding import RecordHit, RecordSearch, find_records
from kb.records.findings import check
from kb.records.loading import load_shipped
from kb.records.proposing import forget
from kb.records.room import Records
from kb.reranker import POOL, Reranker, load_reranker, reranked
from kb.settings import Settings
from kb.shipped import shipped_drafts, shipped_rows
from kb.store import Store, open_store
from kb.verification import index_problems, store_problems
from kb.views import (
    Added,
    DocumentSummary,
    DocumentView,
    Origin,
    PassageRow,
    Removed,
    Verification,
)

_REMEMBERED_TEXTS: Final = 16_384  # more than are indexed at once
PUBLIC: frozenset[Visibility] = frozenset({"public"})


class KnowledgeBase:
    """An open home. Made by `open_knowledge_base`; close it, or use it in a `with` block."""

    def __init__(
        self,
        home: Path,
        store: Store,
        maker: Maker,
        lease: Lease | None,
        reranker: Reranker | None = None,
    ) -> None:
        """Opens the indexes. Without a `lease` nothing can be written."""
        self.home = home
        self._reranker = reranker
        self._words = maker.embedder if isinstance(maker.embedder, PieceModel) else None
        self._store = store
        self._lease = lease
        self._findables = Findables()
        self._custody = RecordMemory()
        self._keys = KeyStore(store)
        self._indexes = LiveIndexes(store, home, maker, write=lease is not None)

    def __enter__(self) -> "KnowledgeBase":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the stores and of the home; harmless to repeat."""
        self._indexes.close()
        self._store.close()
        if self._lease is not None:
            self._lease.release()

    @property
    def generation(self) -> int:
        """A number that grows with every change that a reader could see."""
        return self._store.generation()

    @property
    def records(self) -> Records:
        """Targets, partnerships, funding and the other facts, as typed rows."""
        return Records(self._store, self._changing)

    @property
    def keys(self) -> KeyStore:
        """The API keys; their changes change nothing that a search finds."""
        return self._keys

    def conversations(self, limits: ConversationLimits) -> ConversationStore | None:
        """Where conversations are kept; None where this process may not write."""
        return ConversationStore(self._store, limits) if self._lease is not None else None

    def add(
        self,
        parsed: ParsedDocument,
        origin: Origin,
        *,
        sees: frozenset[Visibility] | None = None,
    ) -> Added:
        """Stores one edition and makes it findable; nothing changes for an unchanged file.

        Raises UnreadableFile for text that cannot be stored, IdentityConflict where its document
        is hidden from who `sees` not everything.
        """
        with self._changing() as session:
            return catalogue.add_parsed(session, parsed, origin, sees)

    def add_passages(
        self,
        rows: Iterable[PassageRow],
        origin: Origin,
        *,
        sees: frozenset[Visibility] | None = None,
    ) -> tuple[Added, ...]:
        """Stores the lines of a passages file: one result for each document and language.

        Raises IdentityConflict as `add` does.
        """
        with self._changing() as session:
            return tuple(catalogue.add(session, passage_drafts(session, rows, origin), sees))

    def init_shipped(self) -> tuple[Added, ...]:
        """Loads what ships; harmless to repeat, and what was withdrawn stays so."""
        with self._changing() as session:
            if load_shipped(session):
                check(session)
            return tuple(catalogue.add(session, shipped_drafts(session, shipped_rows())))

    def remove(
        self,
        document_id: str,
        *,
        version: int | None = None,
        language: Language | None = None,
        edition: EditionKind | None = None,
    ) -> Removed:
        """Withdraws a document, or a version of it. Raises NotFound, Withdrawn."""
        with self._changing() as session:
            removed = catalogue.remove(
                session, document_id, version=version, language=language, kind=edition
            )
            forget(session, document_id)
            return removed

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        edition: EditionKind | None = None,
        visibility: Iterable[Visibility] = PUBLIC,
    ) -> tuple[Hit, ...]:
        """At most `k` paragraphs, best first, each once.

        `language` is the reader's (that of the query when None): hits are shown in it where the
        document is held in it. `documents` (ids or symbols) and `edition` leave the others out.
        Raises NotFound for an unknown document, ModelMismatch when the index must be rebuilt.
        """
        pool = k if self._reranker is None else max(k, POOL)
        asked = Query(
            query,
            pool,
            language,
            None if documents is None else tuple(documents),
            edition,
            frozenset(visibility),
        )

        def found(indexes: Indexes) -> tuple[Hit, ...]:
            with self._store.reading() as session:
                return search.search(session, indexes, self._findables, self._custody, asked)

        hits = self._indexes.read(found)
        if self._reranker is None or k < 1:
            return hits
        return reranked(self._reranker, query, hits, k)

    @property
    def words(self) -> Embedder | None:
        """The embedder, if it has vectors of single words; None for one that reads sentences."""
        return self._words

    def find_records(self, search: RecordSearch) -> tuple[RecordHit, ...]:
        """The records that match a text best, whatever their kind and language, best first.

        Raises NotFound for an unknown document, ModelMismatch when the index must be rebuilt.
        """

        def found(indexes: Indexes) -> tuple[RecordHit, ...]:
            with self._store.reading() as session:
                return find_records(session, indexes, self._custody, search)

        return self._indexes.read(found)

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage, or sub-paragraph, by its label in any language's form.

        In `language` if an edition has it there, else the current original, else the digest.
        Withdrawn text is only given to who asks for its version. Raises NotFound, Withdrawn.
        """
        choice = reading.Choice(language, edition, version)
        with self._store.reading() as session:
            return reading.read_passage(session, document_id, label, choice)

    def passages(
        self,
        document_id: str,
        labels: Iterable[str],
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> dict[str, Passage]:
        """Several passages of one document at once, by the labels as given.

        Each chosen as `passage` does; one that `passage` would refuse is left out. Raises NotFound
        for an unknown document.
        """
        choice = reading.Choice(language, edition, version)
        with self._store.reading() as session:
            return reading.read_passages(session, document_id, labels, choice)

    def neighbours(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
        reach: int = 1,
    ) -> tuple[Passage, ...]:
        """Up to `reach` passages on either side, in reading order, of the same edition."""
        choice = reading.Choice(language, edition, version)
        with self._store.reading() as session:
            return reading.read_neighbours(session, document_id, label, choice, reach)

    def document(
        self,
        document_id: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> DocumentView:
        """One edition of a document, whole, chosen as `passage` does."""
        choice = reading.Choice(language, edition, version)
        with self._store.reading() as session:
            return reading.read_view(session, document_id, choice)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document held, withdrawn ones included, by id."""
        with self._store.reading() as session:
            return tuple(reading.summaries(session, reading.all_documents(session)))

    def summary(self, document_id: str) -> DocumentSummary:
        """What is held of one document, by id or symbol. Raises NotFound."""
        with self._store.reading() as session:
            document = reading.find_document(session, document_id)
            return reading.summaries(session, [document])[0]

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """Every text held of one document, every version. Raises NotFound."""
        return self.summary(document_id).editions

    def verify(self) -> Verification:
        """Compares SQL with the vectors and the full text, id by id."""

        def found(indexes: Indexes | None) -> list[str]:
            with self._store.reading() as session:
                problems = store_problems(session)
                return problems + index_problems(session, indexes) if indexes else problems

        problems = self._indexes.compare(found)
        return Verification(not problems, tuple(problems))

    def unready(self) -> list[str]:
        """Why requests could not be answered now, a line each; cheap, unlike `verify`."""
        return self._indexes.unready()

    def reindex(self) -> None:
        """Rebuilds the vectors and the full text from SQL; searches go on meanwhile."""
        self._indexes.rebuild()

    def index_cards(self) -> None:
        """Waits until the cards of all records are indexed; they are anyway, behind what is done.

        Nothing that search finds now will be found otherwise later. Raises ModelMismatch.
        """
        self._indexes.index_cards()

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """One transaction; once it is committed, the indexes follow."""
        with self._indexes.changing(), self._store.writing() as session:
            yield session


def open_knowledge_base(
    settings: Settings,
    *,
    write: bool = True,
    embedder: Embedder | None = None,
    reranker: Reranker | None = None,
    concepts: Concepts | None = None,
    concepts_version: str = "",
) -> KnowledgeBase:
    """Opens the home that `settings` name, making what is missing.

    With `write`, this process becomes its owner, what a crash left is finished and a damaged index
    is rebuilt; without it, nothing is locked and nothing changed. `concepts` find the terms that a
    text names, and `concepts_version` says which list of terms that is: another one rebuilds.

    Raises StoreBusy when another process stays the owner, StoreDamaged, SettingsError.
    """
    home = settings.home.expanduser()
    if concepts is not None:
        # Each text is asked about twice, for its vector and for its tokens.
        concepts = lru_cache(maxsize=_REMEMBERED_TEXTS)(concepts)
    embedder = embedder or load_embedder(
        settings.embedder,
        concepts,
        settings.embedder_query_prefix,
        settings.embedder_passage_prefix,
    )
    reranker = reranker or load_reranker(settings.reranker)
    maker = Maker(embedder, concepts, concepts_version)
    if not write:
        store = open_store(home, write=False)
        return _opened(home, store, maker, None, reranker)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreDamaged(f"{home} cannot be made: {error.strerror}") from error
    lease = acquire(home, settings.lock_wait_seconds)
    try:
        store = open_store(home)
        return _opened(home, store, maker, lease, reranker)
    except BaseException:
        lease.release()
        raise


def _opened(
    home: Path, store: Store, maker: Maker, lease: Lease | None, reranker: Reranker | None
) -> KnowledgeBase:
    try:
        return KnowledgeBase(home, store, maker, lease, reranker)
    except BaseException:
        store.close()
        raise
