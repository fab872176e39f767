"""Haystack's hybrid retrieval: BM25 and embeddings in memory, joined by reciprocal rank.

After haystack.deepset.ai/tutorials/33_hybrid_retrieval with the model that it offers for slow
machines, `join_mode="reciprocal_rank_fusion"` in place of its cross-encoder, and splitting by
passage: Chinese has no spaces for its splitting by word. Of 1, 3, 5 and 10 passages to a chunk, 10
gave it the best recall on the dev questions.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.peers.contestant import Corpus, Found

PASSAGES: Final = 10  # in a chunk


class HaystackHybrid:
    """Two pipelines over one store in memory."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder, self._model = folder, model
        self._store = InMemoryDocumentStore(shared=False)
        self._indexing = Pipeline()
        embedder = SentenceTransformersDocumentEmbedder(model=str(model), progress_bar=False)
        splitter = DocumentSplitter(split_by="passage", split_length=PASSAGES)
        self._indexing.add_component("splitter", splitter)
        self._indexing.add_component("embedder", embedder)
        self._indexing.add_component("writer", DocumentWriter(self._store))
        self._indexing.connect("splitter", "embedder")
        self._indexing.connect("embedder", "writer")
        self._query = Pipeline()
        self._query.add_component(
            "text_embedder", SentenceTransformersTextEmbedder(model=str(model), progress_bar=False)
        )
        self._query.add_component("dense", InMemoryEmbeddingRetriever(self._store))
        self._query.add_component("bm25", InMemoryBM25Retriever(self._store))
        self._query.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._query.connect("text_embedder", "dense")
        self._query.connect("bm25", "joiner")
        self._query.connect("dense", "joiner")
        self._indexing.warm_up()
        self._query.warm_up()

    def ingest(self, corpus: Corpus) -> None:
        """Splits, embeds and stores."""
        documents = [
            Document(content=one.text, meta={"source": one.document_id}) for one in corpus.texts
        ]
        self._indexing.run({"splitter": {"documents": documents}})

    def search(self, query: str, k: int) -> Sequence[Found]:
        """The first `k` of both rankings (ten each, the default) joined."""
        result = self._query.run(
            {
                "text_embedder": {"text": query},
                "bm25": {"query": query},
                "joiner": {"top_k": k},
            }
        )
        return [Found(one.meta["source"], one.content) for one in result["joiner"]["documents"]]

    def written(self) -> tuple[Path, Path | None]:
        """Saves the store, as its documentation does, and names the model."""
        self._store.save_to_disk(str(self._folder / "store.json"))
        return self._folder, self._model

    def close(self) -> None:
        """Ends the store's thread."""
        self._store.shutdown()
