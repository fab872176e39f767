"""What search remembers of the stores is never older than they are, and bounded."""

from pathlib import Path

from kb_fixtures import SYMBOL, TEXTS, add, document, found, opened, rich_document

from kb.candidates import Findables, Query
from kb.card_search import RecordMemory
from kb.documents import EditionKind
from kb.embedding import HashEmbedder
from kb.index_home import open_indexes
from kb.indexes import Maker
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES
from kb.lexical import LexicalIndex, LexicalUnit
from kb.search import search
from kb.store import open_store

EDITIONS: tuple[EditionKind | None, ...] = (None, "original")


def _hits(kb: KnowledgeBase, query: str) -> list[tuple[str, str, str]]:
    return [(h.passage.language, h.passage.label, h.passage.text) for h in kb.search(query)]


def test_what_changes_while_others_search_is_seen_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
        assert _hits(kb, "Norway wells")[0][2] == TEXTS["en"][0]
        add(kb, document(texts=("Norway now pays for shallow wells.",)), source="second.pdf")
        assert [text for *_, text in _hits(kb, "Norway wells")] == [
            "Norway now pays for shallow wells."
        ]
        kb.remove(SYMBOL)
        assert _hits(kb, "Norway wells") == []


def test_a_process_that_only_reads_sees_what_another_one_changes(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
        with opened(tmp_path, write=False) as reader:
            assert found(reader, "Norway wells")[0] == (SYMBOL, "1")
            add(kb, document("fr"), source="fr.pdf")
            assert _hits(reader, "La Norvège et les puits")[0][:2] == ("fr", "1")
            kb.remove(SYMBOL)
            assert found(reader, "Norway wells") == []


def test_a_small_memory_finds_what_a_large_one_does(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        for language in LANGUAGES:
            add(kb, document(language), source=f"{language}.pdf")
        add(kb, rich_document(), source="rich.pdf")
    store = open_store(tmp_path, write=False)
    indexes = open_indexes(store, tmp_path, Maker(HashEmbedder()), write=False)
    large, small, records = Findables(), Findables(remembered=2), RecordMemory()
    for text in (text for texts in TEXTS.values() for text in texts):
        for edition in EDITIONS:
            query = Query(text, edition=edition)
            with store.reading() as session:
                some = search(session, indexes, small, records, query)
                assert some == search(session, indexes, large, records, query) != ()
    indexes.close()
    store.close()


def test_however_often_it_is_written_full_text_gives_the_units_it_holds(tmp_path: Path) -> None:
    """Merges move units to other addresses."""
    index = LexicalIndex(tmp_path)
    for turn in range(24):
        units = [LexicalUnit(f"{turn}-{n}", f"e{turn}", "d", "original", [f"w{n}"]) for n in (0, 1)]
        index.write(units, [f"e{turn - 2}"])
        held = {f"{one}-1" for one in (turn - 1, turn) if one >= 0}
        assert {unit for unit, _ in index.search({"w1": 1.0}, 50)} == held
    reader = LexicalIndex(tmp_path, write=False)
    assert {unit for unit, _ in reader.search({"w1": 1.0}, 50)} == {"22-1", "23-1"}
    index.write([], ["e22"])
    reader.reload()
    assert [unit for unit, _ in reader.search({"w1": 1.0}, 50)] == ["23-1"]
    reader.close()
    index.close()
