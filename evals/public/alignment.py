"""Which share of English sentences has its translation nearest, among all sentences of a file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from evals.public.sets import lines_of
from kb.embedding import Embedder
from kb.languages import LANGUAGES, Language

FILES: Final = ("ntrex_six", "flores_six")
FEWER: Final = 631


def alignments(
    data: Path, embedder: Embedder
) -> Iterator[tuple[str, int, Mapping[Language, tuple[float, ...]]]]:
    """For each file, among its first 631 and among all: 1 or 0 for each sentence, by language.

    Raises NoPublicData naming the first file that is missing.
    """
    for name in FILES:
        rows = list(lines_of(data / "devtest" / f"{name}.jsonl"))
        for count in sorted({min(FEWER, len(rows)), len(rows)}):
            yield name, count, accuracies(rows[:count], embedder)


def accuracies(
    rows: Sequence[Mapping[str, str]], embedder: Embedder
) -> dict[Language, tuple[float, ...]]:
    """For every language but English: whether each sentence's own translation is the nearest."""
    english = embedder.embed_queries([row["en"] for row in rows])
    found: dict[Language, tuple[float, ...]] = {}
    for language in LANGUAGES:
        if language != "en":
            other = embedder.embed_passages([row[language] for row in rows])
            nearest = (english @ other.T).argmax(axis=1)
            found[language] = tuple((nearest == np.arange(len(rows))).astype(float).tolist())
    return found
