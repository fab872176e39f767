"""Words of a question met by words of another language: those whose vectors are nearest."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.content_words import content_words
from assistant.items import Item, is_plain_word
from assistant.question import Question
from assistant.reading import ReadText

_NEAR: Final = 0.5  # cosine from which two words mean much the same
_HELD: Final = 20_000  # words: 20 MB
_TEXTS: Final = 12  # that search puts first

Vectors = NDArray[np.float32]


class WordModel(Protocol):
    """Gives single words of the six languages vectors of one space."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each."""


@runtime_checkable
class HoldsWords(Protocol):
    """A knowledge base whose model has vectors of single words."""

    @property
    def words(self) -> WordModel | None:
        """The model, if it has."""


class Kindred:
    """Finds words near to others, and remembers their vectors. Safe in threads."""

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._held: dict[str, Vectors] = {}
        self._lock = Lock()

    def near(self, words: Sequence[str], others: Sequence[str]) -> list[list[int]]:
        """For each of `words`, the places of those of `others` that mean much the same."""
        if not words or not others:
            return [[] for _ in words]
        cosines = self._vectors(words) @ self._vectors(others).T
        return [np.flatnonzero(row >= _NEAR).tolist() for row in cosines]

    def _vectors(self, words: Sequence[str]) -> Vectors:
        with self._lock:
            held = self._held
            missing = [word for word in dict.fromkeys(words) if word not in held]
            if missing:
                if len(held) + len(missing) > _HELD:
                    held = self._held = {word: held[word] for word in words if word in held}
                held.update(zip(missing, self._model.embed_passages(missing), strict=True))
            return np.stack([held[word] for word in words])


def with_kin(
    items: Sequence[Item], question: Question, texts: Sequence[ReadText], kindred: Kindred | None
) -> tuple[Item, ...]:
    """`items` where plain words know the words of texts in other languages that are near them."""
    foreign = [text for text in texts[:_TEXTS] if text.language != question.language]
    if kindred is None or not foreign:
        return tuple(items)
    asked = _surfaces(question, items)
    stems, words = _words_of(foreign)
    near = kindred.near(list(asked.values()), words)
    kin = {
        stem: frozenset(stems[place] for place in places)
        for stem, places in zip(asked, near, strict=True)
    }
    return tuple(
        replace(item, kin=kin[item.key]) if is_plain_word(item) and item.key in kin else item
        for item in items
    )


def _surfaces(question: Question, items: Iterable[Item]) -> Mapping[str, str]:
    """The plain words as they stand in the question, by stem."""
    wanted = {item.key for item in items if is_plain_word(item)}
    return {
        word.stem: question.text[word.start : word.end]
        for word in content_words(question.text, question.language)
        if word.stem in wanted
    }


def _words_of(texts: Collection[ReadText]) -> tuple[list[str], list[str]]:
    """Stems and the words that they are of, each once."""
    found = {
        text.text[mark.start : mark.end]: mark.key
        for text in texts
        for sentence in text.sentences
        for mark in sentence.marks
        if mark.kind == "word"
    }
    return list(found.values()), list(found)
