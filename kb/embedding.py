"""Texts to vectors: the seam, which embedder a setting names, and a stand-in with no model file."""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.analysis import Concepts, stop_words
from kb.errors import SettingsError
from kb.sentence_transformers_embedder import SentenceTransformersEmbedder
from kb.static_model import NAME as STATIC
from kb.static_model import shipped_model
from kb.writing import fold

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Passages and queries of any of the six languages to unit vectors of one space."""

    @property
    def name(self) -> str:
        """Names the vectors: an index made under another name must be rebuilt."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def weight(self) -> float:
        """What one unit of cosine similarity counts beside what full text covers: `kb.fusion`."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text, shape (len(texts), dimensions)."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As `embed_passages`, for what is asked."""


def load_embedder(
    name: str,
    concepts: Concepts | None = None,
    query_prefix: str = "",
    passage_prefix: str = "",
) -> Embedder:
    """The embedder that the setting `embedder` names: one of ours, or any sentence-transformers
    model as "owner/name" or a folder, with the prefixes that it wants.

    Raises SettingsError for a name that is neither; whether a model can be loaded shows later.
    """
    make = _EMBEDDERS.get(name)
    if make is not None:
        return make(concepts)
    if "/" not in name and not Path(name).is_dir():
        known = ", ".join(sorted(_EMBEDDERS))
        raise SettingsError(
            f'LANDBRIEF_EMBEDDER: no embedder "{name}"; known: {known}, '
            "or a sentence-transformers model as owner/name or a folder"
        )
    return SentenceTransformersEmbedder(name, query_prefix, passage_prefix)


_WORD: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\W\d_]+|\d+(?:[.,]\d+)*")
_STEM_LETTERS: Final = 6
_GRAM: Final = 4
_WORD_WEIGHT: Final = 1.0
_STOP_WORD_WEIGHT: Final = 0.1
_HAN_CHARACTER_WEIGHT: Final = 0.3
_GRAM_WEIGHT: Final = 0.12
_CONCEPT_WEIGHT: Final = 2.5
_BATCH: Final = 512


class HashEmbedder:
    """Signed feature hashing of words, Han pairs, letter 4-grams and concepts.

    An honest stand-in: it knows no synonyms, and links languages only through numbers, names and
    concept ids. Counts enter as 1 + ln(count). Source: Weinberger et al. (2009), ICML.
    """

    name = "landbrief-hash-256"
    dimensions = 256
    weight = 0.1  # measured: docs/decisions/0009-fusion.md

    def __init__(self, concepts: Concepts | None = None) -> None:
        self._concepts = concepts

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text; a text without any letter or digit gets the first axis."""
        rows = [self._embed(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As `embed_passages`: here a query is a short passage."""
        return self.embed_passages(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        folded = [fold(text) for text in texts]
        cells: list[int] = []
        weights: list[float] = []
        rows: list[int] = []
        for row, text in enumerate(folded):
            counts = Counter(_words(text))
            if self._concepts:
                counts.update(self._concepts(texts[row]))
            for word, count in counts.items():
                cell, weight = _feature(word)
                cells.append(cell)
                weights.append(weight if count == 1 else weight * (1.0 + log(count)))
                rows.append(row)
        places = np.asarray(rows, np.int64) * self.dimensions + np.asarray(cells, np.int64)
        flat = np.bincount(places, weights, minlength=len(texts) * self.dimensions)
        vectors = flat.reshape(len(texts), self.dimensions) + self._grams(folded)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        empty = norms[:, 0] == 0
        vectors[empty, 0] = 1.0
        norms[empty] = 1.0
        unit: Vectors = (vectors / norms).astype(np.float32)
        return unit

    def _grams(self, folded: Sequence[str]) -> NDArray[np.float64]:
        """Hashed 4-grams inside words, for the whole batch at once."""
        text = "\n".join(one.replace("\n", " ") for one in folded) + "\n"
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
        size = len(folded) * self.dimensions
        if len(codes) < _GRAM:
            return np.zeros((len(folded), self.dimensions))
        rows = np.cumsum(codes == ord("\n"))
        windows = len(codes) - _GRAM + 1
        hashed = np.zeros(windows, np.uint64)
        inside = np.ones(windows, bool)
        for offset in range(_GRAM):
            letters = codes[offset : offset + windows]
            hashed = (hashed ^ letters) * np.uint64(0x9E3779B97F4A7C15)
            inside &= letters > ord(" ")
            inside &= letters < 0x3400
        mixed = hashed[inside] >> np.uint64(40)
        places = rows[:windows][inside] * self.dimensions + (mixed & np.uint64(255)).astype(
            np.int64
        )
        signs = np.where(mixed & np.uint64(256), _GRAM_WEIGHT, -_GRAM_WEIGHT)
        sums: NDArray[np.float64] = np.bincount(places, signs, minlength=size)  # type: ignore[assignment]
        return sums.reshape(len(folded), self.dimensions)


def _words(folded: str) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(folded):
        if word[0] >= "\u3400":
            words.extend(word)
            words.extend(map("".join, pairwise(word)))
        else:
            words.append(word)
    return words


@lru_cache(maxsize=400_000)
def _feature(word: str) -> tuple[int, float]:
    """Cell and signed weight of a word, Han unit, number or concept id."""
    if ":" in word:  # no word of a text holds one, every concept id does
        weight, key = _CONCEPT_WEIGHT, word
    elif word in stop_words():
        weight, key = _STOP_WORD_WEIGHT, word
    elif word[0] >= "\u3400":
        weight, key = (_WORD_WEIGHT if len(word) > 1 else _HAN_CHARACTER_WEIGHT), word
    elif word[0].isdigit():
        weight, key = _WORD_WEIGHT, word.replace(",", ".")
    else:
        weight, key = _WORD_WEIGHT, word[:_STEM_LETTERS]
    code = zlib.crc32(key.encode())
    return code & 255, weight if code & 256 else -weight


_EMBEDDERS: Final[Mapping[str, Callable[[Concepts | None], Embedder]]] = {
    HashEmbedder.name: HashEmbedder,
    STATIC: lambda _: shipped_model(),
}
