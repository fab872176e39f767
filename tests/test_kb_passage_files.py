"""Passages files and shipped digests."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from kb_fixtures import add, document, found, opened, origin, rows

from kb.documents import Paragraph
from kb.knowledge_base import KnowledgeBase
from kb.passage_files import headings_from_paths
from kb.references import parse_label
from kb.shipped import shipped_rows
from kb.views import Origin, PassageRow


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with opened(tmp_path / "home") as opened_kb:
        yield opened_kb


FILE = Origin(source="a.jsonl", sha256="unused")


def test_lines_become_documents_by_id_and_language(kb: KnowledgeBase) -> None:
    lines = [
        PassageRow("manual", "1", "en", "Dig the well.", "Manual", ("Wells",)),
        PassageRow("manual", "1", "fr", "Creuser le puits."),
        PassageRow("A/RES/70/1", "15.3", "en", "Combat desertification."),
    ]
    added = kb.add_passages(lines, FILE)
    assert [(a.document_id, a.language, a.status, a.symbol) for a in added] == [
        ("manual", "en", "added", None),
        ("manual", "fr", "added", None),
        ("A/RES/70/1", "en", "added", "A/RES/70/1"),
    ]
    assert kb.summary("manual").title == "Manual"
    assert kb.passage("manual", "1").heading_path == ("Wells",)
    assert {a.status for a in kb.add_passages(lines, FILE)} == {"unchanged"}


def test_labels_are_written_in_one_way_and_unknown_ones_kept(kb: KnowledgeBase) -> None:
    texts = {"8 (b)": "part", "Table 1, row 2": "row", "fn 3": "note", "passage-07": "other"}
    kb.add_passages(rows(texts), FILE)
    kinds = {p.label: p.kind for p in kb.document("wells").paragraphs}
    assert kinds == {
        "8(b)": "paragraph",
        "table 1, row 2": "table_row",
        "fn 3": "footnote",
        "passage-07": "paragraph",
    }
    assert kb.passage("wells", "passage-07").text == "other"
    assert kb.passage("wells", "table 1, row 2").text == "row"


def test_a_changed_file_replaces_its_own_lines(kb: KnowledgeBase) -> None:
    kb.add_passages(rows({"1": "one", "2": "two"}), FILE)
    (added,) = kb.add_passages(rows({"1": "one!"}), FILE)
    assert (added.status, added.version) == ("updated", 2)
    assert [p.label for p in kb.document("wells").paragraphs] == ["1"]


def test_several_files_make_one_edition(kb: KnowledgeBase) -> None:
    other = replace(FILE, source="b.jsonl")
    kb.add_passages(rows({"1": "one", "2": "two"}), FILE)
    kb.add_passages(rows({"2": "two!", "3": "three"}), other)
    assert [(p.label, p.text) for p in kb.document("wells").paragraphs] == [
        ("1", "one"),
        ("2", "two!"),
        ("3", "three"),
    ]
    (again,) = kb.add_passages(rows({"2": "two!", "3": "three"}), other)
    assert again.status == "unchanged"


def test_passages_replace_a_parsed_original_as_a_whole(kb: KnowledgeBase) -> None:
    add(kb, document(symbols=("A/1/2",)))
    kb.add_passages(rows({"1": "only this"}, "A/1/2"), FILE)
    assert [p.text for p in kb.document("A/1/2").paragraphs] == ["only this"]


def test_the_same_line_twice_is_one_and_another_text_is_told_apart(kb: KnowledgeBase) -> None:
    lines = [*rows({"1": "one"}), *rows({"1": "one"}), *rows({"1": "other"})]
    kb.add_passages(lines, FILE)
    assert [p.label for p in kb.document("wells").paragraphs] == ["1", "1 (2nd)"]


def test_all_lines_can_be_given_one_document(kb: KnowledgeBase) -> None:
    lines = [*rows({"1": "one"}, "a"), *rows({"2": "two"}, "b")]
    (added,) = kb.add_passages(lines, replace(FILE, document_id="both"))
    assert added.document_id == "both"


def test_a_line_without_letters_is_kept_and_not_indexed(kb: KnowledgeBase) -> None:
    kb.add_passages(rows({"1": "", "2": "—"}), FILE)
    assert kb.passage("wells", "2").text == "—"
    assert kb.verify().ok


def test_what_ships_loads_once(kb: KnowledgeBase) -> None:
    assert {a.status for a in kb.init_shipped()} == {"added"}
    kb.index_cards()
    generation = kb.generation
    assert {a.status for a in kb.init_shipped()} == {"unchanged"}
    assert kb.generation == generation
    assert {e.kind for d in kb.documents() for e in d.editions} == {"digest"}


def test_withdrawn_digests_do_not_come_back_by_themselves(kb: KnowledgeBase) -> None:
    kb.init_shipped()
    document_id = kb.documents()[0].document_id
    kb.remove(document_id)
    assert document_id not in {a.document_id for a in kb.init_shipped()}
    assert kb.summary(document_id).status == "withdrawn"


def test_a_digest_and_a_passages_original_stay_apart(kb: KnowledgeBase) -> None:
    kb.add_passages(rows({"1": "Norway pays for wells."}), replace(FILE, kind="digest"))
    kb.add_passages(rows({"1": "Norway shall pay for wells."}), FILE)
    assert kb.passage("wells", "1", edition="digest").text == "Norway pays for wells."
    assert found(kb, "Norway wells", edition="original") == [("wells", "1")]


def test_every_shipped_digest_is_well_formed() -> None:
    seen = set()
    for row in shipped_rows():
        key = (row.document_id, row.language, row.paragraph)
        assert key not in seen
        seen.add(key)
        assert parse_label(row.paragraph).text == row.paragraph
        assert row.text.strip() == row.text != ""


def test_shipped_files_hold_one_object_a_line() -> None:
    folder = files("kb").joinpath("data/digests")
    for file in folder.iterdir():
        if file.name.endswith(".jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                assert isinstance(json.loads(line), dict)


def test_an_origin_of_one_kind_does_not_touch_the_other(kb: KnowledgeBase) -> None:
    add(kb, document(symbols=("A/1/2",)))
    kb.add(document(symbols=("A/1/2",)), origin("digest", kind="digest"))
    assert [(e.kind, e.version) for e in kb.editions("A/1/2")] == [("original", 1), ("digest", 1)]


def test_heading_paths_imply_the_outline() -> None:
    paths = {
        "1": ("I. Background",),
        "2": ("II. Progress", "A. Wells"),
        "3": ("II. Progress", "B. Terraces", "Upkeep"),
    }
    given = tuple(Paragraph(label, "paragraph", "Text.", path) for label, path in paths.items())
    assert [(h.level, h.number, h.text, h.before) for h in headings_from_paths(given)] == [
        (1, "I.", "Background", 0),
        (1, "II.", "Progress", 1),
        (2, "A.", "Wells", 1),
        (2, "B.", "Terraces", 2),
        (3, None, "Upkeep", 2),
    ]
