"""BM25 with bm25s: jieba for Chinese, stop words and a Snowball stemmer for the others.

After the readme of bm25s (`tokenize` with stop words and PyStemmer, lowercase, default Lucene
variant) and that of jieba (`cut_for_search` to build an index). bm25s brings no splitter and no
stop words for Arabic: chunks are those of LangChain's splitter, as large as its pipeline's.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import bm25s
import jieba
from langchain_text_splitters import RecursiveCharacterTextSplitter
from Stemmer import Stemmer

from evals.peers.contestant import Corpus, Found
from kb.languages import Language, detect_language

_STEMMERS: Final[dict[Language, str]] = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
}


class Bm25:
    """One index over all chunks, each tokenized as its language asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chunks: list[Found] = []
        self._index = bm25s.BM25()
        self._stemmers = {code: Stemmer(name) for code, name in _STEMMERS.items()}
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()

    def ingest(self, corpus: Corpus) -> None:
        """Splits, tokenizes and indexes."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self._chunks = [
            Found(one.document_id, chunk)
            for one in corpus.texts
            for chunk in splitter.split_text(one.text)
        ]
        self._index.index([self._tokens(one.text) for one in self._chunks], show_progress=False)

    def search(self, query: str, k: int) -> Sequence[Found]:
        """The best chunks, without those that share no token with the query."""
        rows, scores = self._index.retrieve(
            [self._tokens(query)], k=min(k, len(self._chunks)), show_progress=False
        )
        return [self._chunks[row] for row, score in zip(rows[0], scores[0], strict=True) if score]

    def written(self) -> tuple[Path, Path | None]:
        """Saves the index with its chunks, as the readme does."""
        self._index.save(
            str(self._folder), corpus=[one.text for one in self._chunks], show_progress=False
        )
        return self._folder, None

    def close(self) -> None:
        """Nothing is open."""

    def _tokens(self, text: str) -> list[str]:
        language = detect_language(text) or "en"
        if language == "zh":
            # English stems, because Chinese texts of the UN hold English names.
            words = [word for word in jieba.lcut_for_search(text.lower()) if word[0].isalnum()]
            stems: list[str] = self._stemmers["en"].stemWords(words)
            return stems
        tokens: list[list[str]] = bm25s.tokenize(
            [text],
            stopwords=[] if language == "ar" else language,
            stemmer=self._stemmers[language],
            return_ids=False,
            show_progress=False,
        )
        return tokens[0]
