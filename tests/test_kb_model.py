"""The shipped model: what it promises at run time."""

import json
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from kb_fixtures import TEXTS
from tokenizers import Tokenizer

from kb.embedding import load_embedder
from kb.errors import SettingsError
from kb.static_model import StaticEmbedder, shipped_model

FOLDER = Path(str(files("kb").joinpath("data/model")))
PASSAGES = [text for texts in TEXTS.values() for text in texts]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return shipped_model()


def test_the_name_carries_the_revision_of_the_vectors(embedder: StaticEmbedder) -> None:
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    assert embedder.name == f"landbrief-static-256-{config['revision']}"
    assert load_embedder("landbrief-static-256").name == embedder.name


def test_rows_have_unit_length_and_one_shape(embedder: StaticEmbedder) -> None:
    rows = embedder.embed_passages([*PASSAGES, "", " … ", "한국어", "🌍"])
    assert rows.shape == (len(PASSAGES) + 4, embedder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_a_text_gets_the_same_vector_alone_among_others_and_in_another_process(
    embedder: StaticEmbedder,
) -> None:
    rows = embedder.embed_passages(PASSAGES * 20)
    for place, text in enumerate(PASSAGES):
        assert np.array_equal(embedder.embed_queries([text])[0], rows[place])
    code = (
        "import sys; from kb.static_model import shipped_model;"
        "sys.stdout.buffer.write(shipped_model().embed_passages(sys.argv[1:]).tobytes())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, *PASSAGES], check=True, capture_output=True
    ).stdout
    assert np.array_equal(np.frombuffer(other, np.float32).reshape(-1, 256), rows[: len(PASSAGES)])


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_a_sentence_lies_nearest_to_its_translation(
    embedder: StaticEmbedder, language: str
) -> None:
    english = embedder.embed_queries(TEXTS["en"])
    other = embedder.embed_passages(TEXTS[language])  # type: ignore[index]
    assert (english @ other.T).argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L'ÉTAT de l’Afrique", "l'etat de l'afrique"),
        ("еще 5 ЁЛОК", "ещё 5 ёлок"),
        ("العَرَبِيَّة إلى", "العربية الى"),
        ("乾旱與土地退化", "干旱与土地退化"),
        ("ＳＤＧ １５．３", "sdg 15.3"),
        ("٢٠٢٤", "2024"),
    ],
)
def test_what_is_written_in_two_ways_has_one_vector(
    embedder: StaticEmbedder, one: str, other: str
) -> None:
    rows = embedder.embed_queries([one, other])
    assert np.array_equal(rows[0], rows[1])


def test_sentence_transformers_gives_equal_vectors(embedder: StaticEmbedder) -> None:
    pytest.importorskip("sentence_transformers")
    import gzip

    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    packed = (FOLDER / "tokenizer.json.gz").read_bytes()
    scales = np.load(FOLDER / "scales.npy")
    table = np.load(FOLDER / "vectors.npy").astype(np.float32) * scales[:, None]
    tokenizer = Tokenizer.from_str(gzip.decompress(packed).decode())
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=table), Normalize()], device="cpu"
    )
    theirs = model.encode(PASSAGES, show_progress_bar=False)
    assert np.allclose(theirs, embedder.embed_passages(PASSAGES), atol=1e-5)


def test_the_first_axes_alone_still_find_the_translation(embedder: StaticEmbedder) -> None:
    english = embedder.embed_queries(TEXTS["en"])[:, :64]
    french = embedder.embed_passages(TEXTS["fr"])[:, :64]
    assert (english @ french.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_the_run_time_path_imports_no_torch() -> None:
    code = (
        "import sys; from kb.embedding import load_embedder;"
        "load_embedder('landbrief-static-256').embed_queries(['wells']);"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_query_costs_little(embedder: StaticEmbedder) -> None:
    question = "How much money did the Islamic Development Bank pledge in Riyadh?"
    embedder.embed_queries([question])
    times = []
    for _ in range(200):
        started = time.perf_counter()
        embedder.embed_queries([question])
        times.append(time.perf_counter() - started)
    assert sorted(times)[100] < 0.002  # 0.1 ms on a quiet machine; this one may be busy


def test_the_model_is_small_enough_for_the_repository() -> None:
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    assert size <= 25_000_000


def test_the_card_names_every_source_with_its_licence() -> None:
    from kb.training.card import SOURCES

    card = (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    assert set(config["rows"]) == set(SOURCES)
    for name, rows in config["rows"].items():
        assert f"| {name} | {SOURCES[name][0]} | {rows:,} | {SOURCES[name][1]} |" in card
    assert config["revision"] in card
    assert str(config["seed"]) in card


def test_a_damaged_model_is_a_setting_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        StaticEmbedder(tmp_path)
    for name in ("config.json", "meanings.npz", "scales.npy", "vectors.npy"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "tokenizer.json.gz").write_bytes(b"no gzip")
    damaged = StaticEmbedder(tmp_path)
    with pytest.raises(SettingsError, match="cannot be read"):
        damaged.embed_queries(["wells"])
