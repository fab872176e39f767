"""The search as a LangChain retriever, for chains of other people's making."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from kb.documents import EditionKind
from kb.knowledge_base import KnowledgeBase
from kb.languages import Language
from kb.passages import Hit
from kb.references import cite


class ParagraphRetriever(BaseRetriever):
    """Gives one LangChain document for each paragraph found, best first.

    `metadata` holds what a citation needs: document_id, symbol, session, paragraph, language,
    edition, version, heading_path, score, rank and the citation in the passage's language.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    kb: SkipValidation[KnowledgeBase]
    k: int = 10
    language: Language | None = None
    documents: tuple[str, ...] | None = None
    edition: EditionKind | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain passes it)
    ) -> list[Document]:
        hits = self.kb.search(
            query,
            k=self.k,
            language=self.language,
            documents=self.documents,
            edition=self.edition,
        )
        return [Document(page_content=hit.passage.text, metadata=_metadata(hit)) for hit in hits]


def _metadata(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    name = passage.symbol or passage.document_id
    return {
        "document_id": passage.document_id,
        "symbol": passage.symbol,
        "session": passage.session,
        "paragraph": passage.label,
        "language": passage.language,
        "edition": passage.edition,
        "version": passage.version,
        "heading_path": list(passage.heading_path),
        "score": hit.score,
        "rank": hit.rank,
        "citation": cite(name, passage.label, passage.language, section=passage.kind == "section"),
    }
