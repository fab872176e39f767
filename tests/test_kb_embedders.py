"""Other people's models by setting: made here, tiny, so that nothing is downloaded."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from kb_fixtures import add, document

from kb.embedding import load_embedder
from kb.errors import ModelMismatch, SettingsError
from kb.knowledge_base import open_knowledge_base
from kb.reranker import CrossEncoderReranker, load_reranker
from kb.sentence_transformers_embedder import SentenceTransformersEmbedder
from kb.settings import Settings, load_settings

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch and transformers, not ours

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] wells seeds radio query passage : norway farmers".split()


@pytest.fixture(scope="module")
def transformers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers")
    return tmp_path_factory.mktemp("models")


def _tiny_bert(folder: Path, kind: str, seed: int = 0) -> Path:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertModel,
        PreTrainedTokenizerFast,
    )

    numbers = {word: number for number, word in enumerate(WORDS)}
    special = {f"{kind}_token": f"[{kind.upper()}]" for kind in ("unk", "pad", "cls", "sep")}
    words = Tokenizer(models.WordPiece(numbers, unk_token=special["unk_token"]))
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=1,
    )
    torch.manual_seed(seed)
    model = (BertModel if kind == "encoder" else BertForSequenceClassification)(config)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=words, model_max_length=64, **special).save_pretrained(
        folder
    )
    return folder


@pytest.fixture(scope="module")
def encoder(transformers: Path) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    bert = _tiny_bert(transformers / "bert", "encoder")
    words = Transformer(str(bert))
    SentenceTransformer(modules=[words, Pooling(16)], device="cpu").save(
        str(transformers / "encoder")
    )
    return transformers / "encoder"


def test_a_model_of_a_folder_embeds_to_unit_rows(encoder: Path) -> None:
    embedder = load_embedder(str(encoder))
    assert embedder.dimensions == 16
    rows = embedder.embed_passages(["wells norway", "seeds", ""])
    assert rows.shape == (3, 16)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert embedder.embed_passages([]).shape == (0, 16)


def test_prefixes_change_the_vectors_and_the_name(encoder: Path) -> None:
    plain = load_embedder(str(encoder))
    prefixed = load_embedder(str(encoder), None, "query: ", "passage: ")
    assert len({plain.name, prefixed.name}) == 2
    assert "query: " in prefixed.name
    assert "passage: " in prefixed.name
    (query,), (passage,) = prefixed.embed_queries(["wells"]), prefixed.embed_passages(["wells"])
    assert not np.allclose(query, passage)
    assert np.allclose(query, plain.embed_queries(["query: wells"])[0], atol=1e-5)
    assert np.allclose(passage, plain.embed_passages(["passage: wells"])[0], atol=1e-5)


def test_prefixes_come_from_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIEF_EMBEDDER_QUERY_PREFIX", "query: ")
    monkeypatch.setenv("LANDBRIEF_EMBEDDER_PASSAGE_PREFIX", "passage: ")
    monkeypatch.setenv("LANDBRIEF_RERANKER", "owner/model")
    settings = load_settings()
    assert settings.embedder_query_prefix == "query: "
    assert settings.embedder_passage_prefix == "passage: "
    assert settings.reranker == "owner/model"


def test_vectors_of_two_models_are_never_mixed(encoder: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", lock_wait_seconds=0)
    other = settings.model_copy(update={"embedder": str(encoder)})
    prefixed = other.model_copy(update={"embedder_query_prefix": "query: "})
    with open_knowledge_base(settings) as kb:
        add(kb, document())
    for changed in (other, prefixed):
        with open_knowledge_base(changed) as kb:
            with pytest.raises(ModelMismatch, match='run "landbrief reindex"'):
                kb.search("wells")
            kb.reindex()
            assert kb.search("wells")
    with open_knowledge_base(settings) as kb, pytest.raises(ModelMismatch):
        kb.search("wells")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(SettingsError, match='"owner/model" needs the extra "models"'):
        SentenceTransformersEmbedder("owner/model").embed_queries(["wells"])
    with pytest.raises(SettingsError, match='LANDBRIEF_RERANKER: "owner/model" needs the extra'):
        CrossEncoderReranker("owner/model").score("wells", ["seeds"])


def test_a_folder_that_holds_no_model_is_a_setting_error(transformers: Path) -> None:
    empty = transformers / "empty"
    empty.mkdir()
    with pytest.raises(SettingsError, match="cannot be loaded"):
        load_embedder(str(empty)).embed_queries(["wells"])


def test_a_name_that_is_nothing_is_refused_at_once() -> None:
    with pytest.raises(
        SettingsError, match=r'no embedder "word2vec"; known: landbrief-hash-256, l'
    ):
        load_embedder("word2vec")


def test_a_reranker_scores_every_text(transformers: Path) -> None:
    model = _tiny_bert(transformers / "cross", "scorer")
    reranker = load_reranker(str(model))
    assert reranker is not None
    texts = ["wells norway", "seeds", "radio radio"]
    scores = reranker.score("wells", texts)
    assert len(scores) == 3
    assert all(isinstance(score, float) for score in scores)
    backwards = reranker.score("wells", texts[::-1])
    assert np.allclose(scores, backwards[::-1], atol=1e-5)
    assert reranker.score("wells", []) == []


def test_no_reranker_is_named_by_default() -> None:
    assert load_reranker(Settings().reranker) is None


def test_opening_with_our_own_embedder_imports_no_torch() -> None:
    code = (
        "import sys; from kb.embedding import load_embedder; from kb.reranker import load_reranker;"
        "load_embedder('landbrief-hash-256').embed_queries(['wells']);"
        "load_embedder('owner/model'); load_reranker('owner/model');"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
