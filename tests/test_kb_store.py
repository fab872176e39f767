"""Opening a home: migrations, ownership, threads, readers beside the owner, cold start."""

import json
import os
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from kb_fixtures import SYMBOL, TEXTS, add, document, found, opened, rows
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from kb.errors import StoreBusy, StoreDamaged
from kb.lease import acquire, claim, owner
from kb.shared_lock import SharedLock
from kb.store import HEAD, open_store
from kb.tables import Document
from kb.views import Origin

ROOT = Path(__file__).parents[1]


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    store.close()


def test_the_newest_migration_is_the_one_that_the_store_knows() -> None:
    assert ScriptDirectory(str(ROOT / "kb" / "migrations")).get_current_head() == HEAD


def test_a_migration_cut_short_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        connection.execute(text("CREATE TABLE half_made (id INTEGER)"))
        connection.rollback()
        tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    assert "half_made" not in tables
    store.close()


def test_an_up_to_date_store_opens_without_alembic(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from kb.store import open_store;"
        f"open_store(Path({str(tmp_path)!r})).close(); print('alembic' in sys.modules)"
    )
    done = _python(code)
    assert done.stdout.strip() == "False", done.stderr


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreDamaged, match="newer LandBrief"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "landbrief.sqlite3").write_bytes(b"something else" * 500)
    with pytest.raises(StoreDamaged):
        opened(tmp_path)
    # The lock is free again.
    acquire(tmp_path, 0).release()


def test_sqlite_keeps_what_was_committed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    store.close()


def test_a_block_that_raises_writes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)

    def failing() -> None:
        with store.writing() as session:
            session.add(Document(id="x"))
            session.flush()
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        failing()
    with Session(store.engine) as session:
        assert session.get(Document, "x") is None
    store.close()


def test_a_second_owner_is_told_who_the_first_is(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        opened(tmp_path)
    opened(tmp_path).close()


def test_an_owner_in_another_process_is_waited_for(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from kb.lease import acquire;"
        f"lease = acquire(Path({str(tmp_path)!r}), 0); print('held', flush=True);"
        "time.sleep(0.4); lease.release()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=_environment()
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(StoreBusy, match=f"process {child.pid}"):
        acquire(tmp_path, 0)
    acquire(tmp_path, 10).release()
    child.wait()
    child.stdout.close()


def test_a_killed_owner_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from kb.lease import acquire;"
        f"lease = acquire(Path({str(tmp_path)!r}), 0); print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=_environment()
    )
    assert child.stdout is not None
    child.stdout.readline()
    known = owner(tmp_path)
    assert known is not None
    assert known.pid == child.pid
    child.kill()
    child.wait()
    child.stdout.close()
    assert owner(tmp_path) is None
    acquire(tmp_path, 0).release()


def test_a_server_says_where_it_listens_to_its_user_alone(tmp_path: Path) -> None:
    assert owner(tmp_path) is None
    lease = acquire(tmp_path, 0)
    claim(tmp_path, "http://127.0.0.1:8000", "secret")
    known = owner(tmp_path)
    assert known is not None
    assert (known.pid, known.url, known.token) == (os.getpid(), "http://127.0.0.1:8000", "secret")
    assert stat.S_IMODE((tmp_path / "owner.json").stat().st_mode) == 0o600
    with pytest.raises(StoreBusy, match=r"the server at http://127\.0\.0\.1:8000"):
        acquire(tmp_path, 0)
    lease.release()
    assert owner(tmp_path) is None
    assert not (tmp_path / "owner.json").exists()


def test_a_note_without_an_owner_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "owner.json").write_text(json.dumps({"pid": 1, "url": "http://x", "token": "t"}))
    assert owner(tmp_path) is None
    (tmp_path / "owner.json").write_text("garbage")
    assert owner(tmp_path) is None


def test_a_lease_can_be_given_up_by_another_thread(tmp_path: Path) -> None:
    lease = acquire(tmp_path, 0)
    thread = threading.Thread(target=lease.release)
    thread.start()
    thread.join()
    acquire(tmp_path, 0).release()


def test_a_reader_follows_what_the_owner_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
        with opened(tmp_path, write=False) as reader:
            assert found(reader, "Norway wells", k=1) == [(SYMBOL, "1")]
            add(kb, document("fr", symbols=("A/1/2",)), source="fr.pdf")
            assert found(reader, "puits profonds", k=1) == [("A/1/2", "1")]
            kb.remove(SYMBOL)
            assert SYMBOL not in {one for one, _ in found(reader, "Norway wells")}
            kb.reindex()
            assert found(reader, "puits profonds", k=1) == [("A/1/2", "1")]
            with pytest.raises(StoreBusy, match="reading only"):
                add(reader, document())
            with pytest.raises(StoreBusy):
                reader.reindex()


def test_a_reader_with_other_terms_can_read_and_not_search(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document())
    with opened(tmp_path, write=False, concepts_version="other") as reader:
        assert reader.passage(SYMBOL, "1").text == TEXTS["en"][0]
        with pytest.raises(StoreDamaged, match='run "landbrief reindex"'):
            reader.search("wells")
        assert not reader.verify().ok


def test_reading_a_home_that_does_not_exist_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match='run "landbrief init"'):
        opened(tmp_path / "nowhere", write=False)


def test_a_closed_knowledge_base_says_so(tmp_path: Path) -> None:
    kb = opened(tmp_path)
    kb.close()
    kb.close()
    with pytest.raises(StoreDamaged, match="is closed"):
        kb.search("wells")


def test_readers_and_a_writer_do_not_disturb_each_other(tmp_path: Path) -> None:
    stop = threading.Event()
    with opened(tmp_path) as kb:
        add(kb, document())

        def read() -> int:
            turns = 0
            while not stop.is_set():
                assert (SYMBOL, "1") in found(kb, "Norway deep wells pastoralists")
                assert kb.passage(SYMBOL, "1").text == TEXTS["en"][0]
                turns += 1
            return turns

        with ThreadPoolExecutor(6) as pool:
            readers = [pool.submit(read) for _ in range(4)]
            try:
                for number in range(8):
                    kb.add_passages(rows({"1": f"Field {number}"}, f"f{number}"), Origin("a", ""))
                    if number % 2:
                        kb.remove(f"f{number}")
                    # What was written is found at once by whoever asks.
                    expected = [] if number % 2 else [(f"f{number}", "1")]
                    hits = found(kb, f"Field {number}", documents=[f"f{number}"])
                    assert hits == expected
                    if number == 4:
                        kb.reindex()
            finally:
                stop.set()
            assert all(reader.result() > 0 for reader in readers)
        assert kb.verify().ok


def test_writers_in_many_threads_take_turns(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        with ThreadPoolExecutor(4) as pool:
            list(
                pool.map(
                    lambda n: kb.add_passages(rows({"1": f"Field {n}"}, f"f{n}"), Origin("a", "")),
                    range(12),
                )
            )
        assert len(kb.documents()) == 12
        assert kb.verify().ok


def test_a_changer_waits_for_users_and_keeps_new_ones_out() -> None:
    lock = SharedLock()
    order: list[str] = []
    in_use, may_go = threading.Event(), threading.Event()

    def use() -> None:
        with lock.shared():
            in_use.set()
            may_go.wait(5)
            order.append("user")

    def change() -> None:
        with lock.exclusive():
            order.append("changer")

    user = threading.Thread(target=use)
    user.start()
    in_use.wait(5)
    changer = threading.Thread(target=change)
    changer.start()
    time.sleep(0.05)
    assert order == []
    may_go.set()
    user.join()
    changer.join()
    assert order == ["user", "changer"]


def test_importing_the_knowledge_base_loads_no_model_and_no_vector_store() -> None:
    code = (
        "import sys; import kb.knowledge_base;"
        "print([m for m in ('torch', 'chromadb', 'alembic', 'sentence_transformers', 'langchain')"
        " if m in sys.modules])"
    )
    done = _python(code)
    assert done.stdout.strip() == "[]", done.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=_environment(), check=True
    )
