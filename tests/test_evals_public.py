"""The command over public sets, on a small folder made here."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from evals.errors import NoPublicData
from evals.public.__main__ import main
from evals.public.alignment import accuracies
from evals.public.retrieval import MEASURES, outcomes
from evals.public.sets import PASSAGES, QUESTIONS, Row, read_rows, retrieval_sets
from kb.embedding import Vectors
from kb.settings import Settings

FILES = (
    "more_qa_mlqa_es_ar_zh_en",
    "more_qa_tydiqa_en_ru_ar",
    "more_qa_piaf_fr",
    "qa_ar_arcd",
    "qa_zh_cmrc",
)
TOPICS = ("wells", "seeds", "dust", "radio", "fences", "goats", "acacia", "salt")


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {"question": f"Who pays for {topic}?", "passage": f"A fund pays for {topic}.", "lang": "en"}
        for topic in TOPICS
    ]
    across = [
        row | {"question": f"¿Quién paga {t}?", "question_lang": "es"}
        for row, t in zip(rows, TOPICS, strict=True)
    ]
    for name in FILES:
        write(tmp_path / "training" / f"{name}.jsonl", rows + across if "mlqa" in name else [])
    sentences = [
        {code: f"{code} {topic}" for code in ("ar", "zh", "en", "fr", "ru", "es")}
        for topic in TOPICS
    ]
    for name in ("ntrex_six", "flores_six"):
        write(tmp_path / "devtest" / f"{name}.jsonl", sentences)
    return tmp_path


def test_a_set_is_made_for_each_pair_of_languages(data: Path) -> None:
    sets = retrieval_sets(read_rows(data))
    assert [one.pair for one in sets] == ["en-en", "es-en"]
    for one in sets:
        for text, index in one.questions:
            assert text.split()[-1].rstrip("?") in one.passages[index]


def test_sets_keep_to_their_size_and_are_the_same_every_time() -> None:
    rows = [
        Row("s", f"q{place} {n}", "en", f"p{place}", "en", place)
        for place in range(PASSAGES + 60)
        for n in range(6)
    ]
    (one,) = retrieval_sets(rows)
    assert (len(one.passages), len(one.questions)) == (PASSAGES, QUESTIONS)
    assert retrieval_sets(reversed(rows))[0].questions == one.questions


def test_only_unseen_passages_are_asked_for_among_all() -> None:
    rows = [Row("s", f"q{n}", "en", f"p{n}", "en", n) for n in range(30)]
    (one,) = retrieval_sets(rows, unseen={"p3", "p7"})
    assert {text for text, _ in one.questions} == {"q3", "q7"}
    assert len(one.passages) == 30
    assert retrieval_sets(rows, unseen=set()) == []


def test_every_way_of_searching_is_measured(data: Path) -> None:
    found = list(outcomes(retrieval_sets(read_rows(data)), Settings(embedder="landbrief-hash-256")))
    within = {one.way: one for one in found if one.is_within_language}
    assert set(within) == {"full text", "dense", "hybrid"}
    for way in ("full text", "hybrid"):
        assert all(within[way].figure(measure).value == 1.0 for measure in MEASURES)
        assert within[way].figure("R@1").n == len(TOPICS)


class Named:
    """Sentences to the axis of their last word."""

    name, dimensions, weight = "named", len(TOPICS), 1.0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([[t.split()[-1] == topic for topic in TOPICS] for t in texts], np.float32)

    embed_queries = embed_passages


def test_a_sentence_is_aligned_when_its_own_translation_is_nearest() -> None:
    rows = [dict.fromkeys(("ar", "zh", "en", "fr", "ru", "es"), f"x {topic}") for topic in TOPICS]
    rows[0]["fr"], rows[1]["fr"] = rows[1]["fr"], rows[0]["fr"]
    found = accuracies(rows, Named())
    assert set(found["es"]) == {1.0}
    assert found["fr"][:3] == (0.0, 0.0, 1.0)


def test_the_command_prints_and_writes_figures(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDBRIEF_EMBEDDER", "landbrief-hash-256")
    assert main([str(data), "--json", str(tmp_path / "figures.json")]) == 0
    assert "es-en" in capsys.readouterr().out
    assert len(json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))) == 6


def test_without_the_data_one_line_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoPublicData, match="is not there"):
        read_rows(tmp_path)
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
