"""What ships is loaded once, and an older home gets the tables without losing anything."""

import time
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from kb_fixtures import opened
from record_samples import Room, pledge
from sqlalchemy import func, inspect, select
from sqlmodel import SQLModel, col

from evals.bench.records import timings
from kb.errors import SettingsError
from kb.languages import LANGUAGES
from kb.records.kinds import RECORD_KINDS
from kb.records.loading import load_shipped
from kb.records.query import EVERYONE, STATUSES, RecordQuery
from kb.records.resolving import load_resolver, name_of
from kb.records.shipped import anchors, shipped_records
from kb.records.tables import Initiative, NameRow, Organization, Party
from kb.store import Store, open_store
from kb.tables import Document
from kb.terms import load_terms


def migrate(store: Store, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "kb:migrations")
    with store.engine.connect().execution_options(landbrief_begin="IMMEDIATE") as connection:
        config.attributes["connection"] = connection
        step = command.downgrade if revision == "0001" else command.upgrade
        step(config, revision)
        connection.commit()


def test_an_older_home_gets_the_record_tables_and_keeps_its_documents(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    migrate(store, "0001")
    assert not inspect(store.engine).has_table("record_funding")
    with store.writing() as session:
        session.add(Document(id="kept"))
    store.close()

    store = open_store(tmp_path)
    assert inspect(store.engine).has_table("record_funding")
    with store.reading() as session:
        assert session.get(Document, "kept") is not None
    store.close()


def test_what_ships_is_loaded_once_and_quickly_passed_over(tmp_path: Path) -> None:
    room = Room(tmp_path)
    with room.store.writing() as session:
        assert load_shipped(session)
    counts = [room.count(RecordQuery(kind=kind)) for kind in RECORD_KINDS]
    generation = room.store.generation()
    started = time.perf_counter()
    with room.store.writing() as session:
        assert not load_shipped(session)
    assert time.perf_counter() - started < 0.5
    assert room.store.generation() == generation
    assert [room.count(RecordQuery(kind=kind)) for kind in RECORD_KINDS] == counts
    room.store.close()


def test_init_loads_records_and_names(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        assert not kb.records.are_loaded()
        kb.init_shipped()
        assert kb.records.are_loaded()
        assert kb.records.names(["party:KEN", "name:As it is"], "ru") == {
            "party:KEN": load_terms().name("party:KEN", "ru"),
            "name:As it is": "As it is",
        }


def test_every_concept_is_in_its_table_with_its_names(tmp_path: Path) -> None:
    room = Room(tmp_path)
    with room.store.writing() as session:
        load_shipped(session)

    def number(table: type[SQLModel]) -> int:
        with room.store.reading() as session:
            return session.execute(select(func.count()).select_from(table)).scalar() or 0

    kinds = [concept.kind for concept in load_terms().all]
    assert number(Party) == kinds.count("party")
    assert number(Organization) == kinds.count("organization")
    assert number(Initiative) == kinds.count("initiative")
    with room.store.reading() as session:
        languages = session.execute(
            select(col(NameRow.language)).where(col(NameRow.owner) == "party:KEN").distinct()
        ).scalars()
        assert set(languages) == set(LANGUAGES)
    room.store.close()


def test_a_candidate_in_the_store_is_no_shipped_record(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.hold(pledge("c", "party:KEN", 5, status="candidate"), batch="document:x")
    with room.store.writing() as session:
        load_shipped(session)
    query = RecordQuery(kind="funding", ids=("c",), status=STATUSES, visibility=EVERYONE)
    assert room.count(query) == 1
    room.store.close()


def test_a_wrong_shipped_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "sets.csv").write_text("set,document\none,D\n")
    good = "id,decision,addressee,verb,what,sources,note\n"
    (tmp_path / "one" / "decisions.csv").write_text(
        f"{good}a,3/COP.16,party:KEN,requests,name:x,no source,\n"
    )
    with pytest.raises(SettingsError, match=r"one/decisions\.csv, line 2: .*PARAGRAPH @ ANCHOR"):
        list(shipped_records(tmp_path))


def test_sources_name_other_documents_too() -> None:
    found = anchors("8(b) @ 15 ; ICCD/COP(16)/4 ¶ table 1, row 3 @ 18 (100%)", "D")
    assert [(one.document_id, one.paragraph, one.text) for one in found] == [
        ("D", "8(b)", "15"),
        ("ICCD/COP(16)/4", "table 1, row 3", "18 (100%)"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_party_is_known_by_its_name_in_every_language(language: str) -> None:
    terms = load_terms()
    for party in terms.parties:
        name = terms.name(party.id, language)  # type: ignore[arg-type]
        assert party.id in load_resolver().find(name, ("party",)), name


def test_a_party_is_known_by_its_code_whatever_else_the_letters_mean() -> None:
    codes = [party.id.partition(":")[2] for party in load_terms().parties]
    assert len(codes) > 190
    for code in codes:
        assert load_resolver().find(code, ("party",)) == (f"party:{code}",)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("KEN", "party", "party:KEN"),
        ("ke", "party", "party:KEN"),
        ("the Gambia", "party", "party:GMB"),
        ("CÔTE D’IVOIRE", "party", "party:CIV"),
        ("South Sudan", "party", "party:SSD"),
        ("fao", "partner", "organization:fao"),
        ("FAO", "provider", "organization:fao"),
        ("rgdrp", "initiative", "initiative:rgdrp"),
        ("somebody new", "partner", "name:somebody new"),
        ("name:as given", "measure", "name:as given"),
    ],
)
def test_names_are_resolved_by_the_column_that_they_stand_in(
    text: str, column: str, expected: str
) -> None:
    assert name_of(text, column) == expected


def test_the_benchmark_of_records_runs() -> None:
    assert [one.name.split(" ")[0] for one in timings(300)][:1] == ["300"]
