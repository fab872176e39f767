"""What SQL has committed reaches the derived stores, whenever the process dies."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from kb_fixtures import SYMBOL, add, document, found, opened, origin, rows
from sqlmodel import select

from kb import catalogue
from kb.embedding import HashEmbedder, Vectors
from kb.errors import StoreDamaged
from kb.lexical import LexicalIndex
from kb.store import open_store
from kb.tables import Edition, IndexWork
from kb.vectors import VectorStore
from kb.views import Origin

TESTS = Path(__file__).parent


class Crash(BaseException):
    """Stands for the death of the process at one point."""


class Fragile(HashEmbedder):
    """Dies on the passage that it is told to, as a process would in the middle of its work."""

    def __init__(self, error: type[BaseException] = Crash) -> None:
        super().__init__()
        self.error = error
        self.armed = False

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.armed:
            self.armed = False
            raise self.error("on purpose")
        return super().embed_passages(texts)


class FragileConcepts:
    """Concepts are asked for after the vectors are written and before the full text is."""

    def __init__(self) -> None:
        self.armed = False

    def __call__(self, text: str) -> Sequence[str]:
        if self.armed and "Sweden" in text:
            self.armed = False
            raise Crash
        return ()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


CHANGED = document(texts=["Sweden granted 9 million dollars for terraces."])


def _is_made_good(home: Path) -> None:
    with opened(home) as kb:
        assert kb.verify().problems == ()
        assert found(kb, "Sweden terraces") == [(SYMBOL, "1")]
        assert found(kb, "Norway deep wells pastoralists", k=1) == [(SYMBOL, "1")]
        assert kb.passage(SYMBOL, "1").text == CHANGED.paragraphs[0].text


@pytest.mark.parametrize("known", [False, True])
def test_a_crash_before_the_vectors_is_made_good_on_opening(home: Path, known: bool) -> None:
    fragile = Fragile()
    with opened(home, embedder=fragile) as kb:
        if known:
            add(kb, document())
        fragile.armed = True
        with pytest.raises(Crash):
            add(kb, CHANGED)
    _is_made_good(home)


@pytest.mark.parametrize("known", [False, True])
def test_a_crash_between_vectors_and_full_text_is_made_good(home: Path, known: bool) -> None:
    fragile = FragileConcepts()
    with opened(home, concepts=fragile) as kb:
        if known:
            add(kb, document())
        fragile.armed = True
        with pytest.raises(Crash):
            add(kb, CHANGED)
    _is_made_good(home)


def test_a_crash_after_both_only_repeats_work(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
        add(kb, CHANGED)
    _leave_work_undone(home)
    _is_made_good(home)


def _leave_work_undone(home: Path) -> None:
    """The state of a process that died before it could strike its work off."""
    store = open_store(home)
    with store.writing() as session:
        session.add_all(IndexWork(edition_id=e.id) for e in session.exec(select(Edition)) if e.id)
    store.close()


def test_a_crash_while_withdrawing_is_made_good(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
    store = open_store(home)
    with store.writing() as session:
        catalogue.remove(session, SYMBOL)
    store.close()
    with opened(home) as kb:
        assert kb.verify().ok
        assert found(kb, "Norway wells") == []


def test_a_crash_before_the_commit_leaves_nothing(home: Path) -> None:
    opened(home).close()
    store = open_store(home)
    parsed = document()

    def dying() -> None:
        with store.writing() as session:
            catalogue.add_parsed(session, parsed, origin(parsed))
            raise Crash

    with pytest.raises(Crash):
        dying()
    store.close()
    with opened(home) as kb:
        assert kb.documents() == ()
        assert kb.verify().ok


def test_work_that_is_not_done_yet_is_reported(home: Path) -> None:
    fragile = Fragile()
    with opened(home, embedder=fragile) as kb:
        fragile.armed = True
        with pytest.raises(Crash):
            add(kb, document())
        problems = kb.verify().problems
        assert any("1 editions wait to be indexed" in line for line in problems)
        add(kb, document("fr"))
        assert kb.verify().ok


def _harm_nothing_there(index: Path) -> None:
    shutil.rmtree(index)


def _harm_vectors_gone(index: Path) -> None:
    shutil.rmtree(next(index.glob("*/vectors")))


def _harm_vectors_emptied(index: Path) -> None:
    next(index.glob("*/vectors/chroma.sqlite3")).write_bytes(b"")


def _harm_vectors_scrambled(index: Path) -> None:
    path = next(index.glob("*/vectors/chroma.sqlite3"))
    path.write_bytes(b"not a database" * 4096)


def _harm_text_gone(index: Path) -> None:
    shutil.rmtree(next(index.glob("*/fulltext")))


def _harm_text_without_its_list(index: Path) -> None:
    next(index.glob("*/fulltext/meta.json")).unlink()


def _harm_text_list_cut(index: Path) -> None:
    path = next(index.glob("*/fulltext/meta.json"))
    path.write_bytes(path.read_bytes()[:40])


def _harm_text_segment_gone(index: Path) -> None:
    next(index.glob("*/fulltext/*.store")).unlink()


def _harm_text_segment_cut(index: Path) -> None:
    for path in index.glob("*/fulltext/*.idx"):
        path.write_bytes(path.read_bytes()[:7])


_HARMS = [harm for name, harm in sorted(globals().items()) if name.startswith("_harm_")]


@pytest.mark.parametrize("harm", _HARMS, ids=lambda harm: harm.__name__)
def test_a_damaged_index_is_made_anew_from_sql(
    home: Path, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with opened(home) as kb:
        add(kb, document())
    harm(home / "index")
    with opened(home) as kb:
        assert kb.verify().ok
        assert found(kb, "Norway wells", k=1) == [(SYMBOL, "1")]
    assert any("rebuilding the indexes" in record.getMessage() for record in caplog.records)


def test_a_vector_file_cut_short_is_noticed(home: Path) -> None:
    """Enough vectors that Chroma has written its graph to files."""
    with opened(home) as kb:
        kb.add_passages(rows({str(n): f"Well number {n}" for n in range(1, 1300)}), _FILE)
    for path in (home / "index").glob("*/vectors/*/*.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with opened(home) as kb:
        assert kb.verify().ok
        assert len(found(kb, "well number", k=5)) == 5


_FILE = Origin(source="a.jsonl", sha256="unused")


UNIT = f"{SYMBOL}|en|original|v1|1"


def _replace_vector(home: Path, unit: str, text: str) -> None:
    """Puts the vector of another text in the place of the first unit's, under the name `unit`."""
    vectors = VectorStore(next((home / "index").iterdir()) / "vectors")
    vectors.delete("original", [UNIT])
    vectors.upsert("original", [unit], HashEmbedder().embed_passages([text]))
    vectors.close()


def test_a_wrong_unit_is_reported_never_found_and_reindexed_away(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
    _replace_vector(home, "orphan|en|original|v1|1", "Norway wells")
    with opened(home) as kb:
        problems = "\n".join(kb.verify().problems)
        assert f"vectors: 1 units ({UNIT}) missing" in problems
        assert "orphan|en|original|v1|1" in problems
        assert {document_id for document_id, _ in found(kb, "Norway wells")} == {SYMBOL}
        kb.reindex()
        assert kb.verify().ok
        assert len(list((home / "index").iterdir())) == 1


def test_a_vector_of_another_text_is_reported(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
    _replace_vector(home, UNIT, "something else")
    with opened(home) as kb:
        assert any("not those of its text" in line for line in kb.verify().problems)


def test_an_index_that_breaks_while_open_is_rebuilt(home: Path) -> None:
    fragile = Fragile(StoreDamaged)
    with opened(home, embedder=fragile) as kb:
        fragile.armed = True
        add(kb, document())
        assert found(kb, "Norway wells", k=1) == [(SYMBOL, "1")]
        assert kb.verify().ok


_INGESTING = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, sys.argv[2])
    from pathlib import Path
    from kb_fixtures import opened, rows
    from kb.views import Origin

    with opened(Path(sys.argv[1])) as kb:
        print("open", flush=True)
        for turn in range(1000):
            number = len(kb.documents())
            texts = {str(n): f"Well {n} of field {number}." for n in range(1, 120)}
            kb.add_passages(rows(texts, f"field {number}"), Origin("a.jsonl", "unused"))
            if number % 3 == 2:
                kb.remove(f"field {number - 1}")
            print("done", number, flush=True)
    """
)


def test_a_process_killed_at_any_moment_loses_and_doubles_nothing(home: Path) -> None:
    done = 0
    for turn in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", _INGESTING, str(home), str(TESTS)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(TESTS.parent)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(0.05 + 0.11 * turn)
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().splitlines()
        child.wait()
        child.stdout.close()
        done += len(lines)
        with opened(home) as kb:
            assert kb.verify().problems == ()
            documents = kb.documents()
            # What was reported as done is there; at most one more was committed unreported.
            assert done <= len(documents) <= done + 1
            done = len(documents)
            for summary in documents:
                assert [(e.version, e.paragraphs) for e in summary.editions] == [(1, 119)]


def test_folders_that_a_crash_left_are_removed(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
    VectorStore(home / "index" / "99" / "vectors").close()
    LexicalIndex(home / "index" / "99" / "fulltext").close()
    with opened(home) as kb:
        assert found(kb, "Norway wells", k=1)
    assert [path.name for path in (home / "index").iterdir()] == ["1"]
