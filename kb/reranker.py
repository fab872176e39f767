"""Scores texts for a query by reading both together: optional, slower and finer than vectors."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from kb.passages import Hit
from kb.sentence_transformers_embedder import load_model

_BATCH: Final = 32
POOL: Final = 30  # hits that are read again: what search does not find among them stays unfound


class Reranker(Protocol):
    """Says how well each text answers a query."""

    @property
    def name(self) -> str:
        """Names the model."""

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """One number for each text, higher for a better one; comparable for one query alone."""


class CrossEncoderReranker:
    """Any CrossEncoder of sentence-transformers, by its name on the hub or its folder."""

    def __init__(self, model: str) -> None:
        """Nothing is loaded before the first `score`."""
        self.name = model
        self._model: Any = None
        self._lock = threading.Lock()

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """As the protocol says. Raises SettingsError when the model cannot be loaded."""
        if not texts:
            return []
        pairs = [(query, text) for text in texts]
        scores = self._loaded().predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return [float(score) for score in scores]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = load_model("CrossEncoder", self.name, "RERANKER")
            return self._model


def load_reranker(name: str | None) -> Reranker | None:
    """The reranker that the setting `reranker` names; None when it names none."""
    return CrossEncoderReranker(name) if name else None


def reranked(reranker: Reranker, query: str, hits: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """The best `k` of `hits` by the reranker's scores, which become theirs.

    A paragraph that the query names stays in front, whatever its text.
    """
    scores = reranker.score(query, [hit.passage.text for hit in hits])
    top = max(scores, default=0.0)
    judged = [
        replace(hit, score=score + (top - score + 1.0 if "reference" in hit.via else 0.0))
        for hit, score in zip(hits, scores, strict=True)
    ]
    judged.sort(key=lambda hit: (-hit.score, hit.rank))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(judged[:k], start=1))
