"""Dense vectors in ChromaDB: the only module that knows Chroma, its distances and its errors.

One collection holds the units of originals, another those of digests, so that leaving digests out
costs nothing. Only ids and vectors are kept there: everything else is in SQL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from kb.documents import EditionKind
from kb.embedding import Vectors
from kb.errors import StoreDamaged
from kb.units import by_score

_KINDS: Final[tuple[EditionKind, ...]] = ("original", "digest")
_PROBED: Final = 40
# Beyond Chroma's defaults (16, 100, 100), which lose 4 of 100 neighbours among 12,000 vectors.
_GRAPH: Final = {
    "space": "cosine",
    "max_neighbors": 24,
    "ef_construction": 128,
    "ef_search": 256,
}
_BATCH: Final = 2_000  # vectors a call: Chroma's own limit is near 5,400


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
            self._collections: dict[EditionKind, Any] = {
                kind: self._client.get_or_create_collection(
                    f"units-{kind}",
                    embedding_function=None,
                    configuration={"hnsw": dict(_GRAPH)},
                )
                for kind in _KINDS
            }
            self._counts = self._recount()
        self._folder = folder

    def upsert(self, kind: EditionKind, units: Sequence[str], vectors: Vectors) -> None:
        """Writes one row of `vectors` (unit length) for each unit, over what was there."""
        with _translated(self._folder):
            for start in range(0, len(units), _BATCH):
                self._collections[kind].upsert(
                    ids=list(units[start : start + _BATCH]),
                    embeddings=vectors[start : start + _BATCH],
                )
            self._counts = self._recount()

    def delete(self, kind: EditionKind, units: Iterable[str]) -> None:
        """Removes units; one that is not there is passed over."""
        remaining = iter(units)
        with _translated(self._folder):
            while batch := list(islice(remaining, _BATCH)):
                self._collections[kind].delete(ids=batch)
            self._counts = self._recount()

    def search(
        self, vector: Vectors, limit: int, kinds: Iterable[EditionKind] = _KINDS
    ) -> list[tuple[str, float]]:
        """The units nearest to one unit vector, best first, with cosine similarity in [-1, 1]."""
        found: list[tuple[str, float]] = []
        with _translated(self._folder):
            for kind in kinds:
                count = min(limit, self._counts[kind])
                if count == 0:
                    continue
                result = self._collections[kind].query(
                    query_embeddings=vector.reshape(1, -1), n_results=count, include=["distances"]
                )
                pairs = zip(result["ids"][0], result["distances"][0], strict=True)
                found.extend((unit, 1.0 - distance) for unit, distance in pairs)
        found.sort(key=by_score)
        return found[:limit]

    def search_among(
        self, vector: Vectors, limit: int, units: Mapping[EditionKind, Sequence[str]]
    ) -> list[tuple[str, float]]:
        """As `search`, exactly, among `units` alone; one that is not there is passed over."""
        found: list[tuple[str, float]] = []
        for kind, some in units.items():
            for ids, rows in self._read(kind, some):
                found.extend(zip(ids, (rows @ vector.reshape(-1)).tolist(), strict=True))
        found.sort(key=by_score)
        return found[:limit]

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

    def count(self) -> int:
        """How many units are held."""
        with _translated(self._folder):
            return sum(self._recount().values())

    def units(self) -> set[str]:
        """The ids of all units."""
        with _translated(self._folder):
            return {
                unit
                for collection in self._collections.values()
                for unit in collection.get(include=[])["ids"]
            }

    def stored(self, kind: EditionKind, units: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those of `units` that are there."""
        return {
            unit: row
            for ids, rows in self._read(kind, units)
            for unit, row in zip(ids, rows, strict=True)
        }

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()

    def _recount(self) -> dict[EditionKind, int]:
        # Kept, because asking Chroma costs more than the search itself.
        return {kind: int(each.count()) for kind, each in self._collections.items()}

    def _read(self, kind: EditionKind, units: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
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
