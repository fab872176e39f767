"""Any sentence-transformers model as an embedder: the only module that knows how they encode."""

import csv
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kb.errors import SettingsError

Vectors = NDArray[np.float32]

_BATCH: Final = 64
_WEIGHT: Final = 0.037  # of one standard deviation: what it is of the shipped model
_LEAST_SPREAD: Final = 0.005


class SentenceTransformersEmbedder:
    """A model by its name on the hub or its folder; loaded when it is first needed."""

    def __init__(self, model: str, query_prefix: str = "", passage_prefix: str = "") -> None:
        """`query_prefix` and `passage_prefix` stand before every text, such as "query: "."""
        self._model_name = model
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model, and the prefixes where there are any: they change the vectors."""
        prefixes = (("query", self._query_prefix), ("passage", self._passage_prefix))
        parts = [f"{kind}={prefix!r}" for kind, prefix in prefixes if prefix]
        return " ".join([self._model_name, *parts])

    @property
    def dimensions(self) -> int:
        """Length of a vector. Raises SettingsError when the model cannot be loaded."""
        return int(self._loaded().get_embedding_dimension())

    @cached_property
    def weight(self) -> float:
        """What one unit of cosine similarity counts: more where a model keeps texts close together.

        The spread is that of sentences that have nothing to do with each other.
        """
        rows = self.embed_passages(_unrelated_sentences())
        apart = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
        return _WEIGHT / max(float(apart.std()), _LEAST_SPREAD)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text. Raises SettingsError when the model cannot be loaded."""
        return self._encode([self._passage_prefix + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As `embed_passages`, with the prefix of queries."""
        return self._encode([self._query_prefix + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        model = self._loaded()
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows: Vectors = model.encode(
            texts,
            batch_size=_BATCH,
            prompt="",  # a prompt of the model's own would come on top of the prefix
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, np.float32)

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = load_model("SentenceTransformer", self._model_name, "EMBEDDER")
            return self._model


def _unrelated_sentences() -> list[str]:
    text = files("kb").joinpath("data/unrelated_sentences.csv").read_text(encoding="utf-8")
    return [row["text"] for row in csv.DictReader(text.splitlines())]


def load_model(kind: str, name: str, setting: str) -> Any:
    """The sentence-transformers model of the class `kind` that `setting` names.

    Raises SettingsError naming the extra to install, or what is wrong with the name.
    """
    try:
        import sentence_transformers
    except ImportError as error:
        raise SettingsError(
            f'LANDBRIEF_{setting}: "{name}" needs the extra "models": '
            'pip install "landbrief[models]"'
        ) from error
    try:
        return getattr(sentence_transformers, kind)(name, device="cpu")
    except Exception as error:  # the hub's and torch's errors have no common root
        cause = " ".join(str(error).split())[:200]
        raise SettingsError(f'LANDBRIEF_{setting}: "{name}" cannot be loaded: {cause}') from error
