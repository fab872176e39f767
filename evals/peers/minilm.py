"""The pipeline that most tutorials build: LangChain's splitter, Chroma, all-MiniLM-L6-v2.

After docs.langchain.com, "Build a semantic search engine": `RecursiveCharacterTextSplitter` with
chunk_size 1000, chunk_overlap 200 and start indexes, a persistent Chroma store, similarity search.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

from evals.peers.contestant import Corpus, Found

CHUNK_SIZE: Final = 1000
CHUNK_OVERLAP: Final = 200


class MiniLm(Embeddings):
    """What `HuggingFaceEmbeddings` of langchain-huggingface does, which cannot be installed
    beside huggingface_hub 2."""

    def __init__(self, model: Path) -> None:
        self._model = SentenceTransformer(str(model), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One row for each text; line ends become spaces, as there."""
        rows: list[list[float]] = self._model.encode(
            [text.replace("\n", " ") for text in texts], show_progress_bar=False
        ).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """As `embed_documents`."""
        return self.embed_documents([text])[0]


class LangChainChroma:
    """Chunks in Chroma."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder, self._model = folder, model
        self._store = Chroma(
            collection_name="documents",
            embedding_function=MiniLm(model),
            persist_directory=str(folder),
        )

    def ingest(self, corpus: Corpus) -> None:
        """Splits, embeds and stores."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        documents = [
            Document(page_content=one.text, metadata={"source": one.document_id})
            for one in corpus.texts
        ]
        self._store.add_documents(documents=splitter.split_documents(documents))

    def search(self, query: str, k: int) -> Sequence[Found]:
        """The nearest chunks."""
        found = self._store.similarity_search(query, k=k)
        return [Found(one.metadata["source"], one.page_content) for one in found]

    def written(self) -> tuple[Path, Path | None]:
        """Chroma's folder, and that of the model."""
        return self._folder, self._model

    def close(self) -> None:
        """Chroma closes with the process."""
