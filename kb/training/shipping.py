"""Writes the trained vectors in the form in which they ship."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.static_model import CONFIG_FILE, NAME, SCALES_FILE, TOKENIZER_FILE, VECTORS_FILE

Table = NDArray[np.float32]


def quantized(table: Table) -> tuple[NDArray[np.int8], Table]:
    """Rows as whole numbers in [-127, 127], and each row's scale: row = whole numbers × scale."""
    largest = np.abs(table).max(axis=1)
    scales = np.where(largest > 0, largest / 127.0, 1.0).astype(np.float32)
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def ship(table: Table, tokenizer: Tokenizer, config: Mapping[str, Any], folder: Path) -> None:
    """Writes the model into `folder`; its revision is a hash of what decides the vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, scales = quantized(table)
    text = json.dumps(
        json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    # No name and no time inside, so that the same model is the same file.
    packed = gzip.compress(text.encode(), mtime=0)
    np.save(folder / VECTORS_FILE, whole)
    np.save(folder / SCALES_FILE, scales)
    (folder / TOKENIZER_FILE).write_bytes(packed)
    digest = hashlib.sha256(text.encode() + whole.tobytes() + scales.tobytes())
    described = {"name": NAME, "revision": digest.hexdigest()[:8], **config}
    (folder / CONFIG_FILE).write_text(
        json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
