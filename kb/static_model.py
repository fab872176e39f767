"""The project's own six-language model: a vector for each piece of a word, read without torch.

A text's vector is the mean of its pieces' vectors, of unit length. `kb/data/model` holds the
tokenizer (which also folds case, accents, Arabic letter forms and traditional characters), the
vectors as int8 with a scale for each row, and the card that says how they were trained.
"""

import gzip
import json
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.errors import SettingsError
from kb.late_interaction import (
    Pieces,
    Places,
    UnitPieces,
    best_met,
    rarity_weights,
    telling,
)
from kb.meanings import MEANINGS_FILE, Meanings, read_meanings

Vectors = NDArray[np.float32]

NAME: Final = "landbrief-static-256"
WEIGHT: Final = 0.8  # measured: docs/decisions/0018-late-interaction.md
VECTORS_FILE: Final = "vectors.npy"
SCALES_FILE: Final = "scales.npy"
TOKENIZER_FILE: Final = "tokenizer.json.gz"
CONFIG_FILE: Final = "config.json"
_BATCH: Final = 256
_ROWS: Final = 8_192  # read at a time
_PRODUCT: Final = 262_144  # multiplications in one product, so few that one thread does it
_SPACE: Final = "\u2581"  # what a piece that begins a word begins with


class _Parts(NamedTuple):
    tokenizer: Any
    vectors: NDArray[np.int8]
    scales: Vectors
    lengths: Vectors  # of each vector before its scale
    meanings: Meanings


_Compared = Callable[[_Parts, NDArray[np.int64], NDArray[np.int64]], Vectors]
"""How far pieces, the rows, are what others are, the columns."""


class StaticEmbedder:
    """Texts of the six languages to unit vectors. Any thread may call it.

    Only the configuration is read at first; the rest when the first text comes.
    """

    weight = WEIGHT

    def __init__(self, folder: Path) -> None:
        """The model in `folder`. Raises SettingsError when it has no configuration."""
        self._folder = folder
        self._parts: _Parts | None = None
        self._lock = threading.Lock()
        try:
            config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
            # The revision is part of the name: other vectors under one name would be mixed.
            self.name = f"{config['name']}-{config['revision']}"
            self.dimensions = int(config["dimensions"])
        except (OSError, KeyError, ValueError) as error:
            raise _unreadable(folder, error) from error

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text; a text without any letter or digit gets the first axis.

        Raises SettingsError when a file of the model is missing or damaged.
        """
        parts = self._loaded()
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = parts.tokenizer.encode_batch_fast(
                list(texts[start : start + _BATCH]), add_special_tokens=False
            )
            for place, encoding in enumerate(batch, start):
                rows[place] = _mean_direction(encoding.ids, parts)
        return rows

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As `embed_passages`: a query is a short passage."""
        return self.embed_passages(texts)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text, sorted, each once."""
        tokenizer = self._loaded().tokenizer
        found: list[Pieces] = []
        for start in range(0, len(texts), _BATCH):
            some = list(texts[start : start + _BATCH])
            for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False):
                found.append(np.unique(np.asarray(encoding.ids, np.uint32)))
        return found

    def agreement(self, query: str, units: Sequence[UnitPieces]) -> Vectors:
        """How well each unit meets the pieces of `query` by near ones, from about 0 to 1; a number
        is met by itself alone."""
        return self._met(query, units, _cosines)

    def meaning(self, query: str, units: Sequence[UnitPieces]) -> Vectors:
        """The same by pieces that mean the same, from 0 to 1."""
        return self._met(query, units, _shared)

    def _met(self, query: str, units: Sequence[UnitPieces], compared: _Compared) -> Vectors:
        parts = self._loaded()
        encoded = parts.tokenizer.encode(query, add_special_tokens=False)
        asked = np.asarray(encoded.ids, np.int64)
        weights = rarity_weights(parts.lengths[asked] * parts.scales[asked])
        counted = telling(weights)
        asked = asked[counted]
        own, above = Places.of(unit.own for unit in units), Places.of(unit.above for unit in units)
        is_held = np.zeros(len(parts.scales), np.bool_)
        is_held[own.rows] = True
        is_held[above.rows] = True
        held, place = np.flatnonzero(is_held), np.cumsum(is_held) - 1
        met = compared(parts, held, asked)
        for column, piece in enumerate(encoded.tokens[n] for n in counted):
            if (digits := piece.lstrip(_SPACE)).isdecimal():  # 2020 is nothing like 2024
                same = [parts.tokenizer.token_to_id(one) for one in (digits, _SPACE + digits)]
                met[:, column] = np.isin(held, [one for one in same if one is not None])
        found: Vectors = best_met(met, own.among(place), above.among(place)) @ weights[counted]
        return found

    def _loaded(self) -> _Parts:
        with self._lock:
            if self._parts is None:
                self._parts = _read(self._folder)
            return self._parts


@cache
def shipped_model() -> StaticEmbedder:
    """The model of `kb/data/model`, held once by a process however many homes it opens."""
    with as_file(files("kb").joinpath("data/model")) as folder:
        return StaticEmbedder(folder)


def _read(folder: Path) -> _Parts:
    from tokenizers import Tokenizer  # here, because a command that embeds nothing needs none

    try:
        packed = (folder / TOKENIZER_FILE).read_bytes()
        # Mapped, so that only the rows that are asked for are read.
        vectors = np.load(folder / VECTORS_FILE, mmap_mode="r")
        scales = np.load(folder / SCALES_FILE)
        tokenizer = Tokenizer.from_str(gzip.decompress(packed).decode())
        meanings = read_meanings(folder / MEANINGS_FILE)
    except Exception as error:  # tokenizers raises bare Exception
        raise _unreadable(folder, error) from error
    sizes = {len(vectors), len(scales), len(meanings.starts) - 1, tokenizer.get_vocab_size()}
    if len(sizes) > 1:
        raise _unreadable(folder, ValueError("its files belong to different models"))
    return _Parts(tokenizer, vectors, scales, _lengths(vectors), meanings)


def _cosines(parts: _Parts, pieces: NDArray[np.int64], asked: NDArray[np.int64]) -> Vectors:
    """The cosine of each of `pieces`, a row, with each piece asked for, a column."""
    wanted: Vectors = parts.vectors[asked].astype(np.float32).T
    found = np.empty((len(pieces), len(asked)), np.float32)
    vectors = np.asarray(parts.vectors)
    step = max(1, _PRODUCT // max(1, wanted.size))
    for start in range(0, len(pieces), step):
        rows = vectors[pieces[start : start + step]].astype(np.float32)
        np.matmul(rows, wanted, out=found[start : start + step])
    found /= parts.lengths[pieces][:, None]
    found /= parts.lengths[asked]
    return found


def _shared(parts: _Parts, pieces: NDArray[np.int64], asked: NDArray[np.int64]) -> Vectors:
    return parts.meanings.shared(pieces, asked)


def _lengths(vectors: NDArray[np.int8]) -> Vectors:
    """Of each row; at least 1, so that a piece without a direction has cosine 0 with all."""
    blocks = (
        np.linalg.norm(vectors[start : start + _ROWS].astype(np.float32), axis=1)
        for start in range(0, len(vectors), _ROWS)
    )
    found: Vectors = np.maximum(np.concatenate([*blocks]), np.float32(1.0))
    return found


def _mean_direction(pieces: Sequence[int], parts: _Parts) -> Vectors:
    total: Vectors = parts.scales[pieces] @ parts.vectors[pieces].astype(np.float32)
    norm = float(np.sqrt(total @ total))
    if norm > 0.0:
        return total / np.float32(norm)
    first = np.zeros(len(total), np.float32)
    first[0] = 1.0
    return first


def _unreadable(folder: Path, error: Exception) -> SettingsError:
    return SettingsError(f"the embedding model in {folder} cannot be read: {error}")
