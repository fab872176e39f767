"""Words of a question that nothing found has, read as the one word that is a letter away."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from assistant.items import Item, is_plain_word
from assistant.question import Question
from assistant.reading import ReadText

_LONG: Final = 6  # letters: a letter more or less makes another word of a short one
_TEXTS: Final = 8  # that search puts first


def as_spelt(
    items: Sequence[Item], question: Question, texts: Sequence[ReadText]
) -> tuple[Item, ...]:
    """`items` where a word that no text has is the word, one letter away, that a text has."""
    own = [text for text in texts[:_TEXTS] if text.language == question.language]
    unheard = {
        item.key
        for item in items
        if is_plain_word(item)
        and _can_be_misspelt(item.key)
        and not any(("word", item.key) in text.keys for text in own)
    }
    if not unheard:
        return tuple(items)
    words = {key for text in own for kind, key in text.keys if kind == "word"}
    return tuple(
        replace(item, key=found)
        if item.key in unheard
        and is_plain_word(item)
        and (found := _meant(item.key, words)) is not None
        else item
        for item in items
    )


def _can_be_misspelt(word: str) -> bool:
    return len(word) >= _LONG and word.isalpha() and not "\u3400" <= word[0] <= "\u9fff"


def _meant(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is a letter away from `word`; None where there is none or more than
    one.
    """
    near = [
        other
        for other in words
        if other[0] == word[0]
        and abs(len(other) - len(word)) <= 1
        and len(other) >= _LONG
        and _is_a_letter_away(word, other)
    ]
    return near[0] if len(near) == 1 else None


def _is_a_letter_away(one: str, other: str) -> bool:
    """Whether a letter is left out, put in, another one, or two neighbours are exchanged."""
    start = _common(one, other)
    end = min(_common(one[::-1], other[::-1]), min(len(one), len(other)) - start)
    a, b = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(a), len(b)) <= 1 or (len(a) == 2 and a == b[::-1])


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
