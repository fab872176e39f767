"""How near a text is to a question in meaning, whatever words it uses."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Final, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_Key = TypeVar("_Key", bound=Hashable)

_QUESTIONS: Final = 64
_TEXTS: Final = 8_000  # passages, or cards of records, whose pieces are kept


class Embedder(Protocol):
    """The part of `kb.embedding.Embedder` that comparing needs."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As `embed_passages`, for what is asked."""


class Likeness:
    """Cosines of a question with pieces of texts, which are embedded once. Safe in threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._questions: OrderedDict[str, Vectors] = OrderedDict()
        self._texts: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
        self._lock = Lock()

    def of(self, question: str, pieces: tuple[str, ...]) -> tuple[float, ...]:
        """The cosine, in [-1, 1], of each of `pieces` with `question`."""
        if not pieces:
            return ()
        asked = self._held(self._questions, question, _QUESTIONS, self._asked)
        vectors = self._held(self._texts, pieces, _TEXTS, self._embedder.embed_passages)
        return tuple(float(one) for one in vectors @ asked)

    def _asked(self, question: str) -> Vectors:
        found: Vectors = self._embedder.embed_queries([question])[0]
        return found

    def _held(
        self,
        held: OrderedDict[_Key, Vectors],
        key: _Key,
        most: int,
        make: Callable[[_Key], Vectors],
    ) -> Vectors:
        with self._lock:
            if key in held:
                held.move_to_end(key)
                return held[key]
        made = make(key)
        with self._lock:
            held[key] = made
            while len(held) > most:
                held.popitem(last=False)
        return made
