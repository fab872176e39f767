"""Full text in tantivy: the only module that knows tantivy and its errors.

Tantivy's Python binding takes no tokenizer of ours, so tokens are made by `kb.analysis` and
indexed as words between spaces. Scores are BM25.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log1p
from pathlib import Path
from typing import Final

import numpy as np
import tantivy

from kb.documents import EditionKind
from kb.errors import StoreDamaged
from kb.late_interaction import Pieces, UnitPieces
from kb.units import UnitKind, best_first

_HEAP_BYTES: Final = 40_000_000
_HEADING_BOOST: Final = 0.3
_REMEMBERED: Final = 50_000  # units, and as many tokens: about 10 MB
_PIECES_REMEMBERED: Final = 20_000  # units: about 15 MB
_STORED: Final = np.dtype("<u4")
_PIECES: Final = ("pieces", "pieces_above")
_NO_PIECES: Final = UnitPieces(np.zeros(0, np.uint32), np.zeros(0, np.uint32))
_ALL: Final = 50_000  # units read at a time


@dataclass(frozen=True, slots=True)
class LexicalUnit:
    """One unit as it is indexed: its tokens, and those of the headings above it."""

    unit: str
    edition: str  # key of its edition, by which it is removed
    document: str
    kind: UnitKind
    body: Sequence[str]
    heading: Sequence[str] = ()
    pieces: UnitPieces | None = None  # of the embedding model, where it has vectors for each


class LexicalIndex:
    """The full-text index of one folder. Any thread may read; one at a time may write."""

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        """Opens the folder, or makes it when `write`. Raises StoreDamaged if it cannot be read."""
        self._folder = folder
        with _translated(folder):
            if write:
                folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            self._index.reload()
            self._writer = self._index.writer(_HEAP_BYTES, 1) if write else None
            self._held = _Snapshot(self._index.searcher())

    def write(self, units: Iterable[LexicalUnit], removed_editions: Iterable[str] = ()) -> None:
        """Removes editions, adds units, and makes both visible together."""
        if self._writer is None:
            raise StoreDamaged(f"the full-text index in {self._folder} was opened for reading only")
        with _translated(self._folder):
            try:
                for edition in removed_editions:
                    self._writer.delete_documents_by_term("edition", edition)
                for unit in units:
                    self._writer.add_document(_document(unit))
                self._writer.commit()
            except BaseException:
                self._writer.rollback()
                raise
            self._see()

    def search(
        self,
        tokens: Mapping[str, float],
        limit: int,
        *,
        documents: Iterable[str] | None = None,
        kind: EditionKind | None = None,
    ) -> list[tuple[str, float]]:
        """The units that hold any of the weighted `tokens`, best first, with what they cover.

        That is their BM25 score, divided by the summed weights of all `tokens` at their rarity
        (inverse document frequency), found or not: from 0 to 2.2 (k1 + 1) times 1.3 (headings).
        `documents` and `kind` leave every other unit out.
        """
        if not tokens:
            return []
        with _translated(self._folder):
            query = self._query(tokens, documents, kind)
            snapshot = self._snapshot()
            hits = snapshot.searcher.search(query, limit, count=False).hits
            whole = snapshot.rarity(tokens)
            units = snapshot.units([address for _, address in hits])
        return best_first((unit, hit[0] / whole) for unit, hit in zip(units, hits, strict=True))

    def pieces(self, units: Sequence[str]) -> list[UnitPieces]:
        """The pieces of each of `units`, none for one that is not there or was given none."""
        with _translated(self._folder):
            return self._snapshot().pieces(units, self._term)

    def count(self) -> int:
        """How many units are held."""
        with _translated(self._folder):
            return int(self._index.searcher().num_docs)

    def units(self) -> list[str]:
        """The ids of all units; one that is held twice stands twice."""
        with _translated(self._folder):
            searcher = self._index.searcher()
            everything = tantivy.Query.all_query()
            found: list[str] = []
            for offset in range(0, int(searcher.num_docs), _ALL):
                hits = searcher.search(everything, _ALL, offset=offset).hits
                found.extend(str(searcher.doc(address)["unit"][0]) for _, address in hits)
            return found

    def reload(self) -> None:
        """Sees what another process has written."""
        with _translated(self._folder):
            self._see()

    def close(self) -> None:
        """Waits for background merges and lets go of the folder."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with _translated(self._folder):
                writer.wait_merging_threads()

    def _see(self) -> None:
        """Takes up the last commit."""
        self._index.reload()
        self._held = _Snapshot(self._index.searcher())

    def _snapshot(self) -> "_Snapshot":
        """A late one: merges in the background make new ones at any time."""
        held, now = self._held, self._index.searcher()
        if (now.num_docs, now.num_segments) != (held.searcher.num_docs, held.searcher.num_segments):
            held = self._held = _Snapshot(now)
        return held

    def _query(
        self,
        tokens: Mapping[str, float],
        documents: Iterable[str] | None,
        kind: EditionKind | None,
    ) -> tantivy.Query:
        should = tantivy.Occur.Should
        terms = [
            (should, tantivy.Query.boost_query(self._term(field, token), weight * boost))
            for token, weight in tokens.items()
            for field, boost in (("body", 1.0), ("heading", _HEADING_BOOST))
        ]
        query = tantivy.Query.boolean_query(terms)
        filters = []
        if documents is not None:
            ids = [(should, self._term("document", document)) for document in documents]
            filters.append(tantivy.Query.boolean_query(ids))
        if kind is not None:
            filters.append(self._term("kind", kind))
        if not filters:
            return query
        must = tantivy.Occur.Must
        silent = [(must, tantivy.Query.const_score_query(one, 0.0)) for one in filters]
        return tantivy.Query.boolean_query([(must, query), *silent])

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token)


class _Snapshot:
    """One state of the index, and what was read of it: in it an address never changes its unit."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._units: dict[tuple[int, int], str] = {}
        self._rarities: dict[str, float] = {}
        self._pieces: dict[str, UnitPieces] = {}
        self._above: dict[bytes, Pieces] = {}

    def units(self, addresses: Iterable[tantivy.DocAddress]) -> list[str]:
        """The ids of the units at these addresses."""
        held = self._units
        if len(held) > _REMEMBERED:
            held = self._units = {}
        found = []
        for address in addresses:
            key = address.segment_ord, address.doc
            unit = held.get(key)
            if unit is None:
                unit = held[key] = str(self.searcher.doc(address)["unit"][0])
            found.append(unit)
        return found

    def pieces(
        self, units: Sequence[str], term: Callable[[str, str], tantivy.Query]
    ) -> list[UnitPieces]:
        """The stored pieces of each of `units`."""
        held = self._pieces
        if missing := [unit for unit in units if unit not in held]:
            if len(held) + len(missing) > _PIECES_REMEMBERED:
                held = self._pieces = {unit: held[unit] for unit in units if unit in held}
                self._above = {}
            held.update(dict.fromkeys(missing, _NO_PIECES))
            held.update(self._read_pieces(missing, term))
        return [held[unit] for unit in units]

    def _read_pieces(
        self, units: Sequence[str], term: Callable[[str, str], tantivy.Query]
    ) -> Iterator[tuple[str, UnitPieces]]:
        wanted = [(tantivy.Occur.Should, term("unit", unit)) for unit in units]
        found = self.searcher.search(tantivy.Query.boolean_query(wanted), len(units), count=False)
        for _, address in found.hits:
            document = self.searcher.doc(address)
            own, above = (bytes((document[name] or [b""])[0]) for name in _PIECES)
            # What stands above is nearly always the same as for the neighbours: kept once.
            shared = self._above.setdefault(above, np.frombuffer(above, _STORED))
            yield str(document["unit"][0]), UnitPieces(np.frombuffer(own, _STORED), shared)

    def rarity(self, tokens: Mapping[str, float]) -> float:
        """Sum over `tokens` of weight × inverse document frequency, as BM25 has it."""
        held = self._rarities
        if len(held) > _REMEMBERED:
            held = self._rarities = {}
        total = 0.0
        for token, weight in tokens.items():
            rarity = held.get(token)
            if rarity is None:
                rarity = held[token] = self._rarity(token)
            total += weight * rarity
        return total

    def _rarity(self, token: str) -> float:
        count = self.searcher.num_docs
        holders = min(self.searcher.doc_freq("body", token), count)  # it counts removed units too
        return log1p((count - holders + 0.5) / (holders + 0.5))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("unit", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("edition", "document", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _PIECES:
        builder.add_bytes_field(name, stored=True)
    for name in ("body", "heading"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(unit: LexicalUnit) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("unit", unit.unit)
    document.add_text("edition", unit.edition)
    document.add_text("document", unit.document)
    document.add_text("kind", unit.kind)
    document.add_text("body", " ".join(unit.body))
    document.add_text("heading", " ".join(unit.heading))
    for name, pieces in zip(_PIECES, unit.pieces or (), strict=False):
        document.add_bytes(name, pieces.astype(_STORED).tobytes())
    return document


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, StoreDamaged):
        raise
    except BaseException as error:  # a Rust panic is no Exception
        line = " ".join(str(error).split())[:200] or type(error).__name__
        raise StoreDamaged(
            f'the full-text index in {folder} cannot be used ({line}): run "landbrief reindex"'
        ) from error
