"""Learns what pieces mean from parallel texts and dictionaries: which English pieces stand for
them.

Source: IBM Model 1, Brown et al. (1993), The mathematics of statistical machine translation,
Computational Linguistics 19(2); run in both directions for each language and English, with a null
word on either side, and the two likelihoods of a pair multiplied.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.languages import LANGUAGES, Language
from kb.meanings import Meanings
from kb.training.sources import Sourced

Ids = NDArray[np.int64]
Likelihoods = NDArray[np.float64]

_TASKS: Final = frozenset(("domain", "terms", "general", "dictionary"))
_ROUNDS: Final = 6
_LONGEST: Final = 400  # characters of an English side
_PIECES: Final = 60  # of each side
_SMOOTHING: Final = 0.5  # of a pair seen once little is known
_LEAST: Final = 0.02  # of the mean likelihood of both directions
_LEAST_SHARE: Final = 0.1
_SENSES: Final = 8
_BATCH: Final = 4_096


def learn_meanings(
    segments: Iterable[Sourced], tokenizer: Tokenizer, say: Callable[[str], None]
) -> Meanings:
    """The meanings of the tokenizer's pieces; an English piece means itself."""
    pieces = tokenizer.get_vocab_size()
    pairs: dict[Language, dict[tuple[str, str], None]] = {}
    for each in segments:
        english = each.segment.get("en")
        if each.task not in _TASKS or not english or len(english) >= _LONGEST:
            continue
        for language, text in each.segment.items():
            if language != "en":
                pairs.setdefault(language, {})[english, text] = None
    told = _telling(tokenizer)
    foreign: list[Ids] = []
    english_of: list[Ids] = []
    likelihoods: list[Likelihoods] = []
    for language in LANGUAGES:
        if language not in pairs:
            continue
        found = _aligned(list(pairs[language]), tokenizer, told)
        foreign.append(found[0])
        english_of.append(found[1])
        likelihoods.append(found[2])
        say(f"{language}: {len(found[0])} pairs of pieces from {len(pairs[language])} texts")
    return _as_meanings(
        np.concatenate(foreign), np.concatenate(english_of), np.concatenate(likelihoods), pieces
    )


def _telling(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Which pieces hold a letter; figures mean themselves, and marks nothing."""
    names = (tokenizer.id_to_token(n) for n in range(tokenizer.get_vocab_size()))
    return np.asarray([any(c.isalpha() for c in name or "") for name in names], np.bool_)


def _aligned(
    pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, told: NDArray[np.bool_]
) -> tuple[Ids, Ids, Likelihoods]:
    """Pieces of the other language, English ones, and how likely each pair translates."""
    size = len(told) + 1  # 0 is the null word
    english: list[Ids] = []
    other: list[Ids] = []
    texts: list[Ids] = []
    sides = ([pair[n] for pair in pairs] for n in (0, 1))
    for number, (one, two) in enumerate(
        zip(*(_runs(s, tokenizer, told) for s in sides), strict=True)
    ):
        if len(one) > 1 and len(two) > 1:
            english.append(np.repeat(one, len(two)))
            other.append(np.tile(two, len(one)))
            texts.append(np.full(len(one) * len(two), number))
    e, f, text = (np.concatenate(some) for some in (english, other, texts))
    keys, pair = np.unique(e * size + f, return_inverse=True)
    both = _likelihood(pair, keys // size, f, text) * _likelihood(pair, keys % size, e, text)
    likely = np.sqrt(both)
    kept = (keys // size > 0) & (keys % size > 0) & (likely > _LEAST)
    return keys[kept] % size - 1, keys[kept] // size - 1, likely[kept]


def _runs(texts: Sequence[str], tokenizer: Tokenizer, told: NDArray[np.bool_]) -> Iterable[Ids]:
    """Of each text the null word and its telling pieces, each once, numbered from 1."""
    for start in range(0, len(texts), _BATCH):
        some = list(texts[start : start + _BATCH])
        for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False):
            ids = np.unique([n for n in encoding.ids if told[n]][:_PIECES]).astype(np.int64)
            yield np.concatenate([np.zeros(1, np.int64), ids + 1])


def _likelihood(pair: Ids, given: Ids, made: Ids, text: Ids) -> Likelihoods:
    """Of each distinct pair, that the piece `made` comes from the one `given`; `pair`, `made` and
    `text` are of every place where two pieces stand in one pair of texts."""
    places = text * (int(made.max()) + 1) + made
    _, group = np.unique(places, return_inverse=True)
    real = made != 0
    found = np.ones(len(given))
    for _ in range(_ROUNDS):
        weights = found[pair] * real
        sums = np.bincount(group, weights)
        counts = np.bincount(pair, weights / np.maximum(sums[group], 1e-12), len(given))
        totals = np.bincount(given, counts)
        found = counts / (totals[given] + _SMOOTHING)
    return found


def _as_meanings(foreign: Ids, english: Ids, likely: Likelihoods, pieces: int) -> Meanings:
    """The likeliest senses of each piece, as shares of length 1; and English pieces themselves."""
    best: dict[tuple[int, int], float] = {}
    for f, e, value in zip(foreign.tolist(), english.tolist(), likely.tolist(), strict=True):
        best[f, e] = max(value, best.get((f, e), 0.0))
    senses: dict[int, dict[int, float]] = {}
    for (f, e), value in best.items():
        senses.setdefault(f, {})[e] = value
    for f, some in senses.items():
        length = float(np.sqrt(sum(value**2 for value in some.values())))
        chosen = sorted(some, key=lambda e: (-some[e], e))[:_SENSES]
        senses[f] = {e: some[e] / length for e in chosen if some[e] >= _LEAST_SHARE * length}
    for e in set(english.tolist()):
        senses.setdefault(e, {})[e] = 1.0
    counts = [len(senses.get(n, ())) for n in range(pieces)]
    rows = [(e, v) for n in range(pieces) for e, v in sorted(senses.get(n, {}).items())]
    return Meanings(
        np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)]),
        np.asarray([e for e, _ in rows], np.uint32),
        np.asarray([round(255 * v) for _, v in rows], np.uint8),
    )
