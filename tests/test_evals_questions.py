"""Question sets: their form, that frozen ones never change, and what a bad file is told."""

import hashlib
import json
from pathlib import Path

import pytest

from evals.errors import BadQuestionSet
from evals.matching import Said
from evals.questions import KINDS, Gold, load_file, read_question
from evals.shipped import (
    AnySet,
    frozen_hashes,
    load_sets,
    question_sets,
    questions_of,
    set_names,
    sets_folder,
)
from evals.structure_sets import StructureSet
from kb.languages import LANGUAGES

LINE: dict[str, object] = {
    "id": "q-1",
    "lang": "fr",
    "topic": "funding",
    "type": "number",
    "question": "Combien ?",
    "gold": [{"doc": "ICCD/COP(99)/1", "para": "8 b) iii)"}],
    "must": [["150 millions", "150 M"]],
}


@pytest.fixture(scope="module")
def sets() -> tuple[AnySet, ...]:
    return load_sets()


def test_frozen_sets_never_change() -> None:
    hashes = frozen_hashes()
    assert hashes["test/founding.jsonl"].startswith("377dedd9b17bfb51")
    for name, expected in hashes.items():
        if not name.endswith(".jsonl"):
            continue
        content = sets_folder().joinpath(name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == expected, f"{name} is frozen"


def test_documents_held_out_for_structure_never_change(sets: tuple[AnySet, ...]) -> None:
    (structure,) = (one for one in sets if one.name == "test/structure")
    assert isinstance(structure, StructureSet)
    assert structure.sha256 == frozen_hashes()["test/structure"]


def test_every_test_set_is_frozen() -> None:
    held_out = {name for name in set_names() if name.startswith("test/")}
    assert held_out == {name.removesuffix(".jsonl") for name in frozen_hashes()}


def test_every_set_that_ships_can_be_read(sets: tuple[AnySet, ...]) -> None:
    assert {one.name for one in sets} == set(set_names())


def test_a_split_speaks_all_six_languages(sets: tuple[AnySet, ...]) -> None:
    for split in {one.split for one in sets}:
        spoken = {q.language for one in sets if one.split == split for q in questions_of(one)}
        assert spoken == set(LANGUAGES)


def test_every_form_of_every_set_can_be_said(sets: tuple[AnySet, ...]) -> None:
    unsayable = [
        (question.id, form)
        for one in sets
        for question in questions_of(one)
        for group in question.must
        for form in group
        # An answer may quote a document in another language than the question's.
        if not any(Said([form], language).holds(form) for language in LANGUAGES)
    ]
    assert not unsayable


def test_no_question_of_a_test_set_is_asked_elsewhere(sets: tuple[AnySet, ...]) -> None:
    held_out = {q.text for one in sets if one.split == "test" for q in questions_of(one)}
    others = {q.text for one in sets if one.split != "test" for q in questions_of(one)}
    shared = len(held_out & others)  # a failure shows no question of a test set
    assert shared == 0


def test_train_and_dev_hold_enough_in_every_language_and_of_every_kind() -> None:
    for wanted, least in ((["train"], 20), (["dev/own"], 33)):
        asked = [q for one in question_sets(wanted) for q in one.questions]
        for language in LANGUAGES:
            own = [q for q in asked if q.language == language]
            assert len(own) >= least, (wanted, language)
            assert {q.kind for q in own} >= {"number", "date", "list", "unanswerable", "injection"}
        assert {q.kind for q in asked} == set(KINDS)


def test_no_question_is_asked_twice(sets: tuple[AnySet, ...]) -> None:
    single = [q.text for one in sets if one.split != "test" for q in questions_of(one)]
    opening = [text for text in single if len(text) > 25]  # a follow-up may be "And in Africa?"
    assert len(opening) == len(set(opening))


def test_labels_are_normalized() -> None:
    assert read_question(LINE).gold == (Gold("ICCD/COP(99)/1", "8(b)(iii)"),)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"lang": "de"}, "not one of the six languages"),
        ({"type": "riddle"}, 'type "riddle" is none of'),
        ({"gold": []}, "needs gold and must"),
        ({"must": [[]]}, "not a list of forms"),
        ({"must": [["", "x"]]}, "not a text"),
        ({"must": "150"}, "not a list"),
        ({"gold": [{"doc": "D"}]}, 'not {"doc", "para"}'),
        ({"gold": [{"doc": "D", "para": "soon"}]}, "not a paragraph label"),
        ({"question": " "}, "question is not a text"),
        ({"answer": "150"}, "answer is unknown"),
        ({"type": "unanswerable"}, "neither gold nor must"),
    ],
)
def test_a_bad_line_is_told_its_number_and_cause(
    tmp_path: Path, change: dict[str, object], cause: str
) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f"{json.dumps(LINE)}\n{json.dumps(LINE | {'id': 'q-2'} | change)}\n", "utf-8")
    with pytest.raises(BadQuestionSet, match=r"own\.jsonl, line 2: ") as caught:
        load_file(file)
    assert cause in str(caught.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"id": "q-1"}', "utf-8")
    with pytest.raises(BadQuestionSet, match="lang is missing; topic is missing"):
        load_file(file)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f"{json.dumps(LINE)}\n{json.dumps(LINE)}\n", "utf-8")
    with pytest.raises(BadQuestionSet, match='the id "q-1" is used twice'):
        load_file(file)


@pytest.mark.parametrize(
    ("content", "cause"), [(b"", "holds no question"), (b"\xff\xfe", "is not UTF-8 text")]
)
def test_a_file_that_is_no_set_is_refused(tmp_path: Path, content: bytes, cause: str) -> None:
    file = tmp_path / "own.jsonl"
    file.write_bytes(content)
    with pytest.raises(BadQuestionSet, match=cause):
        load_file(file)


def test_an_unknown_set_is_told_which_there_are() -> None:
    with pytest.raises(BadQuestionSet, match="test/founding"):
        load_sets(["nonsense"])
