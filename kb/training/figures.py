"""What the model is measured by, on what it has not seen."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.languages import LANGUAGES, Language
from kb.training.held_out import HeldOut
from kb.training.sources import Segment

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit rows."""


def sentence_figures(segments: Sequence[Segment], embed: Embed) -> dict[str, float]:
    """For each language, the share of English sentences whose nearest is their translation."""
    english = embed([segment["en"] for segment in segments])
    figures = {}
    for language in LANGUAGES:
        if language != "en":
            other = embed([segment[language] for segment in segments])
            nearest = (english @ other.T).argmax(axis=1)
            figures[f"en-{language}"] = float((nearest == np.arange(len(segments))).mean())
    return figures


def question_figures(held: HeldOut, embed: Embed) -> dict[str, float]:
    """nDCG@10 of questions by pair of languages; one passage answers each."""
    passages = {language: embed(some) for language, some in held.passages.items() if some}
    by_pair: dict[tuple[Language, Language], list[tuple[str, int]]] = defaultdict(list)
    places = {
        language: {text: place for place, text in enumerate(some)}
        for language, some in held.passages.items()
    }
    for question in held.questions:
        place = places[question.passage_language][question.passage]
        by_pair[question.language, question.passage_language].append((question.text, place))
    figures = {}
    for (asked, answered), rows in sorted(by_pair.items()):
        scores = embed([text for text, _ in rows]) @ passages[answered].T
        right = scores[np.arange(len(rows)), [place for _, place in rows]]
        ranks = 1 + (scores > right[:, None]).sum(axis=1)
        gains = np.where(ranks <= 10, 1.0 / np.log2(1.0 + ranks), 0.0)
        figures[f"{asked}-{answered}"] = float(gains.mean())
    return figures


def mean_across(figures: Mapping[str, float]) -> float:
    """Mean over the pairs of two different languages."""
    return _mean([value for pair, value in figures.items() if pair[:2] != pair[3:]])


def mean_within(figures: Mapping[str, float]) -> float:
    """Mean over the pairs of one language with itself."""
    return _mean([value for pair, value in figures.items() if pair[:2] == pair[3:]])


def read_six(path: Path) -> list[Segment]:
    """Segments in six languages from a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
