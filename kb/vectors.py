"""Dense vectors in ChromaDB: the only module that knows Chroma, its distances and its errors.

One collection holds the units of originals, another those of digests, so that leaving digests out
costs nothing; a third holds the cards of records, which must not crowd out a paragraph. Only ids
and vectors are kept there: everything else is in SQL. What a small collection holds is also kept
in memory.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from kb.documents import EditionKind
from kb.embedding import Vectors
from kb.errors import StoreDamaged
from kb.held_vectors import HeldVectors
from kb.units import UnitKind, best_first

_TEXTS: Final[tuple[UnitKind, ...]] = ("original", "digest")
_KINDS: Final[tuple[UnitKind, ...]] = (*_TEXTS, "card")
_PROBED: Final = 40
# Beyond Chroma's defaults (16, 100, 100), which lose 4 of 100 neighbours among 12,000 vectors.
_GRAPH: Final = {
    "space": "cosine",
    "max_neighbors": 24,
    "ef_construction": 128,
    "ef_search": 256,
}
_BATCH: Final = 2_000  # vectors a call: Chroma's own limit is near 5,400
_SMALL: Final = 5_000  # vectors: 5 MB, read from Chroma in 80 ms at the first search


class VectorStore:
    """The vectors of one index folder. Any thread may read; one at a time may write."""

    def __init__(self, folder: Path) -> None:
        """Opens the folder, or makes it. Raises StoreDamaged when it cannot be read."""
        # Here, because importing Chroma takes half a second, and not every command needs it.
        import chromadb
        from chromadb.config import Settings

        with _translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )
            self._collections: dict[UnitKind, Any] = {
                kind: self._client.get_or_create_collection(
                    f"units-{kind}",
                    embedding_function=None,
                    configuration={"hnsw": dict(_GRAPH)},
                )
                for kind in _KINDS
            }
            # Kept, because asking Chroma costs more than the search itself.
            self._counts = {kind: self._count(kind) for kind in _KINDS}
        self._held: dict[UnitKind, HeldVectors] = {}
        self._holding = threading.Lock()  # what is read from Chroma must not miss a write
        self._folder = folder

    def upsert(self, kind: UnitKind, units: Sequence[str], vectors: Vectors) -> None:
        """Writes one row of `vectors` (unit length) for each unit, over what was there."""
        with self._writing(kind):
            for start in range(0, len(units), _BATCH):
                self._collections[kind].upsert(
                    ids=list(units[start : start + _BATCH]),
                    embeddings=vectors[start : start + _BATCH],
                )
            if held := self._held.get(kind):
                self._hold(kind, held.with_(units, vectors))

    def delete(self, kind: UnitKind, units: Iterable[str]) -> None:
        """Removes units; one that is not there is passed over."""
        gone = list(units)
        with self._writing(kind):
            for start in range(0, len(gone), _BATCH):
                self._collections[kind].delete(ids=gone[start : start + _BATCH])
            if held := self._held.get(kind):
                self._hold(kind, held.without(gone))

    def search(
        self, vector: Vectors, limit: int, kinds: Iterable[UnitKind] = _TEXTS
    ) -> list[tuple[str, float]]:
        """The units nearest to one unit vector, best first, with cosine similarity in [-1, 1]."""
        found: list[tuple[str, float]] = []
        for kind in kinds:
            held = self._in_memory(kind)
            found += held.nearest(vector, limit) if held else self._query(kind, vector, limit)
        return best_first(found)[:limit]

    def search_among(
        self, vector: Vectors, limit: int, units: Mapping[EditionKind, Sequence[str]]
    ) -> list[tuple[str, float]]:
        """As `search`, exactly, among `units` alone; one that is not there is passed over."""
        found: list[tuple[str, float]] = []
        for kind, some in units.items():
            held = self._in_memory(kind)
            if held:
                found += held.among(vector, some)
                continue
            for ids, rows in self._read(kind, some):
                found.extend(zip(ids, (rows @ vector).tolist(), strict=True))
        return best_first(found)[:limit]

    def probe(self) -> None:
        """Searches once and reads a few vectors from all over; raises StoreDamaged if it cannot."""
        for kind, collection in self._collections.items():
            with _translated(self._folder):
                count = self._counts[kind]
                for offset in {0, count // 3, 2 * count // 3, max(0, count - _PROBED)}:
                    result = collection.get(limit=_PROBED, offset=offset, include=["embeddings"])
                    if count and len(result["embeddings"]) == 0:
                        raise StoreDamaged("no vectors are given back")
                if count:
                    first = np.asarray(
                        collection.get(limit=1, include=["embeddings"])["embeddings"]
                    )
                    collection.query(query_embeddings=first, n_results=min(count, _PROBED))

    def count(self, kinds: Iterable[UnitKind] = _TEXTS) -> int:
        """How many units are held."""
        with _translated(self._folder):
            return sum(map(self._count, kinds))

    def units(self, kinds: Iterable[UnitKind] = _TEXTS) -> set[str]:
        """The ids of all units."""
        with _translated(self._folder):
            return {
                unit for kind in kinds for unit in self._collections[kind].get(include=[])["ids"]
            }

    def stored(self, kind: UnitKind, units: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those of `units` that are there."""
        return {
            unit: row
            for ids, rows in self._read(kind, units)
            for unit, row in zip(ids, rows, strict=True)
        }

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()

    @contextmanager
    def _writing(self, kind: UnitKind) -> Iterator[None]:
        """Keeps what is in memory of `kind` true to Chroma, also when the block fails."""
        with _translated(self._folder), self._holding:
            try:
                yield
            except BaseException:
                self._held.pop(kind, None)
                raise
            finally:
                self._counts = {**self._counts, kind: self._count(kind)}

    def _hold(self, kind: UnitKind, held: HeldVectors) -> None:
        if len(held.units) <= _SMALL:
            self._held[kind] = held
        else:
            self._held.pop(kind, None)

    def _in_memory(self, kind: UnitKind) -> HeldVectors | None:
        """What `kind` holds, read at the first search; None if that is too much."""
        held = self._held.get(kind)
        if held is None and self._counts[kind] <= _SMALL:
            with _translated(self._folder), self._holding:
                result = self._collections[kind].get(include=["embeddings"])
                rows = np.asarray(result["embeddings"], np.float32)
                held = self._held[kind] = HeldVectors(result["ids"], rows)
        return held

    def _query(self, kind: UnitKind, vector: Vectors, limit: int) -> Iterator[tuple[str, float]]:
        count = min(limit, self._counts[kind])
        if count == 0:
            return
        with _translated(self._folder):
            result = self._collections[kind].query(
                query_embeddings=vector.reshape(1, -1), n_results=count, include=["distances"]
            )
        for unit, distance in zip(result["ids"][0], result["distances"][0], strict=True):
            yield unit, 1.0 - distance

    def _count(self, kind: UnitKind) -> int:
        return int(self._collections[kind].count())

    def _read(self, kind: UnitKind, units: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        for start in range(0, len(units), _BATCH):
            with _translated(self._folder):
                result = self._collections[kind].get(
                    ids=list(units[start : start + _BATCH]), include=["embeddings"]
                )
            if result["ids"]:
                yield result["ids"], np.asarray(result["embeddings"], np.float32)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, StoreDamaged):
        raise
    except BaseException as error:  # a Rust panic is no Exception
        raise StoreDamaged(
            f'the vectors in {folder} cannot be used ({_line(error)}): run "landbrief reindex"'
        ) from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
