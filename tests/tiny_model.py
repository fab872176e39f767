"""A sentence-transformers model so small that a test makes it: one dimension for each word."""

import re
from pathlib import Path
from typing import Any

import numpy as np


def save_tiny_model(folder: Path, text: str, characters: str = "") -> None:
    """Saves a model that knows the words of `text` and each of `characters`, and nothing else."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    unknown = "?"
    words = [unknown, *sorted(set(re.findall(r"[a-z]+", text.lower()))), *characters]
    vocabulary = {word: at for at, word in enumerate(words)}
    tokenizer: Any = Tokenizer(models.WordLevel(vocabulary, unk_token=unknown))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    weights = np.eye(len(words), dtype=np.float32)
    weights[0] = 0
    static = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(str(folder))
