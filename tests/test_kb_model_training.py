"""The training command, on a few made-up sentences: it runs, it repeats, it holds out."""

import json
from pathlib import Path

import numpy as np
import pytest

from kb.errors import SettingsError
from kb.languages import LANGUAGES
from kb.meanings import MEANINGS_FILE
from kb.static_model import StaticEmbedder
from kb.training.__main__ import main
from kb.training.figures import question_figures, sentence_figures
from kb.training.held_out import HeldOut, hold_out
from kb.training.sources import Material, Question, Segment, Sourced, read_material

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch and its friends, not ours

WORDS = "soil water forest drought fund party report target river seed wind dune".split()


def _sentence(number: int, language: str) -> str:
    picked = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 5, 7)]
    return " ".join(f"{word}{language}" for word in picked) + f" number {number} of many"


def _segment(number: int) -> Segment:
    return {language: _sentence(number, language) for language in LANGUAGES}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    from kb.training.card import SOURCES

    folder = tmp_path / "training"
    folder.mkdir()
    segments = [{**_segment(number), "source": "prais4_manual"} for number in range(90)]
    english = {"definition_en": "What holds the roots.", "term": "soil", "fr": "sol"}
    made = {
        "gemet_definitions_en": [english],
        "glossary_definitions": [{"term": _segment(1), "definition": _segment(2)}],
        "en_indicator_passages": [{"query": "which soil", "passage": "The soil of the river."}],
    }
    for name in SOURCES:
        if name == "dictionary_en_zh":
            (folder / f"{name}.tsv").write_text("soil\tzh\t土壤\nwater\tzh\t水\n", encoding="utf-8")
            continue
        rows = made.get(name, segments)
        if "_qa_" in name or name.startswith("qa_"):
            rows = [
                {"question": f"which {_sentence(n, 'en')}?", "passage": _sentence(n, "en") * 3}
                for n in range(40)
            ]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def no_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    """The teacher is a package of its own, 90 MB: any fixed vectors do here."""
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("sentencepiece")
    pytest.importorskip("opencc")

    def encode(texts: list[str], dimensions: int) -> np.ndarray:
        rows = np.random.default_rng(1).standard_normal((len(texts), dimensions))
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    import kb.training.run

    monkeypatch.setattr(kb.training.run, "encode", encode)


@pytest.mark.usefixtures("no_teacher")
def test_the_command_trains_a_model_twice_alike(data: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        assert main([str(data), "--out", str(folder), "--tiny"]) == 0
    one, two = (StaticEmbedder(folder) for folder in folders)
    assert one.name == two.name
    rows = one.embed_passages([_sentence(3, "en"), "土壤"])
    assert np.array_equal(rows, two.embed_passages([_sentence(3, "en"), "土壤"]))
    meanings = [(folder / MEANINGS_FILE).read_bytes() for folder in folders]
    assert main([str(data), "--out", str(folders[1]), "--meanings"]) == 0
    assert meanings == [(folders[1] / MEANINGS_FILE).read_bytes()] * 2
    figures = json.loads((folders[0] / "figures.json").read_text(encoding="utf-8"))
    assert 0 <= figures["sentences"]["en-fr"] <= 1
    assert one.name.rsplit("-", 1)[1] in (folders[0] / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_without_the_data_there_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in ([], [str(tmp_path / "nowhere")]):
        assert main(arguments) == 1
        line = capsys.readouterr().err
        assert line.count("\n") == 1
        assert "the training data is not part of this repository" in line


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "terms_unbis.jsonl").unlink()
    with pytest.raises(SettingsError, match="terms_unbis"):
        read_material(data)


def test_nothing_held_out_is_trained_on() -> None:
    segments = [Sourced(_segment(number), "prais4_manual", "domain") for number in range(300)]
    copies = [Sourced(_segment(number), "elsewhere", "domain") for number in range(280, 300)]
    questions = [
        Question(f"question {number // 2}", "en", f"passage {number // 3}", "en", "mlqa-dev")
        for number in range(300)
    ]
    left, held = hold_out(Material([*segments, *copies], questions, {}))
    unseen = {text for segment in held.sentences for text in segment.values()}
    assert unseen
    assert held.questions
    assert not unseen & {text for each in left.segments for text in each.segment.values()}
    assert not {q.passage for q in held.questions} & {q.passage for q in left.questions}
    assert not {q.text for q in held.questions} & {q.text for q in left.questions}


def test_figures_are_one_for_a_perfect_model_and_fall_with_the_rank() -> None:
    def perfect(texts: object) -> np.ndarray:
        return np.eye(12, dtype=np.float32)[[int(text.split()[0]) for text in texts]]  # type: ignore[attr-defined]

    segments: list[Segment] = [dict.fromkeys(LANGUAGES, f"{n} x") for n in range(12)]
    assert set(sentence_figures(segments, perfect).values()) == {1.0}
    passages = [f"{number} passage" for number in range(12)]
    held = HeldOut([], [Question("3 asked", "en", passages[3], "en", "s")], {"en": passages})
    assert question_figures(held, perfect) == {"en-en": 1.0}
    wrong = HeldOut([], [Question("3 asked", "en", passages[4], "en", "s")], {"en": passages})
    assert question_figures(wrong, perfect)["en-en"] < 1.0
