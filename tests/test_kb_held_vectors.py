"""Vectors in memory follow the store, and give what comparing one by one gives."""

from pathlib import Path

import numpy as np
from kb_fixtures import SYMBOL, add, document, found, opened

from kb.embedding import HashEmbedder, Vectors
from kb.held_vectors import HeldVectors
from kb.vectors import VectorStore


def _vectors(count: int) -> Vectors:
    rows = np.random.default_rng(7).normal(size=(count, 16))
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_the_nearest_are_those_of_all_comparisons() -> None:
    rows = _vectors(300)
    units = [f"u{n}" for n in range(300)]
    scores = rows @ rows[3]
    nearest = HeldVectors(units, rows).nearest(rows[3], 10)
    assert {unit for unit, _ in nearest} == {units[n] for n in np.argsort(-scores)[:10]}
    assert len(HeldVectors(units, rows).nearest(rows[3], 1_000)) == 300


def test_a_unit_written_again_replaces_itself_and_a_removed_one_is_gone() -> None:
    rows = _vectors(4)
    held = HeldVectors([], np.zeros(0, np.float32)).with_(["a", "b"], rows[:2])
    held = held.with_(["b", "c"], rows[2:]).without(["a", "never there"])
    assert sorted(held.units) == ["b", "c"]
    (b,) = held.among(rows[2], ["b", "a"])
    assert b[0] == "b"
    assert abs(b[1] - 1.0) < 1e-6


def test_what_is_written_or_deleted_after_a_search_counts_at_once(tmp_path: Path) -> None:
    rows = _vectors(6)
    store = VectorStore(tmp_path)
    assert store.search(rows[0], 3) == []
    store.upsert("original", ["a", "b"], rows[:2])
    assert [unit for unit, _ in store.search(rows[1], 1)] == ["b"]
    store.upsert("digest", ["c"], rows[2:3])
    store.delete("original", ["b"])
    assert {unit for unit, _ in store.search(rows[1], 5)} == {"a", "c"}
    store.close()
    again = VectorStore(tmp_path)
    assert {unit for unit, _ in again.search(rows[1], 5)} == {"a", "c"}
    again.close()


def test_a_paragraph_that_sql_does_not_hold_is_no_hit_and_takes_no_place(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
        expected = found(kb, "Norway wells")
    vectors = VectorStore(next((tmp_path / "index").iterdir()) / "vectors")
    orphan = f"{SYMBOL}|en|original|v1|999"
    vectors.upsert("original", [orphan], HashEmbedder().embed_passages(["Norway wells"]))
    vectors.delete("original", [f"{SYMBOL}|en|original|v1|1"])
    vectors.close()
    with opened(tmp_path) as kb:
        hits = kb.search("Norway wells")
        assert {(h.passage.document_id, h.passage.label) for h in hits} == set(expected)
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
