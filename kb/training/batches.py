"""The training pairs of each task, and batches of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from kb.training.pieces import Ids
from kb.training.recipe import Recipe
from kb.training.sources import Material, Sourced

_SHORTEST_HALF = 24  # characters


@dataclass(frozen=True)
class Batch:
    """Text numbers of anchors and positives; no text stands twice among either."""

    task: str
    anchors: Ids
    positives: Ids


class TextNumbers:
    """Numbers texts in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, text: str) -> int:
        """The number of `text`, a new one when it is new."""
        return self._numbers.setdefault(text, len(self._numbers))

    def texts(self) -> list[str]:
        """All texts in the order of their numbers."""
        return list(self._numbers)


Pairs = dict[tuple[str, str], Ids]
"""By pair of languages, rows (anchor, positive) of text numbers, shape (n, 2)."""


def pairs_of(material: Material, numbers: TextNumbers) -> dict[str, Pairs]:
    """The pairs of every task but the teacher's."""
    found: dict[str, dict[tuple[str, str], list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in material.segments:
        known = {language: numbers.of(text) for language, text in each.segment.items()}
        for one, other in permutations(known, 2):
            found[each.task][one, other].append((known[one], known[other]))
    for one_half, other_half, languages in _halves(material.segments):
        found["halves"][languages].append((numbers.of(one_half), numbers.of(other_half)))
    for question in material.questions:
        languages = (question.language, question.passage_language)
        pair = (numbers.of(question.text), numbers.of(question.passage))
        found["questions"][languages].append(pair)
    for passage, language in {(q.passage, q.passage_language): None for q in material.questions}:
        cut = _middle(passage)
        if cut:
            halves = (numbers.of(passage[:cut]), numbers.of(passage[cut:]))
            found["halves"][language, language].append(halves)
    return {
        task: {languages: np.asarray(rows, np.int64) for languages, rows in pairs.items()}
        for task, pairs in found.items()
    }


def endless_batches(
    pairs: Mapping[str, Pairs], recipe: Recipe, random: np.random.Generator
) -> Iterator[Batch]:
    """Batches for ever: the task by its share, the languages by how many pairs they have."""
    tasks = [task for task in recipe.tasks if task in pairs]
    shares = np.asarray([recipe.tasks[task].share for task in tasks])
    shares /= shares.sum()
    languages = {task: list(pairs[task]) for task in tasks}
    # The square root, so that the rarer languages are not drowned.
    weights = {
        task: np.sqrt([min(len(pairs[task][pair]), 60_000) for pair in languages[task]])
        * np.asarray([_favour(pair, recipe) for pair in languages[task]])
        for task in tasks
    }
    while True:
        task = tasks[random.choice(len(tasks), p=shares)]
        weight = weights[task] / weights[task].sum()
        pair = languages[task][random.choice(len(weight), p=weight)]
        rows = pairs[task][pair]
        drawn = rows[random.integers(len(rows), size=recipe.tasks[task].rows)]
        drawn = _distinct(drawn)
        if len(drawn) > 1:
            yield Batch(task, drawn[:, 0], drawn[:, 1])


def _favour(pair: tuple[str, str], recipe: Recipe) -> float:
    return max(recipe.favoured.get(language, 1.0) for language in pair)


def _distinct(rows: Ids) -> Ids:
    for column in (0, 1):
        _, first = np.unique(rows[:, column], return_index=True)
        rows = rows[np.sort(first)]
    return rows


def _halves(segments: Sequence[Sourced]) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The first half of a long segment in one language, the second in another."""
    for each in segments:
        if each.task == "domain":
            for one, other in permutations(each.segment, 2):
                first, second = each.segment[one], each.segment[other]
                ends = _middle(first), _middle(second)
                if all(ends):
                    yield first[: ends[0]], second[ends[1] :], (one, other)


def _middle(text: str) -> int:
    """Where a text is cut in two, at a sentence's end if one is near; 0 when it is too short."""
    if len(text) < 2 * _SHORTEST_HALF * (1 if text[0] >= "\u3400" else 3):
        return 0
    half = len(text) // 2
    for mark in (". ", "。", "؟", "；", "; ", ", ", "，", "، ", " "):
        place = text.find(mark, half - len(text) // 6, half + len(text) // 6)
        if place > 0:
            return place + len(mark)
    return half
