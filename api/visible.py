"""What one audience may see of a knowledge base: the rest is as unknown as what is not held."""

from collections.abc import Sequence
from typing import Final

from kb.documents import EditionKind, Visibility
from kb.embedding import Embedder
from kb.errors import NotFound
from kb.knowledge_base import KnowledgeBase
from kb.languages import Language
from kb.passages import EditionInfo, Hit, Passage
from kb.records.room import Records
from kb.views import DocumentSummary, DocumentView

_REMEMBERED: Final = 2_000  # documents, by each name that is used


class VisibleKnowledge:
    """The reading side of `kb` for readers who may see `visibility`; also an assistant's source."""

    def __init__(self, kb: KnowledgeBase, visibility: frozenset[Visibility]) -> None:
        self._kb = kb
        self._visibility = visibility
        self._summaries: tuple[int, dict[str, DocumentSummary]] = (-1, {})

    @property
    def generation(self) -> int:
        """A number that grows with every change that a reader could see."""
        return self._kb.generation

    @property
    def records(self) -> Records:
        """The records; an assistant asks only for those that everybody may see."""
        return self._kb.records

    @property
    def words(self) -> Embedder | None:
        """The embedder, if it has vectors of single words."""
        return self._kb.words

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        edition: EditionKind | None = None,
    ) -> tuple[Hit, ...]:
        """At most `k` paragraphs, best first. Raises NotFound for an unknown document."""
        for name in documents or ():
            self.summary(name)
        return self._kb.search(
            query,
            k=k,
            language=language,
            documents=documents,
            edition=edition,
            visibility=self._visibility,
        )

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        """One passage. Raises NotFound, Withdrawn."""
        self.summary(document_id)
        return self._kb.passage(
            document_id, label, language=language, edition=edition, version=version
        )

    def document(
        self,
        document_id: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> DocumentView:
        """One edition of a document. Raises NotFound, Withdrawn."""
        self.summary(document_id)
        return self._kb.document(document_id, language=language, edition=edition, version=version)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every document held, withdrawn ones included, by id."""
        return tuple(one for one in self._kb.documents() if one.visibility in self._visibility)

    def summary(self, document_id: str) -> DocumentSummary:
        """What is held of one document, by id or symbol. Raises NotFound."""
        held = self._summary(document_id)
        if held.visibility not in self._visibility:
            raise NotFound(f'no document "{document_id}"')
        return held

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        """Every text held of one document. Raises NotFound."""
        return self.summary(document_id).editions

    def _summary(self, name: str) -> DocumentSummary:
        generation, held = self._summaries
        if generation != (now := self.generation) or len(held) > _REMEMBERED:
            generation, held = self._summaries = now, {}
        if name not in held:
            held[name] = self._kb.summary(name)
        return held[name]
