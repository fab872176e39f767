"""The knowledge base as the assistant sees it, and a memory of what was read from it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Protocol, TypeVar

from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.passages import EditionInfo, Hit, Passage
from kb.views import DocumentSummary

_T = TypeVar("_T")
_HELD: Final = 4_000


@dataclass(frozen=True, slots=True)
class _Absent:
    """What was looked for in vain; an error itself would keep alive whoever met it."""

    error: type[NotFound]
    text: str


class Knowledge(Protocol):
    """The part of the knowledge base that answering needs."""

    @property
    def generation(self) -> int:
        """A number that grows with every change."""

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Paragraphs that may answer `query`, best first."""

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage. Raises NotFound."""

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """The texts held of a document. Raises NotFound."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document held."""


class Relay:
    """Gives what another knowledge gives: a base for what changes one thing about it."""

    def __init__(self, kb: Knowledge) -> None:
        self._kb = kb

    @property
    def generation(self) -> int:
        """A number that grows with every change."""
        return self._kb.generation

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Paragraphs that may answer `query`, best first."""
        return self._kb.search(query, k=k, language=language, documents=documents)

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage. Raises NotFound."""
        return self._kb.passage(
            document_id, label, language=language, edition=edition, version=version
        )

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """The texts held of a document. Raises NotFound."""
        return self._kb.editions(document_id)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document held."""
        return self._kb.documents()


class Remembering(Relay):
    """Reads through a memory that is emptied when the knowledge changes. Safe in threads."""

    def __init__(self, kb: Knowledge) -> None:
        super().__init__(kb)
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._generation = kb.generation
        self._lock = Lock()

    @property
    def searched_generation(self) -> int:
        """The generation at the last search: asking for it reads nothing."""
        return self._generation

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Always asked anew; forgets what was read if the knowledge has changed since."""
        generation = self._kb.generation
        with self._lock:
            if generation != self._generation:
                self._held.clear()
                self._generation = generation
        return super().search(query, k=k, language=language, documents=documents)

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage. Raises NotFound."""
        read = super().passage
        return self._remembered(
            (document_id, label, language, edition, version),
            lambda: read(document_id, label, language=language, edition=edition, version=version),
        )

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """The texts held of a document. Raises NotFound."""
        return self._remembered(document_id, lambda: self._kb.editions(document_id))

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document held."""
        return self._remembered(None, self._kb.documents)

    def _remembered(self, key: Hashable, read: Callable[[], _T]) -> _T:
        with self._lock:
            known = key in self._held
            if known:
                self._held.move_to_end(key)
                held = self._held[key]
            generation = self._generation
        if not known:
            try:
                held = read()
            except NotFound as error:
                held = _Absent(type(error), str(error))
            with self._lock:
                if generation == self._generation:
                    self._held[key] = held
                    while len(self._held) > _HELD:
                        self._held.popitem(last=False)
        if isinstance(held, _Absent):
            raise held.error(held.text)
        value: _T = held
        return value
