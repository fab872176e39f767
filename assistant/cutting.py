"""Cuts a sentence to the clauses that answer, never inside a number or a bracket."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.question import Question
from assistant.reading import ReadSentence
from assistant.segments import segments
from assistant.sentences import Span, clauses, word_count
from kb.languages import Language
from kb.quantities import Quantity

_STRONG_END: Final = re.compile(r"[;；؛。.!?؟！？]\s*$")
_PER_WORD: Final = 0.03  # what a word more has to be worth
_MARKS: Final = " \n,;:，；：、،؛–—-"
_OPEN: Final = "([{（［《“«"
_CLOSE: Final = ")]}）］》”»"


def cut(
    text: str,
    language: Language,
    sentence: ReadSentence,
    question: Question,
    quantity: Quantity | None,
    budget: float,
) -> Span:
    """The best run of clauses of at most `budget` words; the sentence where it is short enough.

    The clause with `quantity` is kept, else the one that holds most of what is asked. A single
    clause that is longer than the budget is kept whole.
    """
    whole = sentence.span
    if word_count(whole.of(text)) <= budget:
        return whole
    pieces = _closed(text, _pieces(text, language, sentence), sentence.quantities)
    weights = [_weight(p, sentence, question, quantity) for p in pieces]
    pieces, weights = _strong_part(text, pieces, weights)
    lengths = [word_count(p.of(text)) for p in pieces]
    key = max(range(len(pieces)), key=lambda i: (weights[i], -i))
    # A question of two parts is answered in more places of the sentence.
    price = _PER_WORD if len(question.kinds) == 1 else 0.0
    best = (weights[key] - price * lengths[key], -lengths[key], key, key)
    for first in range(key + 1):
        for last in range(key, len(pieces)):
            length = sum(lengths[first : last + 1])
            if length > budget and (first, last) != (key, key):
                continue
            worth = sum(weights[first : last + 1]) - price * length
            best = max(best, (worth, -length, first, last))
    _, _, first, last = best
    return _trimmed(text, Span(pieces[first].start, pieces[last].end))


def _pieces(text: str, language: Language, sentence: ReadSentence) -> list[Span]:
    """The clauses, parted where one figure ends and the next begins too."""
    parted = segments(text, sentence.span, language, sentence.quantities)
    edges = {piece.start for piece in (*clauses(text, sentence.span, language), *parted)}
    return [Span(a, b) for a, b in pairwise([*sorted(edges), sentence.span.end])]


def _strong_part(
    text: str, pieces: list[Span], weights: list[float]
) -> tuple[list[Span], list[float]]:
    """The clauses between two semicolons, or sentence ends, that hold the weightiest one."""
    key = max(range(len(pieces)), key=lambda i: (weights[i], -i))
    first, last = key, key
    while first > 0 and not _STRONG_END.search(pieces[first - 1].of(text)):
        first -= 1
    while last + 1 < len(pieces) and not _STRONG_END.search(pieces[last].of(text)):
        last += 1
    return pieces[first : last + 1], weights[first : last + 1]


def _closed(text: str, pieces: Sequence[Span], quantities: Sequence[Quantity]) -> list[Span]:
    """The clauses, joined where the cut would fall inside brackets or a quantity."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and (_is_open(joined[-1].of(text)) or _in_quantity(piece.start, quantities)):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _is_open(piece: str) -> bool:
    opened = sum(piece.count(c) for c in _OPEN) > sum(piece.count(c) for c in _CLOSE)
    return opened or piece.count('"') % 2 == 1


def _in_quantity(place: int, quantities: Sequence[Quantity]) -> bool:
    return any(q.start < place < q.end for q in quantities)


def _weight(
    piece: Span,
    sentence: ReadSentence,
    question: Question,
    quantity: Quantity | None,
) -> float:
    weight = 0.0
    for mention in sentence.mentions:
        if piece.start <= mention.start and mention.end <= piece.end:
            weight += 2.0 if mention.concept_id in question.concepts else 0.0
            weight += 1.0 if mention.kind in question.wants_name else 0.0
    words = {w.stem: 0.5 if w.han else 1.0 for w in question.words}
    for mark in sentence.marks:
        if piece.start <= mark.start and mark.end <= piece.end:
            if mark.kind == "word":
                weight += words.get(mark.key, 0.0)
            elif mark.kind == "action":
                weight += 1.0 if mark.key in question.actions else 0.0
    for held in sentence.quantities:
        if piece.start <= held.start and held.end <= piece.end:
            weight += 0.5 if held.kind in question.wants_quantity else 0.1
    if quantity is not None and piece.start <= quantity.start and quantity.end <= piece.end:
        weight += 20.0
    return weight


def _trimmed(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1] in _MARKS:
        end -= 1
    return Span(span.start, end)
